"""Reports that were published before what they tell of as done."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.digest.events.hours import hours
from bot.digest.events.kinds import told_as_done
from bot.model import DatedEvent, EventKind, Granularity

_GRACE = timedelta(minutes=30)  # clocks differ, and a report may be written as it happens


def early(
    events: Sequence[DatedEvent], published_at: datetime | None, zone: ZoneInfo
) -> DatedEvent | None:
    """The first event that is told as done but lies after the publication; None when all is well.

    Args:
        events: of one article, in reading order.
        published_at: when it was published, UTC; None when unknown.
        zone: the zone whose days and hours count.
    """
    if published_at is None:
        return None
    return next((e for e in events if _is_early(e, published_at, zone)), None)


def _is_early(event: DatedEvent, published_at: datetime, zone: ZoneInfo) -> bool:
    when = event.when
    if event.kind is not EventKind.EVENT or when.granularity is not Granularity.DAY:
        return False
    if (published_at.date() - when.start).days >= 2:  # in whatever zone, at whatever hour
        return False
    if not told_as_done(event.text) or not when.certain or (when.end - when.start).days > 1:
        return False
    try:
        midnight = datetime.combine(when.start, time(), zone).astimezone(UTC)
        begins = midnight + timedelta(hours=hours(event.part)[0])
        return begins > published_at + _GRACE
    except OverflowError:
        return False
