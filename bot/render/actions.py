"""What a button does, packed into Telegram's 64 bytes of callback data and back.

The form is `screen.id.phrase.page.origin.origin_page.full`, numbers in base 10, for example
`story.12.3.0.search.1.0`. A long query
is not carried but named by its number in the store, so that a button works also after a restart.
Callback data comes from outside: anything that is not of this form unpacks to None.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

DATA_BYTES = 64


class Screen(StrEnum):
    """Everything the bot can show in one message."""

    START = "start"
    HELP = "help"
    LATEST = "latest"
    SEARCH = "search"
    STORY = "story"
    TIMELINE = "timeline"  # of the articles that match a phrase
    STORYLINE = "storyline"  # of one story
    SOURCES = "sources"  # the articles of one story
    ARTICLE = "article"  # where one article comes from
    OUTLETS = "outlets"
    OUTLET = "outlet"  # the articles of one outlet, named by a phrase


@dataclass(frozen=True, slots=True)
class Action:
    """A screen and what it shows.

    `id` is a story's or an article's; `phrase` numbers the words asked for (0: none); `page` counts
    from 0; `origin` and `origin_page` are the list that a story was opened from, so that 'back'
    finds it again; `full` asks for all the events of a timeline rather than the most telling, and
    for a story at length.
    """

    screen: Screen
    id: int = 0
    phrase: int = 0
    page: int = 0
    origin: Screen = Screen.LATEST
    origin_page: int = 0
    full: bool = False

    def to(self, screen: Screen, number: int) -> "Action":
        """Another screen, opened from this one: a list becomes the origin, else it is kept."""
        if self.screen in LISTS:
            return Action(screen, number, self.phrase, 0, self.screen, self.page)
        return Action(screen, number, self.phrase, 0, self.origin, self.origin_page)

    def to_full(self, number: int) -> "Action":
        """A story at length, opened from this."""
        return replace(self.to(Screen.STORY, number), full=True)

    def back(self) -> "Action":
        """The list that this was opened from."""
        return Action(self.origin, phrase=self.phrase, page=self.origin_page)


LISTS = (Screen.LATEST, Screen.SEARCH, Screen.OUTLET, Screen.OUTLETS)

_FORM = re.compile(
    r"([a-z]+)\.(\d{1,12})\.(\d{1,12})\.(\d{1,5})\.([a-z]+)\.(\d{1,5})\.([01])", re.ASCII
)


def pack(action: Action) -> str:
    """The action as callback data; always within 64 bytes."""
    a = action
    fields = (a.screen, a.id, a.phrase, a.page, a.origin, a.origin_page, int(a.full))
    return ".".join(str(f) for f in fields)


def unpack(data: str) -> Action | None:
    """The action that `pack` wrote, or None for anything else."""
    match = _FORM.fullmatch(data)
    if match is None:
        return None
    screen, number, phrase, page, origin, origin_page, full = match.groups()
    if screen not in set(Screen) or origin not in {*LISTS}:
        return None
    return Action(
        Screen(screen),
        int(number),
        int(phrase),
        int(page),
        Screen(origin),
        int(origin_page),
        full == "1",
    )
