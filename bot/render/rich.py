"""Telegram HTML that knows its length.

Telegram counts a message in UTF-16 units *after* parsing the HTML, so a piece of text carries both:
the HTML that is sent and the number of units a reader's client counts. A piece is made only by the
functions below, all of which escape; so no text from outside can open a tag, and nothing here ever
cuts a piece once its tags are on.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape, unescape

from bot.render.typography import whole

MESSAGE_UNITS = 4096
CAPTION_UNITS = 1024

# Control and format characters that Telegram drops or that reorder a line (bidi overrides); lone
# surrogates cannot be sent at all.
_UNSENDABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_TAG = re.compile("<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Rich:
    """A piece of Telegram HTML and its length in UTF-16 units as Telegram counts it."""

    html: str = ""
    units: int = 0

    def __add__(self, other: "Rich | str") -> "Rich":
        piece = other if isinstance(other, Rich) else text(other)
        return Rich(self.html + piece.html, self.units + piece.units)


def units(plain: str) -> int:
    """The length of a plain text in UTF-16 units."""
    return len(plain) + sum(1 for c in plain if ord(c) > 0xFFFF)


def clean(plain: str) -> str:
    """The text without characters that Telegram cannot carry or that would disturb a line."""
    return _UNSENDABLE.sub("", plain)


def clip(plain: str, most: int) -> str:
    """The text, or its beginning and '…' so that it has at most `most` UTF-16 units.

    It is cut behind a whole word, and never between a number and its unit.
    """
    if units(plain) <= most:
        return plain
    kept, room = [], most - 1
    for character in plain:
        room -= units(character)
        if room < 0:
            break
        kept.append(character)
    return whole("".join(kept), plain[len(kept) :][:1]) + "…"


def text(plain: str, most: int = MESSAGE_UNITS) -> Rich:
    """Escaped text, clipped to `most` units."""
    shown = clip(clean(plain), most)
    return Rich(escape(shown, quote=False), units(shown))


def bold(plain: str, most: int = MESSAGE_UNITS) -> Rich:
    """Bold text; nothing at all when the text is empty, for Telegram refuses empty entities."""
    return _tagged("b", text(plain, most))


def italic(plain: str, most: int = MESSAGE_UNITS) -> Rich:
    """Italic text."""
    return _tagged("i", text(plain, most))


def soft(piece: Rich) -> Rich:
    """A piece that stands back behind the rest: who says it, and when."""
    return _tagged("i", piece)


def code(plain: str, most: int = MESSAGE_UNITS) -> Rich:
    """Text in which Telegram finds no links of its own."""
    return _tagged("code", text(plain, most))


def folded(piece: Rich) -> Rich:
    """A quotation of which a client shows the beginning until it is opened."""
    return _tagged("blockquote", piece, " expandable")


def link(url: str, plain: str, most: int = 200) -> Rich:
    """A link; plain text when the address is not http or https."""
    label = text(plain, most)
    if not url.startswith(("https://", "http://")) or not label.units:
        return label
    return Rich(f'<a href="{escape(clean(url))}">{label.html}</a>', label.units)


def plain(html: str) -> str:
    """Our HTML as plain text."""
    return unescape(_TAG.sub("", html))


def join(pieces: Iterable[Rich], separator: str = "\n") -> Rich:
    """The pieces one after the other, with a separator between."""
    kept = list(pieces)
    gap = text(separator)
    return Rich(
        gap.html.join(piece.html for piece in kept),
        sum(piece.units for piece in kept) + gap.units * max(0, len(kept) - 1),
    )


def pages(blocks: Sequence[Rich], *, most: int, room: int = 3500) -> list[list[Rich]]:
    """The blocks in pages of at most `most` blocks and `room` units (with a blank line between).

    A block longer than `room` stands alone on its page; callers clip their texts so that none is.
    """
    result: list[list[Rich]] = []
    used = 0
    for block in blocks:
        cost = block.units + 2
        if not result or len(result[-1]) >= most or used + cost > room:
            result.append([])
            used = 0
        result[-1].append(block)
        used += cost
    return result


def _tagged(tag: str, piece: Rich, how: str = "") -> Rich:
    if not piece.units:
        return piece
    return Rich(f"<{tag}{how}>{piece.html}</{tag}>", piece.units)
