"""Files that are there as a whole or not at all: written beside their name, then renamed."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.errors import StoreError

OURS_ONLY = 0o600  # a database names its readers
BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a database


@contextmanager
def written_whole(target: Path, partial: Path, *, force: bool) -> Iterator[Path]:
    """A path to write to; what was written has the target's name when the block ends well.

    What a killed process left is written over by the next. Nothing is left if the block fails.

    Args:
        target: the final name.
        partial: the name meanwhile, in the same folder.
        force: whether a file of that name may be replaced.

    Raises:
        StoreError: the file is there already, cannot be written, or is being written by another.
    """
    if target.exists() and not force:
        raise StoreError(f"{target} is there already; another name, or --force to replace it")
    try:
        descriptor = _locked(partial)
    except OSError as error:
        raise StoreError(f"{partial} cannot be written: {error.strerror}") from error
    try:
        yield partial
        os.fsync(descriptor)
        _named(partial, target, force=force)
        sync_folder(target.parent)
    except OSError as error:
        raise StoreError(f"{target} cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            if _same(descriptor, partial):
                _cleared(partial)
                partial.unlink()
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Names that were given in a folder survive a power failure from here on."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _locked(partial: Path) -> int:
    """An empty file that is ours alone."""
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
    descriptor = os.open(partial, flags, OURS_ONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not _same(descriptor, partial):  # it was given its name while we looked
            raise BlockingIOError
        os.fchmod(descriptor, OURS_ONLY)
        os.ftruncate(descriptor, 0)
        _cleared(partial)
    except BlockingIOError as error:
        os.close(descriptor)
        raise StoreError(f"another process is writing {partial}; wait until it ends") from error
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _cleared(partial: Path) -> None:
    """Or SQLite would take what lies there for the new file's."""
    for suffix in BESIDE:
        partial.with_name(f"{partial.name}{suffix}").unlink(missing_ok=True)


def _same(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _named(partial: Path, target: Path, *, force: bool) -> None:
    if force:
        partial.replace(target)
        return
    try:
        os.link(partial, target)  # unlike a rename, it replaces nothing
    except FileExistsError as error:
        raise StoreError(f"{target} was made by another meanwhile") from error
    except OSError:  # a file system without hard links
        partial.replace(target)
    else:
        partial.unlink()
