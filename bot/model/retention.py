"""The words of retention: articles on their way to being kept without their text."""

from dataclasses import dataclass
from enum import StrEnum

from bot.model.articles import Article
from bot.model.digests import Digest, Sentence


class Passing(StrEnum):
    """What is kept for a time only, each by an instant of its own."""

    PHRASES = "phrases"  # words behind buttons, since they were last asked for or offered
    TOLD = "told"  # which stories chats were told, since then; not those that they follow
    SKETCHES = "sketches"  # what articles are compared by, since they were stored or changed
    ASIDE = "aside"  # messages that could not be sent, since they were given up
    VOTES = "votes"  # since they were given
    REPORTS = "reports"  # since they were closed; open ones stay


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
