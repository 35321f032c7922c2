"""Figures that differ between the articles of a story."""

from datetime import UTC, datetime

import pytest

from bot.digest.figures import disputes
from bot.model import FigureDispute, StoredArticle
from tests.writing import article, stored

TITLE = "东岭市河东化工园爆燃事故"


def told(*texts: str, title: str = TITLE) -> list[StoredArticle]:
    """One article a text, an hour apart, the newest first."""
    made = [
        stored(
            n, article(text, title=title, outlet=f"{n}报", at=datetime(2021, 12, 2, n, tzinfo=UTC))
        )
        for n, text in enumerate(texts, 1)
    ]
    return made[::-1]


def shown(found: tuple[FigureDispute, ...]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(d.what, [(c.article.article.outlet, value) for value, c in d.values]) for d in found]


def test_tolls_that_differ_stand_side_by_side_in_order_of_time() -> None:
    articles = told(
        "东岭市一化工园区发生爆燃，已造成12人遇难、7人受伤。",
        "东岭市化工园爆燃事故已致14人死亡，另有7人受伤。",
        "东岭市河东化工园爆燃，死亡人数升至十七人。",
    )
    assert shown(disputes(articles)) == [
        ("遇难", [("1报", "12人"), ("2报", "14人"), ("3报", "十七人")])
    ]
    for dispute in disputes(articles):
        for value, cited in dispute.values:
            assert value in cited.sentence.text


@pytest.mark.parametrize(
    "texts",
    [
        ("东岭市爆燃造成3人遇难。", "东岭市爆燃造成三人死亡。"),
        ("宏盛乳业亏损1.2万元。", "宏盛乳业净亏损12000元。"),
        ("宏盛乳业一季度净利润3亿元。", "宏盛乳业一季度净利润2.96亿元。"),
        ("宏盛乳业亏损5.2亿元。", "宏盛乳业亏损52000万元。"),
        ("东岭市爆燃转移群众约1000人。", "东岭市爆燃转移群众1043人。"),
        ("江城长江新桥全长3.2公里。", "江城长江新桥全长3.2千米。"),
    ],
)
def test_equal_numbers_in_other_words_do_not_differ(texts: tuple[str, ...]) -> None:
    assert disputes(told(*texts)) == ()


@pytest.mark.parametrize(
    "texts",
    [
        ("东岭市爆燃造成3人遇难。", "去年东岭市类似事故造成46人遇难。"),
        ("东岭市爆燃造成3人遇难。", "东岭市爆燃，7人受伤。"),
        ("宏盛乳业一季度净利润3亿元。", "宏盛乳业全年净利润12亿元。"),
        ("宏盛乳业一季度净利润3亿元。", "宏盛乳业一季度净利润预计5亿元。"),
        ("星河汽车召回1.2万辆汽车。", "星河汽车售价12万元。"),
        ("宏盛乳业营收42亿元，同比增长8%。", "宏盛乳业营收42亿元，增长9亿元。"),
    ],
)
def test_figures_of_something_else_are_not_compared(texts: tuple[str, ...]) -> None:
    assert disputes(told(*texts)) == ()


def test_figures_of_another_company_are_not_compared() -> None:
    one, other = (
        told("宏盛乳业亏损5亿元。", title="宏盛乳业年报"),
        told("云帆科技亏损2亿元。", title="云帆科技年报"),
    )
    assert disputes([*one, *other]) == ()


def test_losses_that_differ() -> None:
    articles = told(
        "宏盛乳业一季度亏损5.2亿元。", "宏盛乳业一季度亏损4.1亿元。", title="宏盛乳业一季报"
    )
    assert shown(disputes(articles)) == [("亏损", [("1报", "5.2亿元"), ("2报", "4.1亿元")])]


def test_one_article_does_not_contradict_itself() -> None:
    articles = told("东岭市爆燃造成12人遇难。园方说遇难14人。")
    assert disputes(articles) == ()
