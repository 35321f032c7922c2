"""Articles: kept with all their revisions, found by their words."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.model import (
    DIGEST_VERSION,
    Article,
    Digest,
    Filed,
    OutletCount,
    Query,
    Saved,
    Sketched,
    StoredArticle,
    StoryChoice,
    Words,
)
from bot.store import filing, revisions, rows
from bot.store.engine import Condition, Database, Engine
from bot.store.search import condition

_NEWEST = "ORDER BY a.published_at DESC NULLS LAST, a.id DESC LIMIT ? OFFSET ?"


class Articles:
    """What was read, and what was made of it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def hashes(self, keys: Sequence[str]) -> dict[str, str]:
        """The content hash of the present revision of each article that is stored, by key.

        Articles whose digest an older version made are left out: they are to be digested anew,
        unless their text was dropped.
        """

        def find(db: Database) -> dict[str, str]:
            sql = """SELECT key, content_hash FROM all_articles
                     WHERE key IN (SELECT value FROM json_each(?))
                     AND (digest_version = ? OR text_dropped_at IS NOT NULL)"""
            return dict(db.execute(sql, [_json(keys), DIGEST_VERSION]).fetchall())

        return await self._engine.read(find)

    async def save(
        self,
        article: Article,
        digest: Digest,
        words: Words,
        choice: StoryChoice,
        now: datetime,
        sketches: Sequence[Sketched] = (),
    ) -> Saved:
        """Store an article, in one transaction; the same twice changes nothing.

        A changed article keeps its number and its story and gets a new revision; the old ones are
        kept. An unchanged one keeps its revision, also where its digest was made anew.

        Args:
            article: the article as it was read.
            digest: what was made of it.
            words: for the text index.
            choice: the story that a new article joins.
            now: UTC.
            sketches: by which later articles find it, or its items.
        """

        filed = Filed(article, digest, words, tuple(sketches))
        return (await self.save_all([filed], lambda *_: (choice, sketches), now))[0]

    async def save_all(
        self, filed: Sequence[Filed], decide: filing.Decide, now: datetime
    ) -> list[Saved]:
        """Store articles in one transaction, each as `save` would.

        Each is compared with what was stored before it, also by others at the same time, for
        deciding happens in the transaction.

        Args:
            filed: what is stored.
            decide: which story each joins; runs on the writer's thread.
            now: UTC.
        """
        return await self._engine.write(lambda db: filing.keep(db, filed, decide, now))

    async def get(self, article_id: int) -> StoredArticle | None:
        """The article of a number, or None."""

        def find(db: Database) -> StoredArticle | None:
            found = _select(db, ("a.id = ?", [rows.number(article_id)]), "")
            return found[0] if found else None

        return await self._engine.read(find)

    async def newest(self) -> int:
        """The number of the article that was stored last, hidden or not; 0 when there is none."""
        sql = "SELECT coalesce(max(id), 0) FROM all_articles"
        return await self._engine.read(lambda db: int(db.execute(sql).fetchone()[0]))

    async def has_category(self, name: str) -> bool:
        """Whether any of the thousand newest articles is of a category."""
        sql = """SELECT 1 FROM (SELECT document FROM articles ORDER BY id DESC LIMIT 1000) a,
                 json_each(a.document, '$.categories') c WHERE c.value = ? LIMIT 1"""
        name = rows.storable(name)
        return await self._engine.read(lambda db: db.execute(sql, [name]).fetchone() is not None)

    async def revisions(self, article_id: int) -> list[Article]:
        """All revisions of an article, oldest first."""

        def find(db: Database) -> list[Article]:
            found = revisions.all_of(db, rows.number(article_id))
            return [article for _, article in found]

        return await self._engine.read(find)

    async def search(self, query: Query, limit: int, offset: int = 0) -> list[StoredArticle]:
        """Articles that match, newest first, those without a date last; all for an empty query."""
        return await self._engine.read(
            lambda db: _select(db, condition(db, query), _NEWEST, limit, offset)
        )

    async def count(self, query: Query) -> int:
        """How many articles match; all for an empty query."""

        def count(db: Database) -> int:
            where, parameters = condition(db, query)
            sql = f"SELECT count(*) FROM articles a WHERE {where}"
            return int(db.execute(sql, parameters).fetchone()[0])

        return await self._engine.read(count)

    async def outlets(self) -> list[OutletCount]:
        """All outlets, most articles first."""

        def find(db: Database) -> list[OutletCount]:
            sql = """SELECT outlet, count(*) AS n, max(published_at) FROM articles
                     GROUP BY outlet ORDER BY n DESC, outlet"""
            return [
                OutletCount(outlet, n, datetime.fromisoformat(at) if at else None)
                for outlet, n, at in db.execute(sql).fetchall()
            ]

        return await self._engine.read(find)

    async def of_outlet(self, outlet: str, limit: int, offset: int = 0) -> list[StoredArticle]:
        """An outlet's articles, newest first; the case of Latin letters does not matter."""
        where: Condition = ("a.outlet = ? COLLATE NOCASE", [rows.storable(outlet)])
        return await self._engine.read(lambda db: _select(db, where, _NEWEST, limit, offset))


def _select(db: Database, where: Condition, rest: str, *more: int) -> list[StoredArticle]:
    text, parameters = where
    sql = f"SELECT {rows.COLUMNS} FROM articles a WHERE {text} {rest}"
    return [rows.stored(row) for row in db.execute(sql, [*parameters, *more]).fetchall()]


def _json(texts: Sequence[str]) -> str:
    """As JSON: more than a statement may have parameters."""
    return json.dumps(list(map(rows.storable, texts)))
