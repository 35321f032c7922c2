"""ASK, the first half: what the store and the digest know, as data. Nothing is worded here."""

import asyncio
from zoneinfo import ZoneInfo

from bot.digest import stories, timeline, words
from bot.digest.kept import DROPPED, shown
from bot.digest.script import simplified
from bot.digest.sentences import sentences
from bot.flow import scopes
from bot.flow.telling import Telling
from bot.model import Cited, OutletCount, Query, StoredArticle, StoryView, Timeline
from bot.store import Store

TOP_EVENTS = 25
TIMELINE_ARTICLES = 200  # the newest that match; more would be no timeline of one thing


class Lookup:
    """Answers questions about what is stored, off the event loop where they cost CPU.

    Args:
        store: an open store.
        zone: the zone whose days count.
    """

    def __init__(self, store: Store, zone: ZoneInfo) -> None:
        self._store = store
        self._zone = zone
        self._listing = Telling(stories.listed)
        self._telling = Telling(stories.tell)

    async def latest(self, text: str, limit: int, offset: int = 0) -> list[StoryView]:
        """Stories that match a text (all for an empty one), newest first."""
        found = await self._store.stories.latest(_query(text), limit, offset)
        return await self._telling.views(found)

    async def page(self, text: str, number: int, size: int) -> tuple[int, list[StoryView]]:
        """How many stories match, and a page of them (from 0) for a list, newest first; the last
        page where there are fewer."""
        query, most = _query(text), stories.MOST_READ
        total, found = await self._store.stories.page(query, number, size, most)
        return total, await self._listing.views(found)

    async def count_stories(self, text: str) -> int:
        """How many stories match."""
        return await self._store.stories.count(_query(text))

    async def story(self, story_id: int) -> StoryView | None:
        """One story, or None when there is none of that number."""
        story = await self._store.stories.get(story_id)
        return (await self._telling.views([story]))[0] if story else None

    async def card(self, story_id: int, *, full: bool = False) -> StoryView | None:
        """One story with all who say each of its sentences, briefly or at length; or None."""
        view = await self.story(story_id)
        if view is None:
            return None
        return await asyncio.to_thread(stories.longer if full else stories.backed, view)

    async def timeline(self, text: str, *, full: bool = False) -> Timeline:
        """The events of the articles that match a text (of all for an empty one)."""
        query = words.query(text)
        articles = await self._store.articles.search(query, TIMELINE_ARTICLES)
        return await self._events(articles, query, full)

    async def storyline(self, story_id: int, *, full: bool = False) -> Timeline:
        """The events of one story."""
        story = await self._store.stories.get(story_id)
        articles = list(story.articles) if story else []
        return await self._events(articles, words.query(""), full)

    async def _events(self, articles: list[StoredArticle], query: Query, full: bool) -> Timeline:
        events = await asyncio.to_thread(timeline.timeline, articles, query.words, self._zone)
        return Timeline(tuple(events if full else timeline.top(events, TOP_EVENTS)), len(events))

    async def search(
        self, text: str, limit: int, offset: int = 0
    ) -> list[tuple[StoredArticle, Cited | None]]:
        """Articles that match, newest first, each with its best sentence for the query."""
        query = words.query(text)
        found = await self._store.articles.search(query, limit, offset)
        return [(article, answering(article, query)) for article in found]

    async def count_articles(self, text: str) -> int:
        """How many articles match."""
        return await self._store.articles.count(words.query(text))

    async def article(self, article_id: int) -> StoredArticle | None:
        """One article, or None when there is none of that number."""
        return await self._store.articles.get(article_id)

    async def feed_of(self, stored: StoredArticle) -> str:
        """The title of the feed that an article came by; '' where there is none."""
        feed = await self._store.feeds.find(stored.article.path)
        return (feed.state.title or feed.feed.outlet) if feed else ""

    async def outlets(self) -> list[OutletCount]:
        """All outlets, most articles first."""
        return await self._store.articles.outlets()

    async def outlet_named(self, name: str) -> str | None:
        """The outlet of a name as it writes itself; script and letter case do not matter."""
        return await scopes.outlet_named(self._store, name)

    async def of_outlet(self, outlet: str, limit: int, offset: int = 0) -> list[StoredArticle]:
        """An outlet's articles, newest first."""
        return await self._store.articles.of_outlet(outlet, limit, offset)

    async def count_of_outlet(self, outlet: str) -> int:
        """How many articles an outlet has; letter case does not matter."""
        counts = await self._store.articles.outlets()
        return sum(c.articles for c in counts if c.outlet.casefold() == outlet.casefold())


def answering(stored: StoredArticle, query: Query) -> Cited | None:
    """The first sentence that holds most of the query's words, else the article's one line."""
    wanted = query.words or (query.simplified.lower(),)

    def held(text: str) -> int:
        lower = simplified(text.lower())
        return sum(word in lower for word in wanted)

    kept = DROPPED in stored.article.flags
    offered = list(shown(stored.digest)) if kept else sentences(stored.article)
    best = max(offered, key=lambda s: (held(s.text), -s.position), default=None)
    if best is None or not held(best.text):
        best = stored.digest.line
    return Cited(stored, best) if best else None


def _query(text: str) -> Query | None:
    return words.query(text) if text.strip() else None
