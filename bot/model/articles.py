"""What others wrote: articles, block by block, and where they come from."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block of an article's body is. Only `TEXT` and `LIST` blocks are news prose."""

    TEXT = "text"
    LIST = "list"  # one item of a list
    HEADING = "heading"
    CAPTION = "caption"
    CODE = "code"
    TABLE = "table"  # one row, its cells joined with ' | '
    BYLINE = "byline"  # who wrote it, where it comes from
    BOILERPLATE = "boilerplate"  # adverts, recommend boxes, 'pictures from the web', follow us


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, caption … of an article's body, in the order of the body."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link that the body holds; `url` is http or https."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that the body or the front matter holds, its real address."""

    url: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Byline:
    """What the body says of its own making; an empty string where it says nothing."""

    upstream: str = ""  # the publication it was taken from: 新榜（ID：newrankcn）
    upstream_url: str = ""
    author: str = ""
    editor: str = ""
    pictures: str = ""  # picture credit


@dataclass(frozen=True, slots=True)
class Article:
    """One article as a source gave it, cleaned.

    `key` identifies the article across readings (it does not change when the text does);
    `content_hash` changes with what a reader sees (`seen`).
    """

    key: str
    content_hash: str
    path: str  # the file or feed it was read from
    title: str
    outlet: str
    published_at: datetime | None  # UTC; None when the source gives no usable date
    published_at_raw: str  # the date as the source wrote it
    categories: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    byline: Byline = field(default_factory=Byline)
    url: str = ""  # the original report, where the source names one
    flags: tuple[str, ...] = ()  # what a reader should know: 'date-unknown', 'empty-body', …

    def seen(self) -> "Article":
        """What a reader sees: not where the file lies, nor what servers make anew for each who
        asks, dates of the moment and signatures in the addresses of pictures."""
        return replace(
            self,
            path="",
            key="",
            content_hash="",
            published_at=None,
            published_at_raw="",
            images=tuple(replace(image, url=image.url.partition("?")[0]) for image in self.images),
            flags=(),
        )


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file or entry that could not be read, and why, in words for the operator."""

    path: str
    reason: str
