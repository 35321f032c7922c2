"""ASK, for trust: why a story was sent to a place, or was not."""

from bot.flow import scopes, typed
from bot.flow.lookup import Lookup
from bot.flow.retention import TOLD_KEPT
from bot.flow.visit import Visit
from bot.model import Message, StoryView
from bot.model.delivery import ParcelState, Subscription, Told
from bot.render import notes, subscriptions
from bot.render.actions import Action, Screen
from bot.render.keys import button, message
from bot.render.rich import Rich, join
from bot.render.times import moment
from bot.store import Store


class Why:
    """Explains what the publisher did, and would do.

    Args:
        store: an open store.
        lookup: finds the story that is meant.
    """

    def __init__(self, store: Store, lookup: Lookup) -> None:
        self._store = store
        self._lookup = lookup

    async def answer(self, said: str, visit: Visit) -> Message:
        """A line for each subscription of the place, about the story that is meant."""
        asked = typed.line(said)
        if not asked:
            return notes.note(visit.reader, visit.words.why_what)
        view = await self._story(asked)
        if view is None:
            return notes.note(visit.reader, visit.words.nothing_found, query=asked)
        theirs = await self._store.subscriptions.of_chat(visit.chat)
        here = [s for s in theirs if s.place == visit.asker.place]
        lines = await self._lines(view, here, visit)
        about = notes.filled(visit.words.why, title=view.title)
        return message(
            visit.reader,
            [Rich(f"<b>{about.html}</b>", about.units), join(lines)],
            (
                button(visit.words.to_story, Action(Screen.STORY, view.story.id)),
                subscriptions.to_list(visit.reader),
            ),
        )

    async def _story(self, asked: str) -> StoryView | None:
        number = typed.number(asked)
        if number is not None:
            found = await self._lookup.story(number)
            if found:
                return found
        return next(iter(await self._lookup.latest(asked, 1)), None)

    async def _lines(self, view: StoryView, here: list[Subscription], visit: Visit) -> list[Rich]:
        if not here:
            return [notes.filled(visit.words.why_not_subscribed)]
        known = await self._store.subscriptions.told(visit.asker.place, [view.story.id])
        told = known.get(view.story.id)
        lines = [await self._sent(told, here, visit)] if told and told.digest else []
        return lines + [await self._reason(s, view, told, visit) for s in here]

    async def _sent(self, told: Told, here: list[Subscription], visit: Visit) -> Rich:
        by = next((s for s in here if s.id == told.subscription), None)
        scope = (
            subscriptions.scope_name(by.scope, visit.reader) if by else visit.words.subscriptions
        )
        states = {
            p.state for p in await self._store.outbox.of_digest(told.subscription, told.digest)
        }
        if states & {ParcelState.DEAD, ParcelState.UNCERTAIN}:
            return notes.filled(visit.words.why_dead, scope=scope)
        if states & {ParcelState.QUEUED, ParcelState.SENDING}:
            return notes.filled(visit.words.why_queued, scope=scope)
        at = moment(told.at, visit.reader)
        return notes.filled(visit.words.why_told, time=at, scope=scope)

    async def _reason(
        self, subscription: Subscription, view: StoryView, told: Told | None, visit: Visit
    ) -> Rich:
        scope = subscriptions.scope_name(subscription.scope, visit.reader, view.title)
        story, newest = view.story.id, max(a.id for a in view.story.articles)
        if not await self._matches(subscription, story, 0, newest):
            bare = await self._matches(subscription, story, 0, newest, bare=True)
            return notes.filled(
                visit.words.why_excluded if bare else visit.words.why_other, scope=scope
            )
        if await self._matches(subscription, story, subscription.seen, newest):
            return self._when(subscription, scope, visit)
        if told:
            return notes.filled(visit.words.why_same, scope=scope)
        stored = max(a.first_seen_at for a in view.story.articles)
        forgotten = subscription.created_at < stored < visit.reader.now - TOLD_KEPT
        said = visit.words.why_old if forgotten else visit.words.why_before
        return notes.filled(said, scope=scope)

    def _when(self, subscription: Subscription, scope: str, visit: Visit) -> Rich:
        if subscription.due_at is None or subscription.due_at <= visit.reader.now:
            return notes.filled(visit.words.why_soon, scope=scope)
        return notes.filled(
            visit.words.why_due, scope=scope, time=moment(subscription.due_at, visit.reader)
        )

    async def _matches(
        self, subscription: Subscription, story: int, after: int, upto: int, *, bare: bool = False
    ) -> bool:
        """Whether the story has articles of some numbers in the scope; `bare`: whatever else they
        say."""
        found = await scopes.news(self._store, subscription.scope, after, upto, bare=bare)
        return story in found
