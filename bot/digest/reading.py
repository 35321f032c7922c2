"""Reading: an article cut into sentences and words once, for all that is made of it."""

from collections import Counter
from dataclasses import dataclass
from itertools import chain

from bot.digest import words
from bot.digest.coined import coined, whole
from bot.digest.sentences import sentences
from bot.model import Article, Sentence


@dataclass(frozen=True, slots=True)
class Reading:
    """An article's sentences, each with its words; new words are whole.

    `tokens` are all words in order with punctuation and spaces, `telling` those that tell what the
    sentence is about, in lower case.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    tokens: tuple[list[str], ...]
    telling: tuple[list[str], ...]
    title: list[str]  # the telling words of the title
    counts: Counter[str]  # how often the sentences hold each telling word


def read(article: Article) -> Reading:
    """The article's sentences and words. Any article, also one without text."""
    found = sentences(article)
    title, *cut = (words.cut(text) for text in (article.title, *(s.text for s in found)))
    new = coined([title, *cut])
    tokens = tuple(whole(sentence, new) for sentence in cut)
    telling = tuple(words.telling_of(sentence) for sentence in tokens)
    counts = Counter(chain.from_iterable(telling))
    return Reading(article, found, tokens, telling, words.telling_of(whole(title, new)), counts)
