"""Backups of the SQLite file while it is in use, and what can be told of such a file.

A read transaction is held while pages are copied, so the copy is the database of one instant,
however much is written meanwhile, and writers do not wait. What they write stays in the -wal file
until the copy is done.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from bot.errors import StoreError
from bot.model.moving import Inside
from bot.store import rows
from bot.store.whole import written_whole

Tick = Callable[[int, int], None]  # pages done, pages in all; what it raises ends the work

PAGES = 256  # 1 MiB between two ticks
CHECKED = 100_000  # steps of SQLite's machine between two ticks of a check
BUSY_SECONDS = 10.0
_STAMP = "%Y%m%dT%H%M%SZ"
MADE = "backed_up_at"  # in the table meta
_WAITING = "outbox WHERE state IN ('queued', 'sending')"


def dated(database: Path, folder: Path, now: datetime) -> Path:
    """The name of a backup in a folder: that of the database, and the time.

    Args:
        database: the database file.
        folder: where backups are kept.
        now: UTC.
    """
    return folder / f"{database.stem}-{now.strftime(_STAMP)}{database.suffix}"


def prune(database: Path, folder: Path, keep: int) -> list[Path]:
    """Delete the oldest of a database's dated backups in a folder; nothing else there is touched.

    Args:
        database: the database file.
        folder: where backups are kept.
        keep: how many of the newest stay; at least 1.

    Returns:
        Those that were deleted, oldest first.
    """
    form = re.escape(database.stem) + r"-\d{8}T\d{6}Z" + re.escape(database.suffix)
    ours = sorted(
        path
        for path in folder.iterdir()
        if re.fullmatch(form, path.name, re.ASCII) and path.is_file() and not path.is_symlink()
    )
    old = ours[: max(0, len(ours) - max(keep, 1))]
    for path in old:
        path.unlink()
    return old


def size(file: Path) -> int:
    """Bytes."""
    return file.stat().st_size


def back_up(database: Path, target: Path, now: datetime, *, force: bool, tick: Tick) -> Inside:
    """Write the database as it is at this moment to another file, and check what was written.

    Nothing stands under the target's name until the copy is whole, checked and on disk.

    Args:
        database: the database file; it may be in use.
        target: the file to make, readable for its owner only.
        now: UTC; kept in the copy.
        force: whether a file of that name may be replaced.
        tick: is told how far the copying is.

    Raises:
        StoreError: the database is not ours or damaged, or the target cannot be written.
    """
    if not database.exists():
        raise StoreError(f"there is no database {database}")
    if target.exists() and target.samefile(database):
        raise StoreError(f"{target} is the database itself")
    if target.with_name(f"{target.name}-wal").exists():
        raise StoreError(f"{target} is a database in use ({target.name}-wal lies beside it)")
    with written_whole(target, target.with_name(f".{target.name}.partial"), force=force) as file:
        copy(database, file, tick)
        with opened(file, tick) as db:
            inspect(db, database)
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [MADE, rows.instant(now)])
            return inside(db)


def copy(source: Path, target: Path, tick: Tick) -> None:
    """Copy the database of one instant into an empty file, which stands alone: without -wal.

    Raises:
        StoreError: the source is no database, or the target cannot be written.
    """
    try:
        with closing(_connected(source)) as one, closing(_connected(target)) as other:
            other.execute("PRAGMA journal_mode = OFF")  # a copy that fails is thrown away
            other.execute("PRAGMA synchronous = OFF")  # it is put on disk before it has its name
            one.execute("BEGIN")
            one.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it stands
            one.backup(other, pages=PAGES, progress=lambda _, left, all_: tick(all_ - left, all_))
        with closing(_connected(target)) as other:
            other.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise StoreError(f"{source} cannot be copied: {error}") from error


@contextmanager
def opened(file: Path, tick: Tick | None = None) -> Iterator[sqlite3.Connection]:
    """A connection to a database file that is in nobody's use.

    Args:
        file: the database file.
        tick: is called with 0, 0 now and then, for what takes long.

    Raises:
        StoreError: the file cannot be used; or what SQLite says of what is done in the block.
    """
    try:
        with closing(_connected(file)) as db:
            if tick:
                db.set_progress_handler(lambda: _asked_to_stop(tick), CHECKED)
            yield db
    except sqlite3.Error as error:
        raise StoreError(f"{file} cannot be used: {error}") from error


def inspect(db: sqlite3.Connection, named: Path) -> None:
    """See that a database is ours and sound.

    Args:
        db: the database.
        named: what it is called in what is raised.

    Raises:
        StoreError: it is not, with the first fault that was found.
    """
    known = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
    if not {"meta", "_sqlite_migrations"} <= known:
        raise StoreError(f"{named} is a database, but not one of Mailuo's")
    (fault,) = db.execute("PRAGMA integrity_check(1)").fetchone()
    if fault != "ok":
        raise StoreError(f"{named} is damaged: {fault}")
    stray = db.execute("PRAGMA foreign_key_check").fetchone()
    if stray:
        raise StoreError(f"{named} is damaged: {stray[0]} refers to {stray[2]} that are not there")


def inside(db: sqlite3.Connection) -> Inside:
    """What a database of ours holds."""
    made = db.execute("SELECT value FROM meta WHERE name = ?", [MADE]).fetchone()
    counts = [
        int(db.execute(f"SELECT count(*) FROM {what}").fetchone()[0])
        for what in ("articles", "chats", "subscriptions", _WAITING)
    ]
    return Inside(datetime.fromisoformat(made[0]) if made else None, *counts)


def _connected(file: Path) -> sqlite3.Connection:
    """SQLite itself must not make a file that is not there."""
    address = f"file:{quote(str(file.absolute()))}?mode=rw"
    return sqlite3.connect(address, timeout=BUSY_SECONDS, isolation_level=None, uri=True)


def _asked_to_stop(tick: Tick) -> bool:
    try:
        tick(0, 0)
    except Exception:
        return True
    return False
