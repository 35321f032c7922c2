"""When: the next slot of a rhythm, and the end of quiet hours. Wall-clock time in the chat's zone.

A slot that a clock change leaves out (02:30 when clocks go forward) comes once, as much later as
the clocks were moved; one that comes twice is taken the first time.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.model.delivery import Pace, Quiet, Rhythm

_DAY = 24 * 60


def next_slot(rhythm: Rhythm, zone: ZoneInfo, after: datetime) -> datetime | None:
    """The first slot later than an instant; None for a rhythm that follows the articles.

    Args:
        rhythm: when to tell.
        zone: the chat's.
        after: UTC.
    """
    match rhythm.pace:
        case Pace.INSTANT:
            return None
        case Pace.HOURLY:
            local = after.astimezone(zone)
            into = timedelta(
                minutes=local.minute, seconds=local.second, microseconds=local.microsecond
            )
            return after + timedelta(hours=1) - into
        case Pace.SLOT:
            return _next_day(rhythm, zone, after)


def _next_day(rhythm: Rhythm, zone: ZoneInfo, after: datetime) -> datetime:
    today = after.astimezone(zone).date()
    for ahead in range(-1, 9):
        day = today + timedelta(days=ahead)
        slot = _at(day, rhythm.minute, zone)
        if day.weekday() in rhythm.days and slot > after:
            return slot
    raise ValueError("a slot needs at least one weekday")


def quiet_until(quiet: Quiet | None, zone: ZoneInfo, now: datetime) -> datetime | None:
    """When the quiet hours end that an instant falls into; None outside of them.

    Args:
        quiet: the chat's quiet hours, if any.
        zone: the chat's.
        now: UTC.
    """
    if quiet is None:
        return None
    local = now.astimezone(zone)
    minute = local.hour * 60 + local.minute
    if (minute - quiet.since) % _DAY >= (quiet.until - quiet.since) % _DAY:
        return None
    over_midnight = quiet.until <= minute
    return _at(local.date() + timedelta(days=over_midnight), quiet.until, zone)


def _at(day: date, minute: int, zone: ZoneInfo) -> datetime:
    wall = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=zone)
    return wall.astimezone(UTC)
