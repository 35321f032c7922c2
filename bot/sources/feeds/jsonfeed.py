"""JSON Feed, versions 1 and 1.1 (jsonfeed.org), with what writers of it get wrong."""

import json
from typing import Any
from urllib.parse import urljoin
from xml.sax.saxutils import escape

from bot.errors import ReadError
from bot.sources.feeds.document import MOST_ENTRIES, Document, Entry


def read(text: str, url: str) -> Document:
    """What the text of a JSON Feed says.

    Raises:
        ReadError: it is none.
    """
    try:
        feed = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"the JSON is broken: {str(error)[:200]}") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise ReadError("this is JSON, but no JSON Feed: it has no list 'items'")
    items = [item for item in feed["items"][:MOST_ENTRIES] if isinstance(item, dict)]
    entries = tuple(_entry(item) for item in items)
    return Document(_text(feed, "title"), _join(url, _text(feed, "home_page_url")), 0.0, entries)


def _entry(item: dict[str, Any]) -> Entry:
    # Numbers are not allowed as 'id', and common.
    return Entry(
        guid=_text(item, "id"),
        title=escape(_text(item, "title")),
        link=_text(item, "url") or _text(item, "external_url"),
        date=_text(item, "date_published") or _text(item, "date_modified"),
        html=_text(item, "content_html") or _plain(item),
        author=_author(item),
        categories=[tag for tag in _list(item, "tags") if isinstance(tag, str)],
        picture=_text(item, "image") or _text(item, "banner_image"),
    )


def _plain(item: dict[str, Any]) -> str:
    plain = _text(item, "content_text") or _text(item, "summary")
    return escape(plain).replace("\n", "<br/>\n")


def _author(item: dict[str, Any]) -> str:
    authors = [*_list(item, "authors"), item.get("author")]
    names = (_text(author, "name") for author in authors if isinstance(author, dict))
    return next(filter(None, names), "")


def _list(item: dict[str, Any], name: str) -> list[Any]:
    value = item.get(name)
    return value if isinstance(value, list) else []


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def _join(base: str, address: str) -> str:
    try:
        return urljoin(base, address) if address else ""
    except ValueError:
        return ""
