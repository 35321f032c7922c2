"""ASK, for feeds: those who keep the bot see, add and remove them in the chat."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.flow.looking import Looking
from bot.flow.operators import Operators
from bot.flow.visit import Visit
from bot.model import Message
from bot.model.feeds import Feed, StoredFeed
from bot.render import feeds as screens
from bot.render import notes
from bot.render.feeds import Press, Step
from bot.render.rich import Rich, clean
from bot.render.unread import unread
from bot.store import Store

COMMANDS = ("feeds", "addfeed", "removefeed")


class FeedDesk:
    """Everything about feeds that a chat may ask.

    Args:
        store: an open store.
        looking: finds the feeds of an address.
        operators: who may ask.
        zone: of dates that name none, and in which times are shown.
        clock: gives the time, UTC.
    """

    def __init__(
        self,
        store: Store,
        looking: Looking,
        operators: Operators,
        zone: ZoneInfo,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._looking = looking
        self._operators = operators
        self._zone = zone
        self._clock = clock

    async def command(self, name: str, said: str, visit: Visit) -> Message:
        """The answer to a command of `COMMANDS`.

        Args:
            name: the command, lower case.
            said: what stands behind it.
            visit: who asks, and where.
        """
        asked = "".join(clean(said).split())
        if not self._operators.include(visit.asker):
            return notes.note(visit.reader, visit.words.only_operators)
        match name:
            case "addfeed":
                return await self._add(asked, visit)
            case "removefeed":
                return await self._remove(asked, visit)
            case _:
                return await self._list(visit)

    async def press(self, press: Press, visit: Visit) -> Message | None:
        """What a button leads to; None for who may not press it."""
        if not self._operators.include(visit.asker):
            return None
        feed = await self._store.feeds.get(press.feed) if press.feed else None
        match press.step:
            case Step.LIST:
                return await self._list(visit, press.page)
            case _ if feed is None:
                return await self._list(visit, press.page, notes.filled(visit.words.feed_missing))
            case Step.ITEM:
                return screens.item(feed, press.page, visit.reader)
            case _:
                return await self._removed(feed, visit, press.page)

    async def _list(self, visit: Visit, page: int = 0, above: Rich | None = None) -> Message:
        feeds = await self._store.feeds.listed()
        return screens.listing(feeds, page, visit.reader, above)

    async def _add(self, asked: str, visit: Visit) -> Message:
        if not asked:
            return screens.note(visit.reader, visit.words.add_what)
        known = await self._store.feeds.find(asked)
        if known and not known.state.gone:
            return screens.note(visit.reader, visit.words.feed_known, name=screens.name(known))
        found = await self._looking.find(asked)
        if not found.feeds:
            why = unread(found.reason, visit.reader)
            return screens.note(visit.reader, visit.words.feed_bad, reason=why)
        if len(found.feeds) > 1:
            return screens.offered(
                [(feed.url, feed.title or feed.url) for feed in found.feeds], visit.reader
            )
        (feed,) = found.feeds
        wanted = Feed(feed.url, feed.url, zone=self._zone.key, added_by=visit.asker.user)
        new = await self._store.feeds.add(wanted, self._clock(), feed.title)
        said = visit.words.feed_added if new else visit.words.feed_known
        return screens.note(visit.reader, said, name=feed.title or feed.url)

    async def _remove(self, asked: str, visit: Visit) -> Message:
        if not asked:
            return screens.note(visit.reader, visit.words.remove_what)
        feed = await self._meant(asked)
        if feed is None:
            return await self._list(visit, above=notes.filled(visit.words.feed_missing))
        return await self._removed(feed, visit)

    async def _meant(self, asked: str) -> StoredFeed | None:
        """By its address or its number."""
        if asked.isdecimal() and len(asked) < 20:
            return await self._store.feeds.get(int(asked))
        return await self._store.feeds.find(asked)

    async def _removed(self, feed: StoredFeed, visit: Visit, page: int = 0) -> Message:
        await self._store.feeds.remove(feed.id)
        return await self._list(
            visit, page, notes.filled(visit.words.feed_removed, name=screens.name(feed))
        )
