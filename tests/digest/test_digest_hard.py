"""What made digests wrong once: names in common, short clauses, addresses, tables of dates."""

import pytest

from bot.digest.article import digest
from bot.digest.sentences import split
from bot.model import Article
from tests.writing import SHANGHAI, article, one_story

# Two reports of one name, long enough to share its head and products as real reports do.
APART = [
    (["星河汽车12月1日晚发布首款纯电轿车星河E5，起售价18.98万元，续航里程620公里。",
      "星河汽车首席执行官林海表示，E5将搭载自研电池，明年3月开始交付。"],
     ["星河汽车12月2日宣布召回1.2万辆纯电动车，原因是电池冷却管路存在渗漏隐患。",
      "星河汽车首席执行官林海就此致歉，称将免费更换自研电池的管路。"]),
    (["南湖银行12月1日公告，已完成20亿元股份回购，占总股本的1.1%。",
      "南湖银行行长赵敏表示，回购体现了管理层对南湖银行长期价值的信心。"],
     ["银保监会12月1日公布罚单，南湖银行因违规向房地产企业放贷被罚3000万元。",
      "南湖银行行长赵敏表示，南湖银行已全部整改，并处分有关责任人。"]),
    (["云帆科技12月1日发布财报，第三季度营收312亿元，同比增长25%，净利润41亿元。",
      "云帆科技董事长高远在电话会议上表示，云计算业务将继续加大投入。"],
     ["云帆科技12月2日宣布裁撤社区团购业务，涉及约2000名员工。",
      "云帆科技董事长高远在内部信中表示，云计算业务将继续加大投入。"]),
    (["江城地铁6号线12月1日开通运营，全长32公里，设站21座，首日客流28万人次。",
      "江城地铁集团表示，6号线将缓解城东交通压力。"],
     ["江城地铁6号线12月2日早高峰因信号故障停运两小时，数万名乘客受影响。",
      "江城地铁集团表示，将向乘客致歉并出具延误证明。"]),
]  # fmt: skip
TOGETHER = [
    (["星河汽车12月1日晚发布首款纯电轿车星河E5，起售价18.98万元，续航里程620公里。",
      "星河汽车首席执行官林海表示，E5将搭载自研电池，明年3月开始交付。"],
     ["昨晚，星河E5正式上市，起步价不到19万元，是星河汽车第一款纯电轿车。",
      "林海在发布会上说，这款车用的是自研电池，续航620公里。"]),
    (["云帆科技12月2日宣布裁撤社区团购业务，涉及约2000名员工。",
      "董事长高远在内部信中表示，将聚焦云计算。"],
     ["云帆科技将关停旗下社区团购业务，约2000名员工需要转岗或离职。",
      "高远在内部信里说，公司要聚焦云计算。"]),
]  # fmt: skip


def of(paragraphs: list[str]) -> Article:
    return article(*paragraphs, title=paragraphs[0][:14])


def joins(one: list[str], other: list[str]) -> bool:
    return one_story(of(one), of(other))


@pytest.mark.parametrize(("one", "other"), APART)
def test_a_name_and_its_head_in_common_are_no_story(one: list[str], other: list[str]) -> None:
    assert not joins(one, other)
    assert not joins(other, one)


@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_one_event_in_other_words_is_a_story(one: list[str], other: list[str]) -> None:
    assert joins(one, other)
    assert joins(other, one)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("12月1日，甲公司发布新品，次日股价上涨。", ["12月1日，甲公司发布新品", "股价上涨。"]),
        ("公司于2020年1月3日成立，2021年3月5日在港交所上市。",
         ["公司于2020年1月3日成立", "2021年3月5日在港交所上市。"]),
        ("12月1日发布的公告显示，11月30日公司召开董事会。", ["11月30日公司召开董事会。"]),
    ],
)  # fmt: skip
def test_short_clauses_are_events_and_mere_attributions_are_not(text: str, told: list[str]) -> None:
    assert [e.text for e in digest(article(text), SHANGHAI).events] == told


def test_a_table_of_dates_tells_nothing() -> None:
    assert digest(article("9月1日，公司开会，" * 50), SHANGHAI).events == ()


def test_an_address_is_not_cut() -> None:
    assert split("详见http://a.cn/x?page=2 的说明。会涨吗?会。") == [
        "详见http://a.cn/x?page=2 的说明。", "会涨吗?", "会。",
    ]  # fmt: skip
