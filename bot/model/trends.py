"""What rose: words that more is written about than before."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """What counting needs of an article: when it appeared (UTC), by whom, what it is about."""

    at: datetime
    outlet: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rise:
    """A word that rose. `usual` is how many articles would hold it at the rate of before."""

    word: str
    articles: int
    outlets: int
    usual: float
    score: float  # log-likelihood ratio: 10.8 is one chance in a thousand
    series: tuple[int, ...]  # articles in equal parts of the time, the oldest first
    beside: tuple[str, ...] = ()  # other words that rose in the same articles
