"""Days in figures: 2021-09-17, 2021/9/17, 17.9.2021, 11/29/2021, 27-7-3, 12/1."""

import re

from bot.digest.dates import calendar as days
from bot.digest.dates.context import Context, Family, Match
from bot.digest.dates.pieces import DIGITS
from bot.digest.dates.years import full_year
from bot.model import When

_ALONE = r"(?<![A-Za-z0-9./_#])(?<![0-9]:)"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_YEAR_FIRST = re.compile(
    rf"{_ALONE}(?P<year>[12][0-9]{{3}})(?:(?P<sign>[-/.])(?P<month>1[0-2]|0?[1-9])(?P=sign)"
    rf"(?P<day>{_DAY})(?!(?P=sign)?[0-9]|[A-Za-z]|\s?[版元]|(?P=sign)[A-Za-z])"
    r"|[ ](?P<month_2>1[0-2]|0[1-9])[ ](?P<day_2>3[01]|[12][0-9]|0[1-9])(?![0-9]))"
)
_YEAR_MONTH = re.compile(
    rf"{_ALONE}(?<!-)(?P<year>(?:19|20)[0-9]{{2}})[-/](?P<month>0[1-9]|1[0-2])(?![0-9A-Za-z/\-])"
    r"(?!\s?(?:赛季|财年|年|学年|号|版|元))"
)
_YEAR_LAST = re.compile(
    rf"{_ALONE}(?P<a>{_DAY})(?P<sign>[-/.])(?P<b>{_DAY})(?P=sign)(?P<year>[12][0-9]{{3}})"
    r"(?!(?P=sign)?[0-9]|[A-Za-z]|\s?[版元])"
)
_SHORT = re.compile(
    rf"{_ALONE}(?P<a>[0-9]{{1,2}})(?P<sign>[-/])(?P<b>1[0-2]|0?[1-9])(?P=sign)(?P<c>[0-9]{{1,2}})"
    r"(?!(?P=sign)?[0-9]|[A-Za-z.%]|\s?[分胜负战局型号的])"
)
_NO_FRACTION = re.compile(
    rf"{_ALONE}(?P<month>1[0-2]|0?[1-9])/(?P<day>{_DAY})"
    r"(?![0-9/.%A-Za-z]|\s?[的强决以左至多弱名个杯英寸量股])"
)
_COUNTING = re.compile(r"(?:[比约占近逾达超过分的足]|战绩|阵型?|不到|比分|比例)\s?$")


def _year_month(match: Match, _: Context) -> When:
    return days.month(int(match["year"]), int(match["month"]))


def _year_first(match: Match, _: Context) -> When | None:
    if _after_sign(match):
        return None
    month, day = match["month"] or match["month_2"], match["day"] or match["day_2"]
    return days.day(int(match["year"]), int(month), int(day))


def _year_last(match: Match, _: Context) -> When | None:
    if _after_sign(match):
        return None
    return _day_first(int(match["a"]), int(match["b"]), int(match["year"]))


def _day_first(a: int, b: int, year: int) -> When:
    """17/9/2021, and 9/17/2021 where it can be nothing else."""
    return days.day(year, b, a) if b <= 12 else days.day(year, a, b)


def _short(match: Match, context: Context) -> When | None:
    """The year stands first where two digits stand there that may be one; else last."""
    a, b, c = match["a"], match["b"], match["c"]
    if len(a) == len(c) == 1 or _counts(match) or _after_sign(match):
        return None
    if len(a) == 2 and 1 <= int(c) <= 31:
        return days.day(full_year(int(a), context), int(b), int(c))
    return _day_first(int(a), int(b), full_year(int(c), context)) if len(c) == 2 else None


def _no_fraction(match: Match, context: Context) -> When | None:
    """12/1 or 11/29, but not 1/3: what could be a fraction in everyday use is none."""
    month, day = int(match["month"]), int(match["day"])
    written_out = len(match["month"]) == len(match["day"]) == 2
    if (month <= day and not written_out) or month == day or _counts(match):
        return None
    return days.day(context.year_of(month, day), month, day)


def _after_sign(match: Match) -> bool:
    """A hyphen before figures with hyphens: part of a longer number, such as a telephone's."""
    return match["sign"] == "-" == match.string[match.start() - 1 : match.start()]


def _counts(match: Match) -> bool:
    return bool(_COUNTING.search(match.string, max(0, match.start() - 4), match.start()))


FAMILIES = (
    Family(_YEAR_FIRST, _year_first, DIGITS, behind="-/."),
    Family(_YEAR_MONTH, _year_month, DIGITS, behind="-/"),
    Family(_YEAR_LAST, _year_last, DIGITS, behind="-/."),
    Family(_SHORT, _short, DIGITS, behind="-/"),
    Family(_NO_FRACTION, _no_fraction, DIGITS, behind="/"),
)
