"""Summaries: the sentences of an article that say most, verbatim and in reading order.

News puts the main thing first, so place counts most; what a sentence says counts by the weight of
its words in the article. A sentence that leans on the one before comes only together with it.
Sentences that repeat what is chosen already are passed over (maximal marginal relevance, Carbonell
and Goldstein 1998).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.digest import trim, words
from bot.digest.headline import line
from bot.digest.reading import Reading, read
from bot.digest.shape import fitness, leans
from bot.model import Article, Sentence

BRIEF, FULL = 3, 8  # sentences

_REPEATS = 0.65  # of the lighter sentence's words: says the same again
_SHORT = 8  # words; a sentence of fewer is not worth more for being short
_ANY = 0.01  # what a sentence without telling words is worth
_FIRST = 2.0  # sentences after which the worth of a place has halved


class _Scored(NamedTuple):
    sentence: Sentence
    words: frozenset[str]
    weight: float  # of the words
    score: float
    leans: bool


def choose(
    reading: Reading, most: int = BRIEF, around: Sentence | None = None
) -> tuple[Sentence, ...]:
    """Up to `most` sentences in reading order, datelines trimmed.

    Args:
        reading: the article.
        most: how many at most.
        around: the article's one line; its sentence is among those chosen.
    """
    return in_order(ranked(reading, most, around))


def in_order(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Sentences in reading order."""
    return tuple(sorted(sentences, key=lambda s: s.position))


def ranked(reading: Reading, most: int, around: Sentence | None) -> list[Sentence]:
    """As `choose`, the most important first: the beginning of the list is a shorter summary."""
    scored = _scored(reading)
    left = sorted(filter(lambda s: s.score > 0, scored), key=lambda s: -s.score)
    chosen: dict[int, _Scored] = {}
    following = scored[around.position] if around is not None else _next(left, chosen)
    while following and len(chosen) < most:
        chosen[following.sentence.position] = following
        left = [s for s in left if s is not following and not _repeats(s, following)]
        following = _next(left, chosen)
    return [trimmed(s.sentence) for s in chosen.values()]


def _next(left: list[_Scored], chosen: dict[int, _Scored]) -> _Scored | None:
    """The best that does not lean on a sentence which is not there."""
    free = (s for s in left if not s.leans or s.sentence.position - 1 in chosen)
    return next(free, None)


def _repeats(one: _Scored, other: _Scored) -> bool:
    shared = sum(words.rarity(word) for word in one.words & other.words)
    return shared >= _REPEATS * min(one.weight, other.weight)


def brief(article: Article, most: int = BRIEF) -> tuple[Sentence, ...]:
    """As `choose` around the one line, for an article that was not read yet."""
    reading = read(article)
    return choose(reading, most, line(reading))


def trimmed(sentence: Sentence) -> Sentence:
    """The sentence without dateline, leading 据悉 and the like; what is left is verbatim."""
    start = trim.front(sentence.text)
    return replace(sentence, text=sentence.text[start:]) if start else sentence


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The weight of the shared words as a share of the lighter set's, 0 to 1."""
    if not one or not other:
        return 0.0
    lighter = min(_weight(one), _weight(other))
    return _weight(one & other) / lighter if lighter else 0.0


def _weight(some: frozenset[str]) -> float:
    return sum(words.rarity(w) for w in some)


def _scored(reading: Reading) -> list[_Scored]:
    rarity = {word: words.rarity(word) for word in reading.counts}
    worth = {word: count * rarity[word] for word, count in reading.counts.items()}
    scored = []
    for sentence, telling in zip(reading.sentences, reading.telling, strict=True):
        said = frozenset(telling)
        weight = sum(map(rarity.__getitem__, said))
        central = sum(map(worth.__getitem__, said)) / (_SHORT + len(telling))
        place = _FIRST / (_FIRST + sentence.position)
        score = (central + _ANY) * place * fitness(sentence.text)
        scored.append(_Scored(sentence, said, weight, score, leans(sentence.text)))
    return scored
