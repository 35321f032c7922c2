"""Bans: sources and domains that an operator blocks. Their articles are hidden, not deleted.

Everything is read through the view `articles`, which leaves out the hidden ones; `all_articles` is
for writing, and for what must know all of them.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.model.links import Ban, BanKind
from bot.store import arrangement, rows
from bot.store.engine import FILING, Database, Engine

_MEANS = """(b.kind = 'source' AND b.value = a.outlet COLLATE NOCASE) OR (b.kind = 'domain'
    AND (b.value = a.host OR substr(a.host, length(a.host) - length(b.value), length(b.value) + 1)
        = '.' || b.value))"""
_COUNTED = f"""SELECT b.kind, b.value, b.since,
    (SELECT count(*) FROM all_articles a WHERE {_MEANS}) FROM bans b"""


class Bans:
    """What is hidden from every chat, until it is shown again."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def add(self, kind: BanKind, value: str, now: datetime) -> tuple[Ban, int]:
        """Block a source (by its name) or a domain (in ASCII, with all that lie under it).

        Digests that wait in the outbox and tell of a hidden article are withdrawn; their stories
        are told when there is more of them.

        Returns:
            What is blocked now, and how many messages were withdrawn.
        """
        value = rows.storable(value)

        def add(db: Database) -> tuple[Ban, int]:
            db.alone(FILING)
            db.execute(
                "INSERT INTO bans (kind, value, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                [kind, value, rows.instant(now)],
            )
            stories = _hide(db, kind, value)
            arrangement.date(db, stories)
            return _ban(db, kind, value), _withdraw(db, stories)

        return await self._engine.write(add)

    async def remove(self, kind: BanKind, value: str) -> Ban | None:
        """Show again what a ban hid, unless another hides it too; None when there is no such."""
        value = rows.storable(value)

        def remove(db: Database) -> Ban | None:
            db.alone(FILING)
            where = "WHERE b.kind = ? AND b.value = ? COLLATE NOCASE"
            if not db.execute(f"SELECT 1 FROM bans b {where}", [kind, value]).fetchone():
                return None
            ban = _ban(db, kind, value)
            db.execute("DELETE FROM bans WHERE kind = ? AND value = ?", [kind, ban.value])
            _show(db)
            return ban

        return await self._engine.write(remove)

    async def listed(self) -> list[Ban]:
        """All, oldest first."""
        sql = f"{_COUNTED} ORDER BY b.since, b.kind, b.value"
        return await self._engine.read(lambda db: [_of(row) for row in db.execute(sql).fetchall()])

    async def values(self) -> frozenset[tuple[BanKind, str]]:
        """All, without counting what they hide."""
        sql = "SELECT kind, value FROM bans"
        return await self._engine.read(
            lambda db: frozenset((BanKind(kind), value) for kind, value in db.execute(sql))
        )


def domains(db: Database) -> frozenset[str]:
    """The domains that are blocked."""
    found = db.execute("SELECT value FROM bans WHERE kind = 'domain'")
    return frozenset(value for (value,) in found.fetchall())


def mark(db: Database, articles: Collection[int]) -> None:
    """Hide articles that were just stored if they are blocked."""
    those = f"IN ({rows.marks(articles)})"
    db.execute(
        f"""INSERT INTO hidden SELECT a.id FROM all_articles a WHERE a.id {those}
            AND EXISTS (SELECT 1 FROM bans b WHERE {_MEANS})""",
        list(articles),
    )


def unmark(db: Database, article: int) -> None:
    """Show an article that may be of another source now."""
    db.execute("DELETE FROM hidden WHERE article_id = ?", [article])


def _hide(db: Database, kind: BanKind, value: str) -> list[int]:
    """Hide what a ban means; the stories that lose articles, also by a round-up's item."""
    meant = f"""SELECT a.id FROM all_articles a, bans b
                WHERE b.kind = ? AND b.value = ? COLLATE NOCASE AND ({_MEANS})"""
    db.execute(f"INSERT INTO hidden {meant} ON CONFLICT DO NOTHING", [kind, value])
    told = f"""SELECT story_id FROM all_articles WHERE id IN ({meant}) UNION SELECT story_id
               FROM sketches WHERE article_id IN ({meant}) AND story_id IS NOT NULL"""
    return [story for (story,) in db.execute(told, [kind, value] * 2).fetchall()]


def _show(db: Database) -> None:
    """Show what no ban hides any more."""
    free = f"""SELECT a.id, a.story_id FROM hidden h JOIN all_articles a ON a.id = h.article_id
               WHERE NOT EXISTS (SELECT 1 FROM bans b WHERE {_MEANS})"""
    found = db.execute(free).fetchall()
    db.executemany("DELETE FROM hidden WHERE article_id = ?", [(a,) for a, _ in found])
    arrangement.date(db, {story for _, story in found})


def _withdraw(db: Database, stories: Sequence[int]) -> int:
    """Take back digests that were not sent yet and tell of some stories."""
    digests: set[tuple[int, int]] = set()
    for story in stories:
        found = db.execute(
            """SELECT DISTINCT o.subscription_id, o.digest FROM told t JOIN outbox o
               ON o.chat_id = t.chat_id AND o.subscription_id = t.subscription_id
               AND o.digest = t.digest
               WHERE t.story_id = ? AND o.state = 'queued' AND o.attempts = 0""",
            [story],
        )
        digests.update(found.fetchall())
    withdrawn = 0
    for digest in digests:
        where = "subscription_id = ? AND digest = ?"
        waiting = f"DELETE FROM outbox WHERE {where} AND state = 'queued' AND attempts = 0"
        withdrawn += db.execute(waiting, digest).rowcount
        db.execute(f"DELETE FROM told WHERE {where}", digest)
    return withdrawn


def _ban(db: Database, kind: BanKind, value: str) -> Ban:
    sql = f"{_COUNTED} WHERE b.kind = ? AND b.value = ? COLLATE NOCASE"
    return _of(db.execute(sql, [kind, value]).fetchone())


def _of(row: tuple[str, str, str, int]) -> Ban:
    kind, value, since, articles = row
    return Ban(BanKind(kind), value, datetime.fromisoformat(since), articles)
