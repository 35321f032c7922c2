"""What a button of a picture shows, packed into callback data and back.

The form is `p.show.id.page.full.dark`, for example `p.t.12.0.0.1`. Anything else unpacks to None.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum


class Show(StrEnum):
    """Everything that is drawn."""

    TIMELINE = "t"  # of the articles that match a phrase
    STORYLINE = "s"  # of one story
    TRENDS = "r"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One picture of an album.

    `id` is a phrase's or a story's number, 0 for none; `page` counts from 0; `full` asks for all
    the events of a timeline; `dark` for the colours of the night.
    """

    show: Show
    id: int = 0
    page: int = 0
    full: bool = False
    dark: bool = False

    def turned(self, page: int) -> "Leaf":
        """Another page of the same."""
        return replace(self, page=page)


_FORM = re.compile(r"p\.([tsr])\.(\d{1,12})\.(\d{1,5})\.([01])\.([01])", re.ASCII)


def pack(leaf: Leaf) -> str:
    """The picture as callback data; always within 64 bytes."""
    return f"p.{leaf.show}.{leaf.id}.{leaf.page}.{int(leaf.full)}.{int(leaf.dark)}"


def unpack(data: str) -> Leaf | None:
    """The picture that `pack` wrote, or None for anything else."""
    match = _FORM.fullmatch(data)
    if match is None:
        return None
    show, number, page, full, dark = match.groups()
    return Leaf(Show(show), int(number), int(page), full == "1", dark == "1")
