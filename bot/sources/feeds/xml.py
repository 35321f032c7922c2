"""RSS, RDF and Atom: the document is mended with lxml, then read by feedparser.

feedparser's own way with broken XML is a parser whose time grows with the square of hostile input;
a document that lxml has mended (`tree`) never takes it.
"""

import re
from collections import Counter
from io import BytesIO
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape

import feedparser
from lxml import etree

from bot.errors import ReadError
from bot.sources.feeds.document import MOST_ENTRIES, Document, Entry
from bot.sources.feeds.tree import parse, without_doctype

_ENTRIES = ("item", "entry")
_TEXTS = ("title", "description", "content", "summary", "encoded")
_MEDIA = "search.yahoo.com/mrss"  # whose 'content' holds pictures, not text
_MOST_OF_A_NAME = 60  # elements of an entry; tags, pictures
_MOST_ATTRIBUTES = 40
_MOST_NAMESPACES = 100  # feedparser goes through all of them for each element
_LONGEST = {"author": 100, "creator": 100, "name": 100, "email": 100, "managingeditor": 100} | (
    dict.fromkeys(("webmaster", "publisher", "contributor"), 100)
)  # characters; feedparser looks for addresses in them, slowly
_PERIODS = {
    "hourly": 3600,
    "daily": 86400,
    "weekly": 604800,
    "monthly": 2592000,
    "yearly": 31536000,
}


def read(text: str, url: str) -> Document:
    """What the text of an RSS, RDF or Atom document says.

    Raises:
        ReadError: it is none of these, or declares more namespaces than any feed needs.
    """
    root = parse(without_doctype(text))
    if len(_prefixes(root)) > _MOST_NAMESPACES:
        raise ReadError(f"the XML is broken: it declares more than {_MOST_NAMESPACES} namespaces")
    if _name(root) in ("html", "body"):
        raise ReadError("this is a web page, not a feed")
    _clip(root)
    parsed = feedparser.parse(
        BytesIO(_serialised(root)),
        response_headers={
            "content-type": "application/xml; charset=utf-8",
            "content-location": url,
        },
        sanitize_html=False,  # the body reader keeps text, links and pictures, and nothing else
        resolve_relative_uris=False,
    )
    if not parsed.version and not parsed.entries:
        raise ReadError(f"this is XML, but no feed: <{_name(root)}>")
    feed = parsed.feed
    entries = tuple(_entry(e, url) for e in parsed.entries)
    return Document(feed.get("title", ""), feed.get("link", ""), _ttl(feed), entries)


# ---------------------------------------------------------------- cutting


def _prefixes(root: etree._Element) -> set[str]:
    """Those that are declared anywhere in the document."""
    return {prefix for _, (prefix, _) in etree.iterwalk(root, events=("start-ns",))}


def _clip(root: etree._Element) -> None:
    """Cut what no feed needs and feedparser would take long over."""
    entries = [e for e in root.iter() if _name(e) in _ENTRIES]
    for entry in entries[MOST_ENTRIES:]:
        if (parent := entry.getparent()) is not None:
            parent.remove(entry)
    for entry in entries[:MOST_ENTRIES]:
        _clip_repeated(entry)
    for element in list(root.iter(tag=etree.Element)):
        _clip_attributes(element)
        if _name(element) in _TEXTS and _MEDIA not in str(element.tag):
            _one_text(element)
        _clip_name(element)


def _clip_repeated(entry: etree._Element) -> None:
    """Only what is repeated is cut: many a feed lists its tags before its text."""
    times: Counter[str] = Counter()
    for child in list(entry):
        times[child.tag] += 1
        if times[child.tag] > _MOST_OF_A_NAME:
            entry.remove(child)


def _clip_attributes(element: etree._Element) -> None:
    if element.get("type") == "":
        del element.attrib["type"]  # feedparser takes it for base64
    if len(element.attrib) > _MOST_ATTRIBUTES:
        element.clear(keep_tail=True)


def _one_text(element: etree._Element) -> None:
    """Markup that stands bare in an element becomes its text: the body reader reads it anyway.

    As CDATA it reaches feedparser in one piece, not in one for each '&lt;'.
    """
    inner = element.text or ""
    if len(element):
        whole = etree.tostring(element, encoding="unicode", with_tail=False)
        inner = whole[whole.index(">") + 1 : whole.rindex("</")]
        del element[:]
        if "type" in element.attrib or element.tag.startswith("{http://www.w3.org/2005/Atom}"):
            element.set("type", "html")
    element.text = inner if "]]>" in inner else etree.CDATA(inner)


def _clip_name(element: etree._Element) -> None:
    longest = _LONGEST.get(_name(element))
    if longest and len(whole := "".join(element.itertext())) > longest * (1 + len(element)):
        del element[:]
        element.text = whole[:longest]


def _name(element: etree._Element) -> str:
    """The name without its namespace, in small letters."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _serialised(root: etree._Element) -> bytes:
    """The document's bytes; feedparser's strict parser is sure to take them.

    Raises:
        ReadError: they are not well-formed for all the mending.
    """
    data: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(data, True)
    except expat.ExpatError as error:
        raise ReadError(f"the XML is broken beyond mending: {error}") from error
    return data


# ---------------------------------------------------------------- reading


def _entry(entry: Any, url: str) -> Entry:
    body, base = _body(entry, url)
    return Entry(
        guid=entry.get("id", ""),
        title=_as_html(entry.get("title_detail")) or entry.get("title", ""),
        link=_link(entry),
        date=_date(entry),
        parsed=entry.get("published_parsed") or _first_parsed(entry),
        html=body,
        base=base,
        author=_author(entry),
        categories=[t.get("label") or t.get("term") or "" for t in entry.get("tags", [])],
        picture=_picture(entry),
        outlet=entry.get("source", {}).get("title", ""),
    )


def _link(entry: Any) -> str:
    """The entry's address; a GUID stands in for it where it is one."""
    link = str(entry.get("feedburner_origlink") or entry.get("link", ""))
    no_link = entry.get("guidislink") and not link.startswith(("http://", "https://"))
    return "" if no_link else link


def _date(entry: Any) -> str:
    names = ("published", "updated", "created")
    return next((str(entry[name]) for name in names if dict.get(entry, name)), "")


def _first_parsed(entry: Any) -> Any:
    names = ("updated_parsed", "created_parsed")
    return next((entry[name] for name in names if dict.get(entry, name)), None)


def _body(entry: Any, url: str) -> tuple[str, str]:
    """The fullest text of an entry and the address its relative ones belong to, '' for the link's.

    A summary is taken where there is no content, or an empty one.
    """
    details = [*entry.get("content", []), entry.get("summary_detail")]
    shown = [(_as_html(d), d.get("base") or "") for d in details if d and d.get("value")]
    body, base = next(((b, at) for b, at in shown if b.strip()), ("", ""))
    return body, "" if base == url else base


def _as_html(detail: Any) -> str:
    if not detail:
        return ""
    value = str(detail.get("value") or "")
    value = value.replace("<![CDATA[", "").replace("]]>", "")  # escaped by mistake
    if detail.get("type") != "text/plain":
        return value
    return escape(value).replace("\n", "<br/>\n")


def _author(entry: Any) -> str:
    detail = entry.get("author_detail") or {}
    return str(detail.get("name") or entry.get("author") or "")


def _picture(entry: Any) -> str:
    pictures = [m for m in entry.get("media_content", []) if _shows(m.get("type"), m.get("medium"))]
    pictures += entry.get("media_thumbnail", [])
    pictures += [e for e in entry.get("enclosures", []) if _shows(e.get("type"))]
    addresses = (p.get("url") or p.get("href") or "" for p in pictures)
    image = entry.get("image") or {}
    return next(filter(None, addresses), str(image.get("href") or ""))


def _shows(kind: str | None, medium: str | None = None) -> bool:
    return medium == "image" or (kind or "").startswith("image/")


def _ttl(feed: Any) -> float:
    """The seconds that a feed asks to be left alone."""
    minutes = re.fullmatch(r"\s*(\d{1,6})\s*", str(feed.get("ttl", "")))
    if minutes:
        return int(minutes[1]) * 60.0
    period = _PERIODS.get(str(feed.get("sy_updateperiod", "")).strip().lower(), 0)
    often = re.fullmatch(r"\s*(\d{1,4})\s*", str(feed.get("sy_updatefrequency", "1")))
    return period / max(int(often[1]) if often else 1, 1)
