"""What `check` finds of one thing."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARN = "warn"  # the bot works, but not as it might
    BAD = "bad"  # it does not work


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing, and how to mend it where it is not well."""

    level: Level
    about: str  # a word that scripts may look for
    text: str


def ok(about: str, text: str) -> Finding:
    """It is well."""
    return Finding(Level.OK, about, text)


def warn(about: str, text: str) -> Finding:
    """It might be better."""
    return Finding(Level.WARN, about, text)


def bad(about: str, text: str) -> Finding:
    """It does not work."""
    return Finding(Level.BAD, about, text)
