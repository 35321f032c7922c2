"""Keywords: the words of an article that are frequent in it and rare elsewhere.

TF-IDF with jieba's dictionary as the background, words of the title and the lead counting more.
"""

from itertools import chain

from bot.digest import words
from bot.digest.reading import Reading

_LEAD = 3  # sentences whose words count twice
_TITLE_WEIGHT = 3


def keywords(reading: Reading, most: int = 20) -> tuple[str, ...]:
    """The most telling words first.

    Args:
        reading: the article.
        most: how many at most.
    """
    counts = dict(reading.counts)
    for word in reading.title:
        counts[word] = counts.get(word, 0) + _TITLE_WEIGHT
    for word in chain.from_iterable(reading.telling[:_LEAD]):
        counts[word] += 1
    ranked = sorted([(-count * words.rarity(word), word) for word, count in counts.items()])
    return tuple([word for _, word in ranked[:most]])
