"""One worker a database: a lock on a file beside it, which its process's death sets free."""

import asyncio
import fcntl
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
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
    path = database.with_name(f"{database.name}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(f"the lock file {path} cannot be made: {error.strerror}") from error
    try:
        await _wait(descriptor, database)
        yield
    finally:
        os.close(descriptor)


def taken(database: Path) -> bool:
    """Whether a worker runs on a database."""
    path = database.with_name(f"{database.name}.lock")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        return not _locked(descriptor)
    finally:
        os.close(descriptor)


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
