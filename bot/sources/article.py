"""An article from what a source says of it and its HTML body; the same for posts and feeds."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from functools import cache

from bot.model import Article, BlockKind, Image
from bot.sources import text
from bot.sources.body import Body, read_body
from bot.sources.byline import aside, byline

UNKNOWN_OUTLET = "未知来源"


@dataclass(frozen=True, slots=True)
class Told:
    """What a source says of an article beside its body; shown text, not HTML."""

    key: str
    path: str
    title: str
    outlet: str  # '' when the source does not say
    date: str  # as written
    at: datetime | None
    categories: Sequence[str] = ()
    picture: str = ""  # the address of one beside the body
    url: str = ""
    author: str = ""


def compose(told: Told, html: str, base: str = "") -> Article:
    """The article.

    Args:
        told: what the source says of it.
        html: its body.
        base: the address that relative ones in the body belong to; '' refuses them.
    """
    body = read_body(html, base)
    asides = (aside(b.text) for b in body.blocks if b.kind is BlockKind.TEXT)
    made_by = byline([*body.bylines, *((said, ()) for said in asides if said)])
    article = Article(
        key=told.key,
        content_hash="",
        path=told.path,
        title=told.title,
        outlet=text.prose(told.outlet) or UNKNOWN_OUTLET,
        published_at=told.at,
        published_at_raw=told.date,
        categories=_categories(told.categories),
        blocks=tuple(body.blocks),
        links=tuple(body.links.values()),
        images=_images(told.picture, body),
        byline=replace(made_by, author=made_by.author or told.author),
        url=told.url or made_by.upstream_url,
        flags=tuple(_flags(body, dated=told.at is not None, named=bool(told.outlet))),
    )
    return replace(article, content_hash=_hash(repr(_plain(article.seen()))))


def key(*parts: str) -> str:
    """The key of an article from what cannot change."""
    return _hash(*parts)[:32]


def _categories(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(shown for n in names if (shown := text.prose(n))))


def _images(head: str, body: Body) -> tuple[Image, ...]:
    extra = (Image(head),) if head and head not in body.images else ()
    return (*extra, *body.images.values())


def _flags(body: Body, *, dated: bool, named: bool) -> Iterable[str]:
    if not dated:
        yield "date-unknown"
    if not named:
        yield "outlet-unknown"
    prose = (BlockKind.TEXT, BlockKind.LIST, BlockKind.TABLE, BlockKind.CODE)
    if not any(block.kind in prose for block in body.blocks):
        yield "picture-only" if body.images else "empty-body"


def _plain(thing: object) -> object:
    """As `dataclasses.astuple`, which copies each string with care."""
    if isinstance(thing, str):
        return thing
    if isinstance(thing, tuple):
        return tuple(map(_plain, thing))
    if is_dataclass(thing) and not isinstance(thing, type):
        return tuple(_plain(getattr(thing, name)) for name in _names(type(thing)))
    return thing


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
