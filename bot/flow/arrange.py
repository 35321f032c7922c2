"""An administrator's word on stories: why two articles are together, and setting it right."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.digest import stories
from bot.errors import ReadError
from bot.model import Joined, StoryChoice
from bot.render.times import utc
from bot.store import Store

SPLIT = StoryChoice(None, 1.0, "管理员将它单独列出")
JOIN = StoryChoice(None, 1.0, "管理员将它归入此报道")
DROPPED = "时间太久，用来比较的内容已不再保存"
SHOWN = 12  # shared words

Document = dict[str, Any]


class Arrangement:
    """Says why articles are one story, and moves them where that is wrong.

    Args:
        store: an open store.
        clock: gives the time, UTC.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    async def why_merged(self, one: int, other: int) -> Document:
        """Whether two stored articles are in one story, how each came there, and their likeness.

        Raises:
            ReadError: there is no article of one of the numbers.
        """
        a, b = await self._joined(one), await self._joined(other)
        found = stories.compare(a.sketch, b.sketch) if a.sketch and b.sketch else None
        later = max(a, b, key=lambda joined: (joined.at, joined.article_id))
        return {
            "same": a.story_id == b.story_id,
            "stories": [a.story_id, b.story_id],
            "by": "administrator" if a.by_administrator or b.by_administrator else "machine",
            "joined_at": utc(later.at),
            "score": found.score if found else None,
            "reason": found.reason if found else _incomparable(a, b),
            "shared": list(found.shared[:SHOWN]) if found else [],
            "reprint": bool(found and found.reprint),
            "articles": [_told(a), _told(b)],
        }

    async def split(self, article: int) -> Document:
        """Put an article into a story of its own, for good.

        Raises:
            ReadError: there is no article of that number.
        """
        before = await self._joined(article)
        story = await self._store.stories.split(article, SPLIT, self._clock())
        return {"article": article, "from": before.story_id, "story": story}

    async def join(self, article: int, story: int) -> Document:
        """Put an article into a story, for good.

        Raises:
            ReadError: there is no article or no story of that number.
        """
        before = await self._joined(article)
        into = await self._store.stories.join(article, story, JOIN, self._clock())
        if into is None:
            raise ReadError(f"there is no story number {story}")
        return {"article": article, "from": before.story_id, "story": into}

    async def _joined(self, article: int) -> Joined:
        found = await self._store.stories.joined(article)
        if found is None:
            raise ReadError(f"there is no article number {article}")
        return found


def _incomparable(*both: Joined) -> str:
    """Why two articles cannot be compared: a round-up never is, others not for ever."""
    roundup = stories.ROUNDUP.reason
    return roundup if any(one.reason == roundup for one in both) else DROPPED


def _told(joined: Joined) -> Document:
    return {
        "article": joined.article_id,
        "story": joined.story_id,
        "joined_at": utc(joined.at),
        "by": "administrator" if joined.by_administrator else "machine",
        "score": joined.score,
        "reason": joined.reason,
        "with": joined.with_article,
    }
