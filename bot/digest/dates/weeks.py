"""Weeks and their days: 上周五, 周三, 下下周末, 本周, 上个星期, 最后一个周三."""

import re
from datetime import date

from bot.digest.dates import calendar as days
from bot.digest.dates.context import Context, Family, Match
from bot.digest.dates.numerals import number
from bot.digest.dates.pieces import COUNT, pairs
from bot.model import Granularity, When

_RELATIVE = r"(?:上上一?个?|(?<![以晚早])上一?个?|下下一?个?|下一?个?|本|这一?个?|当)"
_WEEK = r"(?:周|星期|礼拜)"
_NO_NAME = r"(?![年个期度岁围氏福生记遍刊报线版]|大福)"  # 周一围, 周六福, 一周年
_DAY = re.compile(
    rf"(?:(?P<relative>{_RELATIVE})的?|(?P<last>最后一个的?)"
    rf"|(?<![一二两三四五六七八九十几数0-9上下本这当个的]))"
    rf"{_WEEK}(?P<weekday>[一二三四五六日天末]){_NO_NAME}"
)
_NUMBERED = re.compile(rf"第(?P<number>{COUNT}){_WEEK}(?![一二三四五六日天末年])")
_WHOLE = re.compile(rf"(?P<relative>{_RELATIVE}){_WEEK}(?![一二三四五六日天末刊报边转期])")


def _day(match: Match, context: Context) -> When | None:
    if match["last"]:
        return _last_of_month(match["weekday"], context)
    relative = match["relative"]
    if relative is None and match[0] == "周天":
        return None  # a family name, or a circle
    monday = _monday(relative, context)
    if match["weekday"] == "末":
        weekend = days.later(monday, 5)
        return When(weekend, days.later(monday, 7), Granularity.DAY, relative is not None)
    day = days.later(monday, min("一二三四五六日天".index(match["weekday"]), 6))
    if relative is not None:
        return days.of(day)
    if context.floor is not None:
        return days.of(days.later(day, 7) if day < context.floor else day)
    if day > context.anchor and not context.ahead:
        day = days.later(day, -7)  # 周五 said on a Wednesday is the last one
    if day < context.anchor and context.ahead:
        day = days.later(day, 7)
    return days.of(day)


def _monday(relative: str | None, context: Context) -> date:
    inside = context.anchor
    if relative is None and context.floor is not None:
        inside = context.floor
    if relative == "当" and context.last is not None:
        inside = context.last.start
    step = relative.count("下") - relative.count("上") if relative else 0
    return days.later(days.week(inside).start, 7 * step)


def _last_of_month(weekday: str, context: Context) -> When:
    index = min("一二三四五六日天".index(weekday), 6)
    at = context.last.start if context.last and context.near else context.anchor
    return days.of(days.nth_weekday(at.year, at.month, index, -1), certain=False)


def _numbered(match: Match, context: Context) -> When | None:
    """2021年第48周, as in ISO 8601."""
    if context.given is None:
        return None
    return days.week(date.fromisocalendar(context.given, number(match["number"]), 1))


def _whole(match: Match, context: Context) -> When:
    return days.week(_monday(match["relative"], context))


_BEGINS = (*pairs("上下本这当", "周星礼的一个"), "上上", "下下")

FAMILIES = (
    Family(_DAY, _day, (*_BEGINS, "最后", *pairs("周", "一二三四五六日天末"), "星期", "礼拜")),
    Family(_NUMBERED, _numbered, "第", after_year=True, only_in_year=True),
    Family(_WHOLE, _whole, _BEGINS),
)
