"""How a timeline is worded: dates, kinds, restored subjects, contradictions, early reports."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.model import Cited, EventKind, Granularity, Timeline, TimelineEvent, When
from bot.render import sources, timeline
from bot.render.actions import Action, Screen
from bot.sandbox.entities import parse_html
from tests.writing import READER, article, stored

ONE = stored(1, article("9月17日，微信宣布开放外链。", outlet="证券报"))
OTHER = stored(2, article("9月10日，微信宣布开放外链。", title="另一则", outlet="虎嗅"))
DAY = When(date(2021, 9, 17), date(2021, 9, 18), Granularity.DAY)
EVENT = TimelineEvent(
    DAY, "9月17日宣布开放外链。", (Cited(ONE, ONE.digest.events[0].sentence),), 0.7
)


def shown(event: TimelineEvent) -> str:
    message = timeline.timeline(Timeline((event,), 1), "微信", Action(Screen.TIMELINE), READER)
    return parse_html(message.text)[0]


def test_a_plain_event_is_date_text_and_outlet() -> None:
    assert shown(EVENT).endswith("2021年9月17日\n9月17日宣布开放外链。\n证券报")


def test_a_restored_subject_is_marked() -> None:
    assert "〔微信<i>〕9月17日宣布" in shown(replace(EVENT, subject="微信<i>"))


def test_what_is_to_come_or_only_said_is_named() -> None:
    assert "2021年9月17日 · 预计\n" in shown(replace(EVENT, kind=EventKind.PLANNED))
    assert "2021年9月17日 · 说法\n" in shown(replace(EVENT, kind=EventKind.REACTION))


def test_a_contradiction_has_a_line_with_who_says_so() -> None:
    other = Cited(OTHER, OTHER.digest.events[0].sentence)
    when = When(date(2021, 9, 10), date(2021, 9, 11), Granularity.DAY)
    text = shown(replace(EVENT, conflicts=((when, other),)))
    assert text.endswith("证券报\n另一说法（虎嗅）：2021年9月10日")


def test_an_early_report_is_flagged_where_it_comes_from() -> None:
    at = datetime(2021, 11, 29, 3, 11, tzinfo=UTC)
    told = stored(1, article("11月29日傍晚，微信发布了更新说明。", at=at))
    text = parse_html(sources.article(told, Action(Screen.ARTICLE, 1), READER).text)[0]
    assert "发布时间比文中说的事（2021年11月29日傍晚）还早" in text
