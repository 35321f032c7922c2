"""Stories: the articles that tell of the same thing."""

from collections.abc import Sequence
from datetime import datetime

from bot.model import Candidate, Joined, Mention, Query, StoredArticle, Story, StoryChoice
from bot.model.delivery import Scope, ScopeKind
from bot.store import arrangement, rows
from bot.store.engine import FILING, Condition, Database, Engine
from bot.store.recent import Recent
from bot.store.search import among, condition
from bot.store.sketches import Sketches

# How many outlets tell a story by themselves, not only by repeating another's article.
OUTLETS = """
    SELECT count(DISTINCT a.outlet) FROM articles a WHERE a.story_id = ? AND (
        a.reprint_of IS NULL OR NOT EXISTS (
            SELECT 1 FROM articles o WHERE o.id = a.reprint_of AND o.story_id = a.story_id))"""


class Stories:
    """Stories in the order of their newest article, and those that a new article may join."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._recent = Recent(rows.stored)
        self._heads = Recent(rows.head)

    async def candidates(
        self, words: Sequence[str], since: datetime | None, until: datetime | None
    ) -> list[Candidate]:
        """What a new article is to be compared with: at most a few of each story.

        Args:
            words: the keywords of the article.
            since: only what was published between this (UTC) …
            until: … and this; what has no date counts as between. None for no bound.
        """
        return await self._engine.read(lambda db: Sketches(db).candidates(words, since, until))

    async def joined(self, article_id: int) -> Joined | None:
        """How an article came to its story, or None when there is none of that number."""
        return await self._engine.read(lambda db: arrangement.joined(db, article_id))

    async def split(self, article_id: int, choice: StoryChoice, now: datetime) -> int | None:
        """Put an article into a new story of its own, for an administrator.

        Returns: the story's number, or None when there is no such article.
        """

        def split(db: Database) -> int | None:
            db.alone(FILING)
            if arrangement.joined(db, article_id) is None:
                return None
            story = arrangement.new_story(db)
            arrangement.move(db, article_id, story)
            arrangement.settle(db, article_id, choice, rows.instant(now))
            return story

        return await self._engine.write(split)

    async def join(
        self, article_id: int, story_id: int, choice: StoryChoice, now: datetime
    ) -> int | None:
        """Put an article into a story, for an administrator.

        Returns: the story's number, or None when there is no such article or story.
        """

        def join(db: Database) -> int | None:
            db.alone(FILING)
            story = _lasting(db, story_id)
            if arrangement.joined(db, article_id) is None or not _is_told(db, story):
                return None
            arrangement.move(db, article_id, story)
            arrangement.settle(db, article_id, choice, rows.instant(now))
            return story

        return await self._engine.write(join)

    async def latest(self, query: Query | None, limit: int, offset: int = 0) -> list[Story]:
        """Stories with an article that matches (all for None), newest first, undated last."""
        return await self._engine.read(
            lambda db: self._stories(db, _newest(db, _matching(db, query), limit, offset))
        )

    async def count(self, query: Query | None) -> int:
        """How many stories match; all for None."""
        return await self._engine.read(lambda db: _count(db, _matching(db, query)))

    async def page(
        self, query: Query | None, number: int, size: int, most: int
    ) -> tuple[int, list[Story]]:
        """How many stories match, and a page of them, the last where there are fewer: for a list,
        with the heads of their newest articles, and without mentions.

        Args:
            query: what they must match; None for all.
            number: of the page, from 0.
            size: stories a page, as of `latest`.
            most: articles of each.
        """

        def find(db: Database) -> tuple[int, list[Story]]:
            matching = _matching(db, query)
            total = _count(db, matching)
            last = max(0, total - 1) // size
            numbers = _newest(db, matching, size, min(number, last) * size)
            heads = _by_story(self._heads.newest(db, numbers, most))
            told = [(n, heads[n]) for n in numbers if n in heads]
            return total, [
                Story(n, tuple(articles), outlets=_outlets(db, n) if len(articles) == most else 0)
                for n, articles in told
            ]

        return await self._engine.read(find)

    async def news(
        self,
        scope: Scope,
        wanted: Query,
        unwanted: Sequence[Query],
        after: int,
        upto: int,
        told_until: datetime | None = None,
    ) -> list[int]:
        """The stories that have new articles within a scope, those with the newest first.

        Args:
            scope: what is asked for.
            wanted: the words of the scope.
            unwanted: what an article must not say.
            after: articles of higher numbers are new …
            upto: … up to this.
            told_until: not what was published before, or, where that is unknown, read.
        """

        def find(db: Database) -> list[int]:
            where, parameters = _within(db, scope, wanted, after, upto)
            if told_until:
                where += " AND coalesce(a.published_at, a.first_seen_at) > ?"
                parameters = [*parameters, rows.instant(told_until)]
            for query in unwanted:
                text, more = among(db, query, after, upto)
                where, parameters = f"{where} AND NOT ({text})", [*parameters, *more]
            sql = f"""SELECT a.story_id FROM articles a WHERE a.id > ? AND a.id <= ? AND {where}
                      GROUP BY a.story_id ORDER BY max(a.id) DESC"""
            return [story for (story,) in db.execute(sql, [after, upto, *parameters])]

        return await self._engine.read(find)

    async def some(self, stories: Sequence[int]) -> list[Story]:
        """The stories of some numbers, in their order; those that there are."""
        numbers = [rows.number(story) for story in stories]
        return await self._engine.read(lambda db: self._stories(db, numbers))

    async def get(self, story_id: int) -> Story | None:
        """The story of a number, or None."""

        def find(db: Database) -> Story | None:
            return next(iter(self._stories(db, [_lasting(db, story_id)])), None)

        return await self._engine.read(find)

    def _stories(self, db: Database, numbers: Sequence[int]) -> list[Story]:
        """The stories of some numbers, in their order, each with all its articles, newest first."""
        articles = _by_story(self._recent.of_stories(db, numbers))
        told = [number for number in numbers if number in articles]
        mentions = _mentions(db, told)
        return [Story(n, tuple(articles[n]), tuple(mentions.get(n, ()))) for n in told]


def _by_story(articles: Sequence[StoredArticle]) -> dict[int, list[StoredArticle]]:
    found: dict[int, list[StoredArticle]] = {}
    for stored in articles:
        found.setdefault(stored.story_id, []).append(stored)
    return found


def _outlets(db: Database, story: int) -> int:
    return int(db.execute(OUTLETS, [story]).fetchone()[0])


def _newest(db: Database, matching: Condition, limit: int, offset: int) -> list[int]:
    where, parameters = matching
    sql = f"""SELECT s.id FROM stories s WHERE {where}
              ORDER BY s.latest_at DESC NULLS LAST, s.id DESC LIMIT ? OFFSET ?"""
    found = db.execute(sql, [*parameters, limit, offset]).fetchall()
    return [number for (number,) in found]


def _matching(db: Database, query: Query | None) -> Condition:
    if query is None:
        return "s.merged_into IS NULL AND s.hidden = 0", []
    where, parameters = condition(db, query)
    return f"s.id IN (SELECT a.story_id FROM articles a WHERE {where})", parameters


def _count(db: Database, matching: Condition) -> int:
    where, parameters = matching
    found = db.execute(f"SELECT count(*) FROM stories s WHERE {where}", parameters)
    return int(found.fetchone()[0])


def _within(db: Database, scope: Scope, wanted: Query, after: int, upto: int) -> Condition:
    """An SQL condition on `a` for a scope."""
    match scope.kind:
        case ScopeKind.ALL:
            return "TRUE", []
        case ScopeKind.WORDS:
            return among(db, wanted, after, upto)
        case ScopeKind.OUTLET:
            return "a.outlet = ? COLLATE NOCASE", [rows.storable(scope.value)]
        case ScopeKind.CATEGORY:
            named = "SELECT 1 FROM json_each(a.document, '$.categories') c WHERE c.value = ?"
            return f"EXISTS ({named})", [rows.storable(scope.value)]
        case ScopeKind.STORY:
            return "a.story_id = ?", [int(scope.value)]


def _lasting(db: Database, story_id: int) -> int:
    """The number of the story that a number leads to, for one that was merged into another."""
    number = rows.number(story_id)
    row = db.execute("SELECT merged_into FROM stories WHERE id = ?", [number]).fetchone()
    return int(row[0]) if row and row[0] else number


def _is_told(db: Database, story: int) -> bool:
    sql = "SELECT 1 FROM articles WHERE story_id = ? LIMIT 1"
    return db.execute(sql, [story]).fetchone() is not None


def _mentions(db: Database, stories: Sequence[int]) -> dict[int, list[Mention]]:
    """The items of round-ups that tell of some stories, newest first."""
    marks = rows.marks(stories)
    sql = f"""SELECT s.story_id, s.sentence, {rows.COLUMNS}
              FROM sketches s JOIN articles a ON a.id = s.article_id
              WHERE s.story_id IN ({marks}) AND s.number > 0
              ORDER BY a.published_at DESC NULLS LAST, a.id DESC"""
    found: dict[int, list[Mention]] = {}
    for story, sentence, *row in db.execute(sql, list(stories)).fetchall():
        mention = Mention(rows.stored(tuple(row)), rows.sentence_of(sentence))
        found.setdefault(story, []).append(mention)
    return found
