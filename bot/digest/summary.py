"""Summaries: the sentences of an article that say most, verbatim and in reading order.

Each sentence is scored by the weight of its words in the article, by how early it stands (news puts
the main thing first) and by whether it can stand alone; sentences that repeat what is chosen
already are passed over (maximal marginal relevance, Carbonell and Goldstein 1998).
"""

import re
from collections import Counter
from dataclasses import dataclass, replace

from bot.digest import words
from bot.digest.keywords import weights
from bot.digest.sentences import sentences
from bot.model import Article, Sentence

_LINE_FROM = 6  # the one line is one of the first sentences
_LATER = 0.8  # what each place further back costs it
_NEWS = re.compile(
    r"(?:\d{1,2}\s*[月日]|[今昨]日|今天|昨天|近日|日前)[^。]{0,60}"
    r"(?:发布|宣布|召开|启动|开放|更新|推出|公布|上线|发生|通过|举行|表示|开源|获|达)"
)
_SHORTEST, _LONGEST = 12, 160
_ENOUGH = 0.05  # a sentence worth less than this share of the best is not worth its place
_REPEATS = 0.6

# A sentence that begins so leans on the one before.
_LEANING = re.compile(
    r"(?:他|她|它|其|该|此|这|那|上述|对此|为此|因此|所以|但|不过|然而|而|并|也|还|同时|此外|另外|另一方面"
    r"|例如|比如|其中|其次|最后|然后|当时|彼时|可见|换句话|总之|于是|会后|随后|据上述|除具体)"
)
_EMPTY = re.compile(
    r"[？?]$|相关阅读|[让我]们?(?:来看|一起)|以下是|如下[:：]|值得一提|令人玩味|说起|有趣的是"
)
_FRONT = re.compile(
    r"^(?:[【\[][^】\]]{2,60}[】\]]\s*(?=\S{12})"
    r"|[\w\s·]{2,12}(?:\d{1,2}\s*月\s*\d{1,2}\s*日)?(?:讯|电|消息)[，,：:\s]+(?=\S)"
    r"|据[^，,。]{0,16}(?:消息|报道|悉|了解|介绍|透露)[，,]\s*|记者(?:获悉|了解到)[，,]\s*|事实上[，,]\s*)+"
)


@dataclass(frozen=True, slots=True)
class _Scored:
    sentence: Sentence
    words: frozenset[str]
    score: float


def line(found: tuple[Sentence, ...], cut: list[list[str]]) -> Sentence | None:
    """The one sentence to read, without dateline and attribution; None when there is no prose.

    The title is not looked at: the line stands beside it.

    Args:
        found: the article's sentences.
        cut: the telling words of each.
    """
    scored = _scored(found, cut)
    early = [s for s in scored if s.sentence.position < _LINE_FROM] or scored
    best = max(early, key=_as_line, default=None)
    return trimmed(best.sentence) if best else None


def _as_line(scored: _Scored) -> tuple[float, int]:
    """A line is news of a day, and stands early."""
    place = scored.sentence.position
    news = 1.6 if _NEWS.search(scored.sentence.text) else 1.0
    return scored.score * news * _LATER**place, -place


def choose(
    found: tuple[Sentence, ...], cut: list[list[str]], most: int = 3
) -> tuple[Sentence, ...]:
    """Up to `most` sentences in reading order.

    Args:
        found: the article's sentences.
        cut: the telling words of each.
        most: how many at most.
    """
    ranked = sorted(_scored(found, cut), key=lambda s: (-s.score, s.sentence.position))
    chosen: list[_Scored] = []
    for candidate in ranked:
        if len(chosen) == most or candidate.score < _ENOUGH * ranked[0].score:
            break
        if all(overlap(candidate.words, other.words) < _REPEATS for other in chosen):
            chosen.append(candidate)
    in_order = sorted((s.sentence for s in chosen), key=lambda s: s.position)
    return tuple(trimmed(s) if s.position == 0 else s for s in in_order)


def brief(article: Article, most: int = 3) -> tuple[Sentence, ...]:
    """As `choose`, for an article that was not cut yet."""
    found = sentences(article)
    return choose(found, [words.telling(s.text) for s in found], most)


def trimmed(sentence: Sentence) -> Sentence:
    """The sentence without dateline, leading 据悉 and the like; what is left is verbatim."""
    match = _FRONT.match(sentence.text)
    if match is None or len(sentence.text) - match.end() < _SHORTEST:
        return sentence
    return replace(sentence, text=sentence.text[match.end() :])


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The weight of the shared words as a share of the lighter set's, 0 to 1."""
    if not one or not other:
        return 0.0
    lighter = min(_weight(one), _weight(other))
    return _weight(one & other) / lighter if lighter else 0.0


def _weight(some: frozenset[str]) -> float:
    return sum(words.rarity(w) for w in some)


def _scored(found: tuple[Sentence, ...], cut: list[list[str]]) -> list[_Scored]:
    weight = weights(cut)
    total = max(1, len(found))
    return [
        _Scored(s, frozenset(w), _score(s, w, weight, total))
        for s, w in zip(found, cut, strict=True)
    ]


def _score(sentence: Sentence, cut: list[str], weight: Counter[str], total: int) -> float:
    """Words, place, shape."""
    said = sum(weight[w] for w in set(cut)) / (8 + len(cut))
    place = 0.35 + 0.65 * (1 - sentence.position / total) ** 4
    return said * place * _shape(sentence.text)


def _shape(text: str) -> float:
    shape = 1.0
    if not _SHORTEST <= len(text) <= _LONGEST:
        shape *= 0.5
    if _LEANING.match(text):
        shape *= 0.4
    if _EMPTY.search(text):
        shape *= 0.2
    if text[0] in "“‘":
        shape *= 0.5
    return shape
