"""ASK, for what readers think: a press on 👍 or 👎 is kept, and counted for the operator."""

from typing import Any

from bot.digest import stories
from bot.flow.visit import Visit
from bot.model import Cited, Method, StoryView
from bot.render import feedback
from bot.render.stories import independent, outlets
from bot.render.times import utc
from bot.store import Store

NEWEST = 20  # disliked stories


class Opinions:
    """What readers think of stories.

    Args:
        store: an open store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    async def press(self, data: str, visit: Visit) -> str:
        """Keep what a button says; the few words that answer it."""
        vote = feedback.unpack(data)
        if vote is None:
            return visit.words.old_button
        story = await self._store.stories.get(vote.story)
        if story is None:
            return visit.words.gone
        view = stories.tell(story)
        before, now = await self._store.votes.press(
            feedback.of_story(vote, story.id),
            visit.asker.user,
            visit.chat,
            view.title,
            judged(view, vote.method),
            visit.reader.now,
        )
        return feedback.thanks(before, now, visit.reader)


def judged(view: StoryView, method: Method) -> list[str]:
    """The outlets whose words a reader judges: those that were quoted, else all of the story."""
    quoted: tuple[Cited, ...] = ()
    if method is Method.LINE and view.line:
        quoted = (view.line,)
    elif method is Method.BRIEF:
        quoted = view.summary
    elif method is Method.FULL:
        quoted = stories.longer(view).summary
    return outlets([c.article for c in quoted] or independent(view))


async def document(store: Store) -> dict[str, Any]:
    """What all readers said, for the operator and for scripts."""
    told = await store.votes.all(NEWEST)
    return {
        "votes": told.votes,
        "outlets": [{"outlet": t.name, "up": t.up, "down": t.down} for t in told.outlets],
        "methods": [{"method": t.name, "up": t.up, "down": t.down} for t in told.methods],
        "disliked": [
            {
                "story": d.story,
                "title": d.title,
                "outlets": list(d.outlets),
                "up": d.up,
                "down": d.down,
                "last_at": utc(d.last_at),
            }
            for d in told.disliked
        ],
    }
