"""Signs of sketches: a sketch that is known by its sign need not be read again."""

import threading
from collections.abc import Mapping
from hashlib import blake2b

from cachetools import LRUCache

from bot.model import Sketch
from bot.store import rows

_MOST = 2048  # the newest are compared with again and again
_NONE = 0  # of what was written before there were signs


class Remembered:
    """Sketches that were written or read a moment ago.

    Args:
        most: how many.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._kept: LRUCache[int, Sketch] = LRUCache(most)
        self._lock = threading.Lock()

    def get(self, signs: Mapping[int, int]) -> dict[int, Sketch]:
        """Of sketches whose signs are given by their numbers, those that are known."""
        with self._lock:
            return {n: self._kept[sign] for n, sign in signs.items() if sign in self._kept}

    def keep(self, sign: int, sketch: Sketch) -> None:
        """A sketch is known from now on, if it has a sign."""
        if sign != _NONE:
            with self._lock:
                self._kept[sign] = sketch


remembered = Remembered()


def signed(sketch: Sketch) -> tuple[str, int]:
    """A sketch as JSON, and its sign; it is remembered."""
    document = rows.sketch_json(sketch)
    sign = int.from_bytes(blake2b(document.encode(), digest_size=8).digest(), signed=True)
    if "\ufffd" not in document:  # not mended: it would be read as it is
        remembered.keep(sign, sketch)
    return document, sign
