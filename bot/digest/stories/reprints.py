"""Reprints: bodies that are the same but for light edits.

A body is known by the least hashes of its runs of five characters (shingles, Broder 1997): of two
bodies the hashes below the greatest that both keep are a fair sample of all.
"""

import re
import zlib
from collections.abc import Sequence

_RUN = 5  # characters
_MOST = 128
_FEWEST = 24  # a body of fewer runs says too little to be a reprint of anything
_MOST_TEXT = 20_000
_SIGNS = re.compile(r"[\W_]+")


def prints(body: str) -> tuple[int, ...]:
    """The least hashes of a body's runs of characters, in order."""
    text = _SIGNS.sub("", body[:_MOST_TEXT]).encode("utf-16-le", "surrogatepass")
    size = 2 * _RUN
    runs = {zlib.crc32(text[at : at + size]) for at in range(0, len(text) - size + 1, 2)}
    return tuple(sorted(runs)[:_MOST])


def contained(one: Sequence[int], other: Sequence[int]) -> float:
    """How much of the shorter of two bodies stands in the longer, 0 to 1."""
    if min(len(one), len(other)) < _FEWEST:
        return 0.0
    limit = min(p[-1] for p in (one, other) if len(p) == _MOST) if _MOST in map(len, (one, other)) else None
    a = {p for p in one if limit is None or p <= limit}
    b = {p for p in other if limit is None or p <= limit}
    return len(a & b) / min(len(a), len(b))
