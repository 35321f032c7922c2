"""The words of backups and of moving house: what a database holds, and what a restore did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from bot.model.delivery import ChatSettings, Rhythm, Scope, Size
from bot.model.links import LinkKind, LinkRule

IMPORTED = "imported"  # why a chat is paused that came from a list and has not met this bot


@dataclass(frozen=True, slots=True)
class Inside:
    """What a database holds. `made_at` is when it was backed up; None for one that is no backup.
    `waiting` counts messages that were queued or being sent."""

    made_at: datetime | None
    articles: int
    chats: int
    subscriptions: int
    waiting: int


class Waiting(StrEnum):
    """What becomes of messages that waited when a backup was made, and that were perhaps sent."""

    HOLD = "hold"  # they wait for the operator, as uncertain
    SEND = "send"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Resumed:
    """How delivery goes on after a restore: until when the lost database is taken to have sent
    (None: not after the backup), how many messages are held or dropped for that, and how many
    subscriptions were moved past what they were told of."""

    sent_until: datetime | None
    set_aside: int = 0
    moved_on: int = 0


@dataclass(frozen=True, slots=True)
class Restored:
    """What is in the database now, where the one before is kept (None: there was none), and how
    delivery goes on."""

    inside: Inside
    kept: Path | None
    resumed: Resumed


@dataclass(frozen=True, slots=True)
class ListedSubscription:
    """A subscription in a list of chats. A story, whose number is the database's own, is named by
    the key of one of its articles."""

    topic: int
    scope: Scope
    rhythm: Rhythm
    size: Size
    silent: bool


@dataclass(frozen=True, slots=True)
class ListedChat:
    """A chat in a list: its settings without its links, what it wants done with links, and its
    subscriptions."""

    settings: ChatSettings
    links: Mapping[LinkKind | str, LinkRule]
    subscriptions: tuple[ListedSubscription, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """What an import brought: chats and subscriptions that were not there, and subscriptions to
    stories that are not in this database."""

    chats: int = 0
    subscriptions: int = 0
    unknown_stories: int = 0

    def __add__(self, other: "Added") -> "Added":
        return Added(
            self.chats + other.chats,
            self.subscriptions + other.subscriptions,
            self.unknown_stories + other.unknown_stories,
        )


@dataclass(frozen=True, slots=True)
class TableCopy:
    """A table that was copied: its rows and their sum, as they were read and as they were found in
    the other database."""

    name: str
    rows: int
    sum: str
    rows_there: int
    sum_there: str

    @property
    def same(self) -> bool:
        """Whether all is there."""
        return (self.rows, self.sum) == (self.rows_there, self.sum_there)
