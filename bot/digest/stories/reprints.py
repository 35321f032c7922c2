"""Reprints: bodies that are the same but for light edits.

A body is known by the least hashes of its runs of five characters (shingles, Broder 1997): of two
bodies the hashes below the greatest that both keep are a fair sample of all.
"""

import re
import struct
import zlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain

from bot.model import Source, StoredArticle

_RUN = struct.Struct("10s")  # five characters in UTF-16
_MOST = 128
_LIKELY = 192  # below a limit that lets through so many on average, there are hardly ever fewer
_FEWEST = 24  # a body of fewer runs says too little to be a reprint of anything
_MOST_TEXT = 20_000
_SIGNS = re.compile(r"[\W_]+")
_GREATEST = 2**32
_MARKS = 1024
_EVER = datetime.max.replace(tzinfo=UTC)


def prints(body: str) -> tuple[int, ...]:
    """The least hashes of a body's runs of characters, in order.

    Of the hashes, which are spread evenly, only those are sorted that can be among the least.
    """
    text = _SIGNS.sub("", body[:_MOST_TEXT]).encode("utf-16-le", "surrogatepass")
    few = _hashes(text, below=_GREATEST * _LIKELY // max(_LIKELY, len(text) // 2))
    return tuple(sorted(few if len(few) >= _MOST else _hashes(text, _GREATEST))[:_MOST])


def _hashes(text: bytes, below: int) -> set[int]:
    """Of all runs in a text the hashes that are small: it is cut into runs from its first, second
    ... fifth character on, which takes Python fewer steps than to cut out one after the other."""
    ends = (len(text) - (len(text) - at) % _RUN.size for at in range(0, _RUN.size, 2))
    texts = (memoryview(text)[2 * n : end] for n, end in enumerate(ends))
    runs = chain.from_iterable(map(_RUN.iter_unpack, texts))
    return {one for (run,) in runs if (one := zlib.crc32(run)) < below}


@dataclass(frozen=True, slots=True)
class Body:
    """The prints of a body, made ready for comparing it with others."""

    prints: tuple[int, ...]  # in order
    limit: int  # no print below it was left out
    marks: int  # a bit for each print
    hidden: int  # how many prints share their bit with another


def body(prints: tuple[int, ...]) -> Body:
    """Prints made ready."""
    marks = 0
    for one in prints:
        marks |= 1 << (one % _MARKS)
    limit = prints[-1] if len(prints) == _MOST else _GREATEST
    return Body(prints, limit, marks, len(prints) - marks.bit_count())


def contained(one: Body, other: Body, least: float = 0.0) -> float:
    """How much of the shorter of two bodies stands in the longer, 0 to 1.

    Args:
        one: a body.
        other: another.
        least: what is surely less than this may be told as 0, which is ten times as cheap.
    """
    if len(one.prints) < _FEWEST or len(other.prints) < _FEWEST:
        return 0.0
    limit = min(one.limit, other.limit)
    shorter = min(bisect_right(one.prints, limit), bisect_right(other.prints, limit))
    at_most = (one.marks & other.marks).bit_count() + one.hidden
    if at_most == 0 or at_most < least * shorter:
        return 0.0
    shared = len(set(one.prints).intersection(other.prints))
    return shared / shorter if shorter else 0.0


def folded(articles: Sequence[StoredArticle]) -> tuple[Source, ...]:
    """The independent articles in their order, each with those that repeat it.

    Of articles with one body the one that no byline traces to another outlet counts as the
    original, and of several the earliest.
    """
    root = _roots(articles)
    groups: dict[int, list[StoredArticle]] = {}
    for article in articles:
        groups.setdefault(root[article.id], []).append(article)
    originals = {number: min(group, key=_originality) for number, group in groups.items()}
    return tuple(
        Source(article, tuple(a for a in groups[root[article.id]] if a is not article))
        for article in articles
        if originals[root[article.id]] is article
    )


def _roots(articles: Sequence[StoredArticle]) -> dict[int, int]:
    """For each article the first in its chain of reprints."""
    parents = {a.id: a.reprint_of for a in articles}
    found = {}
    for number in parents:
        at, seen = number, {number}
        while (parent := parents.get(at)) in parents and parent not in seen and parent is not None:
            at = parent
            seen.add(at)
        found[number] = at
    return found


def _originality(stored: StoredArticle) -> tuple[bool, datetime, int]:
    article = stored.article
    taken = bool(article.byline.upstream) and article.outlet not in article.byline.upstream
    return taken, article.published_at or _EVER, stored.id
