"""Stories: the articles that tell of the same thing."""

from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.delivery import Scope, ScopeKind
from bot.model import Query, StoredArticle, Story
from bot.store import rows
from bot.store.engine import Engine
from bot.store.search import Condition, among, condition

# How many of the newest articles with a word are looked at; so the cost of finding candidates does
# not grow with the store, and a word that is everywhere tells nothing anyway.
_MOST_PER_WORD = 200


class Stories:
    """Stories in the order of their newest article, and those that a new article may join."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def candidates(
        self, words: Sequence[str], since: datetime | None, until: datetime | None, limit: int
    ) -> list[Story]:
        """Stories that share keywords, most shared first.

        Args:
            words: the keywords of an article.
            since: only stories with an article published between this (UTC) …
            until: … and this; an article without a date counts as between. None for no bound.
            limit: how many at most.
        """
        return await self._engine.read(
            lambda db: _stories(db, _sharing(db, words, since, until, limit))
        )

    async def latest(self, query: Query | None, limit: int, offset: int = 0) -> list[Story]:
        """Stories with an article that matches (all for None), newest first, undated last."""

        def find(db: Database) -> list[Story]:
            where, parameters = _matching(db, query)
            sql = f"""SELECT s.id FROM stories s WHERE {where}
                      ORDER BY s.latest_at DESC, s.id DESC LIMIT ? OFFSET ?"""
            found = db.execute(sql, [*parameters, limit, offset]).fetchall()
            return _stories(db, [number for (number,) in found])

        return await self._engine.read(find)

    async def count(self, query: Query | None) -> int:
        """How many stories match; all for None."""

        def count(db: Database) -> int:
            where, parameters = _matching(db, query)
            found = db.execute(f"SELECT count(*) FROM stories s WHERE {where}", parameters)
            return int(found.fetchone()[0])

        return await self._engine.read(count)

    async def news(
        self, scope: Scope, wanted: Query, unwanted: Sequence[Query], after: int, upto: int
    ) -> list[int]:
        """The stories that have new articles within a scope, those with the newest first.

        Args:
            scope: what is asked for.
            wanted: the words of the scope.
            unwanted: what an article must not say.
            after: articles of higher numbers are new …
            upto: … up to this.
        """
        where, parameters = _within(scope, wanted, after, upto)
        for query in unwanted:
            text, more = among(query, after, upto)
            where, parameters = f"{where} AND NOT ({text})", [*parameters, *more]
        sql = f"""SELECT a.story_id FROM articles a WHERE a.id > ? AND a.id <= ? AND {where}
                  GROUP BY a.story_id ORDER BY max(a.id) DESC"""
        return await self._engine.read(
            lambda db: [story for (story,) in db.execute(sql, [after, upto, *parameters])]
        )

    async def some(self, stories: Sequence[int]) -> list[Story]:
        """The stories of some numbers, in their order; those that there are."""
        return await self._engine.read(lambda db: _stories(db, [rows.number(n) for n in stories]))

    async def get(self, story_id: int) -> Story | None:
        """The story of a number, or None."""

        def find(db: Database) -> Story | None:
            return next(iter(_stories(db, [rows.number(story_id)])), None)

        return await self._engine.read(find)


def _matching(db: Database, query: Query | None) -> Condition:
    if query is None:
        return "1", []
    where, parameters = condition(db, query)
    return f"s.id IN (SELECT a.story_id FROM articles a WHERE {where})", parameters


def _within(scope: Scope, wanted: Query, after: int, upto: int) -> Condition:
    """An SQL condition on `a` for a scope."""
    match scope.kind:
        case ScopeKind.ALL:
            return "1", []
        case ScopeKind.WORDS:
            return among(wanted, after, upto)
        case ScopeKind.OUTLET:
            return "a.outlet = ? COLLATE NOCASE", [rows.storable(scope.value)]
        case ScopeKind.CATEGORY:
            named = "SELECT 1 FROM json_each(a.document, '$.categories') c WHERE c.value = ?"
            return f"EXISTS ({named})", [rows.storable(scope.value)]
        case ScopeKind.STORY:
            return "a.story_id = ?", [int(scope.value)]


def _sharing(
    db: Database,
    words: Sequence[str],
    since: datetime | None,
    until: datetime | None,
    limit: int,
) -> list[int]:
    shared: dict[int, set[str]] = {}
    bounds = [rows.instant(since) if since else "", rows.instant(until) if until else "9999"]
    for word in dict.fromkeys(map(rows.storable, words)):
        found = db.execute(
            """SELECT DISTINCT a.story_id FROM (SELECT article_id FROM keywords WHERE word = ?
                   ORDER BY article_id DESC LIMIT ?) k JOIN articles a ON a.id = k.article_id
               WHERE a.published_at IS NULL OR a.published_at BETWEEN ? AND ?""",
            [word, _MOST_PER_WORD, *bounds],
        )
        for (story,) in found.fetchall():
            shared.setdefault(story, set()).add(word)
    return sorted(shared, key=lambda story: (-len(shared[story]), -story))[:limit]


def _stories(db: Database, numbers: Sequence[int]) -> list[Story]:
    """The stories of some numbers, in their order, each with all its articles, newest first."""
    marks = ",".join("?" * len(numbers))
    sql = f"""SELECT {rows.COLUMNS} FROM articles a WHERE a.story_id IN ({marks})
              ORDER BY a.published_at DESC, a.id DESC"""
    articles: dict[int, list[StoredArticle]] = {}
    for row in db.execute(sql, list(numbers)).fetchall():
        stored = rows.stored(row)
        articles.setdefault(stored.story_id, []).append(stored)
    return [Story(n, tuple(articles[n])) for n in numbers if n in articles]
