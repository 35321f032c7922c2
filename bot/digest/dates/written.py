"""Months and days in writing: 9月17日, 本月15日, 9月上旬, 四月的最后一个星期一, 29日."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from bot.digest.dates import calendar as days
from bot.digest.dates.context import Context, Family, Match
from bot.digest.dates.holidays import lunar
from bot.digest.dates.numerals import number
from bot.digest.dates.pieces import (
    COUNTS,
    DAY_NUMBER,
    DIGITS,
    MONTH_NUMBER,
    NUMERALS,
    PART_OF_DAY,
    SPACE,
    TO,
    TO_BEGINS,
    pairs,
)
from bot.model import Granularity, When

_NO_MONTH = r"不知|革命|流火|文艺|飞霜|花(?!开)|[内来龄薪均供租费饼亮球嫂期]|天(?!气|[空降])"
_MONTH = (
    rf"(?:(?<![0-9.第近每满逾几数{NUMERALS}十])(?P<month>{MONTH_NUMBER})"
    rf"(?:{SPACE}月份?(?!{_NO_MONTH})|(?=(?:{TO}|、){MONTH_NUMBER}{SPACE}月(?!龄)))"
    r"|(?P<word>上上个?月|(?<![以晚早海])上一?个?月|下下个?月|(?<![以])下一?个?月|本月|这个月"
    r"|当月|同月|该月|次月)(?!球|牙|亮|饼))"
)
_ANOTHER_DAY = rf"(?={TO}{DAY_NUMBER}{SPACE}[日号]|[、和]{DAY_NUMBER}{SPACE}[日号])"
_CLAUSE_ENDS = rf"(?=$|[，。；、！？）)”]|{PART_OF_DAY})"

_DAY = re.compile(
    rf"{_MONTH}{SPACE}(?:(?P<day>{DAY_NUMBER})(?:{SPACE}[日号](?!线)|{_ANOTHER_DAY})"
    rf"|(?P<bare>二?十[一二三四五六七八九]?|三十一?)(?![{NUMERALS}0-9十百千万亿多余几个名人元家年天])"
    rf"|(?P<loose>3[01]|[12][0-9]|[1-9]){_CLAUSE_ENDS})"
)
_PART = re.compile(
    rf"{_MONTH}(?!{SPACE}{DAY_NUMBER}{SPACE}[日号])(?P<part>上旬|中旬|下旬|初(?![{NUMERALS}十])|(?<=[0-9]月)初"
    r"|中(?=[，。、；）)~\-—至到的下]|$)|底|末)?"
)
_PAIR = re.compile(
    r"(?P<first>[一二三四五六七八])(?P<second>[二三四五六七八九])月(?:份|间)?(?![一二三四五六七八九十])"
)
_NTH = re.compile(
    rf"{_MONTH}{SPACE}的?{SPACE}(?:第(?P<nth>[一二三四五])|(?P<last>最后一?))个?"
    r"(?:(?P<week>周|星期|礼拜)(?P<weekday>[一二三四五六日天])?|周末)"
)
_BARE_DAY = re.compile(
    r"(?<![0-9第每近续来去共达满期超前隔约逾余多几数.\-/月])"
    rf"(?P<day>(?:3[01]|[12][0-9]|0?[1-9])(?:{SPACE}日|{_ANOTHER_DAY})"
    r"|(?:二十|三十|十)[一二三四五六七八九]?日|[一二三四五六七八九]日(?=[上下中]午|晚|凌晨|在"
    r"|宣布|表示|说|称|发[布表]|举行|抵|会见|指出|[电讯])(?!说法))"
    r"(?![内游均线间本报元用常以K谈龄籍年])"
)
_BARE_NUMBER = re.compile(  # 12号; not 12号楼, 神舟12号
    rf"(?:(?<![\s\S])|(?<=[，。；、：“（(\s在于到至从自是的月了日将过等]))"
    rf"(?P<day>3[01]|[12][0-9]|0?[1-9]|(?:二十|三十|十)[一二三四五六七八九]?){SPACE}号"
    rf"(?=$|[，。；、！？）)\s]|[上下中早晚凌傍深夜在将就到开起前后的以之至\-—~你我他她去来是有也又])"
)
_SECOND_DAY = re.compile(rf"(?P<day>{DAY_NUMBER}){SPACE}[日号](?![线内])")
_BARE_PART = re.compile(
    r"(?<![每个数几多两0-9一二三四五六七八九十])(?P<part>上旬|中旬|下旬|月初|月中(?=[，。旬]|$)|月底|月末)"
)

_STEPS = {"本": 0, "这": 0, "上上": -2, "上": -1, "下下": 2, "下": 1}
_LEANING = {"当": 0, "同": 0, "该": 0, "次": 1}
_LUNAR_BY_HABIT = {(7, 15), (8, 15)}  # 八月十五 without 日 is the Mid-Autumn Festival
_DAY_OR_MONTH = (Granularity.DAY, Granularity.MONTH)
_FAR_DAYS = 60  # 29日 does not lean on a date of another sentence that is further away


def _month_of(match: Match, context: Context, day: int | None = None) -> tuple[int, int]:
    """The year and the month that the words name."""
    if (word := match["word"]) is None:
        month = number(match["month"])
        return context.year_of(month, day), month
    step = next((s for w, s in _STEPS.items() if word.startswith(w)), None)
    base = context.anchor
    if step is None:
        step, base = _LEANING[word[0]], context.last.start if context.last else context.anchor
    found = days.months_later(base, step)
    return (found.year if context.given is None else context.given), found.month


def _day(match: Match, context: Context) -> When:
    day = number(match["day"] or match["bare"] or match["loose"])
    year, month = _month_of(match, context, day)
    if match["bare"] and context.given is None and (month, day) in _LUNAR_BY_HABIT:
        return context.nearest(lambda y: days.of(lunar(y, month, day), certain=False))
    if (month, day) == (2, 29) and context.given is None and context.year is None:
        year = _leap(year)
    return days.day(year, month, day)


def _leap(year: int) -> int:
    """The year, or the last before it that had a 29 February."""
    return next(y for y in range(year, year - 9, -1) if y % 4 == 0 and (y % 100 or y % 400 == 0))


def _month(match: Match, context: Context) -> When | None:
    if _numbers_an_item(match):
        return None
    year, month = _month_of(match, context)
    if match["part"]:
        return days.part_of_month(year, month, match["part"])
    return days.month(year, month)


def _pair(match: Match, context: Context) -> When | None:
    """三四月份: March and April."""
    first, second = number(match["first"]), number(match["second"])
    if second != first + 1:
        return None
    year = context.year_of(first)
    return replace(days.span(days.month(year, first), days.month(year, second)), certain=False)


def _nth(match: Match, context: Context) -> When:
    """The week that holds the first Thursday is the first of a month, as in ISO 8601."""
    year, month = _month_of(match, context)
    which = -1 if match["last"] else number(match["nth"])
    if weekday := match["weekday"]:
        index = min("一二三四五六日天".index(weekday), 6)
        return days.of(days.nth_weekday(year, month, index, which))
    week = days.week(days.nth_weekday(year, month, 3, which))
    if match["week"] is None:  # 周末
        return When(days.later(week.start, 5), week.end, Granularity.DAY)
    return week


def _numbers_an_item(match: Match) -> bool:
    """1、13日: the 1 at the beginning of a line numbers the line."""
    before = match.string[max(0, match.start() - 1) : match.start()]
    listed = match.string.startswith("、", match.end())
    return listed and match[0].isdigit() and (not before or before in " \t\n。；：)")


def _bare_day(match: Match, context: Context) -> When | None:
    """29日: of the month that was just named or the one after it, else the last 29th."""
    if _numbers_an_item(match):
        return None
    day = number(re.sub(r"[日号\s]", "", match["day"]))
    return days.of(next(_days_for(day, context)))


def _days_for(day: int, context: Context) -> Iterator[date]:
    """The days of that number that may be meant, likeliest first."""
    anchor = context.anchor
    if context.floor is not None:
        yield from _numbered(day, context.floor, (0, 1), context.floor, date.max)
        return
    last = _leans_on(context)
    if last is not None:
        limit = date.max if context.ahead or last > context.limit else context.limit
        yield from _numbered(day, last, (0, 1), last, limit)
        yield from _numbered(day, last, (0, -1), date.min, limit)
    if context.ahead:
        yield from _numbered(day, anchor, (0, 1, 2), anchor, date.max)
    yield from _numbered(day, anchor, (0, -1, -2), date.min, context.limit)
    raise ValueError("no such day")


def _leans_on(context: Context) -> date | None:
    last = context.last
    if last is None or last.granularity not in _DAY_OR_MONTH:
        return None
    far = abs((last.start - context.anchor).days) > _FAR_DAYS
    return last.start if context.near or not far else None


def _numbered(
    day: int, start: date, steps: Iterable[int], first: date, limit: date
) -> Iterator[date]:
    """The days of a number in months around `start`, from `first` to `limit`."""
    for step in steps:
        month = days.months_later(start, step)
        if day <= monthrange(month.year, month.month)[1]:
            found = month.replace(day=day)
            if first <= found <= limit:
                yield found


def _bare_part(match: Match, context: Context) -> When:
    """月底, 中旬: of the month that the sentence named, else of the last month that fits."""
    last = context.last if context.near else None
    base = last.start if last and last.granularity in _DAY_OR_MONTH else context.anchor
    part = match["part"].removeprefix("月")
    found = days.part_of_month(base.year, base.month, part)
    if last is None and found.start > days.later(context.anchor, 15) and not context.ahead:
        before = days.months_later(base, -1)
        found = days.part_of_month(before.year, before.month, part)
    return found


_MONTH_BEGINS = (
    *COUNTS,
    "元",
    *("上上", "上月", "上个", "上一", "下下", "下月", "下个", "下一"),
    *("本月", "这个", "当月", "同月", "该月", "次月"),
)

_MONTH_BEHIND = "月、" + TO_BEGINS

FAMILIES = (
    Family(_DAY, _day, _MONTH_BEGINS, after_year=True, behind=_MONTH_BEHIND),
    Family(_PART, _month, _MONTH_BEGINS, after_year=True, behind=_MONTH_BEHIND),
    Family(_PAIR, _pair, "一二三四五六七八", after_year=True, behind="月"),
    Family(_NTH, _nth, _MONTH_BEGINS, after_year=True, behind=_MONTH_BEHIND),
    Family(_BARE_DAY, _bare_day, DIGITS + "一二三四五六七八九十", behind="日、和" + TO_BEGINS),
    Family(_BARE_NUMBER, _bare_day, DIGITS + "十二三", behind="号"),
    Family(_SECOND_DAY, _bare_day, COUNTS + "廿", only_second=True, behind="日号"),
    Family(_BARE_PART, _bare_part, (*pairs("上中下", "旬"), *pairs("月", "初中底末"))),
)
