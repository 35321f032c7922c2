"""Who else says a sentence, and a story told at length.

Precision first: an article says a sentence too when one of its own sentences holds nearly all the
telling words and all the figures of it. A reader bears a source that is not named; one that does
not say what it is named for is a lie.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.digest import words
from bot.digest.figures import disputes, key_figures
from bot.digest.stories.reprints import folded
from bot.digest.summary import overlap
from bot.model import Cited, StoredArticle, StoryView

LONGEST = 10  # sentences

_HOLDS = 0.8  # of the weight of the sentence's words
_REPEATS = 0.4
_ARTICLES = 12  # of a story, the newest
_FIGURE = re.compile(r"\d[\d,.]*")


def backed(view: StoryView) -> StoryView:
    """The story with those named who also say each sentence of its summary, its key figures, and
    those on which its articles do not agree."""
    articles = view.story.articles
    figures, differ = key_figures(articles), disputes(articles)
    return replace(view, also=_also(view), figures=figures, disputes=differ)


def _also(view: StoryView) -> tuple[tuple[StoredArticle, ...], ...]:
    others = [s.article for s in folded(view.story.articles)][:_ARTICLES]
    said = {a.id: [(_words(t), _figures(t)) for t in _texts(a)] for a in others}
    return tuple(
        tuple(
            other
            for other in others
            if other.id != cited.article.id and _holds(said[other.id], cited.sentence.text)
        )
        for cited in view.summary
    )


def longer(view: StoryView, most: int = LONGEST) -> StoryView:
    """The story with a summary of up to `most` sentences: the article of its one line in reading
    order, then what the others say beyond it, each in reading order too. As in `backed`, those who
    say it as well are named; figures stand in the sentences."""
    chosen: list[Cited] = []
    seen: list[frozenset[str]] = []
    for cited in _offered(view):
        said = _words(cited.sentence.text)
        if len(chosen) < most and all(overlap(said, other) < _REPEATS for other in seen):
            chosen.append(cited)
            seen.append(said)
    told = replace(view, summary=tuple(chosen))
    return replace(told, also=_also(told))


def _offered(view: StoryView) -> Iterator[Cited]:
    articles = [s.article for s in view.sources][:_ARTICLES]
    if view.line:
        articles = [view.line.article, *(a for a in articles if a.id != view.line.article.id)]
    return (Cited(a, s) for a in articles for s in a.digest.full or a.digest.summary)


def _texts(stored: StoredArticle) -> list[str]:
    return [s.text for s in stored.digest.full or stored.digest.summary]


def _words(text: str) -> frozenset[str]:
    return frozenset(words.telling(text))


def _figures(text: str) -> set[str]:
    return set(_FIGURE.findall(text))


def _holds(sentences: list[tuple[frozenset[str], set[str]]], text: str) -> bool:
    wanted, figures = _words(text), _figures(text)
    weight = sum(map(words.rarity, wanted))
    return bool(weight) and any(
        figures <= given and sum(map(words.rarity, wanted & held)) >= _HOLDS * weight
        for held, given in sentences
    )
