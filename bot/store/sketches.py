"""Sketches: kept with their keywords, so that what a new article may join is found by an index.

Finding costs the same however much is stored: of each word only the newest sketches are looked at,
of those the ones with the most telling words in common, and of a story only a few.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import chain

from bot.model import Candidate, Sketched
from bot.store import newest, rows
from bot.store.engine import Database
from bot.store.newest import MOST, Newest

_NEAREST = 60  # sketches, by the words in common
_WITH_ONE = 3  # sketches looked at, though they share one word only
_PER_STORY = 3
_MOST = 20

_TELLING = [0.0, *(math.log(1 + MOST / n) for n in range(1, MOST + 1))]  # a word that so many have


def keep(
    db: Database,
    found: Newest,
    article: int,
    story: int,
    published_at: datetime | None,
    sketches: Sequence[Sketched],
) -> None:
    """Keep the sketches of an article of which none are kept."""
    for made in sketches:
        item = made.choice.story_id if made.choice else None
        number = db.add(
            "sketches",
            {
                "article_id": article,
                "number": made.number,
                "story_id": item if made.number else story,
                "published_at": rows.instant_or_none(published_at),
                "sketch": rows.sketch_json(made.sketch),
                "sentence": rows.sentence_json(made.sentence) if made.sentence else None,
                "reason": made.choice.reason if made.choice else "",
            },
        )
        words = newest.joined(made.keywords)
        db.insert("keywords", {"sketch_id": number, "words": words})
        found.add(newest.apart(words), number)


def forget(db: Database, found: Newest, article: int) -> None:
    """Drop what was kept of an article."""
    mine = db.execute("SELECT id FROM sketches WHERE article_id = ?", [article]).fetchall()
    lose(db, found, [number for (number,) in mine])
    db.execute("DELETE FROM sketches WHERE article_id = ?", [article])


def lose(db: Database, found: Newest, sketches: Collection[int]) -> None:
    """Some sketches are found no more."""
    those = f"sketch_id IN ({rows.marks(sketches)})"
    had = db.execute(f"SELECT words FROM keywords WHERE {those}", list(sketches)).fetchall()
    found.drop({word for (words,) in had for word in newest.apart(words)}, sketches)
    db.execute(f"DELETE FROM keywords WHERE {those}", list(sketches))


def claim(db: Database, items: Iterable[int], story: int, reason: str) -> None:
    """Items of round-ups that were in no story are in this one."""
    for item in items:
        db.execute(
            "UPDATE sketches SET story_id = ?, reason = ? WHERE id = ? AND story_id IS NULL",
            [story, reason, item],
        )


def candidates(
    db: Database,
    found: Newest,
    words: Sequence[str],
    since: datetime | None,
    until: datetime | None,
) -> list[Candidate]:
    """What shares words with an article and was published in a window, the likeliest first."""
    near, more = _sharing(found.of(newest.storable(words)))
    marks = rows.marks(near)
    bounds = [rows.instant(since) if since else "", rows.instant(until) if until else "9999"]
    known = db.execute(
        f"""SELECT id, story_id FROM sketches WHERE id IN ({marks})
            AND (published_at IS NULL OR published_at BETWEEN ? AND ?)""",
        [*near, *bounds],
    )
    story_of = dict(known.fetchall())
    within = [n for n in near if n in story_of]
    telling = [n for at, n in enumerate(within) if n in more or at < _WITH_ONE]
    return _read(db, _few([(n, story_of[n]) for n in telling]))


def _sharing(having: Sequence[Sequence[int]]) -> tuple[list[int], set[int]]:
    """The sketches with the most words in common, a word counting the more the fewer have it; and
    those of them that share more than one.

    Others are worth a look only where there is hardly anything else: among the labelled pairs that
    are one story, 1 of 150 shares but one word, of the rest nearly all.

    Args:
        having: of each word the sketches that have it.
    """
    shared: dict[int, float] = {}
    so_far = shared.get
    for sketches in having:
        telling = _TELLING[len(sketches)]
        for sketch in sketches:
            shared[sketch] = so_far(sketch, 0.0) + telling
    newest_first = sorted(shared, reverse=True)
    best = sorted(newest_first, key=shared.__getitem__, reverse=True)[:_NEAREST]
    times = Counter(chain.from_iterable(having))
    return best, {sketch for sketch in best if times[sketch] > 1}


def _few(near: Iterable[tuple[int, int | None]]) -> list[int]:
    """At most a few of each story, and not too many in all."""
    counts: dict[int, int] = {}
    kept = []
    for number, story in near:
        if story is not None:
            counts[story] = counts.get(story, 0) + 1
        if story is None or counts[story] <= _PER_STORY:
            kept.append(number)
    return kept[:_MOST]


def _read(db: Database, numbers: Sequence[int]) -> list[Candidate]:
    """The candidates of some numbers, in their order."""
    marks = rows.marks(numbers)
    found = db.execute(
        f"""SELECT k.id, k.article_id, k.story_id, k.sketch, s.settled
            FROM sketches k LEFT JOIN stories s ON s.id = k.story_id WHERE k.id IN ({marks})""",
        list(numbers),
    )
    by_number = {
        number: Candidate(number, article, story, rows.sketch_of(sketch), bool(settled))
        for number, article, story, sketch, settled in found.fetchall()
    }
    return [by_number[number] for number in numbers if number in by_number]
