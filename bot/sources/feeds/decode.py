"""The text of a document whose encoding is declared in three places that contradict each other.

What can be UTF-8 is, also with some damage: other encodings hardly ever look like it by chance,
and many a server says GBK, or a feed GB2312, of what is not. Only then are declarations believed,
and only where none can be believed is it guessed: nearly all of Big5 can be read as GB18030.
"""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress

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
_SUPERSETS = {  # what is really written under these names
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",  # with the letters of ETEN and Hong Kong: 恒碁嘅咗
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-1": "cp1252",
}
_GUESSES = ("gb18030", "big5hkscs")
# Not of a declaration that can be read; the last three of no text, and of quadratic time.
_NEVER_DECLARED = ("utf-16", "utf-32", "idna", "punycode", "undefined")
_MOST_DAMAGED = 3  # one character in so many, ASCII aside: then it is another encoding
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
        if (shown := _decoded(body, encoding)) is not None:
            return shown
    for guess in _GUESSES:  # that must fit wholly: they would turn UTF-8 among others to gibberish
        with suppress(UnicodeDecodeError):
            return body.decode(guess)
    return body.decode("utf-8", "replace")


def _decoded(body: bytes, encoding: str) -> str | None:
    """With the damage marked; None when it is not in this encoding."""
    with suppress(UnicodeDecodeError):
        return body.decode(encoding)
    shown = body.decode(encoding, "replace")
    if len(shown) == len(body):
        return None  # of a letter a byte: what these lack is no damage
    beyond_ascii = len(shown) - len(shown.encode("ascii", "ignore"))
    return shown if shown.count("\ufffd") * _MOST_DAMAGED <= beyond_ascii else None


def _candidates(body: bytes, content_type: str) -> Iterator[str]:
    yield from (encoding for bom, encoding in _BOMS if body.startswith(bom))
    yield from (encoding for start, encoding in _STARTS if start.match(body[:8]))
    if _shifts(body):
        yield "iso-2022-jp"
    yield "utf-8"
    yield from _declared(body, content_type)


def _shifts(body: bytes) -> bool:
    """Whether it is ASCII with escapes that shift to another alphabet."""
    return b"\x1b$" in body[:100_000]


def _declared(body: bytes, content_type: str) -> Iterator[str]:
    """What the document says of itself, then what the server says of it, so far as we know it."""
    names = [m[1].decode("ascii", "ignore") for m in [_DECLARED.match(body[:1000])] if m]
    names += [m[1] for m in [_CHARSET.search(content_type[:500])] if m]
    for name in names:
        with suppress(LookupError):
            known = codecs.lookup(name.lower().removeprefix("x-")).name
            if not known.startswith(_NEVER_DECLARED) and "<".encode(known):  # raises if of bytes
                yield _SUPERSETS.get(known, known)
