"""Made-up feeds as documents: RSS, Atom, JSON Feed, and RSS in GBK that calls itself GB2312."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from benchmarks.feeds.newsroom import Entry, entries

_NAMES = ("晨报", "晚报", "日报", "新闻网", "在线", "观察", "快讯", "周刊")
_SYLLABLES = "东南西北中江海山河云"


def outlet(feed: int) -> str:
    """What a feed calls itself; each by a name of its own."""
    syllables = "".join(_SYLLABLES[int(digit)] for digit in f"{feed:04}")
    return syllables + _NAMES[feed % len(_NAMES)]


def document(feed: int, feeds: int, now: datetime, first: int = 0) -> tuple[bytes, str]:
    """One of so many feeds, from an entry on, and the type that its server gives for it."""
    write, kind = _FORMATS[feed % len(_FORMATS)]
    return write(outlet(feed), entries(feed, feeds, now, first)), kind


def _rss(title: str, told: Sequence[Entry]) -> bytes:
    items = "".join(
        f"<item><title>{escape(e.title)}</title><link>/news/{e.number}</link>"
        f'<guid isPermaLink="false">{e.number}</guid><dc:creator>{e.author}</dc:creator>'
        f"<pubDate>{format_datetime(e.at)}</pubDate>"
        f"<content:encoded><![CDATA[{e.html}]]></content:encoded></item>"
        for e in told
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{title}</title><link>/</link>{items}</channel></rss>"
    ).encode()


def _gbk(title: str, told: Sequence[Entry]) -> bytes:
    items = "".join(
        f"<item><title>{escape(e.title)}</title><link>/news/{e.number}</link>"
        f"<guid>{e.number}</guid><pubDate>{format_datetime(e.at)}</pubDate>"
        f"<description>{escape(e.html)}</description></item>"
        for e in told
    )
    return (
        '<?xml version="1.0" encoding="gb2312"?><rss version="2.0">'
        f"<channel><title>{title}</title>{items}</channel></rss>"
    ).encode("gb18030")


def _atom(title: str, told: Sequence[Entry]) -> bytes:
    items = "".join(
        f"<entry><id>urn:{e.number}</id><title>{escape(e.title)}</title>"
        f'<link href="/news/{e.number}"/><author><name>{e.author}</name></author>'
        f"<published>{e.at.isoformat()}</published>"
        f'<content type="html">{escape(e.html)}</content></entry>'
        for e in told
    )
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{title}</title>{items}</feed>'
    ).encode()


def _json(title: str, told: Sequence[Entry]) -> bytes:
    items = [
        {
            "id": e.number,
            "url": f"/news/{e.number}",
            "title": e.title,
            "content_html": e.html,
            "date_published": e.at.isoformat(),
            "authors": [{"name": e.author}],
        }
        for e in told
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": title, "items": items}
    return json.dumps(feed, ensure_ascii=False).encode()


_FORMATS: tuple[tuple[Callable[[str, Sequence[Entry]], bytes], str], ...] = (
    (_rss, "application/rss+xml; charset=utf-8"),
    (_atom, "application/atom+xml"),
    (_json, "application/feed+json"),
    (_gbk, "text/xml; charset=gb2312"),
)
