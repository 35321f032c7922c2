"""Arithmetic with days: stretches of a month, a quarter, a year.

Everything raises ValueError (OverflowError is turned into it) for days outside the years 1 to 9999.
"""

from datetime import date, timedelta

from bot.model import Granularity, When

DAY = timedelta(days=1)


def day(year: int, month: int, number: int, *, certain: bool = True) -> When:
    """One day."""
    start = date(year, month, number)
    return When(start, later(start, 1), Granularity.DAY, certain)


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


def week(inside: date) -> When:
    """The week, from Monday, of a day."""
    monday = later(inside, -inside.weekday())
    return When(monday, later(monday, 7), Granularity.WEEK)


def part_of_month(year_: int, month_: int, part: str) -> When:
    """上旬, 中旬, 下旬, 初, 中, 底 of a month; only the thirds are certain."""
    first = date(year_, month_, 1)
    end = months_later(first, 1)
    bounds = {
        "上旬": (first, later(first, 10), True),
        "中旬": (later(first, 10), later(first, 20), True),
        "下旬": (later(first, 20), end, True),
        "初": (first, later(first, 10), False),
        "中": (later(first, 10), later(first, 20), False),
        "底": (later(first, 20), end, False),
        "末": (later(first, 20), end, False),
    }
    start, stop, certain = bounds[part]
    return When(start, stop, Granularity.WEEK, certain)
