"""ASK, for operators: how much there is of everything, as a document."""

from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from bot.model.statistics import Disk
from bot.render.times import utc
from bot.store import Store

DAYS = 7


async def statistics(store: Store, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    """What is kept, and what was read on each of the last days, today first.

    Args:
        store: an open store.
        zone: whose days count.
        now: UTC.
    """
    today = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    begins = [today - timedelta(days=n) for n in range(-1, DAYS)]  # days of the zone, not 24 hours
    days = [(a.date(), a, b) for b, a in pairwise(begins)]
    found = await store.counting.all(days, now)
    kept, feeds = asdict(found.kept), asdict(found.feeds)
    for at in ("oldest_at", "newest_at", "read_at"):
        kept[at] = utc(kept[at])
    return {
        **kept,
        "days": [{**asdict(day), "day": day.day.isoformat()} for day in found.days],
        "feeds": {**feeds, "polled_at": utc(found.feeds.polled_at)},
        "readers": {**asdict(found.readers), "chats": dict(found.readers.chats)},
        "outbox": dict(found.outbox),
        "database": _disk(found.disk),
    }


def _disk(disk: Disk) -> dict[str, Any]:
    """Bytes; what the sample does not explain is indexes and the rest."""
    rest = max(0, disk.size - disk.free - sum(disk.uses.values()))
    return {"bytes": disk.size, "free": disk.free, "about": {**disk.uses, "rest": rest}}
