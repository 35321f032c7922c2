"""Keywords: the words of an article that are frequent in it and rare elsewhere.

TF-IDF with jieba's dictionary as the background, words of the title and the lead counting more.
"""

from collections import Counter

from bot.digest import words
from bot.model import Article, Sentence

_LEAD = 3  # sentences
_TITLE_WEIGHT = 3
_LEAD_WEIGHT = 1


def weights(texts: list[list[str]]) -> Counter[str]:
    """How much each telling word of some sentences weighs."""
    counts = Counter(w for text in texts for w in text)
    return Counter({w: n * words.rarity(w) for w, n in counts.items()})


def keywords(
    article: Article, found: tuple[Sentence, ...], cut: list[list[str]], most: int = 20
) -> tuple[str, ...]:
    """The most telling words first.

    Args:
        article: for its title.
        found: its sentences.
        cut: the telling words of each sentence.
        most: how many at most.
    """
    counts = Counter(w for text in cut for w in text)
    for word in words.telling(article.title):
        counts[word] += _TITLE_WEIGHT
    for word in (w for text in cut[:_LEAD] for w in text):
        counts[word] += _LEAD_WEIGHT
    ranked = sorted(counts, key=lambda w: (-counts[w] * words.rarity(w), w))
    return tuple(ranked[:most])
