"""Messages: valid for Telegram whatever stands in the articles, and readable."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digest import stories as digest_stories
from bot.digest import timeline as digest_timeline
from bot.model import (
    Byline,
    Cited,
    FigureDispute,
    Granularity,
    Link,
    Message,
    OutletCount,
    Story,
    Timeline,
    When,
)
from bot.render import notes, rich, search, sources, stories, timeline, words
from bot.render.actions import DATA_BYTES, LISTS, Action, Screen, pack, unpack
from bot.render.rich import MESSAGE_UNITS
from bot.render.times import label, moment, when
from bot.sandbox.entities import parse_html, utf16
from tests.writing import READER, SHANGHAI, TRADITIONAL, article, stored

ANY = st.text(max_size=40) | st.text(alphabet="<>&\"'/ab😀微\u202e\ud800\0", max_size=40)
LONG = ANY | st.sampled_from(["长" * 5000, "😀" * 3000, "<b>" * 2000, "&amp;" * 1500])


def valid(message: Message) -> str:
    """What a reader sees; fails if Telegram would refuse the message."""
    text, _ = parse_html(message.text)
    assert 0 < utf16(text) <= MESSAGE_UNITS
    for button in (b for row in message.buttons for b in row):
        assert button.text
        assert bool(button.data) != bool(button.url)
        assert len(button.data.encode()) <= DATA_BYTES
    assert all(message.buttons)
    return text


ACTIONS = st.builds(
    Action,
    st.sampled_from(Screen),
    st.integers(0, 10**12 - 1),
    st.integers(0, 10**12 - 1),
    st.integers(0, 99999),
    st.sampled_from(LISTS),
    st.integers(0, 99999),
    st.booleans(),
)


@given(ACTIONS)
def test_actions_fit_a_button_and_come_back(action: Action) -> None:
    assert len(pack(action)) <= DATA_BYTES
    assert unpack(pack(action)) == action


@given(st.text(max_size=70))
def test_any_other_data_is_no_action(data: str) -> None:
    action = unpack(data)
    assert action is None or pack(action) == data


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "story",
        "story.1.0.0.story.0.0",
        "x.1.0.0.latest.0.0",
        "story.-1.0.0.latest.0.0",
        "story.１.0.0.latest.0.0",
        "story.9999999999999.0.0.latest.0.0",
        "story.1.0.0.latest.0.2",
    ],
)
def test_forged_data_is_refused(forged: str) -> None:
    assert unpack(forged) is None


@given(st.lists(st.tuples(st.sampled_from([rich.text, rich.bold, rich.italic]), LONG), max_size=6))
def test_rich_text_knows_its_length(pieces: list[tuple[object, str]]) -> None:
    made = rich.join([rich.Rich("x", 1), *(f(t, 900) for f, t in pieces), rich.Rich("x", 1)])  # type: ignore[operator]
    text, _ = parse_html(made.html)
    assert utf16(text) == made.units


@given(LONG, st.integers(1, 60))
def test_clipping_never_cuts_a_character(text: str, most: int) -> None:
    clipped = rich.clip(rich.clean(text), most)
    assert rich.units(clipped) <= most
    clipped.encode()


def test_links_only_lead_to_the_web() -> None:
    assert rich.link("javascript:alert(1)", "点我").html == "点我"
    assert rich.link('http://a.cn/?a="b"&c', "点").html == (
        '<a href="http://a.cn/?a=&quot;b&quot;&amp;c">点</a>'
    )


@settings(max_examples=15)
@given(LONG, LONG, LONG, st.lists(LONG, min_size=1, max_size=3))
def test_every_screen_is_valid_whatever_the_articles_hold(
    title: str, outlet: str, query: str, texts: list[str]
) -> None:
    one = article(*texts, f"12月1日，{texts[0]}发布了{title}。", title=title, outlet=outlet)
    byline = Byline(title, "http://a.cn/x", outlet, title, outlet)
    links = tuple(Link(f"http://a.cn/{n}", title) for n in range(9))
    one = replace(one, byline=byline, links=links, url="http://a.cn/x", categories=(title, outlet))
    kept = [replace(stored(n, one), revision=2) for n in range(1, 7)]
    view = digest_stories.tell(Story(1, tuple(kept)))
    events = tuple(e for a in kept for e in _events(a))
    line = Timeline(events, len(events))
    act = Action(Screen.LATEST, phrase=3)
    asked = [(word, 7) for word in stories.askable(view.asked)[:4]]
    for message in [
        stories.latest([view] * 5, 99, query, act, READER),
        stories.story(view, act.to(Screen.STORY, 1), READER),
        stories.story(view, act.to(Screen.STORY, 1), TRADITIONAL),
        stories.story(digest_stories.backed(view), act.to(Screen.STORY, 1), READER, asked),
        stories.story(digest_stories.backed(digest_stories.longer(view)), act.to_full(1), READER),
        sources.sources(view, act.to(Screen.SOURCES, 1), READER),
        sources.article(kept[0], act.to(Screen.ARTICLE, 1), READER),
        sources.outlet(kept, 6, act, READER),
        sources.outlets([OutletCount(outlet, 1, None)] * 12, range(1, 13), 40, act, READER),
        search.found([(a, view.line) for a in kept[:5]], 9, query, act, READER),
        notes.note(READER, READER.words.nothing_found, query=query),
        *([timeline.timeline(line, query, act, READER)] if events else []),
    ]:
        valid(message)


def _events(one: object) -> list[object]:
    return digest_timeline.timeline([one], (), SHANGHAI)  # type: ignore[list-item]


def test_templates_name_what_they_are_given() -> None:
    shown = valid(notes.note(READER, READER.words.nothing_found, query="<b>{x}</b>"))
    assert shown.startswith("没有找到与“<b>{x}</b>”有关的报道")


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (None, "时间不详"),
        (datetime(2021, 12, 7, 1, 5, tzinfo=UTC), "今天 09:05"),
        (datetime(2021, 12, 6, 1, 5, tzinfo=UTC), "昨天 09:05"),
        (datetime(2021, 11, 30, 23, 51, tzinfo=UTC), "12月1日 07:51"),
        (datetime(2020, 11, 30, 0, 0, tzinfo=UTC), "2020年11月30日 08:00"),
    ],
)
def test_times_are_shown_in_the_chats_zone(at: datetime | None, shown: str) -> None:
    assert moment(at, READER) == shown


@pytest.mark.parametrize(
    ("span", "shown", "machine"),
    [
        (
            When(date(2021, 9, 17), date(2021, 9, 18), Granularity.DAY),
            "2021年9月17日",
            "2021-09-17",
        ),
        (
            When(date(2021, 7, 26), date(2021, 7, 31), Granularity.DAY),
            "2021年7月26日至30日",
            "2021-07-26",
        ),
        (When(date(2021, 10, 1), date(2021, 11, 1), Granularity.MONTH), "2021年10月", "2021-10"),
        (
            When(date(2021, 7, 1), date(2021, 10, 1), Granularity.QUARTER),
            "2021年第三季度",
            "2021-07",
        ),
        (When(date(2021, 7, 1), date(2022, 1, 1), Granularity.HALF), "2021年下半年", "2021-07"),
        (When(date(2013, 1, 1), date(2014, 1, 1), Granularity.YEAR), "2013年", "2013"),
        (When(date(2018, 1, 1), date(2022, 1, 1), Granularity.YEAR), "2018年至2021年", "2018"),
        (When(date(1980, 1, 1), date(1990, 1, 1), Granularity.DECADE), "1980年代", "1980"),
    ],
)
def test_dates_have_just_the_precision_they_have(span: When, shown: str, machine: str) -> None:
    assert when(span, READER.words) == shown
    assert label(span.start, span.granularity) == machine


def test_every_command_has_a_line_in_both_languages() -> None:
    assert words.SIMPLIFIED.commands.keys() == words.ENGLISH.commands.keys()


def test_figures_that_differ_stand_under_the_summary() -> None:
    early = stored(1, article("爆燃已造成12人遇难。", title="化工园爆燃", outlet="晨报"))
    late = stored(2, article("爆燃已造成14人遇难。", title="化工园爆燃", outlet="晚<报"))
    view = digest_stories.tell(Story(1, (late, early)))
    line = early.digest.line
    assert line is not None
    told = tuple((value, Cited(a, line)) for value, a in (("12人", early), ("14人", late)))
    view = replace(view, disputes=(FigureDispute("遇难", told),))
    text = valid(stories.story(view, Action(Screen.STORY, 1), READER))
    assert "数字不一致 · 遇难：12 人（晨报 12月2日）、14 人（晚<报 12月2日）" in text
