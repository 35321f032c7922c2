"""How dates and times are written for a reader."""

from datetime import UTC, date, datetime, timedelta

from bot.model import Granularity, When
from bot.render.reader import Reader
from bot.render.words import Catalogue

_STILL_HOURS = timedelta(hours=6)  # also over midnight: at 01:00, 23:00 is two hours ago


def moment(at: datetime | None, reader: Reader) -> str:
    """A time of publication in the chat's zone: 今天 08:10, 2021年11月30日 08:10.

    Args:
        at: UTC; None where it is unknown.
        reader: for whom.
    """
    words = reader.words
    if at is None:
        return words.time_unknown
    local, today = at.astimezone(reader.zone), reader.today
    clock = f"{local:%H:%M}"
    if local.date() == today:
        return words.today_at.format(clock=clock)
    if local.date() == today - timedelta(days=1):
        return words.yesterday_at.format(clock=clock)
    day = _day(local.date(), words, with_year=local.year != today.year)
    return words.day_at.format(day=day, clock=clock)


def ago(at: datetime | None, reader: Reader) -> str:
    """A time of publication as one says it: 刚刚, 3 小时前, 昨天 08:10, 11月30日.

    For a reader who reads later, the same as `moment`. What lies ahead is given as it is.
    """
    if at is None or at - reader.now >= timedelta(minutes=1) or not reader.fresh:
        return moment(at, reader)
    words, age, day = reader.words, reader.now - at, at.astimezone(reader.zone).date()
    if age < timedelta(minutes=1):
        return words.just_now
    if age < timedelta(hours=1):
        return words.minutes_ago.format(minutes=age // timedelta(minutes=1))
    if age < _STILL_HOURS or day == reader.today:
        return words.hours_ago.format(hours=age // timedelta(hours=1))
    if day == reader.today - timedelta(days=1):
        return moment(at, reader)
    return _day(day, words, with_year=day.year != reader.today.year)


def when(span: When, words: Catalogue) -> str:
    """The date of an event with just the precision it has: 2013年, 2021年10月, 2021年9月17日."""
    last = span.end - timedelta(days=1)
    first = _with(span.granularity, span.start, words)
    if _with(span.granularity, last, words) == first:
        return first
    if span.granularity in (Granularity.DAY, Granularity.WEEK):
        return words.span.format(first=first, last=_shortened(span.start, last, words))
    return words.span.format(first=first, last=_with(span.granularity, last, words))


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


def _with(granularity: Granularity, day: date, words: Catalogue) -> str:
    match granularity:
        case Granularity.MONTH:
            return words.month.format(year=day.year, month=words.months[day.month - 1])
        case Granularity.QUARTER:
            return words.quarters[(day.month - 1) // 3].format(year=day.year)
        case Granularity.HALF:
            return words.halves[(day.month - 1) // 6].format(year=day.year)
        case Granularity.YEAR:
            return words.year.format(year=day.year)
        case Granularity.DECADE:
            return words.decade.format(year=day.year // 10 * 10)
        case _:
            return _day(day, words, with_year=True)


def _day(day: date, words: Catalogue, *, with_year: bool) -> str:
    template = words.day if with_year else words.day_of_this_year
    return template.format(year=day.year, month=words.months[day.month - 1], day=day.day)


def _shortened(first: date, last: date, words: Catalogue) -> str:
    """The end of a span without what its beginning has said, where the language leaves that out."""
    if first.year != last.year:
        return _day(last, words, with_year=True)
    if first.month != last.month:
        return words.later_this_year.format(
            year=last.year, month=words.months[last.month - 1], day=last.day
        )
    return words.later_this_month.format(
        year=last.year, month=words.months[last.month - 1], day=last.day
    )
