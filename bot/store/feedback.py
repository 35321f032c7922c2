"""Feedback: what readers think of stories, one vote a reader and story.

Readers and chats are kept as hashes keyed with a secret of this file: enough to know a second press
from a first, and to delete a chat's votes when it says so.
"""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any

from bot.model import Disliked, Feedback, Tally, Vote, VoteKind
from bot.store import rows
from bot.store.engine import Database, Engine

_THEIRS = "chat = ? OR voter = ?"
_NEWEST = """
    SELECT story_id, max(title), max(outlets), count(*) FILTER (WHERE vote = 'up'),
        count(*) FILTER (WHERE vote = 'down'), max(voted_at) FILTER (WHERE vote = 'down') AS last
    FROM votes GROUP BY story_id HAVING count(*) FILTER (WHERE vote = 'down') > 0
    ORDER BY last DESC, story_id LIMIT ?"""


class Votes:
    """What readers think of stories."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def press(
        self,
        vote: Vote,
        voter: int,
        chat: int,
        title: str,
        outlets: Sequence[str],
        now: datetime,
    ) -> tuple[VoteKind | None, VoteKind | None]:
        """Keep a vote; the same again takes it back. How the reader judged before, and now.

        Args:
            vote: what was pressed.
            voter: the number of who pressed.
            chat: the number of where it was pressed.
            title: of the story.
            outlets: whose sentences were judged.
            now: UTC.
        """
        named = json.dumps([rows.storable(o) for o in outlets], ensure_ascii=False)

        def press(db: Database) -> tuple[VoteKind | None, VoteKind | None]:
            key = _key(db)
            who, story = _hash(key, voter), rows.number(vote.story)
            before = _vote(db, who, story)
            db.execute("DELETE FROM votes WHERE voter = ? AND story_id = ?", [who, story])
            if before is vote.kind:
                return before, None
            fields = {
                "voter": who,
                "story_id": story,
                "chat": _hash(key, chat),
                "vote": vote.kind,
                "method": vote.method,
                "version": vote.version,
                "title": rows.storable(title),
                "outlets": named,
                "voted_at": rows.instant(now),
            }
            db.insert("votes", fields)
            return before, vote.kind

        return await self._engine.write(press, once=True)

    async def all(self, newest: int) -> Feedback:
        """What all readers said, and the `newest` disliked stories."""
        return await self._engine.read(lambda db: _all(db, newest))


def forget(db: Database, chat: int) -> None:
    """Delete the votes that were given in a chat, and, where it is a reader's own, theirs."""
    theirs = _hash(_key(db), chat)
    db.execute(f"DELETE FROM votes WHERE {_THEIRS}", [theirs, theirs])


def export(db: Database, chat: int) -> list[dict[str, Any]]:
    """The votes that `forget` would delete, without who gave them."""
    theirs = _hash(_key(db), chat)
    names = ("story_id", "title", "vote", "method", "version", "voted_at")
    found = db.execute(f"SELECT {', '.join(names)} FROM votes WHERE {_THEIRS}", [theirs, theirs])
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def move(db: Database, old: int, new: int) -> None:
    """A group has a new number."""
    key = _key(db)
    db.execute("UPDATE votes SET chat = ? WHERE chat = ?", [_hash(key, new), _hash(key, old)])


def _key(db: Database) -> bytes:
    found = db.execute("SELECT value FROM meta WHERE name = 'feedback_key'").fetchone()
    return bytes.fromhex(found[0])


def _hash(key: bytes, number: int) -> str:
    return blake2b(str(number).encode(), key=key, digest_size=16).hexdigest()


def _vote(db: Database, voter: str, story_id: int) -> VoteKind | None:
    sql = "SELECT vote FROM votes WHERE voter = ? AND story_id = ?"
    row = db.execute(sql, [voter, story_id]).fetchone()
    return VoteKind(row[0]) if row else None


def _all(db: Database, newest: int) -> Feedback:
    outlets: Counter[tuple[str, str]] = Counter()
    methods: Counter[tuple[str, str]] = Counter()
    sql = "SELECT vote, method, version, outlets, count(*) FROM votes GROUP BY 1, 2, 3, 4"
    for vote, method, version, named, count in db.execute(sql).fetchall():
        methods[f"{method} {version}", vote] += count
        for outlet in json.loads(named):
            outlets[outlet, vote] += count
    return Feedback(
        db.execute("SELECT count(*) FROM votes").fetchone()[0],
        _tallies(outlets),
        _tallies(methods),
        tuple(_disliked(row) for row in db.execute(_NEWEST, [newest]).fetchall()),
    )


def _tallies(counts: Counter[tuple[str, str]]) -> tuple[Tally, ...]:
    names = {name for name, _ in counts}
    found = [Tally(n, counts[n, VoteKind.UP], counts[n, VoteKind.DOWN]) for n in names]
    return tuple(sorted(found, key=lambda t: (-t.up - t.down, t.name)))


def _disliked(row: tuple[Any, ...]) -> Disliked:
    story, title, outlets, up, down, last = row
    return Disliked(
        story, title, tuple(json.loads(outlets)), up, down, datetime.fromisoformat(last)
    )
