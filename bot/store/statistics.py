"""Counting what is kept: by indexes and samples, so that it stays quick however much there is."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from bot.model.delivery import ParcelState
from bot.model.statistics import DayCount, Disk, FeedCounts, Kept, ReaderCounts, Statistics
from bot.store import rows
from bot.store.engine import Database, Engine

Day = tuple[date, datetime, datetime]  # from an instant up to, not including, another

_SAMPLE = 500  # articles, evenly spread
# What a table or its columns hold, by the article they belong to.
_HOLDS = {
    "texts": "SELECT sum(length(document) + length(plain)) FROM all_articles WHERE id IN",
    "digests": "SELECT sum(length(digest)) FROM all_articles WHERE id IN",
    "revisions": "SELECT sum(length(document)) FROM revisions WHERE article_id IN",
    "comparison": "SELECT sum(length(sketch)) FROM sketches WHERE article_id IN",
    "search": "SELECT sum(length(title) + length(body)) FROM words WHERE rowid IN",
}
# Each name once, from one to the next by the index, not by way of every article.
_OUTLETS = """WITH RECURSIVE names (name) AS (
        SELECT (SELECT outlet FROM all_articles ORDER BY outlet COLLATE NOCASE LIMIT 1)
        UNION ALL
        SELECT (SELECT outlet FROM all_articles WHERE outlet > name COLLATE NOCASE
                ORDER BY outlet COLLATE NOCASE LIMIT 1) FROM names WHERE name IS NOT NULL)
    SELECT count(name) FROM names"""


class Counting:
    """Says how much there is of everything."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def all(self, days: Sequence[Day], now: datetime) -> Statistics:
        """What is kept.

        Args:
            days: for which to count what was read.
            now: UTC; by it feeds are due.
        """

        def count(db: Database) -> Statistics:
            kept = _kept(db)
            return Statistics(
                kept,
                tuple(_day(db, *day) for day in days),
                _feeds(db, now),
                _readers(db),
                _outbox(db),
                _disk(db, kept.articles),
            )

        return await self._engine.read(count)


def _kept(db: Database) -> Kept:
    # count(*) walks a whole index; with a sum of events beside it, that one is walked once.
    row = db.execute(
        "SELECT count(*), coalesce(sum(events), 0), max(first_seen_at) FROM all_articles"
    )
    articles, events, read_at = row.fetchone()
    with_text = _one(db, "SELECT count(*) FROM all_articles WHERE text_dropped_at IS NULL")
    return Kept(
        articles,
        articles - with_text,
        _one(db, _OUTLETS),
        _one(db, "SELECT count(*) FROM stories WHERE merged_into IS NULL"),
        events,
        _at(db, "SELECT min(published_at) FROM all_articles"),
        _at(db, "SELECT max(published_at) FROM all_articles"),
        datetime.fromisoformat(read_at) if read_at else None,
    )


def _day(db: Database, day: date, since: datetime, until: datetime) -> DayCount:
    sql = """SELECT count(*), coalesce(sum(events), 0) FROM all_articles
             WHERE first_seen_at >= ? AND first_seen_at < ?"""
    articles, events = db.execute(sql, [rows.instant(since), rows.instant(until)]).fetchone()
    return DayCount(day, articles, events)


def _feeds(db: Database, now: datetime) -> FeedCounts:
    return FeedCounts(
        _one(db, "SELECT count(*) FROM feeds"),
        _one(db, "SELECT count(*) FROM feeds WHERE next_at <= ?", rows.instant(now)),
        _one(db, "SELECT count(*) FROM feeds WHERE failing_since IS NOT NULL AND gone = 0"),
        _one(db, "SELECT count(*) FROM feeds WHERE gone = 1"),
        _at(db, "SELECT max(polled_at) FROM feeds"),
    )


def _readers(db: Database) -> ReaderCounts:
    return ReaderCounts(
        dict(db.execute("SELECT kind, count(*) FROM chats GROUP BY kind").fetchall()),
        _one(db, "SELECT count(*) FROM chats WHERE paused <> ''"),
        _one(db, "SELECT count(*) FROM subscriptions"),
        _one(db, "SELECT count(DISTINCT chat_id) FROM subscriptions"),
    )


def _outbox(db: Database) -> dict[str, int]:
    """Each state by the index that holds it and no other; a parameter would not find that."""
    aside = "SELECT state, count(*) FROM outbox WHERE state IN ('dead', 'uncertain') GROUP BY state"
    counts = dict(db.execute(aside).fetchall())
    for state in (ParcelState.QUEUED, ParcelState.SENDING, ParcelState.SENT):
        counts[state] = _one(db, f"SELECT count(*) FROM outbox WHERE state = '{state}'")
    return {str(state): counts.get(state, 0) for state in ParcelState}


def _disk(db: Database, articles: int) -> Disk:
    used, free = db.disk()
    sample = _sample(db)
    each = len(sample) and articles / len(sample)
    marks = rows.marks(sample)
    uses = {
        name: round(each * (_one(db, f"{sql} ({marks})", *sample) or 0))
        for name, sql in _HOLDS.items()
    }
    return Disk(used, free, uses)


def _sample(db: Database) -> list[int]:
    """The numbers of some articles, evenly spread."""
    last = _one(db, "SELECT coalesce(max(id), 0) FROM all_articles")
    wanted = sorted({1 + n * last // _SAMPLE for n in range(_SAMPLE)})
    marks = rows.marks(wanted)
    found = db.execute(f"SELECT id FROM all_articles WHERE id IN ({marks})", wanted)
    return [number for (number,) in found]


def _one(db: Database, sql: str, *parameters: str | int) -> Any:
    return db.execute(sql, list(parameters)).fetchone()[0]


def _at(db: Database, sql: str) -> datetime | None:
    found = _one(db, sql)
    return datetime.fromisoformat(found) if found else None
