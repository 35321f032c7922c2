"""Folders under watch: the posts in them that came or changed, as soon as they are whole.

The system tells of changes (inotify and its like); where it cannot, as on a network mount, the
folders are looked through every few seconds. What is deleted is nothing to us. Whoever watches
still reads everything now and then: a watch can miss what happened while it was not there.
"""

import asyncio
import logging
import os
import threading
import time
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from watchfiles import Change, watch

from bot.errors import ReadError
from bot.sources.posts import find_posts, is_post
from bot.sources.settling import Settling

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.5  # how long at most one look waits for changes
POLL_SECONDS = 2.0  # between two looks through folders that the system cannot watch
_MOUNTS = Path("/proc/self/mounts")
_REMOTE = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "gluster", "fuse.", "vboxsf", "drvfs")

Changes = set[tuple[Change, str]]


class Watch:
    """Watches files and folders, also those that are made later or made anew.

    Args:
        roots: post files and folders of posts; a link stays one, so that it may lead elsewhere.
        poll: look through them instead of being told; None: where it must be so.
        tick: seconds of a clock that never goes back.
    """

    def __init__(
        self,
        roots: Sequence[Path],
        *,
        poll: bool | None = None,
        tick: Callable[[], float] = time.monotonic,
    ) -> None:
        self._roots = [Path(os.path.abspath(root)) for root in roots]  # as changes are named
        self._poll = poll
        self._tick = tick
        self._settling = Settling()
        self._there: dict[Path, tuple[int, int]] | None = None  # the roots under watch
        self._fresh: list[Path] = []  # to be listed: they came with files in them
        self._changes: Iterator[Changes] = iter(())
        self._stop = threading.Event()

    async def whole(self) -> AsyncGenerator[list[Path], None]:
        """Posts that came or changed, each when it has stood still for a moment."""
        loop = asyncio.get_running_loop()
        thread = ThreadPoolExecutor(1, thread_name_prefix="watch")
        self._stop, self._there = threading.Event(), None
        try:
            while True:
                found = await loop.run_in_executor(thread, self.look)
                while found:
                    yield found
                    found = await loop.run_in_executor(thread, self._settled)
        finally:
            self.stop()
            thread.shutdown(wait=False)

    def stop(self) -> None:
        """End the look that is under way."""
        self._stop.set()

    def again(self, path: Path) -> bool:
        """Give a file that did not parse once more, later; False when that was done enough.

        To be called between two lots of `whole`.
        """
        return self._settling.again(path, self._tick())

    def look(self) -> list[Path]:
        """Wait for a moment, and say what is whole; what `whole` does again and again, on a thread
        of its own. The first look puts the watch in place."""
        before = self._there
        changes = self._next()
        if self._there != before:
            log.info(
                "watching %s", ", ".join(map(str, self._there or ())) or "for a folder to come"
            )
        self._settling.changed(self._posts(changes), self._tick())
        return self._settled()

    def _settled(self) -> list[Path]:
        return self._settling.whole(self._tick())

    def _next(self) -> Changes:
        """What changed since the last time; waits for a moment when nothing did."""
        there = {root: where for root in self._roots if (where := _identity(root))}
        if there != self._there:
            self._begin(there)
        try:
            if there:
                return next(self._changes, set())
        except FileNotFoundError:  # a root went meanwhile
            self._there = {}
        except OSError as error:  # no more watches to be had, mostly
            log.warning("folders cannot be watched, so they are looked through: %s", error)
            self._poll, self._there = True, {}
        self._stop.wait(LOOK_SECONDS)
        return set()

    def _begin(self, there: dict[Path, tuple[int, int]]) -> None:
        """Watch the roots that there are. Those that were there from the start are read by others,
        what is in one that came later is new."""
        if self._there is not None:
            self._fresh += [root for root in there if there[root] != self._there.get(root)]
        self._there = there
        self._changes = watch(
            *there,
            watch_filter=None,
            debounce=400,
            step=100,
            stop_event=self._stop,
            rust_timeout=int(LOOK_SECONDS * 1000),
            yield_on_timeout=True,
            raise_interrupt=False,
            force_polling=any(map(remote, there)) if self._poll is None else self._poll,
            poll_delay_ms=int(POLL_SECONDS * 1000),
            ignore_permission_denied=True,
        )

    def _posts(self, changes: Changes) -> Iterable[Path]:
        """The post files among changes, and those in folders that came."""
        fresh, self._fresh = self._fresh, []
        came = [Path(name) for change, name in changes if self._ours(change, Path(name))]
        for path in fresh + came:
            with suppress(ReadError, OSError):  # it went meanwhile
                yield from find_posts([path])

    def _ours(self, change: Change, path: Path) -> bool:
        """Whether a change may have brought a post; temporary files have names of their own."""
        if path in self._roots:
            return path.is_file()
        within = next((path.relative_to(r) for r in self._roots if path.is_relative_to(r)), None)
        if within is None or any(part.startswith(".") for part in within.parts):
            return False
        return is_post(within) or (change is Change.added and path.is_dir())


def _identity(root: Path) -> tuple[int, int] | None:
    """What tells a folder from another of the same name; None when there is none."""
    try:
        found = root.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def remote(path: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether a path lies on a network's file system, of whose changes the system does not tell.

    Args:
        path: an existing file or folder.
        mounts: the system's table of what is mounted where; without one the answer is no.
    """
    try:
        lines = mounts.read_text(errors="replace").splitlines()
    except OSError:
        return False
    real, best, kind = path.resolve(), Path("/"), ""
    for fields in (line.split() for line in lines):
        point = Path(fields[1].replace("\\040", " ")) if len(fields) > 2 else Path()
        if real.is_relative_to(point) and point.is_relative_to(best):
            best, kind = point, fields[2]
    return kind.startswith(_REMOTE)
