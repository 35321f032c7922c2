"""Files that are being written: which of them stand still, and may be read.

Asked with the time, it reads no clock; it looks at files and never into them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

STILL_SECONDS = 1.0  # size and time of change have stood for so long: it is whole
PATIENCE_SECONDS = 30.0  # the longest wait before a file that does not parse is given up
_AT_ONCE = 50  # the rest is looked at again when these were read


def at_rest(path: Path, now: float) -> bool:
    """Whether a file was not changed just now; one that cannot be looked at is.

    Args:
        path: the file.
        now: seconds since 1970.
    """
    try:
        return abs(now - path.stat().st_mtime) >= STILL_SECONDS
    except OSError:
        return True  # reading it tells why


@dataclass(slots=True)
class _Waiting:
    """A file as it was seen last; `patience` is how long it must stand still, in seconds."""

    seen: tuple[int, int] | None  # size and time of change
    since: float
    patience: float


class Settling:
    """Files on their way to being whole. Times are seconds of one clock that never goes back."""

    def __init__(self) -> None:
        self._waiting: dict[Path, _Waiting] = {}
        self._tried: dict[Path, float] = {}  # how long each was waited for that did not parse

    def changed(self, paths: Iterable[Path], now: float) -> None:
        """Files that came or changed."""
        for path in paths:
            self._tried.pop(path, None)
            self._waiting.setdefault(path, _Waiting(_look(path), now, STILL_SECONDS))

    def again(self, path: Path, now: float) -> bool:
        """A file that did not parse is to be given once more, later each time.

        A change of it begins anew. Returns: False when it was given often enough.
        """
        patience = 2 * self._tried.get(path, STILL_SECONDS)
        if patience > PATIENCE_SECONDS:
            self._tried.pop(path, None)
            return False
        self._tried[path] = patience
        self._waiting.setdefault(path, _Waiting(_look(path), now, patience))
        return True

    def whole(self, now: float) -> list[Path]:
        """Some that have stood still, each given once; files that are gone are forgotten."""
        found = list(islice((p for p in list(self._waiting) if self._stands(p, now)), _AT_ONCE))
        for path in found:
            del self._waiting[path]
        return found

    def _stands(self, path: Path, now: float) -> bool:
        waiting, seen = self._waiting[path], _look(path)
        if seen is None:
            del self._waiting[path]
            self._tried.pop(path, None)
            return False
        if seen != waiting.seen:  # it grew: the waiting begins anew
            self._waiting[path] = _Waiting(seen, now, STILL_SECONDS)
            return False
        return now - waiting.since >= waiting.patience


def _look(path: Path) -> tuple[int, int] | None:
    """Size and time of change of a file; None for what is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns) if path.is_file() else None
