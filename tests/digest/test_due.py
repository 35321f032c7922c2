"""When: slots, clock changes, quiet hours; and what a reader's words mean."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest import zones
from bot.digest.due import next_slot, quiet_until
from bot.digest.wish import clock, excluded, parse, parse_quiet
from bot.model.delivery import EVERY_DAY, Pace, Quiet, Rhythm, Scope, ScopeKind, Size, Wish
from tests.writing import SHANGHAI

NEW_YORK = ZoneInfo("America/New_York")
ZONES = st.sampled_from(["Asia/Shanghai", "America/New_York", "Asia/Kolkata", "Pacific/Apia"])
INSTANTS = st.integers(1_262_304_000, 1_893_456_000).map(lambda s: datetime.fromtimestamp(s, UTC))


def slot(minute: int, *days: int) -> Rhythm:
    return Rhythm(Pace.SLOT, minute, days or EVERY_DAY)


def utc(*fields: int) -> datetime:
    return datetime(*fields, tzinfo=UTC)  # type: ignore[arg-type]


def test_a_slot_is_of_the_chats_own_day() -> None:
    assert next_slot(slot(480), SHANGHAI, utc(2021, 12, 6, 23, 59)) == utc(2021, 12, 7)
    assert next_slot(slot(480), SHANGHAI, utc(2021, 12, 7)) == utc(2021, 12, 8)


def test_weekdays_are_of_the_chats_own_week() -> None:
    monday = slot(60, 0)  # 01:00 on Monday in Shanghai is still Sunday in UTC
    assert next_slot(monday, SHANGHAI, utc(2021, 12, 1)) == utc(2021, 12, 5, 17)


def test_a_time_that_does_not_exist_comes_once_and_later() -> None:
    night = slot(150)  # 02:30, which 13 March 2022 did not have in New York
    first = next_slot(night, NEW_YORK, utc(2022, 3, 13, 5))
    assert first == utc(2022, 3, 13, 7, 30)  # 03:30 there
    assert next_slot(night, NEW_YORK, first) == utc(2022, 3, 14, 6, 30)


def test_a_time_that_comes_twice_is_taken_once() -> None:
    night = slot(90)  # 01:30, which 6 November 2022 had twice in New York
    first = next_slot(night, NEW_YORK, utc(2022, 11, 6, 4))
    assert first == utc(2022, 11, 6, 5, 30)
    assert next_slot(night, NEW_YORK, first) == utc(2022, 11, 7, 6, 30)


def test_hours_are_full_where_the_chat_is() -> None:
    at = utc(2021, 12, 7, 4, 10, 5)
    assert next_slot(Rhythm(Pace.HOURLY), SHANGHAI, at) == utc(2021, 12, 7, 5)
    assert next_slot(Rhythm(Pace.HOURLY), ZoneInfo("Asia/Kolkata"), at) == utc(2021, 12, 7, 4, 30)
    assert next_slot(Rhythm(Pace.INSTANT), SHANGHAI, at) is None


@given(ZONES, INSTANTS, st.integers(0, 1439), st.sets(st.integers(0, 6), min_size=1))
def test_every_chosen_day_has_exactly_one_slot(
    name: str, start: datetime, minute: int, days: set[int]
) -> None:
    zone, rhythm = ZoneInfo(name), slot(minute, *sorted(days))
    found, at = [], start
    for _ in range(12):
        at = next_slot(rhythm, zone, at) or at
        found.append(at)
    assert found == sorted(set(found))
    local = [f.astimezone(zone) for f in found]
    # a clock change may push a late slot over midnight; then its day is the one before
    assert sum(day.weekday() in days for day in local) >= len(local) - 1
    longest = timedelta(days=8) if len(days) == 1 else timedelta(days=7, hours=1)
    assert all(b - a <= longest for a, b in pairwise(found))


def test_quiet_hours_over_midnight_and_within_a_day() -> None:
    night, noon = Quiet(23 * 60, 7 * 60), Quiet(12 * 60, 13 * 60)
    assert quiet_until(night, SHANGHAI, utc(2021, 12, 7, 15)) == utc(2021, 12, 7, 23)  # at 23:00
    assert quiet_until(night, SHANGHAI, utc(2021, 12, 7, 22, 59)) == utc(2021, 12, 7, 23)
    assert quiet_until(night, SHANGHAI, utc(2021, 12, 7, 23)) is None
    assert quiet_until(night, SHANGHAI, utc(2021, 12, 7, 4)) is None
    assert quiet_until(noon, SHANGHAI, utc(2021, 12, 7, 4, 30)) == utc(2021, 12, 7, 5)
    assert quiet_until(noon, SHANGHAI, utc(2021, 12, 7, 5)) is None
    assert quiet_until(None, SHANGHAI, utc(2021, 12, 7, 15)) is None


@given(ZONES, INSTANTS, st.integers(0, 1439), st.integers(0, 1439))
def test_quiet_hours_end(name: str, now: datetime, since: int, until: int) -> None:
    if since == until:
        return
    zone, quiet = ZoneInfo(name), Quiet(since, until)
    end = quiet_until(quiet, zone, now)
    if end is not None:
        assert now < end <= now + timedelta(hours=26)  # Samoa once had no 30 December
        assert quiet_until(quiet, zone, end) is None or end.astimezone(zone).fold


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("微信 每天 08:00", Wish(Scope(ScopeKind.WORDS, "微信"), slot(480))),
        ("虎嗅 即时", Wish(Scope(ScopeKind.WORDS, "虎嗅"), Rhythm(Pace.INSTANT))),
        ("weekly mon 9:00", Wish(Scope(), slot(540, 0))),
        ("每周 8点", Wish(Scope(), slot(480, 0))),
        ("", Wish(Scope())),
        ("全部", Wish(Scope())),
        ("全部 -淘宝", Wish(Scope(ScopeKind.WORDS, "-淘宝"))),
        ("微信 -淘宝 静音", Wish(Scope(ScopeKind.WORDS, "微信 -淘宝"), silent=True)),
        ("每周一三五 9点 标题", Wish(Scope(), slot(540, 0, 2, 4), Size.HEADLINES)),
        ("周一至周五 18：00", Wish(Scope(), slot(1080, 0, 1, 2, 3, 4))),
        ("工作日 晚上8点半", Wish(Scope(), slot(1230, 0, 1, 2, 3, 4))),
        ("weekend 9pm full", Wish(Scope(), slot(1260, 5, 6), Size.FULL)),
        ("每天8点", Wish(Scope(), slot(480))),
        ("mon,wed 7:30", Wish(Scope(), slot(450, 0, 2))),
        ("month report", Wish(Scope(ScopeKind.WORDS, "month report"))),
        ("三月", Wish(Scope(ScopeKind.WORDS, "三月"))),
        ("hourly", Wish(Scope(), Rhythm(Pace.HOURLY))),
        ("每週一三 早上9點 詳細", Wish(Scope(), slot(540, 0, 2), Size.FULL)),
        ("淘寶 即時 靜音", Wish(Scope(ScopeKind.WORDS, "淘寶"), Rhythm(Pace.INSTANT), silent=True)),
        ("平日 晚上8點半 標題", Wish(Scope(), slot(1230, 0, 1, 2, 3, 4), Size.HEADLINES)),
        ("WeChat daily 08:00", Wish(Scope(ScopeKind.WORDS, "WeChat"), slot(480))),
        ("every day at 8:30 PM brief", Wish(Scope(), slot(1230), Size.BRIEF)),
        ("on weekdays at 8 am silent", Wish(Scope(), slot(480, 0, 1, 2, 3, 4), silent=True)),
        ("mon-fri 9pm headlines", Wish(Scope(), slot(1260, 0, 1, 2, 3, 4), Size.HEADLINES)),
        ("Huxiu at once", Wish(Scope(ScopeKind.WORDS, "Huxiu"), Rhythm(Pace.INSTANT))),
        ("every hour full", Wish(Scope(), Rhythm(Pace.HOURLY), Size.FULL)),
        ("weekly mon", Wish(Scope(), slot(480, 0))),
        ("on Fridays", Wish(Scope(), slot(480, 4))),
        ("13pm", Wish(Scope(ScopeKind.WORDS, "13pm"))),
        ("look at story", Wish(Scope(ScopeKind.WORDS, "look at story"))),
        ("story_12", Wish(Scope(ScopeKind.STORY, "12"))),
        ("25:00", Wish(Scope(ScopeKind.WORDS, "25:00"))),
    ],
)  # fmt: skip
def test_what_a_reader_asks_for(said: str, wish: Wish) -> None:
    assert parse(said) == wish


@given(st.text())
def test_any_words_are_some_wish(said: str) -> None:
    wish = parse(said)
    assert wish.rhythm is None or wish.rhythm.days
    clock(said)
    parse_quiet(said)


def test_words_that_are_not_wanted() -> None:
    assert excluded("微信 -淘宝 - 抖音") == (["微信", "抖音"], ["淘宝"])


@pytest.mark.parametrize(
    ("said", "quiet"),
    [
        ("23:00-07:00", Quiet(1380, 420)),
        ("23-7", Quiet(1380, 420)),
        ("晚上11点到早上7点", Quiet(1380, 420)),
        ("12：30 至 14：00", Quiet(750, 840)),
        ("8:00-8:00", None),
        ("夜里", None),
        ("1-2-3", None),
    ],
)
def test_quiet_hours_in_words(said: str, quiet: Quiet | None) -> None:
    assert parse_quiet(said) == quiet


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("东京", "Asia/Tokyo"), ("tokyo", "Asia/Tokyo"), ("Asia/Tokyo", "Asia/Tokyo"),
        ("new york", "America/New_York"), ("紐約", "America/New_York"), ("火星", None), ("", None),
        ("../etc/passwd", None),
    ],
)  # fmt: skip
def test_zones_by_their_names(name: str, zone: str | None) -> None:
    found = zones.find(name)
    assert (found.key if found else None) == zone
