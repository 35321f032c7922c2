"""What is kept for a time only: found by its age, dropped in lots."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.model.retention import Passing
from bot.store import rows
from bot.store.engine import FILING, Database
from bot.store.sketches import Sketches

# Each finds what is older than an instant, so many at most. The newest phrase stays whatever its
# age: its number would be given again, and old buttons would mean another.
_OLD = {
    Passing.PHRASES: """SELECT id FROM phrases WHERE remembered_at < ?
        AND id < (SELECT max(id) FROM phrases) LIMIT ?""",
    Passing.TOLD: """SELECT chat_id, topic, story_id FROM told t WHERE told_at < ? AND NOT EXISTS
        (SELECT 1 FROM subscriptions s WHERE s.chat_id = t.chat_id AND s.scope = 'story'
         AND s.value = CAST(t.story_id AS TEXT)) ORDER BY told_at LIMIT ?""",
    Passing.ASIDE: """SELECT id FROM outbox WHERE state IN ('dead', 'uncertain')
        AND coalesce(settled_at, next_at) < ? LIMIT ?""",
    Passing.VOTES: "SELECT voter, story_id FROM votes WHERE voted_at < ? LIMIT ?",
    Passing.REPORTS: "SELECT id FROM reports WHERE closed_at < ? LIMIT ?",
    # Numbers rise as articles are stored and changed: only the lowest need be looked at.
    Passing.SKETCHES: """SELECT id FROM (SELECT k.id, a.updated_at < ? AS past FROM sketches k
        JOIN all_articles a ON a.id = k.article_id WHERE k.sketch <> ''
        ORDER BY k.id LIMIT ?) AS lowest WHERE past""",
}
_DROP = {
    Passing.PHRASES: "DELETE FROM phrases WHERE id = ?",
    Passing.TOLD: "DELETE FROM told WHERE chat_id = ? AND topic = ? AND story_id = ?",
    Passing.ASIDE: "DELETE FROM outbox WHERE id = ?",
    Passing.VOTES: "DELETE FROM votes WHERE voter = ? AND story_id = ?",
    Passing.REPORTS: "DELETE FROM reports WHERE id = ?",
    # What a round-up's item says, and of which story, is shown; it stays.
    Passing.SKETCHES: "UPDATE sketches SET sketch = '' WHERE id = ?",
}


def old(db: Database, kind: Passing, before: datetime, limit: int) -> list[tuple[Any, ...]]:
    """The keys of what is older than an instant (UTC), so many at most."""
    return list(db.execute(_OLD[kind], [rows.instant(before), limit]).fetchall())


def drop(db: Database, kind: Passing, before: datetime, limit: int) -> int:
    """Drop what is older than an instant (UTC), so many at most; how many that were."""
    keys = old(db, kind, before, limit)
    if kind is Passing.SKETCHES:
        _lose(db, [number for (number,) in keys])
    db.executemany(_DROP[kind], keys)
    return len(keys)


def _lose(db: Database, compared: Sequence[Any]) -> None:
    """Some sketches are found no more."""
    db.alone(FILING)
    sketches = Sketches(db)
    sketches.lose(compared)
    sketches.write()
