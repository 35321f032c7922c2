"""ASK, for feeds: those who keep the bot see, add and remove them in the chat."""

from collections.abc import Callable, Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.flow.looking import Looking
from bot.model import Message
from bot.model.delivery import Asker
from bot.model.feeds import Feed, StoredFeed
from bot.render import feeds as screens
from bot.render import notes, words
from bot.render.feeds import Press, Step
from bot.render.rich import Rich, clean
from bot.store import Store

COMMANDS = ("feeds", "addfeed", "removefeed")


class FeedDesk:
    """Everything about feeds that a chat may ask.

    Args:
        store: an open store.
        looking: finds the feeds of an address.
        operators: who may ask: their own numbers, or those of their chats.
        zone: of dates that name none, and in which times are shown.
        clock: gives the time, UTC.
    """

    def __init__(
        self,
        store: Store,
        looking: Looking,
        operators: Collection[int],
        zone: ZoneInfo,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._looking = looking
        self._operators = operators
        self._zone = zone
        self._clock = clock

    async def command(self, name: str, said: str, asker: Asker) -> Message:
        """The answer to a command of `COMMANDS`.

        Args:
            name: the command, lower case.
            said: what stands behind it.
            asker: who asks, and where.
        """
        asked = "".join(clean(said).split())
        if not self._may(asker):
            return notes.note(words.ONLY_OPERATORS)
        match name:
            case "addfeed":
                return await self._add(asked, asker)
            case "removefeed":
                return await self._remove(asked)
            case _:
                return await self._list()

    async def press(self, press: Press, asker: Asker) -> Message | None:
        """What a button leads to; None for who may not press it."""
        if not self._may(asker):
            return None
        feed = await self._store.feeds.get(press.feed) if press.feed else None
        match press.step:
            case Step.LIST:
                return await self._list(press.page)
            case _ if feed is None:
                return await self._list(press.page, notes.filled(words.FEED_MISSING))
            case Step.ITEM:
                return screens.item(feed, press.page, self._clock(), self._zone)
            case _:
                return await self._removed(feed, press.page)

    def _may(self, asker: Asker) -> bool:
        """Somebody who writes as a group is not known to be an operator, unless the group is."""
        return asker.place.chat in self._operators or (
            not asker.anonymous and asker.user in self._operators
        )

    async def _list(self, page: int = 0, above: Rich | None = None) -> Message:
        feeds = await self._store.feeds.listed()
        return screens.listing(feeds, page, self._clock(), self._zone, above)

    async def _add(self, asked: str, asker: Asker) -> Message:
        if not asked:
            return screens.note(words.ADD_WHAT)
        known = await self._store.feeds.find(asked)
        if known:
            return screens.note(words.FEED_KNOWN, name=screens.name(known))
        found = await self._looking.find(asked)
        if not found.feeds:
            return screens.note(words.FEED_BAD, reason=found.reason)
        if len(found.feeds) > 1:
            return screens.offered([(feed.url, feed.title or feed.url) for feed in found.feeds])
        (feed,) = found.feeds
        wanted = Feed(feed.url, feed.url, zone=self._zone.key, added_by=asker.user)
        new = await self._store.feeds.add(wanted, self._clock())
        said = words.FEED_ADDED if new else words.FEED_KNOWN
        return screens.note(said, name=feed.title or feed.url)

    async def _remove(self, asked: str) -> Message:
        if not asked:
            return screens.note(words.REMOVE_WHAT)
        feed = await self._meant(asked)
        if feed is None:
            return await self._list(above=notes.filled(words.FEED_MISSING))
        return await self._removed(feed)

    async def _meant(self, asked: str) -> StoredFeed | None:
        """By its address, or by its place in the list."""
        if asked.isdecimal() and len(asked) < 6:
            feeds = await self._store.feeds.listed()
            return feeds[int(asked) - 1] if 0 < int(asked) <= len(feeds) else None
        return await self._store.feeds.find(asked)

    async def _removed(self, feed: StoredFeed, page: int = 0) -> Message:
        await self._store.feeds.remove(feed.feed.url)
        return await self._list(page, notes.filled(words.FEED_REMOVED, name=screens.name(feed)))
