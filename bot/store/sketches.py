"""Sketches: kept with their keywords, so that what a new article may join is found by an index.

Finding costs the same however much is stored: of each word only the newest sketches are looked at,
of those the ones with the most telling words in common, and of a story only a few.
"""

import heapq
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.model import Candidate, Sketched
from bot.store import rows
from bot.store.engine import Database

_PER_WORD = 60  # newest sketches; a word that is everywhere tells nothing anyway
_NEAREST = 60  # sketches, by the words in common
_WITH_ONE = 3  # sketches looked at, though they share one word only
_PER_STORY = 3
_MOST = 20

# One statement for all words, a list for each: a row of its own for each sketch costs far more.
_NEWEST_OF_EACH = """
    SELECT (SELECT json_group_array(sketch_id) FROM
               (SELECT sketch_id FROM sketch_words WHERE word = asked.value
                ORDER BY sketch_id DESC LIMIT ?2) AS newest)
    FROM json_each(?1) AS asked
"""


def keep(
    db: Database,
    article: int,
    story: int,
    published_at: datetime | None,
    sketches: Sequence[Sketched],
) -> None:
    """Keep the sketches of an article of which none are kept."""
    at = rows.instant_or_none(published_at)
    for made in sketches:
        item = made.choice.story_id if made.choice else None
        number = db.execute(
            """INSERT INTO sketches
               (article_id, number, story_id, published_at, sketch, sentence, reason)
               VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id""",
            [
                article,
                made.number,
                item if made.number else story,
                at,
                rows.sketch_json(made.sketch),
                rows.sentence_json(made.sentence) if made.sentence else None,
                made.choice.reason if made.choice else "",
            ],
        ).fetchone()[0]
        db.executemany(
            "INSERT INTO sketch_words (word, sketch_id) VALUES (?, ?)",
            [(word, number) for word in dict.fromkeys(map(rows.storable, made.keywords))],
        )


def forget(db: Database, article: int) -> None:
    """Drop what was kept of an article."""
    mine = "SELECT id FROM sketches WHERE article_id = ?"
    db.execute(f"DELETE FROM sketch_words WHERE sketch_id IN ({mine})", [article])
    db.execute("DELETE FROM sketches WHERE article_id = ?", [article])


def claim(db: Database, items: Iterable[int], story: int, reason: str) -> None:
    """Items of round-ups that were in no story are in this one."""
    for item in items:
        db.execute(
            "UPDATE sketches SET story_id = ?, reason = ? WHERE id = ? AND story_id IS NULL",
            [story, reason, item],
        )


def candidates(
    db: Database, words: Sequence[str], since: datetime | None, until: datetime | None
) -> list[Candidate]:
    """What shares words with an article and was published in a window, the likeliest first."""
    near, more = _sharing(db, words)
    marks = rows.marks(near)
    bounds = [rows.instant(since) if since else "", rows.instant(until) if until else "9999"]
    found = db.execute(
        f"""SELECT id, story_id FROM sketches WHERE id IN ({marks})
            AND (published_at IS NULL OR published_at BETWEEN ? AND ?)""",
        [*near, *bounds],
    )
    story_of = dict(found.fetchall())
    within = [n for n in near if n in story_of]
    telling = [n for at, n in enumerate(within) if n in more or at < _WITH_ONE]
    return _read(db, _few([(n, story_of[n]) for n in telling]))


def _sharing(db: Database, words: Sequence[str]) -> tuple[list[int], set[int]]:
    """The sketches with the most words in common, a word counting the more the fewer have it; and
    those of them that share more than one.

    Others are worth a look only where there is hardly anything else: among the labelled pairs that
    are one story, 1 of 150 shares but one word, of the rest nearly all.
    """
    shared: defaultdict[int, float] = defaultdict(float)
    more: set[int] = set()
    asked = json.dumps(list(dict.fromkeys(map(rows.storable, words))))
    for (having,) in db.execute(_NEWEST_OF_EACH, [asked, _PER_WORD]).fetchall():
        found = json.loads(having)
        telling = math.log(1 + _PER_WORD / len(found)) if found else 0.0
        more.update(shared.keys() & found)
        for sketch in found:
            shared[sketch] += telling
    best = heapq.nlargest(_NEAREST, zip(shared.values(), shared, strict=True))
    return [sketch for _, sketch in best], more


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
