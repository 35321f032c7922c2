"""Reading: an article cut into sentences and words once, for all that is made of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from zoneinfo import ZoneInfo

from bot.digest import words
from bot.digest.coined import coined, whole
from bot.digest.events import Dated, dated
from bot.digest.sentences import sentences
from bot.model import Article, Sentence


@dataclass(frozen=True)
class Reading:
    """An article's sentences, each with its words; new words are whole.

    `tokens` are all words in order with punctuation and spaces, `telling` those that tell what the
    sentence is about, in lower case. `cut` are the tokens as the engine cuts them: new words are in
    parts.
    """

    article: Article
    day: date | None  # of the publication; None when unknown
    sentences: tuple[Sentence, ...]
    cut: tuple[list[str], ...]
    tokens: tuple[list[str], ...]
    telling: tuple[list[str], ...]
    title: list[str]  # the telling words of the title
    counts: Counter[str]  # how often the sentences hold each telling word

    @cached_property
    def dated(self) -> tuple[Dated, ...]:
        """The sentences with their dates, which not everybody asks for."""
        return tuple(dated(self.sentences, self.day))


def read(article: Article, zone: ZoneInfo | None = None) -> Reading:
    """The article's sentences and words.

    Args:
        article: any article, also one without text.
        zone: the zone whose days count; without it the day of the publication is not known.
    """
    found = sentences(article)
    title, *cut = (words.cut(text) for text in (article.title, *(s.text for s in found)))
    new = coined([title, *cut])
    tokens = tuple(whole(sentence, new) for sentence in cut)
    telling = tuple(words.telling_of(sentence) for sentence in tokens)
    return Reading(
        article,
        day=published_on(article, zone) if zone else None,
        sentences=found,
        cut=tuple(cut),
        tokens=tokens,
        telling=telling,
        title=words.telling_of(whole(title, new)),
        counts=Counter(chain.from_iterable(telling)),
    )


def published_on(article: Article, zone: ZoneInfo) -> date | None:
    """The day of publication; None when unknown."""
    at = article.published_at
    return at.astimezone(zone).date() if at else None
