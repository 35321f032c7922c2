"""What readers complain of: a link, a source, a summary."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class About(StrEnum):
    """What a complaint is about."""

    LINK = "link"
    SOURCE = "source"
    SUMMARY = "summary"
    STORY = "story"  # in the reader's own words


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a reader says is wrong. `detail` is the link's address or the outlet's name."""

    about: About
    story: int
    article: int = 0  # 0 for the story as a whole
    detail: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A complaint in the operator's queue. `title` is that of its newest article that is shown."""

    id: int
    complaint: Complaint
    chat: int
    user: int
    at: datetime  # UTC
    closed_at: datetime | None
    title: str = ""
