"""Finding the feeds of a site from one of its pages."""

import warnings

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import Tag

from bot.addresses import absolute, web
from bot.sources.opml import Outline
from bot.sources.text import visible

_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
    "application/json",
    "text/xml",
    "application/xml",
)
_NO_NEWS = ("comments", "评论")  # feeds of what readers wrote come last
_USUAL = ("/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/feed.json")
MOST = 20


def feeds_of_page(html: str, url: str) -> list[Outline]:
    """The feeds that a page names, the likeliest first.

    Args:
        html: the page.
        url: where it came from.
    """
    page = _tree(html)
    base = page.find("base", href=True)
    at = absolute(str(base["href"]), url) if isinstance(base, Tag) else url
    named = (_named(link, at) for link in page.find_all("link", href=True))
    found = {feed.url: feed for feed in named if feed is not None}
    return sorted(found.values(), key=_is_comments)[:MOST]


def _tree(html: str) -> BeautifulSoup:
    """The tree of any text at all, without the parser's advice on it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(html, "lxml")


def usual_addresses(url: str) -> list[str]:
    """Where a site that names no feed is likely to have one."""
    return [address for path in _USUAL if (address := web(absolute(path, url)))]


def _named(link: Tag, base: str) -> Outline | None:
    rels = {str(rel).lower() for rel in link.get_attribute_list("rel")}
    kind = str(link.get("type", "")).partition(";")[0].strip().lower()
    if "feed" not in rels and not ("alternate" in rels and kind in _TYPES):
        return None
    if kind == "application/json" and "oembed" in str(link["href"]):
        return None
    url = web(absolute(str(link["href"]), base))
    title = " ".join(visible(str(link.get("title", ""))).split())
    return Outline(url, title[:300]) if url else None


def _is_comments(feed: Outline) -> bool:
    return any(word in f"{feed.url} {feed.title}".lower() for word in _NO_NEWS)
