"""ASK, for trust: why a story was sent to a place, or was not."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.flow import scopes
from bot.flow.lookup import Lookup
from bot.flow.whose import Whose
from bot.model import Message, StoryView
from bot.model.delivery import Asker, ParcelState, Subscription, Told
from bot.render import notes, subscriptions, words
from bot.render.actions import Action, Screen
from bot.render.keys import button, message
from bot.render.rich import Rich, clean, join
from bot.render.times import moment
from bot.store import Store

LONGEST_NUMBER = 12


class Why:
    """Explains what the publisher did, and would do.

    Args:
        store: an open store.
        lookup: finds the story that is meant.
        whose: knows the chat's settings.
        clock: gives the time, UTC.
    """

    def __init__(
        self, store: Store, lookup: Lookup, whose: Whose, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._lookup = lookup
        self._whose = whose
        self._clock = clock

    async def answer(self, said: str, asker: Asker) -> Message:
        """A line for each subscription of the place, about the story that is meant."""
        asked = " ".join(clean(said).split())
        if not asked:
            return notes.note(words.WHY_WHAT)
        view = await self._story(asked)
        if view is None:
            return notes.note(words.NOTHING_FOUND, query=asked)
        theirs = await self._store.subscriptions.of_chat(asker.place.chat)
        here = [s for s in theirs if s.place == asker.place]
        zone = ZoneInfo((await self._whose.settings(asker)).zone)
        lines = await self._lines(view, here, asker, zone)
        about = notes.filled(words.WHY, title=view.title)
        return message(
            [Rich(f"<b>{about.html}</b>", about.units), join(lines)],
            (button(words.TO_STORY, Action(Screen.STORY, view.story.id)), subscriptions.to_list()),
        )

    async def _story(self, asked: str) -> StoryView | None:
        number = asked.removeprefix("#")
        if number.isdecimal() and len(number) <= LONGEST_NUMBER:
            found = await self._lookup.story(int(number))
            if found:
                return found
        return next(iter(await self._lookup.latest(asked, 1)), None)

    async def _lines(
        self, view: StoryView, here: list[Subscription], asker: Asker, zone: ZoneInfo
    ) -> list[Rich]:
        if not here:
            return [notes.filled(words.WHY_NOT_SUBSCRIBED)]
        known = await self._store.subscriptions.told(asker.place, [view.story.id])
        told = known.get(view.story.id)
        lines = [await self._sent(told, here, zone)] if told and told.digest else []
        return lines + [await self._reason(s, view, told, zone) for s in here]

    async def _sent(self, told: Told, here: list[Subscription], zone: ZoneInfo) -> Rich:
        by = next((s for s in here if s.id == told.subscription), None)
        scope = subscriptions.scope_name(by.scope) if by else words.SUBSCRIPTIONS
        states = {
            p.state for p in await self._store.outbox.of_digest(told.subscription, told.digest)
        }
        if states & {ParcelState.DEAD, ParcelState.UNCERTAIN}:
            return notes.filled(words.WHY_DEAD, scope=scope)
        if states & {ParcelState.QUEUED, ParcelState.SENDING}:
            return notes.filled(words.WHY_QUEUED, scope=scope)
        at = moment(told.at, self._clock(), zone)
        return notes.filled(words.WHY_TOLD, time=at, scope=scope)

    async def _reason(
        self, subscription: Subscription, view: StoryView, told: Told | None, zone: ZoneInfo
    ) -> Rich:
        scope = subscriptions.scope_name(subscription.scope, view.title)
        story, newest = view.story.id, max(a.id for a in view.story.articles)
        if not await self._matches(subscription, story, 0, newest):
            bare = await self._matches(subscription, story, 0, newest, bare=True)
            return notes.filled(words.WHY_EXCLUDED if bare else words.WHY_OTHER, scope=scope)
        if await self._matches(subscription, story, subscription.seen, newest):
            return self._when(subscription, scope, zone)
        return notes.filled(words.WHY_SAME if told else words.WHY_BEFORE, scope=scope)

    def _when(self, subscription: Subscription, scope: str, zone: ZoneInfo) -> Rich:
        now = self._clock()
        if subscription.due_at is None or subscription.due_at <= now:
            return notes.filled(words.WHY_SOON, scope=scope)
        return notes.filled(words.WHY_DUE, scope=scope, time=moment(subscription.due_at, now, zone))

    async def _matches(
        self, subscription: Subscription, story: int, after: int, upto: int, *, bare: bool = False
    ) -> bool:
        """Whether the story has articles of some numbers in the scope; `bare`: whatever else they
        say."""
        found = await scopes.news(self._store, subscription.scope, after, upto, bare=bare)
        return story in found
