"""Moving house: a backup becomes the database, and delivery goes on without repeating itself."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.digest.due import next_slot
from bot.model.moving import Restored, Resumed, Waiting
from bot.store import Store, backup, restore, without_worker

AT_ONCE = 1000  # subscriptions in one transaction


async def restored(
    database: Path,
    file: Path,
    now: datetime,
    *,
    sent_until: datetime | None,
    waiting: Waiting,
    word_engine: str,
    tick: backup.Tick,
) -> Restored:
    """Put a backup in the place of a database, which is kept beside it.

    Args:
        database: the database file; it need not exist.
        file: the backup.
        now: UTC.
        sent_until: until when the lost database sent (UTC). None: until it was last written, for
            what is sent is written down; until now where there is none.
        waiting: what becomes of messages that waited and were perhaps sent by then.
        word_engine: as for `Store.open`.
        tick: is told how far the copying is.

    Raises:
        StoreError: a worker runs, or the backup cannot be used; nothing was changed.
    """
    with without_worker(database):
        written = restore.last_written(database)
        kept = restore.kept_name(database, now) if written else None
        with restore.replacing(database, file, now, tick) as staged:
            async with await Store.open(staged, word_engine=word_engine) as store:
                resumed = await _resumed(store, min(sent_until or written or now, now), waiting)
            with backup.opened(staged) as db:
                inside = backup.inside(db)
        return Restored(inside, kept, resumed)


async def _resumed(store: Store, until: datetime, waiting: Waiting) -> Resumed:
    made = await store.resuming.made_at()
    if made is not None and until <= made:  # it knows all that was sent
        return Resumed(None)
    aside = 0
    if waiting is Waiting.HOLD:
        aside = await store.resuming.hold(until)
    elif waiting is Waiting.DROP:
        aside = await store.resuming.drop(until)
    moved = await store.resuming.told(until)
    while passed := await store.resuming.passed(until, AT_ONCE):
        slots = [(n, next_slot(rhythm, ZoneInfo(zone), until)) for n, rhythm, zone in passed]
        await store.resuming.move_on(slots, until)
        moved += len(passed)
    return Resumed(until, aside, moved)
