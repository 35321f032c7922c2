"""The sentences of an article with the dates that each of them names."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from bot.digest.dates import find_dates
from bot.digest.events import clauses
from bot.digest.events.hours import CLOCK
from bot.model import DateMention, Granularity, Sentence, When

NEVER = date(1970, 1, 1)  # no article is of this day; what leans on it is dropped
_BARE_DAY = re.compile(r"\d{1,2}\s{0,3}日")
_FAR, _FRESH = 60, 3  # days


class Dated(NamedTuple):
    """A sentence with all its dates."""

    sentence: Sentence
    mentions: list[DateMention]
    last: When | None  # the last certain date before it


def dated(found: Sequence[Sentence], anchor: date | None) -> Iterator[Dated]:
    """Each sentence with its dates, which may lean on those of the sentences before.

    Args:
        found: the article's sentences.
        anchor: the day of the article; None when unknown.
    """
    last: When | None = None
    block = -1  # the paragraph in which that date was named
    for sentence in found:
        mentions = _mentions(sentence.text, anchor or NEVER, last)
        if not mentions and last and (block == sentence.block or _is_fresh(last, anchor)):
            mentions = _clock(sentence.text, last)
        yield Dated(sentence, mentions, last)
        block = sentence.block if mentions else block
        sure = [m.when for m in mentions if m.when.certain]
        last = sure[-1] if sure else last


def _mentions(text: str, anchor: date, last: When | None) -> list[DateMention]:
    """The dates of a sentence; a bare 6日 is not of a month that was only looked back at."""
    found = find_dates(text, anchor, last=last)
    far = last and last.granularity is not Granularity.DAY and (anchor - last.end).days > _FAR
    if far and found and _BARE_DAY.match(found[0].text):
        return find_dates(text, anchor)
    return found


def _is_fresh(last: When, anchor: date | None) -> bool:
    """Whether a day is that of the news, of which the next paragraphs still tell."""
    return anchor is not None and 0 <= (anchor - last.start).days <= _FRESH


def _clock(text: str, last: When) -> list[DateMention]:
    """The hour that a sentence begins with (18时40分，), as a date: of the day named before."""
    if last.granularity is not Granularity.DAY or (last.end - last.start).days > 1:
        return []
    start = clauses.lead(text)
    found = CLOCK.match(text, start)
    return [DateMention(last, start, found.end(), found[0])] if found else []
