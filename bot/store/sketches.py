"""Sketches: kept with their keywords, so that what a new article may join is found by an index.

Finding costs the same however much is stored: of each word only the newest sketches are looked at,
of those the ones with the most telling words in common, and of a story only a few.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from bot.model import Candidate, Sketch, Sketched
from bot.parts import parts
from bot.store import newest, rows, signs
from bot.store.engine import Database
from bot.store.newest import MOST, Newest

_NEAREST = 60  # sketches, by the words in common
_WITH_ONE = 3  # sketches looked at, though they share one word only
_AT_ONCE = 30  # sketches; the first of them are mostly enough
_PER_STORY = 3
_MOST = 20

# What a word tells that so many have: whole numbers, whose sum is the same in any order.
_TELLING = [0, *(round(2**20 * math.log(1 + MOST / n)) for n in range(1, MOST + 1))]
_LEAST = _TELLING[MOST]

Row = Mapping[str, Any]


class Sketches:
    """The sketches as they stand within a transaction.

    Args:
        db: within a transaction; where something is changed, nobody else files before it ends.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._newest = Newest(db)
        self._new: dict[int, Row] = {}  # that are in no table yet

    def look_up(self, some: Iterable[Sketched]) -> None:
        """Read at once what their words are found by."""
        self._newest.look_up(word for made in some for word in newest.storable(made.keywords))

    def candidates(
        self, words: Sequence[str], since: datetime | None, until: datetime | None
    ) -> list[Candidate]:
        """What shares words with an article and was published in a window, the likeliest first."""
        near, more = _sharing(self._newest.of(newest.storable(words)))
        window = rows.instant(since) if since else "", rows.instant(until) if until else "9999"
        within = enumerate(self._within(near, *window))
        few = _few(one for at, one in within if one.id in more or at < _WITH_ONE)
        sketches = self._sketches(few)
        return [
            Candidate(n, article, story, sketches[n], story in self._settled)
            for n, article, story, _ in few
        ]

    @cached_property
    def _settled(self) -> set[int | None]:
        """The stories that an administrator arranged: none does before the transaction ends."""
        found = self._db.execute("SELECT id FROM stories WHERE settled = 1")
        return {story for (story,) in found.fetchall()}

    def add(self, row: Row, words: str) -> None:
        """A new sketch is found from now on.

        Args:
            row: of the table `sketches`, which need not hold it yet; see `written`.
            words: its own, as the table `keywords` has them.
        """
        self._new[row["id"]] = row
        self._newest.add(newest.apart(words), row["id"])

    def written(self) -> None:
        """All that was added is in the tables."""
        self._new.clear()

    def claim(self, items: Iterable[int], story: int, reason: str) -> None:
        """Items of round-ups that were in no story are in this one."""
        self._db.executemany(
            "UPDATE sketches SET story_id = ?, reason = ? WHERE id = ? AND story_id IS NULL",
            [(story, reason, item) for item in items],
        )

    def forget(self, article: int) -> None:
        """Drop what was kept of an article."""
        sql = "SELECT id FROM sketches WHERE article_id = ?"
        self.lose([number for (number,) in self._db.execute(sql, [article]).fetchall()])
        self._db.execute("DELETE FROM sketches WHERE article_id = ?", [article])

    def lose(self, sketches: Collection[int]) -> None:
        """Some sketches are found no more."""
        those = f"sketch_id IN ({rows.marks(sketches)})"
        sql = f"SELECT words FROM keywords WHERE {those}"
        had = self._db.execute(sql, list(sketches)).fetchall()
        self._newest.drop({word for (words,) in had for word in newest.apart(words)}, sketches)
        self._db.execute(f"DELETE FROM keywords WHERE {those}", list(sketches))

    def write(self) -> None:
        """Put into the database by what words all are found."""
        self._newest.write()

    def _within(self, near: Sequence[int], since: str, until: str) -> Iterator["_Found"]:
        """Those of some numbers that were published in a window, in their order; only some are
        read at a time, for the first of them may be enough."""
        for part in parts(near, _AT_ONCE):
            found = self._found(part, since, until)
            yield from (found[number] for number in part if number in found)

    def _found(self, near: Sequence[int], since: str, until: str) -> dict[int, "_Found"]:
        """Those of some numbers that were published in a window."""
        new = [self._new[n] for n in near if n in self._new]
        stored = [n for n in near if n not in self._new]
        read = self._db.execute(
            f"""SELECT id, article_id, story_id, sign FROM sketches
                WHERE id IN ({rows.marks(stored)})
                AND (published_at IS NULL OR published_at BETWEEN ? AND ?)""",
            [*stored, since, until],
        ).fetchall()
        return {row[0]: _Found(*row) for row in read} | {
            row["id"]: _Found(row["id"], row["article_id"], row["story_id"], row["sign"])
            for row in new
            if row["published_at"] is None or since <= row["published_at"] <= until
        }

    def _sketches(self, few: Iterable["_Found"]) -> dict[int, Sketch]:
        """What was found, by its numbers; only what is not remembered is read."""
        sign_of = {one.id: one.sign for one in few}
        known = signs.remembered.known(sign_of.values())
        read = self._read([number for number, sign in sign_of.items() if sign not in known])
        signed = {sign_of[number]: sketch for number, sketch in read.items()}
        signs.remembered.keep({s: sketch for s, sketch in signed.items() if s != signs.NONE})
        return {n: known[sign] for n, sign in sign_of.items() if sign in known} | read

    def _read(self, numbers: Sequence[int]) -> dict[int, Sketch]:
        """The sketches of some numbers."""
        documents = {n: self._new[n]["sketch"] for n in numbers if n in self._new}
        if stored := [n for n in numbers if n not in documents]:
            sql = f"SELECT id, sketch FROM sketches WHERE id IN ({rows.marks(stored)})"
            documents |= dict(self._db.execute(sql, stored).fetchall())
        return {number: rows.sketch_of(document) for number, document in documents.items()}


class _Found(NamedTuple):
    """A sketch as it is found."""

    id: int
    article: int
    story: int | None
    sign: int


def _sharing(having: Sequence[Sequence[int]]) -> tuple[list[int], set[int]]:
    """The sketches with the most words in common, a word counting the more the fewer have it; and
    those of them that share more than one.

    Others are worth a look only where there is hardly anything else: among the labelled pairs that
    are one story, 1 of 150 shares but one word, of the rest nearly all.

    Args:
        having: of each word the sketches that have it.
    """
    times = Counter(chain.from_iterable(having))
    shared = {sketch: _LEAST * count for sketch, count in times.items()}
    for sketches in having:  # of most words there are more than are looked at
        if more := _TELLING[len(sketches)] - _LEAST:
            for sketch in sketches:
                shared[sketch] += more
    newest_first = sorted(shared, reverse=True)
    best = sorted(newest_first, key=shared.__getitem__, reverse=True)[:_NEAREST]
    return best, {sketch for sketch in best if times[sketch] > 1}


def _few(near: Iterable[_Found]) -> list[_Found]:
    """At most a few of each story, and not too many in all."""
    counts: Counter[int] = Counter()
    kept: list[_Found] = []
    for one in near:
        if one.story is not None:
            counts[one.story] += 1
        if one.story is None or counts[one.story] <= _PER_STORY:
            kept.append(one)
        if len(kept) == _MOST:
            break
    return kept
