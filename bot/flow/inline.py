"""ASK, from any chat: stories to share where somebody types the bot's name and a word."""

from bot.flow import typed
from bot.flow.answer import LONGEST_QUERY
from bot.flow.lookup import Lookup
from bot.flow.visit import Visit
from bot.model.inline import Offers
from bot.render import inline

PER_PAGE = 10
_LONGEST_OFFSET = 6  # digits


class Sharing:
    """Offers stories to share.

    Args:
        lookup: finds them.
        username: the bot's, without @, for the link back.
    """

    def __init__(self, lookup: Lookup, username: str) -> None:
        self._lookup = lookup
        self._username = username

    async def offers(self, said: str, offset: str, visit: Visit) -> Offers:
        """One page of stories about what was typed, the latest for nothing, newest first.

        Args:
            said: what stands behind the bot's name.
            offset: empty, or the `next_offset` of the page before.
            visit: who types.
        """
        reader, asked = visit.reader, typed.line(said)
        if len(asked) > LONGEST_QUERY:
            return Offers(hint=reader.words.inline_too_long)
        first = _number(offset)
        if first is None:
            return Offers()
        views = await self._lookup.latest(asked, PER_PAGE + 1, first)
        if not views and not first:
            nothing = reader.words.inline_nothing if asked else reader.words.inline_empty
            return Offers(hint=nothing)
        made = tuple(inline.offer(view, self._username, reader) for view in views[:PER_PAGE])
        return Offers(made, str(first + PER_PAGE) if len(views) > PER_PAGE else "")


def _number(offset: str) -> int | None:
    """How many stories were offered before; None for what is not an offset of ours."""
    if not offset:
        return 0
    ours = offset.isascii() and offset.isdigit() and len(offset) <= _LONGEST_OFFSET
    return int(offset) if ours else None
