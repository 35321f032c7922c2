"""What readers think of how a story was told."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Method(StrEnum):
    """How a story was told when it was judged."""

    HEADLINE = "headline"
    LINE = "line"
    BRIEF = "brief"
    FULL = "full"
    UPDATE = "update"  # what is new in a story that was told before


class VoteKind(StrEnum):
    """Whether a reader liked it."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Vote:
    """A press on 👍 or 👎: the story, and how it was told (`version` is the `DIGEST_VERSION` it was
    told with)."""

    story: int
    method: Method
    version: int
    kind: VoteKind


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something was liked and disliked."""

    name: str
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class Disliked:
    """A story that somebody disliked, and when that was last said (UTC)."""

    story: int
    title: str
    outlets: tuple[str, ...]
    up: int
    down: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Feedback:
    """What all readers said; most votes first, disliked stories newest first.

    `methods` are named with their version: brief 3.
    """

    votes: int
    outlets: tuple[Tally, ...]
    methods: tuple[Tally, ...]
    disliked: tuple[Disliked, ...]
