"""Links under the reader's control: what kinds there are, and what is done with each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    all that lie under it, too.
    """

    kinds: Mapping[LinkKind, LinkRule] = field(default_factory=dict)
    domains: Mapping[str, LinkRule] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link as a chat may see it: `url` only where it may be opened, `domain` unless hidden."""

    kind: LinkKind
    rule: LinkRule
    url: str = ""
    domain: str = ""
    shortened: bool = False  # nobody knows where it leads before opening it
