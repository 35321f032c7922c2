"""What is kept and put together: stored articles, stories, timelines, what was asked."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.model.articles import Article
from bot.model.digests import Digest, EventKind, Sentence, When


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

    def __hash__(self) -> int:
        """Sketches are looked up often; hardly two share a title and a day."""
        return hash((self.title, self.published))


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
    """What a reader asked: the text as typed, its words, and the text in Simplified characters.
    All may be anything at all."""

    text: str
    words: tuple[str, ...] = ()
    simplified: str = ""


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


@dataclass(frozen=True, slots=True)
class Filed:
    """An article with all that was made of it, before it is stored."""

    article: Article
    digest: Digest
    index: Words
    sketches: tuple[Sketched, ...]  # of the article, or of the items of a round-up

    @property
    def whole(self) -> Sketch | None:
        """The sketch of the article as a whole; a round-up has none."""
        return next((made.sketch for made in self.sketches if made.number == 0), None)


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
    outlets: int = 0  # how many tell it, where it may have more articles than are here


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
    sketch: Sketch | None  # None for a round-up, and for what is compared no more


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
class KeyFigure:
    """A figure of a known kind on which the articles agree: the clause that gives it, verbatim from
    a sentence, and the figure in it."""

    clause: str  # 直接经济损失21.6亿元
    text: str  # 21.6亿元
    said: Cited


@dataclass(frozen=True, slots=True)
class StoryView:
    """How a story is told: a title of one of its articles, and sentences with their articles.

    `also` holds for each sentence of the summary the other articles that say it. It, `disputes` and
    `figures` hold nothing where that was not looked into, as for a list.
    """

    story: Story
    title: str
    line: Cited | None
    summary: tuple[Cited, ...]
    keywords: tuple[str, ...]
    asked: tuple[str, ...] = ()  # names and words to ask for next
    disputes: tuple[FigureDispute, ...] = ()
    sources: tuple[Source, ...] = ()  # its articles, reprints folded; newest first
    also: tuple[tuple[StoredArticle, ...], ...] = ()
    figures: tuple[KeyFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """A dated event as several articles tell it.

    `text` is verbatim from the first source, without the date where it only repeats `when`, and
    without an adverb that leans on the sentence before.

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
