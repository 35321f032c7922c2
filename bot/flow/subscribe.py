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
from bot.flow.publish import Publisher
from bot.flow.whose import NotAllowedError, Whose
from bot.model import Message
from bot.model.delivery import (
    Asker,
    Pace,
    Rhythm,
    Scope,
    ScopeKind,
    Size,
    Subscription,
)
from bot.render import notes, words
from bot.render import subscriptions as screens
from bot.render.rich import Rich, clean, text
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

    async def command(self, name: str, said: str, asker: Asker) -> list[Message]:
        """The answer to a command of `COMMANDS`; never empty.

        Args:
            name: the command, lower case.
            said: what stands behind it; may begin with a channel's @name.
            asker: who asks, and where.
        """
        asked = " ".join(clean(said).split())
        try:
            target, asked = await self._whose.target(asked, asker)
            return await self._commanded(name, asked, target, asker)
        except NotAllowedError as refusal:
            return [notes.note(str(refusal))]

    async def press(self, setup: Setup, asker: Asker) -> tuple[list[Message], str]:
        """What a button leads to: the screen to show in its place with messages to send after it,
        and a passing word (or '')."""
        try:
            await self._whose.pressed(setup, asker)
            if setup.step is Step.FOLLOW:
                return [], await self._followed(setup, asker)
            return await self._pressed(setup, replace(setup, step=Step.LIST), asker), ""
        except NotAllowedError as refusal:
            return [], str(refusal)

    # ------------------------------------------------------------ by words

    async def _commanded(self, name: str, asked: str, target: Setup, asker: Asker) -> list[Message]:
        match name:
            case "subscribe" if asked:
                return [await self._by_words(asked, target, asker)]
            case "subscribe":
                return [screens.scopes(target.to(Step.SCOPE))]
            case "unsubscribe" if asked:
                return [await self._unsubscribe(asked, target, asker)]
            case "preview":
                return await self._preview(target, asker)
            case "now":
                return [await self._now(target, asker)]
            case _:
                return [await self._list(target, asker)]

    async def _by_words(self, asked: str, target: Setup, asker: Asker) -> Message:
        wanted = wish.parse(asked)
        if len(wanted.scope.value) > LONGEST_SCOPE:
            return notes.note(words.TOO_LONG, most=LONGEST_SCOPE)
        scope = await self._meant(wanted.scope)
        if scope is None:
            return notes.note(words.GONE)
        rhythm = wanted.rhythm or (Rhythm(Pace.INSTANT) if scope.kind is ScopeKind.STORY else DAILY)
        size = wanted.size or Size.BRIEF
        return await self._save(target, scope, rhythm, size, wanted.silent, asker)

    async def _meant(self, scope: Scope) -> Scope | None:
        """Words that name an outlet or a category mean it; None for a story that is not there."""
        if scope.kind is ScopeKind.STORY:
            return scope if await self._store.stories.get(int(scope.value)) else None
        if scope.kind is ScopeKind.WORDS:
            found = await self._store.articles.of_outlet(scope.value, 1)
            if found:
                return Scope(ScopeKind.OUTLET, found[0].article.outlet)
            if await self._store.articles.has_category(scope.value):
                return Scope(ScopeKind.CATEGORY, scope.value)
            if not wish.excluded(scope.value)[0]:
                return scope  # everything but some words
        return scope

    async def _unsubscribe(self, asked: str, target: Setup, asker: Asker) -> Message:
        await self._whose.known(target, asker)
        theirs = await self._theirs(target, asker)
        titles = await self._titles(theirs)
        ended = _named(asked, theirs, titles)
        for subscription in ended:
            await self._store.subscriptions.remove(subscription.id)
        if not ended:
            said = notes.filled(words.NOT_SUBSCRIBED, query=asked)
        elif len(ended) == 1:
            said = _unsubscribed(ended[0], titles)
        else:
            said = text(words.UNSUBSCRIBED_ALL)
        return await self._list(target, asker, said)

    async def _preview(self, target: Setup, asker: Asker) -> list[Message]:
        theirs = await self._theirs(target, asker)
        if not theirs:
            return [notes.note(words.NOTHING_TO_SEND)]
        found = await self._publisher.preview(theirs)
        if not found:
            return [notes.note(words.NOTHING_NEW)]
        return [notes.note(words.PREVIEW), *found]

    async def _now(self, target: Setup, asker: Asker) -> Message:
        await self._whose.known(target, asker)
        theirs = await self._theirs(target, asker)
        if not theirs:
            return notes.note(words.NOTHING_TO_SEND)
        sent = await self._publisher.now(theirs)
        return notes.note(words.SENT_NOW if sent else words.NOTHING_NEW)

    # ------------------------------------------------------------ by buttons

    async def _pressed(self, setup: Setup, target: Setup, asker: Asker) -> list[Message]:
        match setup.step:
            case Step.SCOPE:
                return [screens.scopes(setup)]
            case Step.WORD:
                return [screens.word(setup)]
            case Step.OUTLETS:
                return [await self._outlets(setup)]
            case Step.RHYTHM | Step.DAYS | Step.CLOCK | Step.SIZE:
                return [await self._chosen(setup)]
            case Step.SAVE:
                return [await self._saved(setup, asker)]
            case Step.ITEM | Step.CHANGE | Step.DROP:
                return [await self._one(setup, asker)]
            case Step.PREVIEW:
                return await self._preview(target, asker)
            case Step.NOW:
                return [await self._now(target, asker)]
            case _:
                return [await self._list(target, asker)]

    async def _outlets(self, setup: Setup) -> Message:
        counts = await self._store.articles.outlets()
        first = setup.page * screens.OUTLETS_PER_PAGE
        here = counts[first : first + screens.OUTLETS_PER_PAGE]
        if not here:
            return notes.note(words.NOTHING_YET)
        now = self._clock()
        named = [
            (count.outlet, await self._store.phrases.remember(count.outlet, now)) for count in here
        ]
        return screens.outlets(named, len(counts), setup)

    async def _chosen(self, setup: Setup) -> Message:
        scope = await self._scope(setup)
        if scope is None:
            return notes.note(words.GONE)
        name = screens.scope_name(scope, await self._title(scope))
        match setup.step:
            case Step.RHYTHM:
                return screens.rhythms(name, setup)
            case Step.DAYS:
                return screens.days(name, setup)
            case Step.CLOCK:
                return screens.clocks(name, setup)
            case _:
                return screens.sizes(name, setup)

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

    async def _saved(self, setup: Setup, asker: Asker) -> Message:
        scope = await self._scope(setup)
        if scope is None:
            return notes.note(words.GONE)
        return await self._save(setup, scope, setup.rhythm, setup.size, setup.silent, asker)

    async def _followed(self, setup: Setup, asker: Asker) -> str:
        scope = await self._meant(Scope(ScopeKind.STORY, str(setup.ref)))
        if scope is None:
            return words.GONE
        await self._save(setup, scope, Rhythm(Pace.INSTANT), Size.BRIEF, False, asker)
        return words.FOLLOWED

    async def _one(self, setup: Setup, asker: Asker) -> Message:
        """A subscription of this chat's: shown, changed or ended."""
        theirs = await self._theirs(setup, asker)
        found = next((s for s in theirs if s.id == setup.ref), None)
        if found is None:
            return await self._list(setup, asker, text(words.SUBSCRIPTION_GONE))
        titles = await self._titles([found])
        title = screens.story_title(found, titles)
        if setup.step is Step.DROP:
            await self._whose.known(setup, asker)
            await self._store.subscriptions.remove(found.id)
            return await self._list(setup, asker, _unsubscribed(found, titles))
        if setup.step is Step.CHANGE:
            return await self._changing(found, title, setup)
        settings = await self._whose.of(setup, asker)
        return screens.item(found, title, setup, self._clock(), ZoneInfo(settings.zone))

    async def _changing(self, found: Subscription, title: str, setup: Setup) -> Message:
        """The wizard again, for a scope that is subscribed to."""
        ref = 0
        if found.scope.kind is ScopeKind.STORY:
            ref = int(found.scope.value)
        elif found.scope.kind is not ScopeKind.ALL:
            ref = await self._store.phrases.remember(found.scope.value, self._clock())
        again = replace(setup, step=Step.RHYTHM, scope=found.scope.kind, ref=ref)
        return screens.rhythms(screens.scope_name(found.scope, title), again)

    # ------------------------------------------------------------ both

    async def _save(
        self, target: Setup, scope: Scope, rhythm: Rhythm, size: Size, silent: bool, asker: Asker
    ) -> Message:
        settings = await self._whose.known(target, asker)
        place, now, zone = self._whose.place(target, asker), self._clock(), ZoneInfo(settings.zone)
        theirs = await self._store.subscriptions.of_chat(place.chat)
        known = any(s.place == place and s.scope == scope for s in theirs)
        if len(theirs) >= MOST and not known:
            return notes.note(words.TOO_MANY, most=MOST)
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
        return screens.saved(subscription, title, settings.title, target, now, zone)

    async def _theirs(self, target: Setup, asker: Asker) -> list[Subscription]:
        """What is subscribed to here: in a topic what it gets, else all of the chat's."""
        place = self._whose.place(target, asker)
        found = await self._store.subscriptions.of_chat(place.chat)
        return [s for s in found if not place.topic or s.place == place]

    async def _list(self, target: Setup, asker: Asker, above: Rich | None = None) -> Message:
        theirs = await self._theirs(target, asker)
        settings = await self._whose.of(target, asker)
        listed = replace(target, step=Step.LIST)
        return screens.listing(settings, theirs, await self._titles(theirs), listed, above)

    async def _titles(self, subscriptions: Sequence[Subscription]) -> dict[int, str]:
        """The titles of the stories that are followed."""
        followed = [s.scope for s in subscriptions if s.scope.kind is ScopeKind.STORY]
        return {int(scope.value): await self._title(scope) for scope in followed}

    async def _title(self, scope: Scope) -> str:
        if scope.kind is not ScopeKind.STORY:
            return ""
        story = await self._store.stories.get(int(scope.value))
        return story.articles[0].article.title if story else ""


def _unsubscribed(ended: Subscription, titles: dict[int, str]) -> Rich:
    name = screens.scope_name(ended.scope, screens.story_title(ended, titles))
    return notes.filled(words.UNSUBSCRIBED, scope=name)


def _named(
    asked: str, subscriptions: Sequence[Subscription], titles: dict[int, str]
) -> list[Subscription]:
    """The subscriptions that words mean: all, one by its place in the list, or by its scope."""
    if asked.lower() in ("全部", "所有", "all"):
        return list(subscriptions)
    if asked.isdecimal() and len(asked) < 4 and 0 < int(asked) <= len(subscriptions):
        return [subscriptions[int(asked) - 1]]
    meant = wish.parse(asked).scope
    return [
        s
        for s in subscriptions
        if s.scope.value.casefold() == meant.value.casefold() != ""
        or screens.scope_name(s.scope, screens.story_title(s, titles)) == asked
    ][:1]
