"""The words of delivery: who is told, of what, when, how; and what becomes of a message.

Frozen dataclasses, no import from the rest of the house but `model`. Instants are aware and in UTC;
minutes of a day are counted from midnight in the chat's zone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.model import Cited, Message, StoryView
from bot.model.links import LinkPolicy

EVERY_DAY = tuple(range(7))  # Monday is 0
GENERAL = 0  # the topic of a chat without topics, and of what a forum calls General


class ScopeKind(StrEnum):
    """What a subscription is about."""

    ALL = "all"
    WORDS = "words"
    OUTLET = "outlet"
    CATEGORY = "category"
    STORY = "story"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a subscription is about; `value` is words as typed ('微信 -淘宝'), a name, or a story's
    number."""

    kind: ScopeKind = ScopeKind.ALL
    value: str = ""


class Pace(StrEnum):
    """How often a subscription is told."""

    INSTANT = "instant"
    HOURLY = "hourly"
    SLOT = "slot"  # at a time of chosen weekdays


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a subscription is told; `minute` of the day and `days` (Monday is 0) only for a slot."""

    pace: Pace
    minute: int = 8 * 60
    days: tuple[int, ...] = EVERY_DAY


class Size(StrEnum):
    """How much is told of each story."""

    HEADLINES = "headlines"
    BRIEF = "brief"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asks for when subscribing; None where the words leave it open."""

    scope: Scope
    rhythm: Rhythm | None = None
    size: Size | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Quiet:
    """Quiet hours, from a minute of the day up to another; over midnight when `until` is less."""

    since: int
    until: int


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """A chat that we know, and how it wants to be told. `paused` says why it is not: it blocked
    us, or we may not write; empty when all is well. `size` is that of new subscriptions."""

    id: int
    kind: str = "private"
    title: str = ""
    zone: str = "Asia/Shanghai"
    language: str = ""
    quiet: Quiet | None = None
    paused: str = ""
    size: Size = Size.BRIEF
    # What it has chosen itself, and what is blocked.
    links: LinkPolicy = field(default_factory=LinkPolicy)


@dataclass(frozen=True, slots=True)
class Place:
    """Where messages go: a chat, and a topic of it (`GENERAL` for none)."""

    chat: int
    topic: int = GENERAL


@dataclass(frozen=True, slots=True)
class Subscription:
    """One subscription. `seen` is the number of the newest article it has been asked about;
    `digests` counts those that were queued; `due_at` is None while it waits for an article.
    After a restore, what was published up to `told_until` counts as told."""

    id: int
    place: Place
    scope: Scope
    rhythm: Rhythm
    size: Size
    silent: bool
    seen: int
    digests: int
    due_at: datetime | None
    created_at: datetime
    told_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A story that a place was told of, up to the article of a number, and by what."""

    story: int
    article: int
    subscription: int
    digest: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A story in a digest. `development` is what is new in a story that was told before; empty for
    a story that is told for the first time.
    `upto` is its newest article's number, `known` that of the last that was told of (0: none)."""

    view: StoryView
    upto: int
    known: int = 0
    development: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """A due subscription, carried out: its messages, what they tell, and when it is next due."""

    subscription: Subscription
    messages: tuple[Message, ...]
    told: tuple[tuple[int, int, int], ...]  # story, told up to which article before (0), and now
    seen: int
    due_at: datetime | None
    urgent: bool = False  # asked for just now, so also in quiet hours


class ParcelState(StrEnum):
    """Where a message stands in the outbox."""

    QUEUED = "queued"
    SENDING = "sending"  # under a lease
    SENT = "sent"
    DEAD = "dead"  # can never be sent
    UNCERTAIN = "uncertain"  # perhaps sent, and the operator wants no repeats


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message in the outbox, keyed by chat, subscription, digest and part."""

    id: int
    place: Place
    subscription: int
    digest: int
    part: int
    message: Message
    silent: bool
    urgent: bool
    attempts: int
    state: ParcelState
    error: str = ""
    next_at: datetime | None = None
    sent_at: datetime | None = None
    message_id: int | None = None


# ---------------------------------------------------------------- who asks


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks for a change, and where."""

    place: Place
    kind: str  # of the chat, as Telegram names it
    title: str
    user: int
    language: str = ""
    anonymous: bool = False  # an administrator who writes as the group itself


@dataclass(frozen=True, slots=True)
class File:
    """A file to send."""

    name: str
    content: bytes
    caption: str


class Rights(Protocol):
    """Asks Telegram who may change what."""

    async def manages(self, chat: int, user: int) -> bool:
        """Whether somebody administers a chat."""
        ...

    async def channel(self, name: str) -> ChatSettings | None:
        """The channel or group of a public @name or a number, where the bot may write; or None."""
        ...


class Menus(Protocol):
    """Shows chats the command menu."""

    async def show(self, chat: int, language: str) -> None:
        """Give a chat the menu of a language; that it fails changes nothing else."""
        ...

    async def reset(self, chat: int) -> None:
        """Leave a chat to the menus that are for all; likewise."""
        ...


# ---------------------------------------------------------------- what Telegram answers


@dataclass(frozen=True, slots=True)
class Sent:
    """Delivered."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Wait:
    """Too many; not before so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became a supergroup of another number."""

    to: int


@dataclass(frozen=True, slots=True)
class Gone:
    """We may not write to the chat at present: blocked, kicked, no rights."""

    reason: str


@dataclass(frozen=True, slots=True)
class NoTopic:
    """The topic was closed or deleted."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Telegram cannot read the message's marks: a defect of ours."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """This message can never be sent."""

    reason: str


@dataclass(frozen=True, slots=True)
class Retry:
    """It did not work now; `uncertain` when it may have been delivered all the same."""

    reason: str
    uncertain: bool = False


Outcome = Sent | Wait | Moved | Gone | NoTopic | Unreadable | Refused | Retry


class Sender(Protocol):
    """Sends one message and says what became of it; never raises for what Telegram answers.

    Cancelled before it was its turn it answers `Wait` of no seconds, for nothing was sent.
    """

    async def __call__(self, place: Place, message: Message, *, silent: bool) -> Outcome:
        """Send a message to a place."""
        ...


@dataclass(frozen=True, slots=True)
class Settlement:
    """What to write down of a parcel after an attempt."""

    parcel: int
    state: ParcelState
    at: datetime
    next_at: datetime | None = None
    error: str = ""
    message_id: int | None = None
    attempted: bool = True


def days_mask(days: Sequence[int]) -> int:
    """Weekdays as bits, Monday the lowest."""
    return sum(1 << day for day in set(days))


def days_of(mask: int) -> tuple[int, ...]:
    """The weekdays of some bits."""
    return tuple(day for day in EVERY_DAY if mask >> day & 1)
