"""Which days a date means: one function a family of `grammar`, chosen by the group that matched.

A year that is not written is the one that puts the date last before the article's day (a few days
of grace), unless the words around look ahead; or the year that the same sentence just named.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from bot.digest.dates import calendar as days
from bot.digest.dates.holidays import festival
from bot.digest.dates.numerals import number
from bot.model import Granularity, When

GRACE_DAYS = 3  # a report may be dated a little before what it announces


@dataclass(frozen=True, slots=True)
class Context:
    """What a date may lean on.

    `anchor` is the article's day, `last` the date named before (None: none), `year` the year that
    the same sentence named before (None: none), `ahead` whether the words around look ahead.
    """

    anchor: date
    last: When | None = None
    year: int | None = None
    ahead: bool = False


Match = re.Match[str]


def resolve(match: Match, context: Context) -> When | None:
    """The days of a match of `grammar.DATES`, or None when it turns out to be no date."""
    for group, family in _FAMILIES.items():
        if match[group] is not None:
            try:
                return family(match, context)
            except ValueError:
                return None
    return None


def _iso(match: Match, _: Context) -> When:
    year, month, day = re.split(r"[-/.]", match["iso"])
    return days.day(int(year), int(month), int(day))


def _full_day(match: Match, context: Context) -> When:
    month, day = _month_number(match["d_month"], context), _day_number(match["d_day"])
    year = _year_for(match["d_year"], match["d_month"], month, context, day)
    if (month, day) == (2, 29) and not match["d_year"]:
        year = _leap(year)
    start = days.day(year, month, day)
    if not match["d_to_day"]:
        return start
    to_month = _month_number(match["d_to_month"], context) if match["d_to_month"] else month
    to_year = _year_number(match["d_to_year"], context) if match["d_to_year"] else year
    if not match["d_to_year"] and to_month < month:
        to_year += 1
    return _span(start, days.day(to_year, to_month, _day_number(match["d_to_day"])))


def _leap(year: int) -> int:
    """The year, or the last before it that had a 29 February."""
    return next(y for y in range(year, year - 9, -1) if y % 4 == 0 and (y % 100 or y % 400 == 0))


def _day_range(match: Match, context: Context) -> When:
    month, first = _month_number(match["r_month"], context), int(match["r_day"])
    year = _year_for(None, match["r_month"], month, context, first)
    return _span(days.day(year, month, first), days.day(year, month, int(match["r_to"])))


def _month(match: Match, context: Context) -> When:
    month = _month_number(match["m_month"], context)
    first = int(match["m_first"]) if match["m_first"] else month
    year = _year_for(match["m_year"], match["m_month"], first, context)
    if match["m_part"]:
        return days.part_of_month(year, month, match["m_part"])
    if match["m_to"]:
        month = _month_number(match["m_to"], context)
        to_year = _year_number(match["m_to_year"], context) if match["m_to_year"] else year
        return _span(days.month(year, first), days.month(to_year + (month < first), month))
    return _span(days.month(year, first), days.month(year, month))


def _years(match: Match, _: Context) -> When:
    return _span(days.year(int(match["y_from"])), days.year(int(match["y_to"])))


def _year(match: Match, context: Context) -> When:
    year = _year_number(match["y_year"], context)
    if match["y_feast"]:
        return _feast_in(match["y_feast"], year)
    if match["y_part"]:
        return _part_of_year(match["y_part"], year)
    if match["y_same"]:
        return replace(days.month(year, context.anchor.month), certain=False)
    return days.year(year)


def _bare_part(match: Match, context: Context) -> When:
    year = context.year or context.anchor.year
    span = _part_of_year(match["p_part"], year)
    if context.year is None and span.start > context.anchor and not context.ahead:
        span = _part_of_year(match["p_part"], year - 1)
    return span


def _part_of_year(part: str, year: int) -> When:
    part = "".join(part.split())
    if part in ("上半年", "下半年"):
        return days.half(year, 1 if part == "上半年" else 2)
    if part.startswith("前"):
        return _span(days.quarter(year, 1), days.quarter(year, number(part[1])))
    if quarter := re.search(r"[一二三四1-4]", part):
        return days.quarter(year, number(quarter[0]))
    first, length = {"初": (1, 2), "中": (6, 2), "底": (11, 2), "末": (11, 2)}[
        part.removeprefix("年").removesuffix("期")
    ]
    return replace(days.months(year, first, length, Granularity.MONTH), certain=False)


def _decade(match: Match, context: Context) -> When:
    text = "".join(match["decade"].split())
    digits = re.search(r"([0-9]{2,4}|[〇零一二三四五六七八九十]{2,4})年代", text)
    assert digits is not None  # the grammar asks for it
    value = number(digits[1])
    if value < 100:
        century = re.match(r"([0-9]{2}|[一二]?十[一]?)世纪", text)
        base = (number(century[1]) - 1) * 100 if century else 1900
        base = 2000 if text.startswith("本世纪") else base
        value += base if century or text[0] in "上本" or value > 20 else 2000
    span = days.months(value, 1, 120, Granularity.DECADE)
    return span if span.start <= context.anchor else replace(span, certain=False)


def _minguo(match: Match, _: Context) -> When:
    digits = re.sub(r"民国|年|\s", "", match["minguo"])
    return days.year(1911 + (1 if digits == "元" else number(digits)))


def _weekday(match: Match, context: Context) -> When:
    weeks = _weeks(match["week_rel"])
    monday = days.later(days.week(context.anchor).start, 7 * (weeks or 0))
    if match["weekday"] == "末":
        return When(days.later(monday, 5), days.later(monday, 7), Granularity.DAY)
    index = "一二三四五六日天".index(match["weekday"])
    day = days.later(monday, min(index, 6))
    if weeks is None and day > context.anchor and not context.ahead:
        day = days.later(day, -7)  # 周五 said on a Wednesday is the last one
    return days.of(day)


def _week(match: Match, context: Context) -> When:
    return days.week(days.later(context.anchor, 7 * (_weeks(match["week"]) or 0)))


def _weeks(word: str | None) -> int | None:
    if word is None:
        return None
    return word.count("下") - word.count("上")


_NEAR = {
    "大前": -3, "前天": -2, "前日": -2, "昨": -1, "今": 0, "明": 1, "后天": 2, "大后": 3,
}  # fmt: skip
_NEXT_DAY = ("次日", "翌日", "第二天", "隔日")
_SAME_DAY = ("同日", "当日", "当天", "当晚")
_DAY_BEFORE = ("前一天", "前一日", "此前一天")


def _near(match: Match, context: Context) -> When | None:
    word = match["near"]
    if word in _NEXT_DAY + _SAME_DAY + _DAY_BEFORE:
        return _anaphoric(word, context)
    offset = next(n for start, n in _NEAR.items() if word.startswith(start))
    return days.of(days.later(context.anchor, offset))


def _anaphoric(word: str, context: Context) -> When | None:
    """次日, 当日, 前一天 lean on the last day that was named; 当日 alone on the article's own."""
    last = context.last
    if last is None or last.granularity is not Granularity.DAY:
        return days.of(context.anchor, certain=False) if word in _SAME_DAY else None
    if word in _SAME_DAY:
        return replace(last, start=days.later(last.end, -1))
    step = 0 if word in _NEXT_DAY else -1
    return days.of(last.end if step == 0 else days.later(last.start, step), certain=last.certain)


def _ago(match: Match, context: Context) -> When | None:
    amount, certain = _amount(match["ago_n"], bool(match["ago_half"]))
    sign = -1 if match["ago_dir"] == "前" else 1
    unit = match["ago_unit"]
    if amount is None or (sign == 1 and context.last is None and not context.ahead):
        return None  # 三年后, counted from something we do not know
    origin = context.last.start if sign == 1 and context.last else context.anchor
    if unit in ("天", "日"):
        return days.of(days.later(origin, sign * int(amount)), certain=certain)
    if unit in ("周", "星期", "个星期"):
        return replace(days.week(days.later(origin, sign * 7 * int(amount))), certain=certain)
    if unit == "年" and amount >= 1:
        return replace(days.year(origin.year + sign * int(amount)), certain=certain)
    start = days.months_later(origin, sign * round(amount * (12 if unit == "年" else 1)))
    return replace(days.month(start.year, start.month), certain=False)


def _amount(text: str, half: bool) -> tuple[float | None, bool]:
    if text == "半":
        return 0.5, False
    if text in ("几", "数", "十几", "十余", "数十"):
        return {"几": 3, "数": 3, "十几": 15, "十余": 12}.get(text), False
    return number(text.removesuffix("几")) + 0.5 * half, not text.endswith("几")


def _past(match: Match, context: Context) -> When | None:
    """A stretch up to the article's day, or from it on: 过去十几年间, 近三个月, 未来两天."""
    amount, _ = _amount(match["past_n"], half=False)
    if amount is None:
        return None
    unit, today = match["past_unit"], context.anchor
    sign = 1 if match["past"][0] in "未今" else -1
    if unit in ("天", "日", "周"):
        far = days.later(today, sign * max(int(amount), 1) * (7 if unit == "周" else 1))
        grain = Granularity.DAY
    else:
        far = days.months_later(today, sign * round(amount * (12 if unit == "年" else 1)))
        grain = Granularity.YEAR if unit == "年" else Granularity.MONTH
    near = days.later(today, 1)
    return (
        When(near, days.later(far, 1), grain, False) if sign > 0 else When(far, near, grain, False)
    )


def _month_word(match: Match, context: Context) -> When:
    month = _month_number(match["month_word"], context)
    year = _year_for(None, match["month_word"], month, context)
    if match["month_part"]:
        return days.part_of_month(year, month, match["month_part"])
    return days.month(year, month)


def _feast(match: Match, context: Context) -> When:
    year = context.year or context.anchor.year
    span = _feast_in(match["feast"], year)
    if context.year is None and not context.ahead:
        limit = days.later(context.anchor, 30)  # festivals are talked of before they come
        if span.start > limit:
            span = _feast_in(match["feast"], year - 1)
    return span


def _feast_in(name: str, year: int) -> When:
    return days.of(festival(name, year))


def _bare_day(match: Match, context: Context) -> When:
    day = _day_number(match["b_day"])
    origin = context.last if context.last and context.last.granularity in _DAY_OR_MONTH else None
    start = _day_near(day, origin, context)
    if not match["b_to"]:
        return start
    return _span(start, days.day(start.start.year, start.start.month, _day_number(match["b_to"])))


_DAY_OR_MONTH = (Granularity.DAY, Granularity.MONTH)


def _day_near(day: int, origin: When | None, context: Context) -> When:
    """29日: of the month just named, else the last 29th up to the article's day."""
    if origin is not None and abs((origin.start - context.anchor).days) > 40:
        return days.day(origin.start.year, origin.start.month, day)
    month = context.anchor.replace(day=1)
    for step in (0, -1, -2):
        at = days.months_later(month, step + (1 if context.ahead else 0))
        try:
            found = days.day(at.year, at.month, day)
        except ValueError:
            continue
        if context.ahead or found.start <= days.later(context.anchor, GRACE_DAYS):
            return found
    raise ValueError("no such day")


def _vague(match: Match, context: Context) -> When:
    """日前, 近日: the week before; 近期, 最近: the month before."""
    short = match["vague"] in ("日前", "近日", "这几天", "连日来")
    start = days.later(context.anchor, -7 if short else -30)
    grain = Granularity.WEEK if short else Granularity.MONTH
    return When(start, days.later(context.anchor, 1), grain, False)


def _span(first: When, last: When) -> When:
    if last.end <= first.start:
        raise ValueError("ends before it begins")
    return When(first.start, last.end, first.granularity, first.certain and last.certain)


_YEAR_STEPS = {
    "今年": 0,
    "本年": 0,
    "本年度": 0,
    "去年": -1,
    "前年": -2,
    "明年": 1,
    "来年": 1,
    "后年": 2,
}
_YEAR_LEANING = {"当年": 0, "同年": 0, "上年": -1, "次年": 1, "翌年": 1}


def _year_number(text: str, context: Context) -> int:
    if text in _YEAR_STEPS:
        return context.anchor.year + _YEAR_STEPS[text]
    if text in _YEAR_LEANING:
        base = context.last.start.year if context.last else context.anchor.year
        return base + _YEAR_LEANING[text]
    return number(re.sub(r"公元|年|\s", "", text))


def _month_number(text: str, context: Context) -> int:
    if "本" in text or "这个" in text:
        return context.anchor.month
    if text in ("当月", "同月", "次月"):
        base = context.last.start if context.last else context.anchor
        return days.months_later(base, 1 if text == "次月" else 0).month
    if text[0] in "上下":
        return days.months_later(context.anchor, -1 if text[0] == "上" else 1).month
    month = number(re.sub(r"月|份|\s", "", text))
    if not 1 <= month <= 12:
        raise ValueError("no such month")
    return month


def _day_number(text: str) -> int:
    return number(re.sub(r"[日号\s]", "", text))


def _year_for(year: str | None, month_text: str, month: int, context: Context, day: int = 1) -> int:
    """The year of a month: as written, as the words lean, or the likeliest."""
    if year:
        return _year_number(year, context)
    anchor = context.anchor
    if month_text[0] in "上下":
        return days.months_later(anchor, -1 if month_text[0] == "上" else 1).year
    if "本" in month_text or "这个" in month_text:
        return anchor.year
    if month_text in ("当月", "同月", "次月") and context.last:
        return days.months_later(context.last.start, 1 if month_text == "次月" else 0).year
    if context.year is not None:
        return context.year
    return _likeliest(month, day, context)


def _likeliest(month: int, day: int, context: Context) -> int:
    """A month without a year: the last one, or the next one where the words look ahead."""
    anchor = context.anchor
    limit = days.later(anchor, GRACE_DAYS)
    this_year = date(anchor.year, month, min(day, 28))
    if context.ahead:
        return anchor.year + (days.months_later(this_year, 1) <= anchor)
    return anchor.year - (this_year > limit)


_FAMILIES: dict[str, Callable[[Match, Context], When | None]] = {
    "iso": _iso,
    "d_day": _full_day,
    "r_month": _day_range,
    "m_month": _month,
    "y_from": _years,
    "y_year": _year,
    "p_part": _bare_part,
    "decade": _decade,
    "minguo": _minguo,
    "weekday": _weekday,
    "week": _week,
    "near": _near,
    "ago_n": _ago,
    "past": _past,
    "month_word": _month_word,
    "feast": _feast,
    "b_day": _bare_day,
    "vague": _vague,
}
