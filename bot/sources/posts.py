"""Posts: files of YAML front matter and an HTML body, as an RSS-to-site pipeline writes them."""

import hashlib
from collections.abc import Iterable
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

from bot.errors import ReadError
from bot.model import Article, BlockKind, Image
from bot.sources import front_matter, text
from bot.sources.body import Body, parse_html, read_body
from bot.sources.byline import aside, byline
from bot.sources.published import published
from bot.sources.urls import picture

SUFFIXES = {".md", ".markdown", ".txt", ".html"}
MOST_BYTES = 5 * 1024 * 1024
UNKNOWN_OUTLET = "未知来源"


def find_posts(paths: Iterable[Path]) -> list[Path]:
    """The post files among some paths: files as they are, folders with all that is in them.

    Hidden files and files with other suffixes are passed over inside folders.

    Raises:
        ReadError: a path does not exist.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(
                p for p in path.rglob("*") if _is_post(p.relative_to(path)) and p.is_file()
            )
        elif path.exists():
            found.append(path)
        else:
            raise ReadError(f"{path} does not exist; give a post file or a folder of posts")
    return list(dict.fromkeys(found))


def _is_post(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not any(p.startswith(".") for p in path.parts)


def read_post(path: Path) -> Article:
    """The article in a file.

    Raises:
        ReadError: the file is not a post; the text says why.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ReadError(f"cannot be read: {error.strerror}") from error
    return parse_post(raw, str(path))


def parse_post(raw: bytes, path: str) -> Article:
    """The article in the bytes of a file; `path` is only recorded.

    Raises:
        ReadError: the bytes are not a post; the text says why.
    """
    if len(raw) > MOST_BYTES:
        raise ReadError("the file is larger than 5 MiB")
    fields, html = front_matter.split(raw)
    body = read_body(html)
    asides = (aside(b.text) for b in body.blocks if b.kind is BlockKind.TEXT)
    made_by = byline([*body.bylines, *((said, ()) for said in asides if said)])
    raw_title, raw_outlet, raw_date = (_field(fields, n) for n in ("title", "author", "date"))
    at = published(raw_date)
    article = Article(
        key=_hash(raw_outlet, raw_title, raw_date)[:32],
        content_hash="",
        path=path,
        title=_title(raw_title),
        outlet=text.prose(raw_outlet) or UNKNOWN_OUTLET,
        published_at=at,
        published_at_raw=raw_date,
        categories=_categories(fields),
        blocks=tuple(body.blocks),
        links=tuple(body.links.values()),
        images=_images(fields, body),
        byline=made_by,
        url=made_by.upstream_url,
        flags=tuple(_flags(body, dated=at is not None, named=bool(raw_outlet))),
    )
    return replace(article, content_hash=_content_hash(article))


def _field(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise ReadError(f"'{name}' in the front matter must be a text")
    return text.visible(value).strip()


def _title(raw: str) -> str:
    """Raises ReadError when there is none."""
    shown = text.title(parse_html(raw).get_text() if "<" in raw or "&" in raw else raw)
    if not shown:
        raise ReadError("the front matter has no 'title'")
    return shown


def _categories(fields: dict[str, Any]) -> tuple[str, ...]:
    value = fields.get("categories") or []
    names = value if isinstance(value, list) else [value]
    shown = [text.prose(n) for n in names if isinstance(n, str)]
    return tuple(dict.fromkeys(n for n in shown if n))


def _images(fields: dict[str, Any], body: Body) -> tuple[Image, ...]:
    head = picture(_field(fields, "headimg") or _field(fields, "thumbnail"))
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


def _content_hash(article: Article) -> str:
    """Changes with anything that a reader could see; not with where the file lies."""
    seen = replace(article, path="", key="", content_hash="", published_at=None, flags=())
    return _hash(repr(astuple(seen)))


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
