"""ASK, the second half: a command or a button becomes one message.

Commands and buttons meet in an `Action`: a command is parsed into the same action that a button
carries, so each screen is made in one place, whichever way the reader came.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.flow.lookup import Lookup
from bot.model import Message
from bot.render import notes, search, sources, stories, timeline, words
from bot.render.actions import Action, Screen, unpack
from bot.render.rich import Rich, clean
from bot.store import Store

COMMANDS = ("start", "help", "latest", "timeline", "source", "search")
LONGEST_QUERY = 60
WORDS = 4  # of a story, to search for next
LONGEST_NUMBER = 12  # digits of an article's number


@dataclass(frozen=True, slots=True)
class Seen:
    """When and where an answer is read: times are shown in the chat's own zone."""

    now: datetime  # UTC
    zone: ZoneInfo


class Answers:
    """All a chat may ask about the news.

    Args:
        store: an open store; remembers the words of queries for buttons.
        lookup: finds what is asked for.
        zone: the zone in which times are shown to chats that have not chosen one.
        username: the bot's name without @, for the help.
    """

    def __init__(self, store: Store, lookup: Lookup, zone: ZoneInfo, username: str) -> None:
        self._phrases = store.phrases
        self._chats = store.chats
        self._lookup = lookup
        self._zone = zone
        self._username = username
        self._screens: dict[Screen, Callable[[Action, Seen], Awaitable[Message | None]]] = {
            Screen.START: self._start,
            Screen.HELP: self._help,
            Screen.LATEST: self._latest,
            Screen.SEARCH: self._search,
            Screen.STORY: self._story,
            Screen.TIMELINE: self._timeline,
            Screen.STORYLINE: self._storyline,
            Screen.SOURCES: self._sources,
            Screen.ARTICLE: self._article,
            Screen.OUTLETS: self._outlets,
            Screen.OUTLET: self._outlet,
        }

    async def command(self, name: str, words_: str, chat: int, now: datetime) -> Message:
        """The answer to a command.

        Args:
            name: the command without slash and @name, lower case.
            words_: what stands behind it.
            chat: where it was asked.
            now: the time of asking, UTC.
        """
        at = await self._seen(chat, now)
        asked = " ".join(clean(words_).split())
        if len(asked) > LONGEST_QUERY:
            return notes.note(words.TOO_LONG, most=LONGEST_QUERY)
        match name:
            case "start":
                return notes.start()
            case "help":
                return notes.help_(self._username)
            case "latest":
                return await self._asked(Screen.LATEST, asked, at)
            case "timeline":
                return await self._asked(Screen.TIMELINE, asked, at)
            case "search" if not asked:
                return notes.note(words.SEARCH_WHAT)
            case "search":
                return await self._asked(Screen.SEARCH, asked, at)
            case "source":
                return await self._source(asked, at)
            case _:
                return notes.note(words.UNKNOWN_COMMAND, name=name)

    async def text(self, words_: str, chat: int, now: datetime) -> Message:
        """The answer to plain text: a search."""
        return await self.command("search", words_, chat, now)

    async def press(self, data: str, chat: int, now: datetime) -> Message | None:
        """What a button shows; None when its data is not one of ours."""
        action = unpack(data)
        return await self.show(action, await self._seen(chat, now)) if action else None

    async def _seen(self, chat: int, now: datetime) -> Seen:
        settings = await self._chats.get(chat)
        return Seen(now, ZoneInfo(settings.zone) if settings else self._zone)

    async def show(self, action: Action, at: Seen) -> Message:
        """The message of a screen; a kind sentence when what it named is gone."""
        return await self._screens[action.screen](action, at) or notes.note(words.GONE)

    async def _asked(self, screen: Screen, asked: str, at: Seen) -> Message:
        phrase = await self._phrases.remember(asked, at.now) if asked else 0
        return await self.show(Action(screen, phrase=phrase), at)

    async def _words(self, action: Action) -> str | None:
        """The words an action names: empty for none, None when they are not known."""
        return await self._phrases.recall(action.phrase) if action.phrase else ""

    async def _source(self, asked: str, at: Seen) -> Message:
        if not asked:
            return await self.show(Action(Screen.OUTLETS), at)
        number = int(asked) if asked.isdecimal() and len(asked) <= LONGEST_NUMBER else 0
        if number and await self._lookup.article(number):
            return await self.show(Action(Screen.ARTICLE, number, origin=Screen.OUTLETS), at)
        if await self._lookup.of_outlet(asked, 1):
            return await self._asked(Screen.OUTLET, asked, at)
        above = notes.filled(words.NO_SUCH_SOURCE, query=asked)
        return await self._listed(Action(Screen.OUTLETS), at, above) or notes.note(words.GONE)

    async def _start(self, _action: Action, _at: Seen) -> Message:
        return notes.start()

    async def _help(self, _action: Action, _at: Seen) -> Message:
        return notes.help_(self._username)

    async def _latest(self, action: Action, at: Seen) -> Message | None:
        asked = await self._words(action)
        if asked is None:
            return None
        total = await self._lookup.count_stories(asked)
        if not total:
            return _nothing(asked)
        action = _within(action, total, stories.PER_PAGE)
        views = await self._lookup.latest(asked, stories.PER_PAGE, action.page * stories.PER_PAGE)
        return stories.latest(views, total, asked, action, at.now, at.zone)

    async def _search(self, action: Action, at: Seen) -> Message | None:
        asked = await self._words(action)
        if not asked:
            return None
        total = await self._lookup.count_articles(asked)
        if not total:
            return _nothing(asked)
        action = _within(action, total, search.PER_PAGE)
        found = await self._lookup.search(asked, search.PER_PAGE, action.page * search.PER_PAGE)
        return search.found(found, total, asked, action, at.now, at.zone)

    async def _story(self, action: Action, at: Seen) -> Message | None:
        view = await self._lookup.story(action.id)
        if view is None:
            return None
        asked = [(word, await self._phrases.remember(word, at.now)) for word in view.asked[:WORDS]]
        return stories.story(view, action, at.now, at.zone, asked)

    async def _timeline(self, action: Action, _at: Seen) -> Message | None:
        asked = await self._words(action)
        if asked is None:
            return None
        line = await self._lookup.timeline(asked, full=action.full)
        if line.events:
            return timeline.timeline(line, asked or words.ALL_REPORTS, action)
        if not await self._lookup.count_articles(asked):
            return _nothing(asked)
        return notes.note(words.NO_EVENTS, query=asked)

    async def _storyline(self, action: Action, _at: Seen) -> Message | None:
        view = await self._lookup.story(action.id)
        if view is None:
            return None
        line = await self._lookup.storyline(action.id, full=action.full)
        if not line.events:
            return notes.note(words.NO_EVENTS_HERE)
        return timeline.timeline(line, view.title, action)

    async def _sources(self, action: Action, at: Seen) -> Message | None:
        view = await self._lookup.story(action.id)
        return sources.sources(view, action, at.now, at.zone) if view else None

    async def _article(self, action: Action, at: Seen) -> Message | None:
        stored = await self._lookup.article(action.id)
        return sources.article(stored, action, at.now, at.zone) if stored else None

    async def _outlets(self, action: Action, at: Seen) -> Message | None:
        return await self._listed(action, at)

    async def _listed(self, action: Action, at: Seen, above: Rich | None = None) -> Message | None:
        counts = await self._lookup.outlets()
        if not counts:
            return notes.note(words.NOTHING_YET)
        action = _within(action, len(counts), sources.OUTLETS_PER_PAGE)
        here = counts[action.page * sources.OUTLETS_PER_PAGE :][: sources.OUTLETS_PER_PAGE]
        phrases = [await self._phrases.remember(count.outlet, at.now) for count in here]
        return sources.outlets(here, phrases, len(counts), action, at.now, at.zone, above)

    async def _outlet(self, action: Action, at: Seen) -> Message | None:
        name = await self._words(action)
        total = await self._lookup.count_of_outlet(name) if name else 0
        if not name or not total:
            return None
        action = _within(action, total, sources.ARTICLES_PER_PAGE)
        articles = await self._lookup.of_outlet(
            name, sources.ARTICLES_PER_PAGE, action.page * sources.ARTICLES_PER_PAGE
        )
        return sources.outlet(articles, total, action, at.now, at.zone)


def _nothing(asked: str) -> Message:
    return notes.note(words.NOTHING_FOUND, query=asked) if asked else notes.note(words.NOTHING_YET)


def _within(action: Action, total: int, per_page: int) -> Action:
    """The action with its page moved back to the last there is."""
    return replace(action, page=min(action.page, (total - 1) // per_page))
