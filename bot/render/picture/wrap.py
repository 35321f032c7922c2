"""Lines of a given width, broken as Chinese is: anywhere but before 。，） and behind （《“.

Latin words, figures and dates stay whole (W3C, Requirements for Chinese Text Layout). A piece that
is wider than a line is broken all the same, and so is a word of over 60 letters or a row of marks.
"""

import re
from collections.abc import Iterator

from bot.render.picture.font import OPENING, width

NEVER_FIRST = "。，、；：？！…—～·/／）》」』】〉〕”’％%°℃,.;:?!)]}"
NEVER_LAST = "（《「『【〈〔“‘([{￥$¥€£#@"
_LETTER = r"A-Za-z0-9\u00c0-\u024f"
_PIECE = re.compile(
    rf"[{re.escape(NEVER_LAST)}]{{0,4}}"
    r"(?:(?:\d{1,4}[年月日时時点點分]){1,6}"
    rf"|[{_LETTER}](?:[{_LETTER}'’_&+/.,:-]{{0,60}}[{_LETTER}])?|[^ ]?)"
    rf"[{re.escape(NEVER_FIRST)}]{{0,6}}| {{1,60}}"
)


def indent(line: str, size: float) -> float:
    """How far a line is drawn to the right: a mark at its beginning loses its empty half."""
    return -size / 2 if line[:1] and line[0] in OPENING else 0.0


def lines(text: str, most: float, size: float) -> list[str]:
    """The lines of a text; none is wider than `most`, and there is no blank at either end.

    Args:
        text: one paragraph that `font.writable` has passed.
        most: width of a line.
        size: of the font, in the same unit.
    """
    found, line, used = [], "", 0.0
    for piece in _pieces(text, most, size):
        # Marks that meet move closer, also those of two pieces.
        wide = width(line[-1:] + piece, size) - width(line[-1:], size)
        if line and used + wide > most and not piece.isspace():
            found.append(line.rstrip())
            line, used, wide = "", 0.0, width(piece, size)
        if line or not piece.isspace():
            line, used = line + piece, used + wide
    return [*found, line.rstrip()] if line else found


def _pieces(text: str, most: float, size: float) -> Iterator[str]:
    """What may stand between two breaks."""
    for match in _PIECE.finditer(text):
        piece = match[0]
        while piece and width(piece, size) > most:
            fits = _fitting(piece, most, size)
            yield piece[:fits]
            piece = piece[fits:]
        if piece:
            yield piece


def _fitting(piece: str, most: float, size: float) -> int:
    """How many characters of a piece that is too wide go on a line; at least one."""
    room, fits = most, 0
    for character in piece:
        room -= width(character, size)
        if room < 0:
            break
        fits += 1
    kept = fits
    while kept > 1 and (piece[kept] in NEVER_FIRST or piece[kept - 1] in NEVER_LAST):
        kept -= 1
    return max(1, kept if kept > 1 else fits)
