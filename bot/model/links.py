"""Links under the reader's control: what kinds there are, and what is done with each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class LinkKind(StrEnum):
    """What a link leads to."""

    ORIGINAL = "original"  # the report itself
    SHOPPING = "shopping"
    VIDEO = "video"
    SOCIAL = "social"
    OTHER = "other"


class LinkRule(StrEnum):
    """What is done with a link."""

    DIRECT = "direct"
    TEXT = "text"  # its domain can be read, nothing can be pressed
    HIDE = "hide"


@dataclass(frozen=True, slots=True)
class LinkPolicy:
    """What a chat wants done with links: by kind, and by domain, which goes before the kind.

    A kind that is not named is shown as text. A domain, in ASCII as browsers send it, stands for
    all that lie under it, too. What the operator blocks goes before everything.
    """

    kinds: Mapping[LinkKind, LinkRule] = field(default_factory=dict)
    domains: Mapping[str, LinkRule] = field(default_factory=dict)
    blocked: frozenset[str] = frozenset()  # domains

    def __hash__(self) -> int:
        return hash((frozenset(self.kinds.items()), frozenset(self.domains.items()), self.blocked))


# In private everything opens; in a group what the group came for, and the rest can be read.
PRIVATE = LinkPolicy(dict.fromkeys(LinkKind, LinkRule.DIRECT))
GROUP = LinkPolicy(
    dict.fromkeys(LinkKind, LinkRule.TEXT)
    | {LinkKind.ORIGINAL: LinkRule.DIRECT, LinkKind.SHOPPING: LinkRule.DIRECT}
)


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link as a chat may see it: `url` only where it may be opened, `domain` unless hidden."""

    kind: LinkKind
    rule: LinkRule
    url: str = ""
    domain: str = ""
    shortened: bool = False  # nobody knows where it leads before opening it


class BanKind(StrEnum):
    """What an operator may block."""

    SOURCE = "source"  # an outlet, by its name
    DOMAIN = "domain"  # with all that lie under it


@dataclass(frozen=True, slots=True)
class Ban:
    """What an operator blocks, and how many stored articles that hides."""

    kind: BanKind
    value: str
    since: datetime  # UTC
    articles: int
