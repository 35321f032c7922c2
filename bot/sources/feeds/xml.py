"""RSS, RDF and Atom: the document is mended with lxml, then read by feedparser.

feedparser's own way with broken XML is a parser whose time grows with the square of hostile input;
a document that lxml has mended never takes it. Declared entities, by which a small document
becomes an endless one, are refused before any parser sees them.
"""

import html
import re
from io import BytesIO
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape

import feedparser
from lxml import etree

from bot.errors import ReadError
from bot.sources.feeds.document import MOST_ENTRIES, Document, Entry

_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]{0,2000}>", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:(amp|lt|gt|quot|apos);|(#?\w{1,31};))?")
_PREFIX = re.compile(r"</?([A-Za-z_][\w.-]{0,40}):|\s([A-Za-z_][\w.-]{0,40}):[\w.-]{1,40}=[\"']")
_DECLARED = re.compile(r"\sxmlns:([A-Za-z_][\w.-]{0,40})\s*=")
_ROOT = re.compile(r"<[A-Za-z_][\w.:-]*")
_NAMESPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "atom": "http://www.w3.org/2005/Atom",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_ENTRIES = ("item", "entry")
_MOST_CHILDREN = 60  # of an entry
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
        ReadError: it is none of these.
    """
    root = _tree(_without_doctype(text))
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


# ---------------------------------------------------------------- mending


def _without_doctype(text: str) -> str:
    """Everything from the first element on; what stands before it is skipped piece by piece.

    Raises:
        ReadError: the document declares entities, or holds no element.
    """
    at = 0
    while (at := text.find("<", at)) >= 0:
        if text.startswith("<!--", at):
            at = text.find("-->", at)
        elif text.startswith("<?", at):
            at = text.find("?>", at)
        elif text[at : at + 9].upper() == "<!DOCTYPE":
            if not (match := _DOCTYPE.match(text, at)):
                raise ReadError("the document declares entities of its own, which are not allowed")
            at = match.end()
        elif _ROOT.match(text, at):
            return text[at:]
        else:
            at += 1
        if at < 0:
            break
    raise ReadError("this is neither XML nor JSON")


def _tree(text: str) -> etree._Element:
    """The document, as far as it can be read.

    Raises:
        ReadError: there is nothing of XML in it.
    """
    try:
        return etree.fromstring(text.encode(), _parser(recover=False))
    except etree.XMLSyntaxError:
        pass
    try:
        root = etree.fromstring(_mended(text).encode(), _parser(recover=True))
    except etree.XMLSyntaxError as error:
        raise ReadError(f"the XML is broken: {error.msg}") from error
    if root is None:
        raise ReadError("the XML is broken from its first element on")
    return root


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover, resolve_entities=False, no_network=True, load_dtd=False,
        remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip


def _mended(text: str) -> str:
    """With HTML's entities and stray ampersands resolved, and well-known prefixes declared."""
    first, *sections = text.split("<![CDATA[")
    parts = [_REFERENCE.sub(_resolved, first)]
    for section in sections:
        inside, end, after = section.partition("]]>")
        parts += ["<![CDATA[", inside, "]]>", _REFERENCE.sub(_resolved, after) if end else ""]
    return _declare("".join(parts))


def _resolved(match: re.Match[str]) -> str:
    if match[1]:
        return match[0]
    shown = html.unescape(match[0]) if match[2] else "&"
    return escape("".join(c for c in shown if c in "\t\n\r" or (c >= " " and c != "\ufffd")))


def _declare(text: str) -> str:
    """Declare the prefixes that are used and never declared."""
    used = {one or other for one, other in _PREFIX.findall(text)}
    missing = sorted(used - set(_DECLARED.findall(text)) - {"xml", "xmlns"})[:100]
    declarations = "".join(
        f' xmlns:{prefix}="{_NAMESPACES.get(prefix, "urn:prefix:" + prefix)}"' for prefix in missing
    )
    return _ROOT.sub(lambda root: root[0] + declarations, text, count=1)


def _clip(root: etree._Element) -> None:
    """Cut what no feed needs: entries past the limit, and names of people as long as books."""
    entries = [e for e in root.iter() if _name(e) in _ENTRIES]
    for entry in entries[MOST_ENTRIES:]:
        if (parent := entry.getparent()) is not None:
            parent.remove(entry)
    for entry in entries[:MOST_ENTRIES]:
        del entry[_MOST_CHILDREN:]
    for element in root.iter():
        if element.get("type") == "":
            del element.attrib["type"]  # feedparser takes it for base64
        longest = _LONGEST.get(_name(element))
        if longest and len(whole := "".join(element.itertext())) > longest * (1 + len(element)):
            element.clear()
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
