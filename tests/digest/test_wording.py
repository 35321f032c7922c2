"""How an event is worded under its date: nothing twice, nothing that leads elsewhere."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest import timeline
from tests.writing import SHANGHAI, article, stored

AT = datetime(2022, 9, 7, 4, 0, tzinfo=UTC)


def entries(*paragraphs: str) -> list[str]:
    told = article(*paragraphs, title="云岭地震", outlet="江城日报", at=AT)
    return [e.text for e in timeline.timeline([stored(1, told)], (), SHANGHAI)]


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("早在2010年，云图科技与云途出行爆发商标之争。", "云图科技与云途出行爆发商标之争。"),
        ("9月6日，省政府启动应急响应。", "省政府启动应急响应。"),
        ("9月6日，360集团启动应急响应。", "360集团启动应急响应。"),
        ("早在今年6月，云途出行发布了新品牌。", "云途出行发布了新品牌。"),
        ("到了2021年9月，工信部召开行政指导会。", "工信部召开行政指导会。"),
        ("2月份云图科技起诉过云途出行。", "云图科技起诉过云途出行。"),
        ("四天前，云途出行宣布裁员。", "云途出行宣布裁员。"),
        ("9月6日凌晨，省政府启动应急响应。", "凌晨，省政府启动应急响应。"),
        ("9月6日14时许，省政府启动应急响应。", "14时许，省政府启动应急响应。"),
        ("昨日14时30分，省政府启动应急响应。", "14时30分，省政府启动应急响应。"),
        ("云途出行今日发布声明。", "云途出行发布声明。"),
        ("云途出行董事长昨天上午在微博致歉。", "云途出行董事长上午在微博致歉。"),
        ("云途出行去年4月发布新品牌。", "云途出行4月发布新品牌。"),
    ],
)
def test_the_date_of_the_heading_is_not_said_again(raw: str, kept: str) -> None:
    assert entries(raw) == [kept]


@pytest.mark.parametrize(
    "raw",
    [
        "9月6日晚，省政府启动应急响应。",  # part of the day
        "9月末，省政府将启动应急响应。",  # which part of the month
        "除夕当天，云岭灯会接待游客10万人次。",
        "9月3日至5日，云岭举办灯会。",
        "9月3日10时至5日18时，云岭举办灯会。",
        "截至9月6日，地震已造成7人遇难。",
        "2020年3月曾因泄漏被市应急管理局罚款20万元。",  # nothing would stand before 曾
        "2022年4月因未更新财务数据而失效。",
        "云途出行承诺“昨日已经全部退款”。",  # somebody's words
        "云图科技从去年4月起诉到今年。",
        "今年第19号台风已于今天（9月7日）5时50分前后登陆琼岛。",
    ],
)
def test_a_date_that_says_more_stays(raw: str) -> None:
    assert raw in entries(raw)


def test_a_day_counted_from_another_stays() -> None:
    """次日 is not the day of the heading under which it stands."""
    told = entries("9月3日接到投诉后，执法人员于次日进驻工厂。")
    assert told == ["9月3日接到投诉后，执法人员于次日进驻工厂。", "执法人员进驻工厂。"]


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("2月份云图科技还起诉过云途出行。", "云图科技起诉过云途出行。"),
        ("2月3日，云图科技又在公众号上发布声明。", "云图科技在公众号上发布声明。"),
        ("2月3日，云图科技则由许崇文接管。", "云图科技由许崇文接管。"),
        ("2月3日，云图科技还没有发布声明。", "云图科技还没有发布声明。"),
        ("2月3日，云图科技也不接受调解。", "云图科技也不接受调解。"),
        ("2月3日，云图科技更名为云端科技。", "云图科技更名为云端科技。"),
        ("2月3日，云图科技又道歉又赔偿。", "云图科技又道歉又赔偿。"),
        ("2月3日，云图科技起诉后又撤诉。", "云图科技起诉后又撤诉。"),
        ("2月3日，连云图科技也发布了声明。", "连云图科技也发布了声明。"),
    ],
)
def test_what_leans_on_a_sentence_that_is_not_there_goes(raw: str, kept: str) -> None:
    assert entries(raw) == [kept]


WORDS = (
    "9月6日",
    "，",
    "昨日",
    "于次日",
    "还",
    "也",
    "云图科技",
    "起诉",
    "早在2010年",
    "。",
    "“",
    "于",
)


@given(st.lists(st.sampled_from(WORDS), max_size=12).map("".join))
def test_words_go_and_none_are_added(text: str) -> None:
    """What is shown stands in the text in its order, at most two stretches left out."""
    for told in entries(text):
        assert told
        assert re.search(".*".join(map(re.escape, told)), text)
