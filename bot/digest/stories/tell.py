"""Stories: which articles tell of the same thing, and how to tell it from all of them.

Precision before recall: a wrong merge hurts more than a missed one. Two articles are one story when
the weight of their shared keywords is large against all their keywords (weighted cosine of TF-IDF
ranks), at least three rare words are among them, and title and line say much the same: reports of
one company share its name, its head and its products, whatever happened.
"""

import math
import re
from collections.abc import Sequence

from bot.digest import words
from bot.digest.summary import overlap
from bot.model import (
    Article,
    Cited,
    Digest,
    StoredArticle,
    Story,
    StoryChoice,
    StoryView,
    Words,
)

_SAME = 0.36
_ALIKE = 0.6  # so like each other as a whole that their heads need not be
_TOGETHER = 0.92  # otherwise: likeness as a whole plus overlap of the heads, 0 to 2
_RARE = 9.0  # words.rarity of a word that is hardly ever used
_SHARED_RARE = 3
_PLACE = re.compile("[\u3400-\u9fff]{1,5}[省市县州区镇乡]")
_PLACE_RARITY = 12.0  # 城市, 上市 and 地区 are common words, 漾濞县 is not
_REPEATS = 0.4
_SUMMARY = 3
_KEYWORDS = 8
_DATED = re.compile(r"\d\s*[月日]")


def choose(
    article: Article, digest: Digest, index: Words, candidates: Sequence[Story]
) -> StoryChoice:
    """Which of some stories an article belongs to, if any, and why.

    Args:
        article: a new article.
        digest: its digest.
        index: its words.
        candidates: stories that share keywords with it.
    """
    best = StoryChoice(None, 0.0, "没有相近的报道")
    head = _head(article, digest)
    for story in candidates:
        for other in story.articles:
            found = _compared(story.id, digest, other, head)
            if (found.story_id is not None, found.score) > (best.story_id is not None, best.score):
                best = found
    return best


def _compared(story: int, digest: Digest, other: StoredArticle, head: str) -> StoryChoice:
    """Whether an article belongs to the story of another."""
    shared = _shared(digest.keywords, other.digest.keywords)
    score = round(_likeness(digest.keywords, other.digest.keywords), 4)
    other_head = _head(other.article, other.digest)
    here, there = _places(head), _places(other_head)
    if here and there and not here & there:
        return StoryChoice(None, score, f"地点不同：{'、'.join(sorted(here | there))}")
    rare = [w for w in shared if words.rarity(w) >= _RARE]
    if score < _SAME or len(rare) < _SHARED_RARE:
        return StoryChoice(None, score, _because(shared))
    if score < _ALIKE and score + _overlap(head, other_head) < _TOGETHER:
        return StoryChoice(None, score, f"{_because(shared)}；标题和首要内容不同")
    return StoryChoice(story, score, _because(shared))


def _because(shared: Sequence[str]) -> str:
    return f"共同关键词：{'、'.join(shared[:6])}" if shared else "没有共同关键词"


def _head(article: Article, digest: Digest) -> str:
    """Title and line: what happened, before the background."""
    return f"{article.title}\n{digest.line.text if digest.line else ''}"


def _overlap(one: str, other: str) -> float:
    return overlap(frozenset(words.telling(one)), frozenset(words.telling(other)))


def _places(head: str) -> set[str]:
    """The counties, cities and the like that a head names; the same words of an earthquake are
    said of every earthquake."""
    return {w for w in words.cut(head) if _PLACE.fullmatch(w) and words.rarity(w) >= _PLACE_RARITY}


def _shared(one: Sequence[str], other: Sequence[str]) -> list[str]:
    return [w for w in one if w in set(other)]


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    a, b = _vector(one), _vector(other)
    dot = sum(value * b.get(word, 0.0) for word, value in a.items())
    norm = math.sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values()))
    return dot / norm if norm else 0.0


def _vector(keywords: Sequence[str]) -> dict[str, float]:
    """Earlier keywords tell more."""
    return {w: words.rarity(w) / math.sqrt(n + 1) for n, w in enumerate(keywords)}


def tell(story: Story) -> StoryView:
    """A story's title, line, summary and keywords, chosen across its articles."""
    ranked = _most_typical_first(story.articles)
    weight = _weights(ranked)
    lines = [Cited(a, a.digest.line) for a in ranked if a.digest.line]
    dated = [c for c in lines if _DATED.search(c.sentence.text)] or lines
    line = max(dated, key=lambda c: _said(c.sentence.text, weight), default=None)
    title = max((a.article.title for a in ranked), key=lambda t: _said(t, weight))
    keywords = sorted(weight, key=lambda w: (-weight[w], w))[:_KEYWORDS]
    return StoryView(story, title, line, _summary(ranked, line), tuple(keywords))


def _said(text: str, weight: dict[str, float]) -> float:
    """How much of what a story is about a text says."""
    return sum(weight.get(w, 0.0) for w in set(words.telling(text)))


def _most_typical_first(articles: Sequence[StoredArticle]) -> list[StoredArticle]:
    """Those that are most like the others first."""

    def likeness(one: StoredArticle) -> float:
        return sum(_likeness(one.digest.keywords, other.digest.keywords) for other in articles)

    return sorted(articles, key=lambda a: (-round(likeness(a), 6), a.id))


def _summary(ranked: Sequence[StoredArticle], line: Cited | None) -> tuple[Cited, ...]:
    """The line, and then what each article in turn adds to it."""
    depth = max(len(a.digest.summary) for a in ranked)
    offered = [line] if line else []
    for n in range(depth):
        offered += [Cited(a, a.digest.summary[n]) for a in ranked if n < len(a.digest.summary)]
    chosen: list[Cited] = []
    seen: list[frozenset[str]] = []
    for cited in offered:
        said = frozenset(words.telling(cited.sentence.text))
        if len(chosen) < _SUMMARY and all(overlap(said, other) < _REPEATS for other in seen):
            chosen.append(cited)
            seen.append(said)
    return tuple(chosen)


def _weights(articles: Sequence[StoredArticle]) -> dict[str, float]:
    """How much each keyword weighs over some articles."""
    sums: dict[str, float] = {}
    for article in articles:
        for word, value in _vector(article.digest.keywords).items():
            sums[word] = sums.get(word, 0.0) + value
    return sums
