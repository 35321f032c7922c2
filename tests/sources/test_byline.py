"""Bylines: every way that sources state them, and ordinary lines that only look like one."""

import pytest

from bot.model import Byline, Link
from bot.sources.byline import aside, byline, is_byline


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("文丨松露 编辑丨张洁", Byline(author="松露", editor="张洁")),
        ("文｜松露｜编辑｜张洁", Byline(author="松露", editor="张洁")),
        ("文/松露，图/视觉中国", Byline(author="松露", pictures="视觉中国")),
        ("责编：赵六 | 来源：晨报", Byline(upstream="晨报", editor="赵六")),
        ("记者：张三、李四", Byline(author="张三、李四")),
        (
            "本文来自微信公众号“新榜”（ID：newrankcn），作者：松露，晨报经授权发布。",
            Byline(upstream="新榜（ID：newrankcn）", author="松露"),
        ),
        ("题图来自：视觉中国", Byline(pictures="视觉中国")),
        ("晨报科技出品", Byline()),
        ("原标题：拆墙，引流，各家都在准备中", Byline()),
    ],
)
def test_lines_that_are_bylines(line: str, expected: Byline) -> None:
    assert is_byline(line)
    assert byline([(line, ())]) == expected


@pytest.mark.parametrize(
    "line",
    [
        "记者：您怎么看这次开放？",
        "记者：接下来会涨价吗",
        "图：两个页面的差别一目了然",
        "设计：机身比上一代更薄",
        "作者认为，这只是第一步。",
        "公众号“微信派”发布了说明，各方随后作出回应，外界议论纷纷。",
        "编辑部昨天搬了家。",
    ],
)
def test_lines_of_news_are_no_bylines(line: str) -> None:
    assert not is_byline(line)


def test_the_first_statement_counts() -> None:
    assert byline([("作者：甲某", ()), ("作者：乙某，编辑：丙某", ())]) == Byline(
        author="甲某", editor="丙某"
    )


def test_the_upstream_address_is_the_link_on_its_name() -> None:
    links = [Link("http://people.cn/a", "松露"), Link("http://mp.cn/x", "新榜")]
    stated = byline([("作者：松露，来源：新榜（ID：nr）", links)])
    assert (stated.upstream, stated.upstream_url) == ("新榜（ID：nr）", "http://mp.cn/x")
    assert byline([("作者：松露，来源：新榜", links[:1])]).upstream_url == ""


@pytest.mark.parametrize(
    ("paragraph", "said"),
    [
        ("指数收涨一成。（来源：晨报）", "来源：晨报"),
        ("晨报北京11月29日电（记者张三）群聊昨天开放。", "作者：张三"),
        ("晨报北京11月29日电（记者 张三 李四）群聊昨天开放。", "作者：张三 李四"),
        ("群聊昨天开放（见下图）。", ""),
        ("群聊昨天开放（下称新规）", ""),
    ],
)
def test_what_news_says_of_its_making_by_the_way(paragraph: str, said: str) -> None:
    assert aside(paragraph) == said
