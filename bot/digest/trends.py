"""What rose: words in more articles of the last hours or days than the time before explains.

Words are compared by the log-likelihood ratio of two binomial samples (Dunning 1993, 'Accurate
methods for the statistics of surprise and coincidence', Computational Linguistics 19:1), which
unlike chi-square holds for counts as small as these.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import log

from bot.digest.stopwords import STOPWORDS
from bot.model.trends import Heard, Rise

DAY, WEEK = timedelta(days=1), timedelta(days=7)
BEFORE = 4  # how many times as long the time before is
_SURPRISE = 10.83  # chi-square at p = 0.001, one degree of freedom
_SUPPORT = 3  # articles
_OUTLETS = 2  # one outlet alone makes no trend
_SAME = 0.6  # of the articles of two words are shared: they tell of one thing
_BESIDE = 2
_AMOUNT = re.compile(
    "[一二三四五六七八九十百千万亿两几多]+[个家名人次件台部辆项倍吨米元年月日天位种条]?"
)


def rising(
    heard: Sequence[Heard],
    now: datetime,
    span: timedelta,
    *,
    most: int = 8,
    parts: int = 8,
    support: int = _SUPPORT,
) -> tuple[Rise, ...]:
    """The words that rose, the most surprising first; words of one thing are one entry.

    Args:
        heard: articles, in any order, at least as far back as `span * (1 + BEFORE)`; without
            reprints, which would count one report twice.
        now: UTC; what is dated later is not counted.
        span: how far back 'now' reaches.
        most: how many at most.
        parts: into how many parts the series cuts the span.
        support: articles that a word needs.
    """
    since = now - span
    new = [h for h in heard if since < h.at <= now]
    old = [h for h in heard if since - BEFORE * span < h.at <= since]
    places = {
        word: at
        for word, at in _places(new).items()
        if len(at) >= support and len({new[n].outlet for n in at}) >= _OUTLETS
    }
    before = Counter(word for one in old for word in places.keys() & set(one.words))
    scores = {
        word: surprise(len(at), len(new), before[word], len(old)) for word, at in places.items()
    }
    ranked = sorted((w for w, s in scores.items() if s >= _SURPRISE), key=lambda w: (-scores[w], w))
    return tuple(
        Rise(
            word,
            len(places[word]),
            len({new[n].outlet for n in places[word]}),
            before[word] * len(new) / len(old) if old else 0.0,
            scores[word],
            _series([new[n].at for n in sorted(places[word])], since, span, parts),
            tuple(beside[:_BESIDE]),
        )
        for word, beside in _things(ranked, places)[:most]
    )


def surprise(now: int, of_now: int, before: int, of_before: int) -> float:
    """How surprising it is that a word is in `now` of `of_now` articles, having been in `before`
    of `of_before`: Dunning's -2 log λ, 0 where its share did not grow."""
    if not of_now or not of_before or now * of_before <= before * of_now:
        return 0.0
    both = (now + before) / (of_now + of_before)
    return 2 * (
        _likelihood(now, of_now, now / of_now)
        + _likelihood(before, of_before, before / of_before)
        - _likelihood(now, of_now, both)
        - _likelihood(before, of_before, both)
    )


def _likelihood(hits: int, of: int, share: float) -> float:
    """The logarithm of the chance of so many hits, without the constant."""
    misses = of - hits
    return (hits * log(share) if hits else 0.0) + (misses * log(1 - share) if misses else 0.0)


def _places(heard: Sequence[Heard]) -> dict[str, set[int]]:
    """In which of the articles each word is."""
    places = defaultdict(set)
    for number, one in enumerate(heard):
        for word in one.words:
            places[word].add(number)
    return {
        word: at
        for word, at in places.items()
        if word not in STOPWORDS and not _AMOUNT.fullmatch(word)
    }


def _things(ranked: Sequence[str], places: dict[str, set[int]]) -> list[tuple[str, list[str]]]:
    """The words with those that stand in much the same articles put beside the first."""
    things: list[tuple[str, list[str]]] = []
    for word in ranked:
        for first, beside in things:
            shared = len(places[word] & places[first])
            if shared >= _SAME * len(places[word] | places[first]):
                beside.append(word)
                break
        else:
            things.append((word, []))
    return things


def _series(
    times: Sequence[datetime], since: datetime, span: timedelta, parts: int
) -> tuple[int, ...]:
    counts = [0] * parts
    for at in times:
        counts[min(parts - 1, int((at - since) / span * parts))] += 1
    return tuple(counts)
