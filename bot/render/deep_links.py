"""Links that open the bot at a story: https://t.me/<bot>?start=story_12.

Telegram hands the bot what stands behind `start=`. That comes from outside, so anything that is
not of our form opens nothing.
"""

import re

from bot.render.actions import Action, Screen

HINT = "inline"  # where the hint of an empty inline list leads: to the ordinary start
_OPENED = {"story": Screen.STORY, "sources": Screen.SOURCES}
_FORM = re.compile(r"(story|sources)_([1-9]\d{0,11})", re.ASCII)
_LINK = re.compile(r"https://t\.me/(\w{1,32})\?start=([\w-]{1,64})", re.ASCII)


def story_link(username: str, story_id: int) -> str:
    """The address that opens a story in the bot; `username` is the bot's, without @."""
    return _link(username, f"story_{story_id}")


def sources_link(username: str, story_id: int) -> str:
    """The address that opens the sources of a story in the bot."""
    return _link(username, f"sources_{story_id}")


def opened(payload: str) -> Action | None:
    """The screen that a link opens, or None where its payload is not of our form."""
    match = _FORM.fullmatch(payload)
    return Action(_OPENED[match[1]], int(match[2])) if match else None


def linked(url: str, username: str) -> Action | None:
    """The screen that an address opens; None for any but our own bot's."""
    match = _LINK.fullmatch(url)
    ours = match is not None and match[1].lower() == username.lower()
    return opened(match[2]) if match and ours else None


def _link(username: str, payload: str) -> str:
    return f"https://t.me/{username}?start={payload}"
