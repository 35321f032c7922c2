"""One worker a database: a lock on a file beside it, which its process's death sets free."""

import asyncio
import fcntl
import logging
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from bot.errors import StoreError

log = logging.getLogger(__name__)

ASK_AGAIN_SECONDS = 0.5


@asynccontextmanager
async def only_one(database: Path) -> AsyncIterator[None]:
    """Wait until no other worker runs on a database, and be the only one while the block runs.

    Args:
        database: the database file.

    Raises:
        StoreError: the lock file cannot be made.
    """
    descriptor = _opened(database)
    try:
        await _wait(descriptor, database)
        yield
    finally:
        os.close(descriptor)


def taken(database: Path) -> bool:
    """Whether a worker runs on a database."""
    try:
        descriptor = os.open(_lock(database), os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        return not _locked(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def without_worker(database: Path) -> Iterator[None]:
    """No worker runs on a database while the block runs; one that is started waits.

    Args:
        database: the database file.

    Raises:
        StoreError: a worker runs, or the lock file cannot be made.
    """
    descriptor = _opened(database)
    try:
        if not _locked(descriptor):
            raise StoreError(f"a worker runs on {database}; stop it first")
        yield
    finally:
        os.close(descriptor)


def _lock(database: Path) -> Path:
    return database.with_name(f"{database.name}.lock")


def _opened(database: Path) -> int:
    path = _lock(database)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(f"the lock file {path} cannot be made: {error.strerror}") from error
    if os.geteuid() == 0:  # the worker is mostly somebody else, to whom the folder belongs
        folder = path.parent.stat()
        os.fchown(descriptor, folder.st_uid, folder.st_gid)
    return descriptor


async def _wait(descriptor: int, database: Path) -> None:
    told = False
    while not _locked(descriptor):
        if not told:
            log.warning(
                "another worker runs on %s; this one waits until it ends. Two workers with one "
                "token would answer twice. Stop the other, or give this one a database of its own",
                database,
            )
            told = True
        await asyncio.sleep(ASK_AGAIN_SECONDS)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
