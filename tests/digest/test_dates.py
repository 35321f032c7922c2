"""Dates: what each expression means on the day of the article."""

from datetime import date, timedelta

import pytest

from bot.digest.dates import find_dates
from bot.digest.dates.numerals import number
from bot.model import Granularity, When

ANCHOR = date(2021, 12, 2)  # a Thursday


def found(text: str, anchor: date = ANCHOR, last: When | None = None) -> list[tuple[str, str, str]]:
    mentions = find_dates(text, anchor, last=last)
    return [(m.text, m.when.start.isoformat(), m.when.end.isoformat()) for m in mentions]


def day(text: str) -> tuple[str, str]:
    start = date.fromisoformat(text)
    return start.isoformat(), (start + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年9月17日", "2021-09-17"),
        ("2021 年 9 月 17 日", "2021-09-17"),
        ("二〇二一年九月十七日", "2021-09-17"),
        ("２０２１年９月１７日", "2021-09-17"),
        ("2021-09-17", "2021-09-17"),
        ("2021/9/17", "2021-09-17"),
        ("9月17日", "2021-09-17"),
        ("11 月 29 日傍晚", "2021-11-29"),
        ("12月25日", "2021-12-25"),
        ("29日", "2021-11-29"),
        ("今日", "2021-12-02"),
        ("昨天", "2021-12-01"),
        ("大前天", "2021-11-29"),
        ("上周五", "2021-11-26"),
        ("本周一", "2021-11-29"),
        ("周三", "2021-12-01"),
        ("三天前", "2021-11-29"),
        ("今年国庆节", "2021-10-01"),
        ("去年春节", "2020-01-25"),
        ("今年中秋节", "2021-09-21"),
        ("今年“双11”", "2021-11-11"),
        ("上个月5日", "2021-11-05"),
        ("上週五", "2021-11-26"),
        ("2月29日", "2020-02-29"),
    ],
)
def test_days(text: str, expected: str) -> None:
    assert found(f"据称，{text}，事情发生了。") == [(text, *day(expected))]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("今年7月", "2021-07-01", "2021-08-01"),
        ("10月份", "2021-10-01", "2021-11-01"),
        ("去年12月", "2020-12-01", "2021-01-01"),
        ("2013年", "2013-01-01", "2014-01-01"),
        ("2013 年", "2013-01-01", "2014-01-01"),
        ("去年", "2020-01-01", "2021-01-01"),
        ("上半年", "2021-01-01", "2021-07-01"),
        ("第三季度", "2021-07-01", "2021-10-01"),
        ("2020年第四季度", "2020-10-01", "2021-01-01"),
        ("前三季度", "2021-01-01", "2021-10-01"),
        ("7月26日至30日", "2021-07-26", "2021-07-31"),
        ("12月30日至1月3日", "2021-12-30", "2022-01-04"),
        ("9月至11月", "2021-09-01", "2021-12-01"),
        ("1-9月", "2021-01-01", "2021-10-01"),
        ("2018年至2021年", "2018-01-01", "2022-01-01"),
        ("上世纪80年代", "1980-01-01", "1990-01-01"),
        ("2010年代", "2010-01-01", "2020-01-01"),
        ("民国一百一十年", "2021-01-01", "2022-01-01"),
        ("上周", "2021-11-22", "2021-11-29"),
        ("9月上旬", "2021-09-01", "2021-09-11"),
        ("去年底", "2020-11-01", "2021-01-01"),
        ("未来两天", "2021-12-03", "2021-12-05"),
        ("未来三个月", "2021-12-03", "2022-03-03"),
    ],
)
def test_stretches(text: str, start: str, end: str) -> None:
    assert found(f"据称，{text}，事情发生了。") == [(text, start, end)]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("大会将于3月5日召开", "2022-03-05"),
        ("预计1月上市", "2022-01-01"),
        ("去年3月5日召开", "2020-03-05"),
    ],
)
def test_words_that_look_ahead_decide_the_year(text: str, start: str) -> None:
    assert found(text)[0][1] == start


def test_a_year_holds_for_its_sentence() -> None:
    assert [m[1] for m in found("2018年3月立项，5月开工。10月完工。")] == [
        "2018-03-01",
        "2018-05-01",
        "2021-10-01",
    ]


def test_the_next_day_leans_on_the_last_date() -> None:
    assert [m[1] for m in found("9月16日晚间QQ先行，次日微信跟进")] == ["2021-09-16", "2021-09-17"]
    last = When(date(2021, 9, 16), date(2021, 9, 17), Granularity.DAY)
    assert found("次日微信跟进", last=last) == [("次日", "2021-09-17", "2021-09-18")]
    assert found("次日微信跟进") == []


def test_two_years_side_by_side() -> None:
    assert [m[0] for m in found("2013 年与 2021 年完全不同")] == ["2013 年", "2021 年"]


def test_vague_ones_are_not_certain() -> None:
    for text in ("日前", "近日", "近期"):
        (mention,) = find_dates(f"{text}，有消息传出", ANCHOR)
        assert not mention.when.certain
        assert mention.when.end == ANCHOR + timedelta(days=1)


@pytest.mark.parametrize(
    "text",
    [
        "MSI 2021",
        "360与腾讯",
        "世界500强",
        "一点也不",
        "版本 2.10.3",
        "比分3-2",
        "售价1999元",
        "电话 010-12345678",
        "3Q 大战",
        "2月30日",
        "13月1日",
        "每天生成1亿个口令",
        "品牌都追求回报的今天",
        "数年中屡次发生",
        "12.5亿用户",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三十一", 31),
        ("二〇二一", 2021),
        ("一百一十", 110),
        ("一百零五", 105),
        ("两", 2),
    ],
)
def test_numerals(text: str, value: int) -> None:
    assert number(text) == value
