"""Putting a backup in the place of the database, which is kept beside it.

The name of the database never stands for nothing, nor for half of a file.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from bot.errors import StoreError
from bot.store.backup import MADE, Tick, copy, dated, inspect, opened
from bot.store.whole import BESIDE, sync_folder, written_whole

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_HEADER = b"SQLite format 3\0"
BUSY_SECONDS = 2.0


def last_written(database: Path) -> datetime | None:
    """When anything was last written to a database; None where there is none."""
    files = [database, *(_beside(database, suffix) for suffix in BESIDE[:1])]
    times = [file.stat().st_mtime for file in files if file.exists()]
    return datetime.fromtimestamp(max(times), UTC) if times else None


@contextmanager
def replacing(database: Path, backup: Path, kept: Path, tick: Tick) -> Iterator[Path]:
    """A copy of a backup to work on, which takes the database's place when the block ends well.

    Args:
        database: the database file; no worker may run on it.
        backup: a backup, or another database file.
        kept: what the database of before is called then; see `kept_name`.
        tick: is told how far the copying is.

    Raises:
        StoreError: the backup is not ours or damaged, or the database is in use.
    """
    if not backup.exists():
        raise StoreError(f"there is no file {backup}")
    if database.exists() and backup.samefile(database):
        raise StoreError(f"{backup} is the database itself")
    staged = database.with_name(f".{database.name}.restoring")
    with written_whole(database, staged, force=True):
        copy(backup, staged, tick)
        with opened(staged, tick) as db:
            inspect(db, backup)
        yield staged
        with opened(staged) as db:
            db.execute("DELETE FROM meta WHERE name = ?", [MADE])  # it is no backup any more
            db.execute("PRAGMA journal_mode = DELETE")  # all of it in one file
        _belonging_to_the_same(database, staged)
        _set_aside(database, kept)


def kept_name(database: Path, now: datetime) -> Path:
    """A free name for the database of before: no dated backup's, so it is never pruned."""
    named = dated(database, database.parent, now)
    stem = named.stem.replace(database.stem, f"{database.stem}-replaced", 1)
    names = (f"{stem}{f'-{n}' if n > 1 else ''}{named.suffix}" for n in count(1))
    return next(path for path in map(named.with_name, names) if not path.exists())


def _set_aside(database: Path, kept: Path) -> None:
    """Give a database a second name, under which it is whole."""
    if not database.exists():
        return
    sound = _folded(database)
    try:
        os.link(database, kept)
    except FileExistsError as error:
        raise StoreError(f"{kept} was made by another meanwhile") from error
    except OSError:  # a file system without hard links
        shutil.copy2(database, kept)
    if not sound:  # what lies beside it must not be taken for the new one's
        for suffix in BESIDE:
            with suppress(FileNotFoundError):
                _beside(database, suffix).rename(_beside(kept, suffix))
    sync_folder(kept.parent)


def _folded(database: Path) -> bool:
    """Write all into the one file; False for one that is too damaged for that.

    Raises:
        StoreError: a program has it open.
    """
    with database.open("rb") as file:
        if file.read(len(_HEADER)) != _HEADER:
            return False  # SQLite would delete what lies beside such a file
    try:
        with closing(sqlite3.connect(database, BUSY_SECONDS, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode = DELETE").fetchone()  # fails while others use it
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _BUSY:
            raise StoreError(f"{database} is open in another program; end that first") from error
        return False
    return True


def _belonging_to_the_same(database: Path, staged: Path) -> None:
    """Who restores (root) need not be who runs the worker."""
    like = (database if database.exists() else database.parent).stat()
    with suppress(PermissionError):
        os.chown(staged, like.st_uid, like.st_gid)
    if database.exists():
        staged.chmod(like.st_mode & 0o777)


def _beside(database: Path, suffix: str) -> Path:
    return database.with_name(f"{database.name}{suffix}")
