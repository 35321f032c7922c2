"""What a feed's document says, before anything is made of it; the same for XML and JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import struct_time

MOST_ENTRIES = 500  # of one document; feeds that hold their whole past are cut


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as written; empty where it says nothing. Titles may hold HTML."""

    guid: str = ""
    title: str = ""
    link: str = ""
    date: str = ""
    parsed: struct_time | None = None  # the date as the parser understood it
    html: str = ""
    base: str = ""  # of relative addresses in `html`; '' for that of the link
    author: str = ""
    categories: Sequence[str] = ()
    picture: str = ""
    outlet: str = ""  # where an aggregator has it from


@dataclass(frozen=True, slots=True)
class Document:
    """A feed and its entries; `ttl` in seconds, 0 when it does not say."""

    title: str
    site: str
    ttl: float
    entries: Sequence[Entry]
