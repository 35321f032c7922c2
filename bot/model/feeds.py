"""The words of feeds: what one is, how it stands, what it held, and what became of a request.

Frozen dataclasses. Instants are aware and in UTC; durations are seconds.
"""

from dataclasses import dataclass, field
from datetime import datetime

from bot.model import Article, Rejection


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as the operator wants it read. `key` is the address under which it was added: it
    stands in its articles' keys and stays when `url` moves."""

    key: str
    url: str
    outlet: str = ""  # shown instead of the feed's own title
    zone: str = "Asia/Shanghai"  # of dates that name none
    full_text: bool = False  # whether the linked page is read too
    added_by: int = 0  # the administrator's number; 0 for the config or the command line


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask 'anything new?' with; empty where it gave none."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class FeedState:
    """How a feed stands. `error` and `failures` speak of the polls since it last answered well."""

    title: str = ""
    site: str = ""
    validators: Validators = field(default_factory=Validators)
    interval: float = 0.0  # seconds between polls, before hints of the server; 0: not yet known
    next_at: datetime | None = None  # None: never again
    polled_at: datetime | None = None
    changed_at: datetime | None = None
    failures: int = 0
    error: str = ""
    failing_since: datetime | None = None
    told_operator: bool = False  # of the present failure
    gone: bool = False  # the server said that it is gone for good
    ttl: float = 0.0  # seconds that its last document asks to be left alone; 0 where it does not


@dataclass(frozen=True, slots=True)
class StoredFeed:
    """A feed with how it stands; `id` is its number."""

    id: int
    feed: Feed
    state: FeedState


@dataclass(frozen=True, slots=True)
class FeedContent:
    """What a feed's document held; newest or oldest first, as it stood there.

    `ttl` is how long it asks not to be polled again, in seconds; 0 when it does not say.
    """

    title: str
    site: str
    ttl: float
    articles: tuple[Article, ...]
    rejected: tuple[Rejection, ...] = ()


# ---------------------------------------------------------------- what a request came to


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body. `moved_to` is set when the address is to be replaced for good, else ''.
    `url` is where the body came from, after all redirects."""

    body: bytes
    content_type: str
    url: str
    moved_to: str = ""
    validators: Validators = field(default_factory=Validators)
    max_age: float = 0.0  # seconds that the server calls it fresh


@dataclass(frozen=True, slots=True)
class NotModified:
    """Nothing new since the validators were given."""

    moved_to: str = ""
    validators: Validators = field(default_factory=Validators)
    max_age: float = 0.0


@dataclass(frozen=True, slots=True)
class Gone:
    """410: there will never be anything again."""


@dataclass(frozen=True, slots=True)
class Failed:
    """It did not work now. `reason` is for the operator; `retry_after` is what the server asks
    for, in seconds, or 0; `status` is that of its answer, 0 where there was none."""

    reason: str
    retry_after: float = 0.0
    status: int = 0


@dataclass(frozen=True, slots=True)
class Redirect:
    """The document is elsewhere; only for those who follow step by step."""

    to: str


FetchResult = Fetched | NotModified | Gone | Failed
