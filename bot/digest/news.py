"""What is new in a story for those who were told of it before.

Another outlet that says the same is no news. A sentence is new when none of the articles that were
told of holds most of what it says.
"""

from collections.abc import Iterator, Sequence

from bot.digest import words
from bot.digest.sentences import sentences
from bot.digest.summary import overlap
from bot.model import Cited, Sentence, StoredArticle, StoryView
from bot.model.delivery import Entry

_KNOWN = 0.5  # the weight of a sentence's words that one older sentence holds
_MOST = 3


def entry(view: StoryView, told_upto: int | None) -> Entry | None:
    """A story as it goes into a digest; None when there is nothing new in it.

    Args:
        view: the whole story.
        told_upto: the number of its newest article when the place was told of it last; None when
            it never was.
    """
    upto = max(article.id for article in view.story.articles)
    if told_upto is None:
        return Entry(view, upto)
    fresh = development(view.story.articles, told_upto)
    return Entry(view, upto, told_upto, fresh) if fresh else None


def development(articles: Sequence[StoredArticle], told_upto: int) -> tuple[Cited, ...]:
    """Up to three sentences that say what the articles told of do not, oldest article first.

    Args:
        articles: a story's.
        told_upto: the number of the last article that was told of.
    """
    older = [a for a in articles if a.id <= told_upto]
    known = [_said(s) for a in older for s in sentences(a.article)]
    fresh: list[Cited] = []
    for cited in _offered(sorted((a for a in articles if a.id > told_upto), key=lambda a: a.id)):
        said = _said(cited.sentence)
        if said and len(fresh) < _MOST and all(overlap(said, k) < _KNOWN for k in known):
            fresh.append(cited)
            known.append(said)
    return tuple(fresh)


def _offered(articles: Sequence[StoredArticle]) -> Iterator[Cited]:
    """The sentences that sum each article up."""
    for article in articles:
        for sentence in article.digest.summary:
            yield Cited(article, sentence)


def _said(sentence: Sentence) -> frozenset[str]:
    return frozenset(words.telling(sentence.text))
