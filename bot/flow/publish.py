"""QUEUE: what is due becomes messages in the outbox.

Nothing is remembered between two ticks; within one, what many subscriptions share (the news of a
scope, a story told, a digest rendered) is made once.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from bot.digest import news, stories
from bot.digest.due import next_slot, quiet_until
from bot.flow import scopes
from bot.flow.visit import reader_of
from bot.model import Message, StoryView
from bot.model.delivery import ChatSettings, Entry, Place, Publication, Scope, Subscription, Told
from bot.render import digests
from bot.render.reader import Reader
from bot.store import Store

log = logging.getLogger(__name__)

AT_ONCE = 100  # subscriptions in one transaction
MOST_STORIES = 100  # in one digest
AGAIN = timedelta(minutes=15)  # after a subscription could not be carried out


class Publisher:
    """Carries out subscriptions.

    Args:
        store: an open store.
        clock: gives the time, UTC.
        most: how many stories a digest tells; the rest is counted.
    """

    def __init__(
        self, store: Store, clock: Callable[[], datetime], most: int = MOST_STORIES
    ) -> None:
        self._store = store
        self._clock = clock
        self._most = most

    async def tick(self) -> int:
        """Queue the digests of all that are due; how many subscriptions were carried out."""
        now, newest = self._clock(), await self._store.articles.newest()
        await self._store.subscriptions.wake(newest, now)
        composer = self._composer(newest, now)
        total = 0
        while due := await self._store.subscriptions.due(now, AT_ONCE):
            done = await self._store.subscriptions.publish(await self._all(composer, due), now)
            total += done
            if not done:  # all of them changed while we looked: the next tick sees to them
                break
        return total

    def _composer(self, newest: int, now: datetime) -> "Composer":
        return Composer(self._store, newest, now, self._most)

    async def _all(self, composer: "Composer", due: Sequence[Subscription]) -> list[Publication]:
        """The publications of some subscriptions: two of one place must not tell the same."""
        await composer.recall(due)
        made = []
        for subscription in due:
            try:
                made.append(await composer.publication(subscription))
            except Exception:  # one that cannot be carried out must not stop all behind it
                log.exception("subscription %d could not be carried out", subscription.id)
                later = self._clock() + AGAIN
                made.append(Publication(subscription, (), (), subscription.seen, later))
        return made

    async def now(self, subscriptions: Sequence[Subscription]) -> int:
        """Queue the digests of some subscriptions at once, whatever the hour; how many had news.

        When they are next due does not change.
        """
        now = self._clock()
        composer = self._composer(await self._store.articles.newest(), now)
        made = [await composer.publication(s, urgent=True) for s in subscriptions]
        await self._store.subscriptions.publish(made, now)
        return sum(bool(p.messages) for p in made)

    async def preview(self, subscriptions: Sequence[Subscription]) -> list[Message]:
        """What `now` would send."""
        composer = self._composer(await self._store.articles.newest(), self._clock())
        made = [await composer.publication(s, urgent=True) for s in subscriptions]
        return [message for publication in made for message in publication.messages]


class Composer:
    """Composes the digests of one tick.

    Args:
        store: an open store.
        newest: the number of the newest article; later ones are for the next tick.
        now: UTC.
        most: how many stories a digest tells.
    """

    def __init__(self, store: Store, newest: int, now: datetime, most: int) -> None:
        self._store = store
        self._most = most
        self._newest = newest
        self._now = now
        self._chats: dict[int, ChatSettings] = {}
        self._news: dict[tuple[Scope, int, datetime | None], list[int]] = {}
        self._views: dict[int, StoryView] = {}
        self._entries: dict[tuple[int, int | None], Entry | None] = {}
        self._told: dict[tuple[int, int], set[int]] = {}
        self._known: dict[Place, dict[int, Told]] = {}
        self._rendered: dict[tuple[object, ...], list[Message]] = {}

    async def publication(self, subscription: Subscription, *, urgent: bool = False) -> Publication:
        """A due subscription carried out, on paper.

        Args:
            subscription: one of a chat that we know.
            urgent: also in quiet hours, and without moving the next slot.
        """
        chat = await self._chat(subscription.place.chat)
        reader = reader_of(chat, self._now)
        quiet = None if urgent else quiet_until(chat.quiet, reader.zone, self._now)
        if quiet:  # what falls into quiet hours waits, and comes as one digest
            return Publication(subscription, (), (), subscription.seen, quiet)
        entries = await self.entries(subscription)
        due_at = next_slot(subscription.rhythm, reader.zone, self._now)
        return Publication(
            subscription,
            tuple(self._render(subscription, entries, reader)) if entries else (),
            tuple((e.view.story.id, e.known, e.upto) for e in entries),
            self._newest,
            subscription.due_at if urgent else due_at,
            urgent,
        )

    async def entries(self, subscription: Subscription) -> list[Entry]:
        """What a subscription has to tell that its place was not told yet."""
        found = await self._matching(subscription)
        told = self._known.get(subscription.place)
        if told is None:
            told = await self._store.subscriptions.told(subscription.place, found)
        place = (subscription.place.chat, subscription.place.topic)
        just_told = self._told.setdefault(place, set())
        found = [story for story in found if story not in just_told]
        await self._load(found)
        entries = []
        for story in (s for s in found if s in self._views):  # unless it has just been merged
            upto = told[story].article if story in told else None
            if entry := await self._entry(story, upto):
                entries.append(entry)
        just_told.update(entry.view.story.id for entry in entries)
        return entries

    async def _matching(self, subscription: Subscription) -> list[int]:
        """The stories with new articles within the scope."""
        key = (subscription.scope, subscription.seen, subscription.told_until)
        if key not in self._news:
            self._news[key] = await scopes.news(
                *(self._store, subscription.scope, subscription.seen, self._newest),
                told_until=subscription.told_until,
            )
        return self._news[key]

    async def _load(self, numbers: Sequence[int]) -> None:
        """Tell those stories that were not told in this tick yet."""
        missing = [n for n in numbers if n not in self._views]
        if missing:
            found = await self._store.stories.some(missing)
            views = await asyncio.to_thread(lambda: [stories.tell(story) for story in found])
            self._views |= {view.story.id: view for view in views}

    async def _entry(self, story: int, told_upto: int | None) -> Entry | None:
        key = (story, told_upto)
        if key not in self._entries:
            view = self._views[story]
            # Only what was told before is compared, which costs CPU.
            compared = told_upto is not None
            self._entries[key] = (
                await asyncio.to_thread(news.entry, view, told_upto)
                if compared
                else news.entry(view, None)
            )
        return self._entries[key]

    def _render(
        self, subscription: Subscription, entries: Sequence[Entry], reader: Reader
    ) -> list[Message]:
        shown = tuple((e.view.story.id, e.known, e.upto) for e in entries)
        asked = (subscription.scope, subscription.rhythm, subscription.size)
        key = (shown, *asked, reader.zone.key, reader.words.code, reader.links)
        if key not in self._rendered:
            more = max(0, len(entries) - self._most)
            self._rendered[key] = digests.parts(entries[: self._most], subscription, more, reader)
        return self._rendered[key]

    async def recall(self, subscriptions: Sequence[Subscription]) -> None:
        """What the chats of some subscriptions want, and what they were told: of all at once."""
        places = {s.place for s in subscriptions}
        await self.meet({place.chat for place in places})
        oldest = min(s.seen for s in subscriptions)
        told = await self._store.subscriptions.told_of_news(places, oldest, self._newest)
        self._known = {place: told.get(place, {}) for place in places}

    async def meet(self, chats: Collection[int]) -> None:
        """Get to know some chats at once."""
        missing = [chat for chat in chats if chat not in self._chats]
        if missing:
            self._chats |= {c.id: c for c in await self._store.chats.some(missing)}

    async def _chat(self, number: int) -> ChatSettings:
        await self.meet([number])
        return self._chats.get(number) or ChatSettings(number)  # forgotten this very moment
