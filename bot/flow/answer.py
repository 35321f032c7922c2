"""ASK, the second half: a command or a button becomes one message.

Commands and buttons meet in an `Action`: a command is parsed into the same action that a button
carries, so each screen is made in one place, whichever way the reader came.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.flow import typed
from bot.flow.lookup import Lookup
from bot.flow.visit import Visit
from bot.model import Message
from bot.render import deep_links, notes, search, sources, stories, timeline
from bot.render.actions import Action, Screen, unpack
from bot.render.reader import Reader
from bot.render.rich import Rich
from bot.store import Store

COMMANDS = ("start", "help", "latest", "timeline", "source", "search")
LONGEST_QUERY = 60
WORDS = 4  # of a story, to search for next


class Answers:
    """All a chat may ask about the news.

    Args:
        store: an open store; remembers the words of queries for buttons.
        lookup: finds what is asked for.
        username: the bot's name without @, for the help.
    """

    def __init__(self, store: Store, lookup: Lookup, username: str) -> None:
        self._phrases = store.phrases
        self._lookup = lookup
        self._username = username
        self._screens: dict[Screen, Callable[[Action, Reader], Awaitable[Message | None]]] = {
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

    async def command(self, name: str, said: str, visit: Visit) -> Message:
        """The answer to a command.

        Args:
            name: the command without slash and @name, lower case.
            said: what stands behind it.
            visit: who asks, and where.
        """
        reader, asked = visit.reader, typed.line(said)
        if name == "start":
            return await self._arrived(asked, reader)
        if len(asked) > LONGEST_QUERY:
            return notes.note(reader, reader.words.too_long, most=LONGEST_QUERY)
        match name:
            case "help":
                return notes.help_(self._username, reader)
            case "latest":
                return await self._asked(Screen.LATEST, asked, reader)
            case "timeline":
                return await self._asked(Screen.TIMELINE, asked, reader)
            case "search" if not asked:
                return notes.note(reader, reader.words.search_what)
            case "search":
                return await self._asked(Screen.SEARCH, asked, reader)
            case "source":
                return await self._source(asked, reader)
            case _:
                return notes.note(reader, reader.words.unknown_command, name=name)

    async def text(self, said: str, visit: Visit) -> Message:
        """The answer to plain text: a search."""
        return await self.command("search", said, visit)

    async def press(self, data: str, visit: Visit) -> Message | None:
        """What a button shows; None when its data is not one of ours."""
        action = unpack(data)
        return await self.show(action, visit.reader) if action else None

    async def show(self, action: Action, reader: Reader) -> Message:
        """The message of a screen; a kind sentence when what it named is gone."""
        shown = await self._screens[action.screen](action, reader)
        return shown or notes.note(reader, reader.words.gone)

    async def _asked(self, screen: Screen, asked: str, reader: Reader) -> Message:
        phrase = await self._phrases.remember(asked, reader.now) if asked else 0
        return await self.show(Action(screen, phrase=phrase), reader)

    async def _words(self, action: Action) -> str | None:
        """The words an action names: empty for none, None when they are not known."""
        return await self._phrases.recall(action.phrase) if action.phrase else ""

    async def _source(self, asked: str, reader: Reader) -> Message:
        if not asked:
            return await self.show(Action(Screen.OUTLETS), reader)
        number = typed.number(asked)
        if number and await self._lookup.article(number):
            return await self.show(Action(Screen.ARTICLE, number, origin=Screen.OUTLETS), reader)
        if outlet := await self._lookup.outlet_named(asked):
            return await self._asked(Screen.OUTLET, outlet, reader)
        above = notes.filled(reader.words.no_such_source, query=asked)
        return await self._listed(Action(Screen.OUTLETS), reader, above) or notes.note(
            reader, reader.words.gone
        )

    async def _arrived(self, payload: str, reader: Reader) -> Message:
        """What a link opens; the start for one without a payload, or with none of ours."""
        action = deep_links.opened(payload)
        shown = await self._screens[action.screen](action, reader) if action else None
        lost = reader.words.link_lost if payload not in ("", deep_links.HINT) else ""
        return shown or notes.start(reader, lost)

    async def _start(self, _action: Action, reader: Reader) -> Message:
        return notes.start(reader)

    async def _help(self, _action: Action, reader: Reader) -> Message:
        return notes.help_(self._username, reader)

    async def _latest(self, action: Action, reader: Reader) -> Message | None:
        asked = await self._words(action)
        if asked is None:
            return None
        total, views = await self._lookup.page(asked, action.page, stories.PER_PAGE)
        if not total:
            return _nothing(asked, reader)
        action = _within(action, total, stories.PER_PAGE)
        return stories.latest(views, total, asked, action, reader)

    async def _search(self, action: Action, reader: Reader) -> Message | None:
        asked = await self._words(action)
        if not asked:
            return None
        total = await self._lookup.count_articles(asked)
        if not total:
            return _nothing(asked, reader)
        action = _within(action, total, search.PER_PAGE)
        found = await self._lookup.search(asked, search.PER_PAGE, action.page * search.PER_PAGE)
        return search.found(found, total, asked, action, reader)

    async def _story(self, action: Action, reader: Reader) -> Message | None:
        view = await self._lookup.card(action.id, full=action.full)
        if view is None:
            return None
        asked = [] if action.full else stories.askable(view.asked)[:WORDS]
        phrases = [(word, await self._phrases.remember(word, reader.now)) for word in asked]
        return stories.story(view, action, reader, phrases)

    async def _timeline(self, action: Action, reader: Reader) -> Message | None:
        asked = await self._words(action)
        if asked is None:
            return None
        line = await self._lookup.timeline(asked, full=action.full)
        if line.events:
            return timeline.timeline(line, asked or reader.words.all_reports, action, reader)
        if not await self._lookup.count_articles(asked):
            return _nothing(asked, reader)
        return notes.note(reader, reader.words.no_events, query=asked)

    async def _storyline(self, action: Action, reader: Reader) -> Message | None:
        view = await self._lookup.story(action.id)
        if view is None:
            return None
        line = await self._lookup.storyline(action.id, full=action.full)
        if not line.events:
            return notes.note(reader, reader.words.no_events_here)
        return timeline.timeline(line, view.title, action, reader)

    async def _sources(self, action: Action, reader: Reader) -> Message | None:
        view = await self._lookup.story(action.id)
        return sources.sources(view, action, reader) if view else None

    async def _article(self, action: Action, reader: Reader) -> Message | None:
        stored = await self._lookup.article(action.id)
        if stored is None:
            return None
        return sources.article(stored, action, reader, await self._lookup.feed_of(stored))

    async def _outlets(self, action: Action, reader: Reader) -> Message | None:
        return await self._listed(action, reader)

    async def _listed(
        self, action: Action, reader: Reader, above: Rich | None = None
    ) -> Message | None:
        counts = await self._lookup.outlets()
        if not counts:
            return notes.note(reader, reader.words.nothing_yet)
        action = _within(action, len(counts), sources.OUTLETS_PER_PAGE)
        here = counts[action.page * sources.OUTLETS_PER_PAGE :][: sources.OUTLETS_PER_PAGE]
        phrases = [await self._phrases.remember(count.outlet, reader.now) for count in here]
        return sources.outlets(here, phrases, len(counts), action, reader, above)

    async def _outlet(self, action: Action, reader: Reader) -> Message | None:
        name = await self._words(action)
        total = await self._lookup.count_of_outlet(name) if name else 0
        if not name or not total:
            return None
        action = _within(action, total, sources.ARTICLES_PER_PAGE)
        articles = await self._lookup.of_outlet(
            name, sources.ARTICLES_PER_PAGE, action.page * sources.ARTICLES_PER_PAGE
        )
        return sources.outlet(articles, total, action, reader)


def _nothing(asked: str, reader: Reader) -> Message:
    return (
        notes.note(reader, reader.words.nothing_found, query=asked)
        if asked
        else notes.note(reader, reader.words.nothing_yet)
    )


def _within(action: Action, total: int, per_page: int) -> Action:
    """The action with its page moved back to the last there is."""
    return replace(action, page=min(action.page, (total - 1) // per_page))
