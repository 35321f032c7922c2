"""The words of retention: articles on their way to being kept without their text."""

from dataclasses import dataclass

from bot.model.articles import Article
from bot.model.digests import Digest, Sentence


@dataclass(frozen=True, slots=True)
class WithText:
    """A stored article with all its revisions by number; `digest` is of the present one, and
    `items` are the sentences shown of a round-up's items."""

    id: int
    revision: int
    digest: Digest
    revisions: tuple[tuple[int, Article], ...]
    items: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Bare:
    """Its revisions as they are to be kept; `revision` is the number of the present one."""

    id: int
    revision: int
    revisions: tuple[tuple[int, Article], ...]
