"""Summaries: the sentences of an article that say most, verbatim and in reading order.

News puts the main thing first, so place counts most; what a sentence says counts by the weight of
its words in the article. A sentence that leans on the one before comes only together with it.
Sentences that repeat what is chosen already are passed over (maximal marginal relevance, Carbonell
and Goldstein 1998).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.digest import trim, words
from bot.digest.headline import line
from bot.digest.reading import Reading, read
from bot.digest.shape import fitness, leans
from bot.model import Article, Sentence

BRIEF, FULL = 3, 8  # sentences

_REPEATS = 0.65  # of the lighter sentence's words: says the same again
_FIRST = 2.0  # sentences after which the worth of a place has halved


@dataclass(frozen=True, slots=True)
class _Scored:
    sentence: Sentence
    words: frozenset[str]
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
    scored = _scored(reading)
    left = sorted(scored, key=lambda s: (-s.score, s.sentence.position))
    first = [scored[around.position]] if around is not None and most > 0 else []
    chosen = {s.sentence.position: s for s in first}
    while len(chosen) < most and (best := next((s for s in left if _may_join(s, chosen)), None)):
        chosen[best.sentence.position] = best
    in_order = (chosen[position].sentence for position in sorted(chosen))
    return tuple(trimmed(sentence) for sentence in in_order)


def _may_join(candidate: _Scored, chosen: dict[int, _Scored]) -> bool:
    """Whether a sentence says something new, and what it leans on is there."""
    position = candidate.sentence.position
    if position in chosen or candidate.score <= 0:
        return False
    if candidate.leans and position - 1 not in chosen:
        return False
    return all(overlap(candidate.words, other.words) < _REPEATS for other in chosen.values())


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
    weight = {word: count * words.rarity(word) for word, count in reading.counts.items()}
    return [
        _Scored(s, frozenset(w), _score(s, w, weight), leans(s.text))
        for s, w in zip(reading.sentences, reading.telling, strict=True)
    ]


def _score(sentence: Sentence, telling: Sequence[str], weight: dict[str, float]) -> float:
    """Words, place, shape."""
    said = sum(weight[w] for w in set(telling)) / (8 + len(telling))
    place = _FIRST / (_FIRST + sentence.position)
    return said * place * fitness(sentence.text)
