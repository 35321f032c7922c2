"""A tree of XML from text that is nearly XML; entities that a document declares are refused.

By declared entities a small document becomes an endless one, or reads the operator's files.
"""

import html
import re
from xml.sax.saxutils import escape

from lxml import etree

from bot.errors import ReadError

_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]{0,2000}>", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:(amp|lt|gt|quot|apos);|(#?\w{1,31};))?")
_PREFIX = re.compile(r"</?([A-Za-z_][\w.-]{0,40}):|\s([A-Za-z_][\w.-]{0,40}):[\w.-]{1,40}=[\"']")
_DECLARED = re.compile(r"\sxmlns:([A-Za-z_][\w.-]{0,40})\s*=")
_ROOT = re.compile(r"<[A-Za-z_][\w.:-]*")
_MOST_MISSING = 50  # prefixes that are declared for the document
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


def without_doctype(text: str) -> str:
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


def parse(text: str) -> etree._Element:
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
    missing = sorted(used - set(_DECLARED.findall(text)) - {"xml", "xmlns"})[:_MOST_MISSING]
    declarations = "".join(
        f' xmlns:{prefix}="{_NAMESPACES.get(prefix, "urn:prefix:" + prefix)}"' for prefix in missing
    )
    return _ROOT.sub(lambda root: root[0] + declarations, text, count=1)
