"""ASK, for subscriptions: by words or by buttons, for the chat itself or for a channel.

Whoever asks for a change must manage the chat that is changed; that is asked of Telegram at the
change itself, whatever the button says.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.digest import wish
from bot.digest.due import next_slot
from bot.digest.script import same_name, simplified
from bot.flow import scopes, typed
from bot.flow.publish import Publisher
from bot.flow.visit import Visit
from bot.flow.whose import NotAllowedError, Whose
from bot.model import Message
from bot.model.delivery import (
    ChatSettings,
    Pace,
    Rhythm,
    Scope,
    ScopeKind,
    Size,
    Subscription,
)
from bot.render import notes
from bot.render import subscriptions as screens
from bot.render.reader import Reader
from bot.render.rich import Rich, text
from bot.render.setup import Setup, Step
from bot.store import Store

MOST = 20  # subscriptions of a chat
LONGEST_SCOPE = 60
DAILY = Rhythm(Pace.SLOT)
COMMANDS = ("subscribe", "unsubscribe", "subscriptions", "preview", "now")


class Subscribing:
    """Everything about subscriptions that a chat may ask.

    Args:
        store: an open store.
        publisher: composes digests.
        whose: finds the chat that is meant.
        clock: gives the time, UTC.
    """

    def __init__(
        self,
        store: Store,
        publisher: Publisher,
        whose: Whose,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._publisher = publisher
        self._whose = whose
        self._clock = clock

    async def command(self, name: str, said: str, visit: Visit) -> list[Message]:
        """The answer to a command of `COMMANDS`; never empty.

        Args:
            name: the command, lower case.
            said: what stands behind it; may begin with a channel's @name.
            visit: who asks, and where.
        """
        asked = typed.line(said)
        try:
            target, asked = await self._whose.target(asked, visit)
            return await self._commanded(name, asked, target, visit)
        except NotAllowedError as refusal:
            return [notes.note(visit.reader, str(refusal))]

    async def press(self, setup: Setup, visit: Visit) -> tuple[list[Message], str]:
        """What a button leads to: the screen to show in its place with messages to send after it,
        and a passing word (or '')."""
        try:
            await self._whose.pressed(setup, visit)
            if setup.step is Step.FOLLOW:
                return [], await self._followed(setup, visit)
            return await self._pressed(setup, replace(setup, step=Step.LIST), visit), ""
        except NotAllowedError as refusal:
            return [], str(refusal)

    # ------------------------------------------------------------ by words

    async def _commanded(self, name: str, asked: str, target: Setup, visit: Visit) -> list[Message]:
        match name:
            case "subscribe" if asked:
                return [await self._by_words(asked, target, visit)]
            case "subscribe":
                return [await self._first(target, visit)]
            case "unsubscribe" if asked:
                return [await self._unsubscribe(asked, target, visit)]
            case "preview":
                return await self._preview(target, visit)
            case "now":
                return [await self._now(target, visit)]
            case _:
                return [await self._list(target, visit)]

    async def _by_words(self, asked: str, target: Setup, visit: Visit) -> Message:
        wanted = wish.parse(asked)
        if len(wanted.scope.value) > LONGEST_SCOPE:
            return notes.note(visit.reader, visit.words.too_long, most=LONGEST_SCOPE)
        scope = await self._meant(wanted.scope)
        if scope is None:
            return notes.note(visit.reader, visit.words.gone)
        rhythm = wanted.rhythm or (Rhythm(Pace.INSTANT) if scope.kind is ScopeKind.STORY else DAILY)
        size = wanted.size or (await self._whose.of(target, visit)).size
        return await self._save(target, scope, rhythm, size, wanted.silent, visit)

    async def _meant(self, scope: Scope) -> Scope | None:
        """Words that name an outlet or a category mean it; None for a story that is not there."""
        if scope.kind is ScopeKind.STORY:
            return scope if await self._store.stories.get(int(scope.value)) else None
        if scope.kind is ScopeKind.WORDS:
            if outlet := await scopes.outlet_named(self._store, scope.value):
                return Scope(ScopeKind.OUTLET, outlet)
            if category := await scopes.category_named(self._store, scope.value):
                return Scope(ScopeKind.CATEGORY, category)
            if not wish.excluded(scope.value)[0]:
                return scope  # everything but some words
        return scope

    async def _unsubscribe(self, asked: str, target: Setup, visit: Visit) -> Message:
        await self._whose.known(target, visit)
        theirs = await self._theirs(target, visit)
        titles = await self._titles(theirs)
        ended = _named(asked, theirs, titles, visit.reader)
        for subscription in ended:
            await self._store.subscriptions.remove(subscription.id)
        if not ended:
            said = notes.filled(visit.words.not_subscribed, query=asked)
        elif len(ended) == 1:
            said = _unsubscribed(ended[0], titles, visit.reader)
        else:
            said = text(visit.words.unsubscribed_all)
        return await self._list(target, visit, said)

    async def _preview(self, target: Setup, visit: Visit) -> list[Message]:
        theirs = await self._theirs(target, visit)
        if not theirs:
            return [notes.note(visit.reader, visit.words.nothing_to_send)]
        found = await self._publisher.preview(theirs)
        if not found:
            return [notes.note(visit.reader, visit.words.nothing_new)]
        return [notes.note(visit.reader, visit.words.preview), *found]

    async def _now(self, target: Setup, visit: Visit) -> Message:
        await self._whose.known(target, visit)
        theirs = await self._theirs(target, visit)
        if not theirs:
            return notes.note(visit.reader, visit.words.nothing_to_send)
        sent = await self._publisher.now(theirs)
        return notes.note(visit.reader, visit.words.sent_now if sent else visit.words.nothing_new)

    # ------------------------------------------------------------ by buttons

    async def _pressed(self, setup: Setup, target: Setup, visit: Visit) -> list[Message]:
        match setup.step:
            case Step.SCOPE:
                return [await self._first(setup, visit)]
            case Step.WORD:
                return [screens.word(setup, visit.reader)]
            case Step.OUTLETS:
                return [await self._outlets(setup, visit)]
            case Step.RHYTHM | Step.DAYS | Step.CLOCK | Step.SIZE:
                return [await self._chosen(setup, visit)]
            case Step.SAVE:
                return [await self._saved(setup, visit)]
            case Step.ITEM | Step.CHANGE | Step.DROP:
                return [await self._one(setup, visit)]
            case Step.PREVIEW:
                return await self._preview(target, visit)
            case Step.NOW:
                return [await self._now(target, visit)]
            case _:
                return [await self._list(target, visit)]

    async def _first(self, setup: Setup, visit: Visit) -> Message:
        """The wizard from its beginning, with the chat's own size marked."""
        size = (await self._whose.of(setup, visit)).size
        return screens.scopes(replace(setup, step=Step.SCOPE, page=0, size=size), visit.reader)

    async def _outlets(self, setup: Setup, visit: Visit) -> Message:
        counts = await self._store.articles.outlets()
        first = setup.page * screens.OUTLETS_PER_PAGE
        here = counts[first : first + screens.OUTLETS_PER_PAGE]
        if not here:
            return notes.note(visit.reader, visit.words.nothing_yet)
        now = self._clock()
        named = [
            (count.outlet, await self._store.phrases.remember(count.outlet, now)) for count in here
        ]
        return screens.outlets(named, len(counts), setup, visit.reader)

    async def _chosen(self, setup: Setup, visit: Visit) -> Message:
        scope = await self._scope(setup)
        if scope is None:
            return notes.note(visit.reader, visit.words.gone)
        name = screens.scope_name(scope, visit.reader, await self._title(scope))
        match setup.step:
            case Step.RHYTHM:
                return screens.rhythms(name, setup, visit.reader)
            case Step.DAYS:
                return screens.days(name, setup, visit.reader)
            case Step.CLOCK:
                return screens.clocks(name, setup, visit.reader)
            case _:
                return screens.sizes(name, setup, visit.reader)

    async def _scope(self, setup: Setup) -> Scope | None:
        """The scope that a button names; None for one that is not there."""
        match setup.scope:
            case ScopeKind.ALL:
                return Scope()
            case ScopeKind.STORY:
                return await self._meant(Scope(ScopeKind.STORY, str(setup.ref)))
            case kind:
                value = await self._store.phrases.recall(setup.ref)
                return Scope(kind, value) if value else None

    async def _saved(self, setup: Setup, visit: Visit) -> Message:
        scope = await self._scope(setup)
        if scope is None:
            return notes.note(visit.reader, visit.words.gone)
        return await self._save(setup, scope, setup.rhythm, setup.size, setup.silent, visit)

    async def _followed(self, setup: Setup, visit: Visit) -> str:
        scope = await self._meant(Scope(ScopeKind.STORY, str(setup.ref)))
        if scope is None:
            return visit.words.gone
        size = (await self._whose.of(setup, visit)).size
        await self._save(setup, scope, Rhythm(Pace.INSTANT), size, False, visit)
        return visit.words.followed

    async def _one(self, setup: Setup, visit: Visit) -> Message:
        """A subscription of this chat's: shown, changed or ended."""
        theirs = await self._theirs(setup, visit)
        found = next((s for s in theirs if s.id == setup.ref), None)
        if found is None:
            return await self._list(setup, visit, text(visit.words.subscription_gone))
        titles = await self._titles([found])
        title = screens.story_title(found, titles)
        if setup.step is Step.DROP:
            await self._whose.known(setup, visit)
            await self._store.subscriptions.remove(found.id)
            return await self._list(setup, visit, _unsubscribed(found, titles, visit.reader))
        if setup.step is Step.CHANGE:
            return await self._changing(found, title, setup, visit.reader)
        settings = await self._whose.of(setup, visit)
        return screens.item(found, title, setup, _in_zone(visit.reader, settings))

    async def _changing(
        self, found: Subscription, title: str, setup: Setup, reader: Reader
    ) -> Message:
        """The wizard again, for a scope that is subscribed to."""
        ref = 0
        if found.scope.kind is ScopeKind.STORY:
            ref = int(found.scope.value)
        elif found.scope.kind is not ScopeKind.ALL:
            ref = await self._store.phrases.remember(found.scope.value, self._clock())
        again = replace(setup, step=Step.RHYTHM, scope=found.scope.kind, ref=ref)
        return screens.rhythms(screens.scope_name(found.scope, reader, title), again, reader)

    # ------------------------------------------------------------ both

    async def _save(
        self, target: Setup, scope: Scope, rhythm: Rhythm, size: Size, silent: bool, visit: Visit
    ) -> Message:
        settings = await self._whose.known(target, visit)
        place, now, zone = self._whose.place(target, visit), self._clock(), ZoneInfo(settings.zone)
        theirs = await self._store.subscriptions.of_chat(place.chat)
        here = (s.scope for s in theirs if s.place == place)
        known = next((subscribed for subscribed in here if scopes.same(subscribed, scope)), None)
        if len(theirs) >= MOST and known is None:
            return notes.note(visit.reader, visit.words.too_many, most=MOST)
        scope = known or scope  # as it was typed first
        subscription = await self._store.subscriptions.put(
            place,
            scope,
            rhythm,
            size,
            silent=silent,
            due_at=next_slot(rhythm, zone, now),
            now=now,
        )
        if scope.kind is ScopeKind.STORY:
            await self._store.subscriptions.know(subscription, int(scope.value), now)
        title = await self._title(scope)
        reader = _in_zone(visit.reader, settings)
        return screens.saved(subscription, title, settings.title, target, reader)

    async def _theirs(self, target: Setup, visit: Visit) -> list[Subscription]:
        """What is subscribed to here: in a topic what it gets, else all of the chat's."""
        place = self._whose.place(target, visit)
        found = await self._store.subscriptions.of_chat(place.chat)
        return [s for s in found if not place.topic or s.place == place]

    async def _list(self, target: Setup, visit: Visit, above: Rich | None = None) -> Message:
        theirs = await self._theirs(target, visit)
        settings = await self._whose.of(target, visit)
        listed = replace(target, step=Step.LIST)
        titles = await self._titles(theirs)
        return screens.listing(settings, theirs, titles, listed, visit.reader, above)

    async def _titles(self, subscriptions: Sequence[Subscription]) -> dict[int, str]:
        """The titles of the stories that are followed."""
        followed = [s.scope for s in subscriptions if s.scope.kind is ScopeKind.STORY]
        return {int(scope.value): await self._title(scope) for scope in followed}

    async def _title(self, scope: Scope) -> str:
        if scope.kind is not ScopeKind.STORY:
            return ""
        story = await self._store.stories.get(int(scope.value))
        return story.articles[0].article.title if story else ""


def _unsubscribed(ended: Subscription, titles: dict[int, str], reader: Reader) -> Rich:
    name = screens.scope_name(ended.scope, reader, screens.story_title(ended, titles))
    return notes.filled(reader.words.unsubscribed, scope=name)


def _in_zone(reader: Reader, settings: ChatSettings) -> Reader:
    """The reader, with times as the chat that is meant shows them."""
    return replace(reader, zone=ZoneInfo(settings.zone))


def _named(
    asked: str, subscriptions: Sequence[Subscription], titles: dict[int, str], reader: Reader
) -> list[Subscription]:
    """The subscriptions that words mean: all, one by its place in the list, or by its scope."""
    if simplified(asked.lower()) in ("全部", "所有", "all", "everything"):
        return list(subscriptions)
    place = typed.number(asked)
    if place and place <= len(subscriptions):
        return [subscriptions[place - 1]]
    meant = wish.parse(asked).scope
    return [
        s
        for s in subscriptions
        if (meant.value and same_name(s.scope.value, meant.value))
        or same_name(screens.scope_name(s.scope, reader, screens.story_title(s, titles)), asked)
    ][:1]
