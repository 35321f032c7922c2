"""Lists of feeds as OPML, the format in which feed readers exchange them."""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from bot.addresses import canonical, web
from bot.errors import ReadError
from bot.sources.feeds.decode import decode
from bot.sources.feeds.tree import parse, without_doctype
from bot.sources.text import visible

MOST_FEEDS = 10_000
MOST_BYTES = 5 * 2**20
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed in a list; `site` is the page it belongs to, where that is said."""

    url: str
    title: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """The feeds of a list, and what it holds in place of addresses that can be read."""

    feeds: list[Outline]
    refused: list[str]


def read(raw: bytes) -> Listed:
    """The feeds of a list, each once, in its order; folders are opened.

    Addresses may be http, https or rsshub.

    Raises:
        ReadError: it is no OPML, or holds no feed.
    """
    if len(raw) > MOST_BYTES:
        raise ReadError("the list is larger than 5 MiB")
    root = parse(without_doctype(decode(raw)))
    feeds: dict[str, Outline] = {}
    refused = []
    for said in map(_said, filter(_is_outline, root.iter())):
        feed, named = _outline(said), visible(said.get("xmlurl", "")).strip()
        if feed.url:
            feeds.setdefault(canonical(feed.url), feed)
        elif named:
            refused.append(named[:_LONGEST_TITLE])
    if not feeds:
        raise ReadError("there is no feed in it: an OPML list has <outline xmlUrl='…'>")
    return Listed(list(feeds.values())[:MOST_FEEDS], refused[:MOST_FEEDS])


def _is_outline(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and element.tag.lower() == "outline"


def _said(element: etree._Element) -> dict[str, str]:
    return {str(name).lower(): str(value) for name, value in element.attrib.items()}


def _outline(said: dict[str, str]) -> Outline:
    url = said.get("xmlurl", "").strip()
    title = " ".join(visible(said.get("title") or said.get("text") or "").split())
    address = visible(url) if url.lower().startswith("rsshub://") else web(url)
    title = "" if title == address else title  # so is one written that has none
    return Outline(address, title[:_LONGEST_TITLE], web(said.get("htmlurl", "")))


def write(feeds: Iterable[Outline], title: str) -> bytes:
    """A list of feeds that other readers can import.

    Args:
        feeds: in the order wanted.
        title: of the list.
    """
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _xml(title)
    body = etree.SubElement(root, "body")
    for feed in feeds:
        name = _xml(feed.title) or feed.url
        said = {"type": "rss", "text": name, "title": name, "xmlUrl": _xml(feed.url)}
        etree.SubElement(
            body, "outline", said | ({"htmlUrl": _xml(feed.site)} if feed.site else {})
        )
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def _xml(words: str) -> str:
    """Without what XML cannot hold."""
    return "".join(c for c in visible(words) if c not in "\ufffe\uffff")
