"""Stories told, for one reader after another: what one asks for the next asks for too."""

import asyncio
from collections.abc import Callable, Sequence

from cachetools import LRUCache

from bot.model import Story, StoryView

MOST = 20  # stories, a few pages


class Telling:
    """Tells stories, and the same story once: as long as nothing of it changes, its view stays.

    Args:
        tell: how a story is told.
    """

    def __init__(self, tell: Callable[[Story], StoryView]) -> None:
        self._tell = tell
        self._kept: LRUCache[int, StoryView] = LRUCache(MOST)

    async def views(self, found: Sequence[Story]) -> list[StoryView]:
        """How some stories are told; a long one costs CPU, so in a thread."""
        known = {s.id: view for s in found if (view := self._kept.get(s.id)) and view.story == s}
        new = [story for story in found if story.id not in known]
        if new:
            told = await asyncio.to_thread(lambda: list(map(self._tell, new)))
            known |= {view.story.id: view for view in told}
        self._kept.update(known)
        return [known[story.id] for story in found]
