"""Articles: kept with all their revisions, found by their words."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.model import (
    Article,
    Digest,
    OutletCount,
    Query,
    Saved,
    StoredArticle,
    StoryChoice,
    Words,
)
from bot.store import rows
from bot.store.engine import Engine
from bot.store.search import Condition, condition

_NEWEST = "ORDER BY a.published_at DESC, a.id DESC LIMIT ? OFFSET ?"


class Articles:
    """What was read, and what was made of it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def hashes(self, keys: Sequence[str]) -> dict[str, str]:
        """The content hash of the present revision of each article that is stored, by key."""

        def find(db: Database) -> dict[str, str]:
            sql = """SELECT key, content_hash FROM articles
                     WHERE key IN (SELECT value FROM json_each(?))"""
            return dict(db.execute(sql, [json.dumps(list(keys))]).fetchall())

        return await self._engine.read(find)

    async def save(
        self, article: Article, digest: Digest, words: Words, choice: StoryChoice, now: datetime
    ) -> Saved:
        """Store an article, in one transaction; the same twice changes nothing.

        A changed article keeps its number and its story and gets a new revision; the old ones are
        kept.

        Args:
            article: the article as it was read.
            digest: what was made of it.
            words: for the text index.
            choice: the story that a new article joins.
            now: UTC.
        """
        return await self._engine.write(lambda db: _save(db, article, digest, words, choice, now))

    async def get(self, article_id: int) -> StoredArticle | None:
        """The article of a number, or None."""

        def find(db: Database) -> StoredArticle | None:
            found = _select(db, ("a.id = ?", [rows.number(article_id)]), "")
            return found[0] if found else None

        return await self._engine.read(find)

    async def newest(self) -> int:
        """The number of the article that was stored last; 0 when there is none."""
        sql = "SELECT coalesce(max(id), 0) FROM articles"
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
            sql = "SELECT document FROM revisions WHERE article_id = ? ORDER BY number"
            found = db.execute(sql, [rows.number(article_id)]).fetchall()
            return [rows.article_of(document) for (document,) in found]

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


def _save(
    db: Database,
    article: Article,
    digest: Digest,
    words: Words,
    choice: StoryChoice,
    now: datetime,
) -> Saved:
    known = db.execute(
        "SELECT id, content_hash, revision, story_id FROM articles WHERE key = ?", [article.key]
    ).fetchone()
    if known and known[1] == article.content_hash:
        return Saved(known[0], "unchanged")
    fields = _fields(article, digest, now)
    if known:
        number, _, revision, story = known
        db.table("articles").update(number, {**fields, "revision": revision + 1})
    else:
        revision, story = (
            0,
            choice.story_id or db.table("stories").insert({"latest_at": None}).last_pk,
        )
        number = (
            db.table("articles").insert({**fields, **_joined(article, choice, story, now)}).last_pk
        )
    _keep_revision(db, number, revision + 1, article, now)
    _index(db, number, words)
    _date_story(db, story)
    return Saved(number, "updated" if known else "new")


def _fields(article: Article, digest: Digest, now: datetime) -> dict[str, object]:
    """The columns that change with the text."""
    body = (block.text for block in article.blocks)
    plain = [article.title, article.outlet, *article.categories, *body]
    return {
        "outlet": rows.storable(article.outlet),
        "published_at": rows.instant_or_none(article.published_at),
        "content_hash": article.content_hash,
        "document": rows.article_json(article),
        "digest": rows.digest_json(digest),
        "plain": rows.storable("\n".join(plain)),
        "updated_at": rows.instant(now),
    }


def _joined(
    article: Article, choice: StoryChoice, story: object, now: datetime
) -> dict[str, object]:
    """The columns that are set once."""
    return {
        "key": article.key,
        "revision": 1,
        "story_id": story,
        "story_score": choice.score,
        "story_reason": choice.reason,
        "first_seen_at": rows.instant(now),
    }


def _keep_revision(
    db: Database, number: int, revision: int, article: Article, now: datetime
) -> None:
    db.table("revisions").insert(
        {
            "article_id": number,
            "number": revision,
            "content_hash": article.content_hash,
            "document": rows.article_json(article),
            "read_at": rows.instant(now),
        }
    )


def _index(db: Database, number: int, words: Words) -> None:
    db.execute("DELETE FROM words WHERE rowid = ?", [number])
    db.execute(
        "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)",
        [number, *(rows.storable(" ".join(part)) for part in (words.title, words.body))],
    )
    db.execute("DELETE FROM keywords WHERE article_id = ?", [number])
    for word in dict.fromkeys(map(rows.storable, words.keywords)):
        db.execute("INSERT INTO keywords (word, article_id) VALUES (?, ?)", [word, number])


def _date_story(db: Database, story: object) -> None:
    db.execute(
        """UPDATE stories SET latest_at =
           (SELECT max(published_at) FROM articles WHERE story_id = stories.id) WHERE id = ?""",
        [story],
    )
