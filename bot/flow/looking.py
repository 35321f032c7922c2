"""Looking at feeds before, or without, reading them into the store."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.errors import ReadError
from bot.flow.ingest import READ
from bot.flow.poll import fetched
from bot.flow.workers import Workers
from bot.model import Article
from bot.model.feeds import Failed, Feed, FeedContent, FeedState, Fetched, FetchResult, StoredFeed
from bot.sources import rsshub
from bot.sources.discover import feeds_of_page, usual_addresses
from bot.sources.feeds import read_feed
from bot.sources.feeds.decode import decode
from bot.sources.fetch import Fetcher
from bot.sources.opml import Outline
from bot.sources.robots import Leave, Robots

AT_ONCE = 8
_DAMAGE = "\ufffd"


@dataclass(frozen=True, slots=True)
class Look:
    """What asking a feed gave: `content` where it is one; else why not, in `reason`.

    `leave` says whether the newest entry's page may be read; None where there is nothing to ask
    about.
    """

    feed: Feed
    result: FetchResult
    content: FeedContent | None = None
    reason: str = ""
    leave: Leave | None = None

    @property
    def damaged(self) -> int:
        """How many entries hold characters that could not be read."""
        return sum(_is_damaged(a) for a in self.content.articles) if self.content else 0


@dataclass(frozen=True, slots=True)
class Found:
    """The feeds that an address leads to: one to take, several to choose from, or none and why."""

    feeds: tuple[Outline, ...] = ()
    reason: str = ""


class Looking:
    """Looks at feeds; nothing is stored.

    Args:
        fetcher: asks their servers.
        workers: read what they hold.
        robots: knows what pages may be read.
        instances: of RSSHub.
    """

    def __init__(
        self, fetcher: Fetcher, workers: Workers, robots: Robots, instances: Sequence[str]
    ) -> None:
        self._fetcher = fetcher
        self._workers = workers
        self._robots = robots
        self._instances = instances
        self._at_once = asyncio.Semaphore(AT_ONCE)

    async def look(self, feed: Feed, *, robots: bool = False) -> Look:
        """Ask a feed, whatever we know of it.

        Args:
            feed: which.
            robots: whether to ask also if its pages may be read.
        """
        result = await fetched(self._fetcher, StoredFeed(0, feed, FeedState()), self._instances)
        if not isinstance(result, Fetched):
            return Look(feed, result, reason=_reason(result))
        try:
            content = await self._workers.run(
                len(result.body) // READ,
                read_feed,
                result.body,
                result.content_type,
                result.url,
                feed,
            )
        except ReadError as error:
            return Look(feed, result, reason=str(error))
        look = Look(feed, result, content)
        return replace(look, leave=await self._may_read(content)) if robots else look

    async def each(self, feeds: Sequence[StoredFeed], progress: Callable[[], object]) -> list[Look]:
        """Ask some feeds side by side, as by `look` with robots.

        Args:
            feeds: number 0 for an address that is not read yet: where that is a page, the feeds
                that it leads to are asked in its place.
            progress: told of each.
        """

        async def one(feed: StoredFeed) -> list[Look]:
            async with self._at_once:
                looks = await self._led_to(feed)
            progress()
            return looks

        return [look for looks in await asyncio.gather(*map(one, feeds)) for look in looks]

    async def _led_to(self, stored: StoredFeed) -> list[Look]:
        feed = stored.feed
        look = await self.look(feed, robots=True)
        if look.content or stored.id:
            return [look]
        found = await self._behind(look)
        named = (replace(feed, key=one.url, url=one.url) for one in found.feeds)
        looks = [await self.look(one, robots=True) for one in named]
        return looks or [replace(look, reason=found.reason)]

    async def find(self, address: str) -> Found:
        """The feeds that an address leads to: itself, those that its page names, or one at a usual
        place of its site.

        Args:
            address: of a feed or of a page; without a scheme https is tried, then http.
        """
        url = address if "://" in address else f"https://{address}"
        look = await self.look(Feed(url, url))
        if url != address and _silent(look.result):
            url = f"http://{address}"
            look = await self.look(Feed(url, url))
        return Found((_outline(look, look.content),)) if look.content else await self._behind(look)

    async def _behind(self, look: Look) -> Found:
        """The feeds of what was looked at, and is no feed."""
        if not isinstance(look.result, Fetched) or rsshub.is_route(look.feed.url):
            return Found(reason=look.reason)
        page = look.result
        named = await self._workers.run(
            len(page.body) // READ, _named, page.body, page.content_type, page.url
        )
        return Found(named) if named else await self._usual(page.url, look.reason)

    async def _usual(self, url: str, reason: str) -> Found:
        for address in usual_addresses(url):
            look = await self.look(Feed(address, address))
            if look.content:
                return Found((_outline(look, look.content),))
        return Found(reason=f"no feed there, nor named on the page ({reason})")

    async def _may_read(self, content: FeedContent) -> Leave | None:
        link = next((a.url for a in content.articles if a.url), "")
        return await self._robots.allow(link) if link else None


def _named(body: bytes, content_type: str, url: str) -> tuple[Outline, ...]:
    """The feeds that a page names; only the first where the others are of comments."""
    try:
        found = feeds_of_page(decode(body, content_type), url)
    except ReadError:
        return ()
    of_news = [feed for feed in found if "comment" not in feed.url.lower()]
    return tuple(of_news or found)


def _outline(look: Look, content: FeedContent) -> Outline:
    """A feed that was found, at the address where it lives for good."""
    moved = look.result.moved_to if isinstance(look.result, Fetched) else ""
    at = look.feed.url if rsshub.is_route(look.feed.url) else moved or look.feed.url
    return Outline(at, content.title, content.site)


def _reason(result: FetchResult) -> str:
    return result.reason if isinstance(result, Failed) else "HTTP 410: gone for good"


def _silent(result: FetchResult) -> bool:
    """Whether nothing was answered."""
    return isinstance(result, Failed) and not result.status


def _is_damaged(article: Article) -> bool:
    return _DAMAGE in article.title or any(_DAMAGE in block.text for block in article.blocks)
