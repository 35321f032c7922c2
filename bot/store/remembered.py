"""What was written or read a moment ago, for all threads that read and write."""

import threading
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from cachetools import LRUCache

K = TypeVar("K")
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """Keeps what was used last.

    Args:
        most: of so many.
    """

    def __init__(self, most: int) -> None:
        self._kept: LRUCache[K, V] = LRUCache(most)
        self._lock = threading.Lock()

    def known(self, keys: Iterable[K]) -> dict[K, V]:
        """What is remembered of some keys."""
        with self._lock:
            return {key: self._kept[key] for key in keys if key in self._kept}

    def keep(self, some: Mapping[K, V]) -> None:
        """Remember from now on, in place of what was used longest ago."""
        with self._lock:
            self._kept.update(some)
