"""Moving house: a backup becomes the database, and delivery goes on without repeating itself; or
all goes into a database of another kind."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.digest.due import next_slot
from bot.errors import StoreError
from bot.model.moving import Restored, Resumed, TableCopy, Waiting
from bot.store import Store, backup, copying, restore, without_worker
from bot.store.engine import Engine
from bot.store.store import connected

AT_ONCE = 1000  # subscriptions in one transaction
_IN_HAND = (
    "{} holds {} updates from readers that no worker has handled yet, and that would stay behind: "
    "let a worker run (mailuo run) until they are handled, a few seconds, stop it, and copy then"
)


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
        kept = restore.kept_name(database, now)
        with restore.replacing(database, file, kept, tick) as staged:
            async with await Store.open(staged, word_engine=word_engine) as store:
                resumed = await _resumed(store, min(sent_until or written or now, now), waiting)
            with backup.opened(staged) as db:
                inside = backup.inside(db)
        return Restored(inside, kept if written else None, resumed)


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


async def copied(
    source: Path | str, target: Path | str, *, force: bool, tick: copying.Tick
) -> list[TableCopy]:
    """Copy a database into another, of the same kind or of the other one, and compare them.

    Args:
        source: the path of an SQLite file, or the address (a `str`) of a PostgreSQL database.
        target: likewise; it must be empty. A file is made.
        force: whether what the target holds is deleted before.
        tick: is told how far it is.

    Raises:
        StoreError: a worker runs on one of them, one of them cannot be used, or the source holds
            what readers wrote and nobody handled; the target holds what it held before.
    """
    if isinstance(source, Path) and restore.last_written(source) is None:
        raise StoreError(f"there is no database {source}")
    if source == target:
        raise StoreError("a database cannot be copied into itself")
    async with _alone(source) as one, _alone(target) as other:
        if left := await one.read(lambda db: db.in_hand()):
            raise StoreError(_IN_HAND.format(one.name, left))
        return await copying.copied(one, other, force=force, tick=tick)


@asynccontextmanager
async def _alone(where: Path | str) -> AsyncIterator[Engine]:
    """A database that nobody else uses, as far as that can be seen."""
    with without_worker(where) if isinstance(where, Path) else nullcontext():
        engine = await connected(where)
        try:
            others = await engine.write(lambda db: db.others())
            if others:
                raise StoreError(
                    f"{engine.name} is in use (Mailuo has {others} other connections there); stop"
                    " the workers first"
                )
            yield engine
        finally:
            await engine.close()
