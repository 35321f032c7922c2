"""How dates and times are written for a reader."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.model import Granularity, When
from bot.render import words

_STILL_HOURS = timedelta(hours=6)  # also over midnight: at 01:00, 23:00 is two hours ago


def moment(at: datetime | None, now: datetime, zone: ZoneInfo) -> str:
    """A time of publication in the chat's zone: 今天 08:10, 2021年11月30日 08:10."""
    if at is None:
        return "时间不详"
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    clock = f"{local:%H:%M}"
    if local.date() == today:
        return f"今天 {clock}"
    if local.date() == today - timedelta(days=1):
        return f"昨天 {clock}"
    return f"{_day(local.date(), with_year=local.year != today.year)} {clock}"


def ago(at: datetime | None, now: datetime, zone: ZoneInfo) -> str:
    """A time of publication as one says it: 刚刚, 3 小时前, 昨天 08:10, 11月30日.

    Right for a screen that somebody has just asked for; what waits in a queue wants `moment`.

    Args:
        at: UTC; None where it is unknown. What lies ahead by a minute or more is given as it is.
        now: UTC.
        zone: the chat's.
    """
    if at is None or at - now >= timedelta(minutes=1):
        return moment(at, now, zone)
    age, days = now - at, (now.astimezone(zone).date() - at.astimezone(zone).date()).days
    if age < timedelta(minutes=1):
        return words.JUST_NOW
    if age < timedelta(hours=1):
        return words.MINUTES_AGO.format(minutes=age // timedelta(minutes=1))
    if age < _STILL_HOURS or days == 0:
        return words.HOURS_AGO.format(hours=age // timedelta(hours=1))
    if days == 1:
        return moment(at, now, zone)
    local = at.astimezone(zone).date()
    return _day(local, with_year=local.year != now.astimezone(zone).year)


def when(span: When) -> str:
    """The date of an event with just the precision it has: 2013年, 2021年10月, 2021年9月17日."""
    last = span.end - timedelta(days=1)
    first = _with(span.granularity, span.start)
    if _with(span.granularity, last) == first:
        return first
    if span.granularity in (Granularity.DAY, Granularity.WEEK):
        return f"{first}至{_shortened(span.start, last)}"
    return f"{first}至{_with(span.granularity, last)}"


def label(day: date, granularity: Granularity) -> str:
    """A date for machines, with just the precision it has: 2013, 2021-10, 2021-09-17."""
    if granularity in (Granularity.DAY, Granularity.WEEK):
        return day.isoformat()
    if granularity in (Granularity.MONTH, Granularity.QUARTER, Granularity.HALF):
        return f"{day:%Y-%m}"
    return f"{day:%Y}"


def utc(at: datetime | None) -> str | None:
    """An instant for machines, ISO 8601 in UTC."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


def _with(granularity: Granularity, day: date) -> str:
    match granularity:
        case Granularity.MONTH:
            return f"{day.year}年{day.month}月"
        case Granularity.QUARTER:
            return f"{day.year}年第{'一二三四'[(day.month - 1) // 3]}季度"
        case Granularity.HALF:
            return f"{day.year}年{'上' if day.month < 7 else '下'}半年"
        case Granularity.YEAR:
            return f"{day.year}年"
        case Granularity.DECADE:
            return f"{day.year // 10 * 10}年代"
        case _:
            return _day(day, with_year=True)


def _day(day: date, *, with_year: bool) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if with_year else f"{day.month}月{day.day}日"


def _shortened(first: date, last: date) -> str:
    if first.year != last.year:
        return _day(last, with_year=True)
    return _day(last, with_year=False) if first.month != last.month else f"{last.day}日"
