"""Articles: kept with all their revisions, found by their words."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.model import (
    DIGEST_VERSION,
    Article,
    Digest,
    OutletCount,
    Query,
    Saved,
    Sketched,
    StoredArticle,
    StoryChoice,
    Words,
)
from bot.store import arrangement, heard, rows, sketches
from bot.store.engine import Engine
from bot.store.search import Condition, condition

_NEWEST = "ORDER BY a.published_at DESC, a.id DESC LIMIT ? OFFSET ?"


class Articles:
    """What was read, and what was made of it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def hashes(self, keys: Sequence[str]) -> dict[str, str]:
        """The content hash of the present revision of each article that is stored, by key.

        Articles whose digest an older version made are left out: they are to be digested anew.
        """

        def find(db: Database) -> dict[str, str]:
            sql = """SELECT key, content_hash FROM articles
                     WHERE key IN (SELECT value FROM json_each(?)) AND digest_version = ?"""
            return dict(db.execute(sql, [json.dumps(list(keys)), DIGEST_VERSION]).fetchall())

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

        def keep(db: Database) -> Saved:
            saved, story = _save(db, article, digest, words, choice, now)
            if story is not None:
                _file(db, saved.id, story, article, choice, sketches)
                heard.keep(db, saved.id, digest.keywords)
            return saved

        return await self._engine.write(keep)

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
) -> tuple[Saved, int | None]:
    """Store an article; also the number of its story, None when nothing was changed."""
    known = db.execute(
        """SELECT id, content_hash, revision, digest_version, story_id FROM articles
           WHERE key = ?""",
        [article.key],
    ).fetchone()
    if known is None:
        number, story = _insert(db, article, digest, choice, now)
        _keep_revision(db, number, 1, article, now)
        _index(db, number, words)
        return Saved(number, "new"), story
    number, content_hash, revision, version, story = known
    same = content_hash == article.content_hash
    if same and version == DIGEST_VERSION:
        return Saved(number, "unchanged"), None
    fields = _fields(article, digest)
    if not same:
        revision += 1
        fields |= {"revision": revision, "updated_at": rows.instant(now)}
        _keep_revision(db, number, revision, article, now)
    db.table("articles").update(number, fields)
    _index(db, number, words)
    return Saved(number, "unchanged" if same else "updated"), story


def _insert(
    db: Database, article: Article, digest: Digest, choice: StoryChoice, now: datetime
) -> tuple[int, int]:
    """A new article in its story: the numbers of both."""
    story = choice.story_id or arrangement.new_story(db)
    fields = {
        **_fields(article, digest),
        "key": article.key,
        "revision": 1,
        "story_id": story,
        "story_score": choice.score,
        "story_reason": choice.reason,
        "reprint_of": choice.reprint_of,
        "first_seen_at": rows.instant(now),
        "updated_at": rows.instant(now),
    }
    number = db.table("articles").insert(fields).last_pk
    assert isinstance(number, int)
    arrangement.record(db, number, choice, now)
    arrangement.merge(db, choice.merged, story)
    return number, story


def _file(
    db: Database,
    number: int,
    story: int,
    article: Article,
    choice: StoryChoice,
    made: Sequence[Sketched],
) -> None:
    """Keep the sketches, take what tells of the story into it, and date it."""
    sketches.keep(db, number, story, article.published_at, made)
    sketches.claim(db, choice.items, story, choice.reason)
    arrangement.date_story(db, story)


def _fields(article: Article, digest: Digest) -> dict[str, object]:
    """The columns that change with the text."""
    body = (block.text for block in article.blocks)
    plain = [article.title, article.outlet, *article.categories, *body]
    return {
        "outlet": rows.storable(article.outlet),
        "published_at": rows.instant_or_none(article.published_at),
        "content_hash": article.content_hash,
        "document": rows.article_json(article),
        "digest": rows.digest_json(digest),
        "digest_version": DIGEST_VERSION,
        "plain": rows.storable("\n".join(plain)),
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
