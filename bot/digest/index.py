"""The index of an article: the words under which it is found, in lower case and Simplified.

The sentences that were cut for the digest are not cut again where they are so already.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, groupby

from bot.digest import words
from bot.digest.reading import Reading
from bot.digest.script import simplified
from bot.model import Article, BlockKind, Digest, Words

_HIDDEN = (BlockKind.BOILERPLATE, BlockKind.BYLINE)
_BETWEEN = "\x1e"  # texts that are made Simplified together

Piece = tuple[str, list[str] | None]  # a text, with its words where it was cut


def index_words(reading: Reading, digest: Digest) -> Words:
    """The words under which an article is found, and those that find the stories it may join."""
    head = simplified(_head(reading.article).lower())
    body = _words(list(_pieces(reading)))
    return Words(words.searchable(words.cut(head)), words.searchable(body), digest.keywords)


def _head(article: Article) -> str:
    return "\n".join([article.title, article.outlet, *article.categories])


def _pieces(reading: Reading) -> Iterator[Piece]:
    """The body in order: the sentences of its prose, and its other blocks."""
    read = zip(reading.sentences, reading.cut, strict=True)
    prose = {n: list(some) for n, some in groupby(read, key=lambda pair: pair[0].block)}
    for number, block in enumerate(reading.article.blocks):
        if number in prose:
            yield from ((sentence.text, cut) for sentence, cut in prose[number])
        elif block.kind not in _HIDDEN:
            yield block.text, None


def _words(pieces: Sequence[Piece]) -> Iterator[str]:
    """All words of some pieces, in lower case and Simplified."""
    plain = simplified(_BETWEEN.join([text for text, _ in pieces]).lower())
    texts = plain.split(_BETWEEN)
    if len(texts) != len(pieces):  # one holds the sign itself
        return iter(words.cut(plain))
    return chain.from_iterable(
        cut if cut is not None and text == simple else words.cut(simple)
        for simple, (text, cut) in zip(texts, pieces, strict=True)
    )
