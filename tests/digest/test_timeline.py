"""Timelines: one entry an event, the date that most say, who says otherwise; in any order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digest import timeline
from bot.model import Article, EventKind, StoredArticle, TimelineEvent
from tests.writing import SHANGHAI, article, stored


def at(day: int) -> datetime:
    return datetime(2022, 11, day, 4, 0, tzinfo=UTC)


COURT = article(
    "11月3日，省高级人民法院对云图科技诉云途出行商标侵权案作出二审判决：驳回上诉，维持原判。",
    "2019年4月，云图科技以商标侵权为由，将云途出行诉至江城中院。",
    title="商标案二审宣判", outlet="法治日报", at=at(4),
)  # fmt: skip
BUSINESS = article(
    "11月4日，省高院作出二审判决，驳回云途出行上诉，维持原判，云途出行须赔偿云图科技1800万元。",
    "云图科技成立于2012年。截至2022年6月，云途出行的注册用户为1.2亿。",
    title="云图科技赢了官司", outlet="财新网", at=at(5),
)  # fmt: skip
COMPANY = article(
    "11月7日，云途出行发布声明，称尊重二审判决，将于12月1日启用新品牌“途远出行”。",
    "11月3日，省高级人民法院就云图科技诉云途出行商标侵权案作出终审判决，维持一审结果。",
    title="云途出行尊重判决", outlet="新浪科技", at=at(7),
)  # fmt: skip
RENAMED = article(
    "12月1日，云途出行启用新品牌“途远出行”，平台正式更名。",
    "11月初，省高院判决云途出行侵犯云图科技商标权。",
    title="途远出行上线", outlet="江城日报", at=datetime(2022, 12, 1, 4, 0, tzinfo=UTC),
)  # fmt: skip
ALL = (COURT, BUSINESS, COMPANY, RENAMED)


def line(*articles: Article) -> list[TimelineEvent]:
    kept = [stored(n, a) for n, a in enumerate(articles, 1)]
    return timeline.timeline(kept, (), SHANGHAI)


def dated(events: list[TimelineEvent], day: str) -> TimelineEvent:
    (event,) = [e for e in events if e.when.start.isoformat() == day]
    return event


def outlets(event: TimelineEvent) -> set[str]:
    return {c.article.article.outlet for c in event.sources}


def test_a_contradiction_is_one_entry_under_the_date_that_more_sources_give() -> None:
    events = line(*ALL)
    verdict = dated(events, "2022-11-03")
    assert outlets(verdict) == {"法治日报", "新浪科技", "江城日报"}  # 11月初 speaks for neither
    ((when, cited),) = verdict.conflicts
    assert (when.start.isoformat(), cited.article.article.outlet) == ("2022-11-04", "财新网")
    assert "2022-11-04" not in {e.when.start.isoformat() for e in events}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("11月3日，东海队3比1战胜北山队，李强进球。", "11月4日，东海队2比0战胜北山队，李强进球。"),
        ("11月3日，江城新增病例12例，均在隔离中。", "11月4日，江城新增病例9例，均在隔离中。"),
        ("11月3日，国务院召开发布会介绍就业。", "11月4日，国务院召开发布会介绍粮食收购。"),
        ("11月3日，足协杯首轮东海队战胜北山队。", "11月4日，足协杯次轮东海队战胜北山队。"),
        ("11月3日，江城地铁六号线发生信号故障停运。", "11月5日，江城机场因大雾取消航班数十架次。"),
    ],
)  # fmt: skip
def test_what_happens_again_is_no_contradiction(one: str, other: str) -> None:
    events = line(
        article(one, title="甲", outlet="甲报", at=at(5)),
        article(other, title="乙", outlet="乙报", at=at(5)),
    )
    assert [e.conflicts for e in events] == [(), ()]


def test_an_article_that_tells_both_dates_means_both() -> None:
    both = article(*(b.text for b in (*COURT.blocks, *BUSINESS.blocks)), title="都有", at=at(8))
    assert not any(e.conflicts for e in line(both))


def test_what_came_to_pass_is_no_longer_planned() -> None:
    event = dated(line(*ALL), "2022-12-01")
    assert event.kind is EventKind.EVENT
    assert outlets(event) == {"江城日报", "新浪科技"}


def test_different_hours_are_different_events() -> None:
    events = line(
        article("11月3日14时许，江城化工厂储罐发生爆炸起火。", outlet="甲报", at=at(4)),
        article("11月3日19时，江城化工厂储罐的明火被扑灭。", outlet="乙报", at=at(4)),
        article("11月3日下午2点多，江城化工厂一处储罐爆炸。", outlet="丙报", at=at(4)),
    )
    assert [(e.part, len(e.sources)) for e in events] == [("14时许", 2), ("19时", 1)]


def test_what_is_told_in_the_same_words_of_another_is_another_event() -> None:
    events = line(
        article(
            "11月3日，江城市交通局宣布，清水河上的第十二座大桥正式通车。", outlet="甲报", at=at(4)
        ),
        article(
            "11月3日，海城市交通局宣布，白沙河上的第十五座大桥正式通车。", outlet="乙报", at=at(4)
        ),
    )
    assert [len(e.sources) for e in events] == [1, 1]


def test_figures_and_reactions_are_shown_on_request() -> None:
    events = line(*ALL)
    assert EventKind.FIGURE in {e.kind for e in events}
    shown = timeline.top(events, 25)
    assert {e.kind for e in shown} == {EventKind.EVENT}
    figures = [e for e in events if e.kind is EventKind.FIGURE]
    assert timeline.top(figures, 25) == figures  # where there is nothing else


def renumbered(order: list[int], ids: list[int]) -> list[StoredArticle]:
    return [stored(ids[n], ALL[n]) for n in order]


def shape(events: list[TimelineEvent]) -> list[object]:
    return [
        (e.when, e.text, e.kind, e.salience, [c.article.article.outlet for c in e.sources],
         [(w, c.article.article.outlet) for w, c in e.conflicts])
        for e in events
    ]  # fmt: skip


@settings(max_examples=20)
@given(st.permutations(range(4)), st.permutations([1, 2, 3, 4]))
def test_neither_order_nor_numbers_of_the_articles_matter(order: list[int], ids: list[int]) -> None:
    found = timeline.timeline(renumbered(order, ids), (), SHANGHAI)
    assert shape(found) == shape(line(*ALL))


def test_reprints_are_one_entry() -> None:
    copies = [
        replace(COURT, key=f"{n}", outlet=f"{n}报", published_at=at(4) + timedelta(hours=n))
        for n in range(30)
    ]
    events = line(*copies)
    assert [len(e.sources) for e in events] == [30, 30]
    assert events[0].sources[0].article.article.outlet == "0报"  # who had it first
