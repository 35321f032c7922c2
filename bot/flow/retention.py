"""KEEP: what has served its time is dropped, in small lots; what was shown stays traceable."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.digest.article import digest
from bot.digest.kept import kept
from bot.flow.workers import Workers
from bot.model.retention import Bare, Passing, WithText
from bot.store import Store

SENT_KEPT = timedelta(days=30)
LOT = 50  # articles of one transaction
ROWS = 1000  # of other things
TOLD_KEPT = timedelta(days=90)
KEPT = {
    Passing.PHRASES: timedelta(days=180),
    Passing.TOLD: TOLD_KEPT,
    Passing.SKETCHES: timedelta(days=60),
    Passing.ASIDE: TOLD_KEPT,  # as long as it is known that they told of something
    Passing.VOTES: timedelta(days=365),
    Passing.REPORTS: timedelta(days=365),
}


class Retention:
    """Drops what is of no more use.

    Args:
        store: an open store.
        text_kept: how long articles keep their full text; None for ever.
        zone: the zone whose days count.
        clock: gives the time, UTC.
        workers: do what costs CPU.
    """

    def __init__(
        self,
        store: Store,
        text_kept: timedelta | None,
        zone: ZoneInfo,
        clock: Callable[[], datetime],
        workers: Workers,
    ) -> None:
        self._store = store
        self._text_kept = text_kept
        self._zone = zone
        self._clock = clock
        self._workers = workers

    async def tidy(self) -> int:
        """Drop old messages, notes and texts, and give room back; how many texts were dropped.

        It may be broken off at any time: the next one goes on.

        Raises:
            StoreError: the database cannot be used.
        """
        await self._store.outbox.tidy(self._clock() - SENT_KEPT)
        for kind, age in KEPT.items():
            while await self._store.retention.drop_old(kind, self._clock() - age, ROWS):
                pass
        dropped = await self._drop_texts(self._text_kept) if self._text_kept else 0
        while await self._store.retention.give_back():
            pass
        return dropped

    async def _drop_texts(self, age: timedelta) -> int:
        now, dropped = self._clock(), 0
        while old := await self._store.retention.with_text(now - age, LOT):
            size = sum(
                len(block.text) for one in old for _, a in one.revisions for block in a.blocks
            )
            bare = await self._workers.run(size, bared, old, self._zone)
            await self._store.retention.drop(bare, now)
            dropped += len(bare)
        return dropped


def bared(articles: Sequence[WithText], zone: ZoneInfo) -> list[Bare]:
    """Articles as they are to be kept; of an older revision, what was shown while it was new."""
    return [
        Bare(
            one.id,
            one.revision,
            tuple(
                (number, kept(a, one.digest, one.items))
                if number == one.revision
                else (number, kept(a, digest(a, zone)))
                for number, a in one.revisions
            ),
        )
        for one in articles
    ]
