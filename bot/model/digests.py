"""What we make of one article: sentences, dates, events, names, summaries."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# To be raised when digests come out differently: what an older version made is made anew.
DIGEST_VERSION = 5


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
    14时许), empty where none is. `dated` is the date as it is written in the text, empty where the
    text is without it.
    """

    when: When
    text: str
    sentence: Sentence
    salience: float  # 0 to 1
    kind: EventKind = EventKind.EVENT
    subject: str = ""
    part: str = ""
    dated: str = ""


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
