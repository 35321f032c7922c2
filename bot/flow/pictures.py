"""ASK for pictures: a timeline or what rose, drawn, with the same in words below."""

import asyncio
from dataclasses import replace

from bot.errors import DrawingError
from bot.flow import typed
from bot.flow.answer import LONGEST_QUERY
from bot.flow.drawing import Drawing
from bot.flow.lookup import Lookup
from bot.flow.trends import Trending
from bot.flow.visit import Visit
from bot.model import Message, Timeline
from bot.render import captions, notes, picture
from bot.render.album import Leaf, Show, unpack
from bot.render.picture import DARK, LIGHT
from bot.render.reader import Reader
from bot.store import Store

COMMANDS = ("trends",)
_LAST_WORDS = ("图", "图片", "圖", "圖片", "picture")


def words_before_picture(said: str) -> str | None:
    """What a picture of a timeline is asked about ('微信 图'), or None where none is asked for."""
    *words, last = said.split() or [""]
    return " ".join(words) if last.lower() in _LAST_WORDS else None


class Pictures:
    """All that a chat may be shown as a picture.

    Args:
        store: an open store; remembers words for buttons.
        lookup: finds the events.
        trending: knows what rose.
        drawing: draws.
    """

    def __init__(self, store: Store, lookup: Lookup, trending: Trending, drawing: Drawing) -> None:
        self._phrases = store.phrases
        self._lookup = lookup
        self._trending = trending
        self._drawing = drawing

    async def timeline(self, said: str, visit: Visit) -> Message | None:
        """The picture of a timeline about some words; None where there is none to be drawn.

        Args:
            said: the words, as typed.
            visit: who asks.

        Raises:
            DrawingError: it could not be drawn.
        """
        asked = typed.line(said)
        if len(asked) > LONGEST_QUERY:
            return None
        number = await self._phrases.remember(asked, visit.reader.now) if asked else 0
        return await self.show(Leaf(Show.TIMELINE, number), visit)

    async def trends(self, visit: Visit) -> Message:
        """What rose, as a picture; in words where there is nothing to draw or it went wrong."""
        try:
            return await self._trends(Leaf(Show.TRENDS), visit.reader)
        except DrawingError:
            return notes.note(visit.reader, visit.words.picture_failed)

    async def press(self, data: str, visit: Visit) -> Message | None:
        """What a button shows; None when its data is not one of ours or names what is gone.

        Raises:
            DrawingError: it could not be drawn.
        """
        leaf = unpack(data)
        return await self.show(leaf, visit) if leaf else None

    async def show(self, leaf: Leaf, visit: Visit) -> Message | None:
        """One picture; None when what it named is gone.

        Raises:
            DrawingError: it could not be drawn.
        """
        if leaf.show is Show.TRENDS:
            return await self._trends(leaf, visit.reader)
        title, line = await self._line(leaf, visit.reader)
        return await self._timeline(line, title, leaf, visit.reader) if line.events else None

    async def _line(self, leaf: Leaf, reader: Reader) -> tuple[str, Timeline]:
        """What a timeline is about, and its events; none when it is gone."""
        if leaf.show is Show.STORYLINE:
            view = await self._lookup.story(leaf.id)
            if view is None:
                return "", Timeline((), 0)
            return view.title, await self._lookup.storyline(leaf.id, full=leaf.full)
        asked = await self._phrases.recall(leaf.id) if leaf.id else ""
        if asked is None:
            return "", Timeline((), 0)
        line = await self._lookup.timeline(asked, full=leaf.full)
        return asked or reader.words.all_reports, line

    async def _timeline(self, line: Timeline, title: str, leaf: Leaf, reader: Reader) -> Message:
        reader = reader.naming(cited.article for e in line.events for cited in e.sources)
        sheets = await asyncio.to_thread(picture.timeline, line, title, reader, _theme(leaf))
        leaf = leaf.turned(min(leaf.page, len(sheets) - 1))
        sheet = sheets[leaf.page]
        below = captions.timeline(line, sheet.events, len(sheets), title, leaf, reader)
        return replace(below, picture=await self._drawing.picture(sheet.svg))

    async def _trends(self, leaf: Leaf, reader: Reader) -> Message:
        rose, words = await self._trending.rose(reader.now), reader.words
        if not rose.enough:
            return notes.note(reader, words.trends_too_few)
        if not rose.day and not rose.week:
            return notes.note(reader, words.trends_none)
        sections = [(words.trends_day, rose.day), (words.trends_week, rose.week)]
        names = dict.fromkeys(rise.word for rise in (*rose.day, *rose.week))
        phrases = {name: await self._phrases.remember(name, reader.now) for name in names}
        below = captions.trends(sections, phrases, leaf, reader)
        svg = picture.trends(sections, reader, _theme(leaf))
        return replace(below, picture=await self._drawing.picture(svg))


def _theme(leaf: Leaf) -> picture.Theme:
    return DARK if leaf.dark else LIGHT
