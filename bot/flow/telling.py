"""Stories told, for one reader after another: what one asks for the next asks for too."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence

from bot.model import Story, StoryView

MOST = 20  # stories, a few pages


class Telling:
    """Tells stories, and the same story once: as long as nothing of it changes, its view stays.

    Args:
        tell: how a story is told.
    """

    def __init__(self, tell: Callable[[Story], StoryView]) -> None:
        self._tell = tell
        self._kept: OrderedDict[int, StoryView] = OrderedDict()

    async def views(self, found: Sequence[Story]) -> list[StoryView]:
        """How some stories are told; a long one costs CPU, so in a thread."""
        known = {s.id: view for s in found if (view := self._kept.get(s.id)) and view.story == s}
        new = [story for story in found if story.id not in known]
        if new:
            told = await asyncio.to_thread(lambda: list(map(self._tell, new)))
            known |= {view.story.id: view for view in told}
        self._keep(known)
        return [known[story.id] for story in found]

    def _keep(self, views: dict[int, StoryView]) -> None:
        for number, view in views.items():
            self._kept[number] = view
            self._kept.move_to_end(number)
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)
