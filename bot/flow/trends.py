"""What rose: counted off the event loop, and not again for every reader."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.digest.trends import BEFORE, DAY, WEEK, rising
from bot.model.links import BanKind
from bot.model.trends import Heard, Rise
from bot.store import Store

LASTS = timedelta(minutes=10)  # what rose does not change faster than that
FEWEST = 30  # articles, below which everything seems to rise
SHOWN = 5  # of each span: more is no picture for a phone
_HOURS, _DAYS = 8, 7  # bars of a day and of a week


@dataclass(frozen=True, slots=True)
class Rose:
    """What rose in the last day and in the last week, unless there is not enough to say so."""

    at: datetime
    day: tuple[Rise, ...] = ()
    week: tuple[Rise, ...] = ()
    enough: bool = True


class Trending:
    """Knows what rose.

    Args:
        store: an open store.
    """

    def __init__(self, store: Store) -> None:
        self._talk = store.talk
        self._bans = store.bans
        self._known: Rose | None = None
        self._blocked: frozenset[tuple[BanKind, str]] = frozenset()  # when it was counted
        self._one_at_a_time = asyncio.Lock()

    async def rose(self, now: datetime) -> Rose:
        """What rose until now (UTC), or a few minutes ago; nothing of what is blocked by now."""
        async with self._one_at_a_time:
            blocked = await self._bans.values()
            known = self._known
            fresh = known is not None and timedelta() <= now - known.at < LASTS
            if known is None or not fresh or blocked != self._blocked:
                heard = await self._talk.between(now - WEEK * (1 + BEFORE), now)
                known = await asyncio.to_thread(_counted, heard, now)
                self._known, self._blocked = known, blocked
        return known


def _counted(heard: list[Heard], now: datetime) -> Rose:
    if len(heard) < FEWEST:
        return Rose(now, enough=False)
    return Rose(
        now,
        rising(heard, now, DAY, most=SHOWN, parts=_HOURS),
        rising(heard, now, WEEK, most=SHOWN, parts=_DAYS),
    )
