"""The text of a document whose encoding is declared in three places that contradict each other.

What can be UTF-8 is: other encodings hardly ever look like it by chance, and many a server says
GBK, or a feed GB2312, of what is not. Only then are declarations believed.
"""

import codecs
import re
from collections.abc import Iterator

from bot.errors import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# '<?' or '<r' in encodings of two and four bytes, without a mark
_STARTS = (
    (re.compile(rb"<\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0\0\0<"), "utf-32-be"),
    (re.compile(rb"<\0[^\0]\0"), "utf-16-le"),
    (re.compile(rb"\0<\0[^\0]"), "utf-16-be"),
)
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "iso-8859-1": "cp1252"}
_MOST_DAMAGED = 20  # one character in so many: then it is not UTF-8 at all
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def decode(body: bytes, content_type: str = "") -> str:
    """The text, from its first '<' or bracket, without what XML forbids.

    Raises:
        ReadError: empty, or in no encoding we know.
    """
    text = _NOT_XML.sub("", _text(body, content_type)).lstrip("\ufeff \t\r\n")
    if not text:
        raise ReadError("the answer is empty")
    start = text.find("<")
    return text if text[0] in "{[<" or start < 0 else text[start:]


def _text(body: bytes, content_type: str) -> str:
    for encoding in _candidates(body, content_type):
        try:
            return body.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    shown = body.decode("utf-8", "replace")
    if shown.count("\ufffd") * _MOST_DAMAGED > sum(not c.isascii() for c in shown):
        return _declared_text(body, content_type, shown)
    return shown


def _candidates(body: bytes, content_type: str) -> Iterator[str]:
    yield from (encoding for bom, encoding in _BOMS if body.startswith(bom))
    yield from (encoding for start, encoding in _STARTS if start.match(body[:8]))
    if _shifts(body):
        yield "iso-2022-jp"
    yield "utf-8"
    yield from _declared(body, content_type)
    yield from ("gb18030", "big5")


def _shifts(body: bytes) -> bool:
    """Whether it is ASCII with escapes that shift to another alphabet."""
    return b"\x1b$" in body[:100_000]


def _declared(body: bytes, content_type: str) -> Iterator[str]:
    """What the document says of itself, then what the server says of it."""
    names = [m[1].decode("ascii", "ignore") for m in [_DECLARED.match(body[:1000])] if m]
    names += [m[1] for m in [_CHARSET.search(content_type[:500])] if m]
    for name in names:
        yield _SUPERSETS.get(name.lower(), name)


def _declared_text(body: bytes, content_type: str, otherwise: str) -> str:
    """In a declared encoding, with the damage marked."""
    for encoding in _declared(body, content_type):
        try:
            return body.decode(encoding, "replace")
        except LookupError:
            continue
    return otherwise
