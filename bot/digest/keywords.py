"""Keywords: the words of an article that are frequent in it and rare elsewhere.

TF-IDF with jieba's dictionary as the background, words of the title and the lead counting more.
"""

from collections import Counter
from collections.abc import Sequence

from bot.digest import words
from bot.digest.reading import Reading

_LEAD = 3  # sentences
_TITLE_WEIGHT = 3
_LEAD_WEIGHT = 1


def weights(texts: Sequence[list[str]]) -> Counter[str]:
    """How much each telling word of some sentences weighs."""
    counts = Counter(w for text in texts for w in text)
    return Counter({w: n * words.rarity(w) for w, n in counts.items()})


def keywords(reading: Reading, most: int = 20) -> tuple[str, ...]:
    """The most telling words first.

    Args:
        reading: the article.
        most: how many at most.
    """
    counts = Counter(w for text in reading.telling for w in text)
    for word in reading.title:
        counts[word] += _TITLE_WEIGHT
    for word in (w for text in reading.telling[:_LEAD] for w in text):
        counts[word] += _LEAD_WEIGHT
    ranked = sorted(counts, key=lambda w: (-counts[w] * words.rarity(w), w))
    return tuple(ranked[:most])
