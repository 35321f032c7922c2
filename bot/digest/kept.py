"""What stays of an article when its text is dropped: the sentences that its digest shows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.digest.sentences import sentences
from bot.model import Article, Block, BlockKind, Digest, Sentence

DROPPED = "text-dropped"  # a flag of the article
_BEGINNING = 4  # characters; a shown sentence may have lost what stood before or behind it


def kept(article: Article, made: Digest, more: Iterable[Sentence] = ()) -> Article:
    """The article with the sentences that are shown of it, whole, a block each, and no others.

    Title, outlet, dates, links, pictures and the content hash stay, so that it is known again.

    Args:
        article: with its text.
        made: its digest.
        more: sentences that are shown beside, as the items of a round-up are.
    """
    found = sentences(article)
    sources = {_source(s, found) for s in (*shown(made), *more)}
    blocks = [Block(BlockKind.TEXT, s.text) for s in sorted(sources, key=lambda s: s.position)]
    flags = tuple(dict.fromkeys((*article.flags, DROPPED)))
    return replace(article, blocks=tuple(blocks), flags=flags)


def shown(made: Digest) -> Iterator[Sentence]:
    """The sentences that a digest shows; some come more than once."""
    if made.line:
        yield made.line
    yield from made.summary
    yield from made.full
    yield from (event.sentence for event in made.events)
    if made.early:
        yield made.early.sentence


def _source(one: Sentence, found: Sequence[Sentence]) -> Sentence:
    """The article's own sentence that a shown one was taken from; itself when there is none, as
    where an older version counted otherwise."""
    if one.position < len(found) and one.text[:_BEGINNING] in found[one.position].text:
        return found[one.position]
    return next((other for other in found if one.text in other.text), one)
