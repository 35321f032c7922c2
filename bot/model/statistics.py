"""The words of `mailuo stats`: what is kept, counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class DayCount:
    """What was read on one day, by when it was read first."""

    day: date
    articles: int
    events: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Articles and what was made of them; `read_at` is when a new one came last."""

    articles: int
    without_text: int  # dropped, by the settings
    outlets: int
    stories: int
    events: int
    oldest_at: datetime | None
    newest_at: datetime | None
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class FeedCounts:
    """Feeds; `due` and `failing` are of those that are not gone."""

    all: int
    due: int
    failing: int
    gone: int
    polled_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReaderCounts:
    """Chats that we know, by kind, and what they subscribe to."""

    chats: Mapping[str, int]
    paused: int
    subscriptions: int
    subscribed_chats: int


@dataclass(frozen=True, slots=True)
class Disk:
    """Bytes of the database file; `uses` are estimates from a sample, what is left is indexes."""

    size: int
    free: int  # inside the file
    uses: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Statistics:
    """All of it."""

    kept: Kept
    days: tuple[DayCount, ...]
    feeds: FeedCounts
    readers: ReaderCounts
    outbox: Mapping[str, int]
    disk: Disk


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits: messages, feeds and digesting jobs by state, and since when the oldest of what is
    due. A single worker has no jobs."""

    outbox: Mapping[str, int]
    message_due_at: datetime | None
    subscription_due_at: datetime | None
    feeds: Mapping[str, int]
    jobs: Mapping[str, int]
