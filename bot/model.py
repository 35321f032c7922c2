"""The words everybody uses: what an article, a date, a story, a timeline and a message are.

Frozen dataclasses, no behaviour beyond what their own fields decide, no import from the rest of
the house. Instants are aware and in UTC; days (`date`) are days of the reader's calendar.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

# ---------------------------------------------------------------- what others wrote


class BlockKind(StrEnum):
    """What a block of an article's body is. Only `TEXT` and `LIST` blocks are news prose."""

    TEXT = "text"
    LIST = "list"  # one item of a list
    HEADING = "heading"
    CAPTION = "caption"
    CODE = "code"
    TABLE = "table"  # one row, its cells joined with ' | '
    BYLINE = "byline"  # who wrote it, where it comes from
    BOILERPLATE = "boilerplate"  # adverts, recommend boxes, 'pictures from the web', follow us


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, caption … of an article's body, in the order of the body."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link that the body holds; `url` is http or https."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that the body or the front matter holds, its real address."""

    url: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Byline:
    """What the body says of its own making; an empty string where it says nothing."""

    upstream: str = ""  # the publication it was taken from: 新榜（ID：newrankcn）
    upstream_url: str = ""
    author: str = ""
    editor: str = ""
    pictures: str = ""  # picture credit


@dataclass(frozen=True, slots=True)
class Article:
    """One article as a source gave it, cleaned.

    `key` identifies the article across readings (it does not change when the text does);
    `content_hash` changes with anything a reader could see.
    """

    key: str
    content_hash: str
    path: str  # the file or feed it was read from
    title: str
    outlet: str
    published_at: datetime | None  # UTC; None when the source gives no usable date
    published_at_raw: str  # the date as the source wrote it
    categories: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    byline: Byline = field(default_factory=Byline)
    url: str = ""  # the original report, where the source names one
    flags: tuple[str, ...] = ()  # what a reader should know: 'date-unknown', 'empty-body', …


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file or entry that could not be read, and why, in words for the operator."""

    path: str
    reason: str


# ---------------------------------------------------------------- what we make of it

# To be raised when digests come out differently: what an older version made is made anew.
DIGEST_VERSION = 3


class Granularity(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of days: from `start` up to, not including, `end`.

    `granularity` is that of the expression (7月26日至30日 is by the day); `certain` is False where
    part of it was guessed or the text itself is vague (日前, 近日).
    """

    start: date
    end: date
    granularity: Granularity
    certain: bool = True


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression found in a text: `text == source[start:end]`."""

    when: When
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it stands in an article: its number among the article's news sentences
    (from 0) and the number of the block that holds it."""

    text: str
    position: int
    block: int


class EventKind(StrEnum):
    """What a dated statement tells."""

    EVENT = "event"
    PLANNED = "planned"  # to come, when the article was published
    REACTION = "reaction"  # what somebody said or thought of it
    FIGURE = "figure"  # a state in numbers: 截至6月, a quarter's profit
    BACKGROUND = "background"  # a look back, or how things were


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """What one sentence says happened at a date. `text` is verbatim from `sentence`.

    `subject` is whom the text speaks of where it leans on words before it: verbatim from the same
    paragraph, empty where nothing was restored. `part` is the part of the day as written (傍晚,
    14时许), empty where none is.
    """

    when: When
    text: str
    sentence: Sentence
    salience: float  # 0 to 1
    kind: EventKind = EventKind.EVENT
    subject: str = ""
    part: str = ""


class NameKind(StrEnum):
    """What a name is the name of."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    PRODUCT = "product"  # also a work: 《…》
    FIGURE = "figure"  # a number with its unit


@dataclass(frozen=True, slots=True)
class Name:
    """A name or a figure of an article, as it is written there."""

    text: str
    kind: NameKind


@dataclass(frozen=True, slots=True)
class Digest:
    """What we make of one article. Every sentence is verbatim from it, in reading order."""

    line: Sentence | None  # the one sentence to read; None when the article has no prose
    summary: tuple[Sentence, ...] = ()  # brief: up to three sentences
    keywords: tuple[str, ...] = ()  # most telling first
    events: tuple[DatedEvent, ...] = ()  # in reading order
    early: DatedEvent | None = None  # told as done, though later than the publication
    full: tuple[Sentence, ...] = ()  # up to eight sentences
    names: tuple[Name, ...] = ()  # worth asking for, most telling first


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of an article, or of an item of a round-up, for comparing it with others."""

    title: tuple[str, ...] = ()  # telling words
    words: tuple[str, ...] = ()  # telling words of the body in the order of their first use
    places: tuple[str, ...] = ()  # that title and lead name
    figures: tuple[tuple[str, float], ...] = ()  # unit and value: 万 and 亿 multiplied out
    head_figures: int = 0  # how many of them, the first, stand in title and lead
    days: tuple[str, ...] = ()  # that title and lead name: 09-17
    periods: tuple[str, ...] = ()  # of a series, kind first: 季3, 届5; 《works》
    kinds: tuple[str, ...] = ()  # of what happened: 召回, 宣判
    prints: tuple[int, ...] = ()  # of the body's characters, for knowing a reprint
    published: date | None = None


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article in the store, with the digest made of its current revision."""

    id: int
    article: Article
    digest: Digest
    story_id: int
    revision: int  # from 1
    first_seen_at: datetime  # UTC
    updated_at: datetime  # UTC
    reprint_of: int | None = None  # the article of which it repeats the body


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an article for finding it again, segmented and in lower case.

    `title` (with outlet and categories) and `body` go into the text index; `keywords` find the
    stories that an article may join.
    """

    title: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What a reader asked: the text as typed, and its words. Both may be anything at all."""

    text: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a new article is compared with: a stored article, or an item of a round-up."""

    id: int  # of its sketch
    article_id: int
    story_id: int | None  # None: an item that is in no story yet
    sketch: Sketch
    settled: bool = False  # an administrator arranged its story


@dataclass(frozen=True, slots=True)
class StoryChoice:
    """Which story an article joins: an existing one, or None for a new one; and why."""

    story_id: int | None
    score: float  # 0 to 1
    reason: str
    article_id: int | None = None  # the article it is most like
    reprint_of: int | None = None  # the article of which it repeats the body
    merged: tuple[int, ...] = ()  # other stories that it shows to be this one
    items: tuple[int, ...] = ()  # sketches of items of round-ups that tell of it


@dataclass(frozen=True, slots=True)
class Item:
    """One of the unrelated items of a round-up."""

    number: int  # from 1
    article: Article  # the item alone, as if it were an article
    sentence: Sentence  # its first, as it stands in the round-up


@dataclass(frozen=True, slots=True)
class Sketched:
    """A sketch to keep: of an article as a whole (`number` 0), or of an item of a round-up."""

    number: int
    sketch: Sketch
    keywords: tuple[str, ...]  # under which it is found
    sentence: Sentence | None = None  # of an item
    choice: StoryChoice | None = None  # the story that an item is told in


Outcome = Literal["new", "updated", "unchanged"]


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an article that was given to the store."""

    id: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Mention:
    """A round-up one item of which tells of a story."""

    article: StoredArticle
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Story:
    """What happened, as one or more articles tell it; newest article first, never empty."""

    id: int
    articles: tuple[StoredArticle, ...]
    mentions: tuple[Mention, ...] = ()  # newest first


@dataclass(frozen=True, slots=True)
class Joined:
    """How a stored article came to its story."""

    article_id: int
    story_id: int
    at: datetime  # UTC
    by_administrator: bool
    score: float
    reason: str
    with_article: int | None  # the article that it was most like
    sketch: Sketch | None  # None for a round-up, and for what an older version stored


@dataclass(frozen=True, slots=True)
class Source:
    """An article of a story, and those that only repeat it."""

    article: StoredArticle
    reprints: tuple[StoredArticle, ...] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence and the article it stands in."""

    article: StoredArticle
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class FigureDispute:
    """One thing for which articles give different figures: each with the sentence that says so,
    in the order of publication."""

    what: str  # 遇难
    values: tuple[tuple[str, Cited], ...]  # ('12人', …)


@dataclass(frozen=True, slots=True)
class StoryView:
    """How a story is told: a title of one of its articles, and sentences with their articles."""

    story: Story
    title: str
    line: Cited | None
    summary: tuple[Cited, ...]
    keywords: tuple[str, ...]
    disputes: tuple[FigureDispute, ...] = ()
    sources: tuple[Source, ...] = ()  # its articles, reprints folded; newest first


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """A dated event as several articles tell it; `text` is verbatim from the first source.

    `kind`, `subject` and `part` are those of that source's `DatedEvent`; `conflicts` holds who
    tells of the same event at another date.
    """

    when: When
    text: str
    sources: tuple[Cited, ...]
    salience: float  # 0 to 1
    kind: EventKind = EventKind.EVENT
    subject: str = ""
    part: str = ""
    conflicts: tuple[tuple[When, Cited], ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events to show, oldest first, and how many there are in all."""

    events: tuple[TimelineEvent, ...]
    total: int


@dataclass(frozen=True, slots=True)
class OutletCount:
    """An outlet, how many of its articles are stored, and the latest publication (UTC)."""

    outlet: str
    articles: int
    latest_at: datetime | None


# ---------------------------------------------------------------- what a chat is shown


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: exactly one of `data` (at most 64 bytes) and `url` is set."""

    text: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One Telegram message: `text` is Telegram HTML of at most 4096 UTF-16 units once parsed, or
    without any marks if `plain`."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    plain: bool = False
