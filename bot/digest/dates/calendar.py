"""Arithmetic with days: stretches of a month, a quarter, a year.

Everything raises ValueError (OverflowError is turned into it) for days outside the years 1 to 9999.
"""

from calendar import monthrange
from datetime import date, timedelta

from bot.model import Granularity, When

DAY = timedelta(days=1)


def day(year: int, month: int, number: int, *, certain: bool = True) -> When:
    """One day."""
    return of(date(year, month, number), certain=certain)


def of(start: date, *, certain: bool = True) -> When:
    """A date as one day."""
    return When(start, later(start, 1), Granularity.DAY, certain)


def later(start: date, days: int) -> date:
    """A day some days later (earlier for a negative number)."""
    try:
        return start + timedelta(days=days)
    except OverflowError as error:
        raise ValueError("outside the calendar") from error


def months_later(start: date, months: int) -> date:
    """The first day of the month that is some months after that of `start`."""
    index = start.year * 12 + start.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def same_day(start: date, months: int) -> date:
    """The same day some months later, or the last of a month that is too short for it."""
    first = months_later(start, months)
    return first.replace(day=min(start.day, monthrange(first.year, first.month)[1]))


def months(year: int, month: int, length: int, granularity: Granularity) -> When:
    """A stretch of whole months."""
    start = date(year, month, 1)
    return When(start, months_later(start, length), granularity)


def month(year: int, number: int) -> When:
    """A month."""
    return months(year, number, 1, Granularity.MONTH)


def quarter(year: int, number: int) -> When:
    """A quarter, 1 to 4."""
    return months(year, number * 3 - 2, 3, Granularity.QUARTER)


def half(year: int, number: int) -> When:
    """A half year, 1 or 2."""
    return months(year, number * 6 - 5, 6, Granularity.HALF)


def year(number: int) -> When:
    """A year."""
    return months(number, 1, 12, Granularity.YEAR)


def years(first: int, count: int, *, certain: bool = True) -> When:
    """A decade, a part of one, or a century."""
    end = date(first + count, 1, 1)
    return When(date(first, 1, 1), end, Granularity.DECADE, certain)


def week(inside: date) -> When:
    """The week, from Monday, of a day."""
    monday = later(inside, -inside.weekday())
    return When(monday, later(monday, 7), Granularity.WEEK)


def nth_weekday(year: int, month: int, weekday: int, which: int) -> date:
    """The second Sunday of a month, say; weekday 0 is Monday, and `which` -1 is the last."""
    if which < 0:
        last = later(months_later(date(year, month, 1), 1), -1)
        return later(last, -((last.weekday() - weekday) % 7))
    first = date(year, month, 1)
    found = later(first, (weekday - first.weekday()) % 7 + 7 * (which - 1))
    if found.month != month:
        raise ValueError("no such weekday in the month")
    return found


def part_of_month(year: int, month: int, part: str) -> When:
    """上旬, 中旬, 下旬, 初, 中, 底 of a month; only the thirds are certain."""
    first = date(year, month, 1)
    third = {"上": 0, "初": 0, "中": 1, "下": 2, "底": 2, "末": 2}[part[0]]
    start = later(first, 10 * third)
    end = later(start, 10) if third < 2 else months_later(first, 1)
    return When(start, end, Granularity.WEEK, part.endswith("旬"))


def span(first: When, last: When) -> When:
    """From the beginning of one stretch to the end of another.

    Raises:
        ValueError: it would end before it begins.
    """
    if last.end <= first.start or last.start < first.start:
        raise ValueError("ends before it begins")
    grain = min(first.granularity, last.granularity, key=list(Granularity).index)
    return When(first.start, last.end, grain, first.certain and last.certain)
