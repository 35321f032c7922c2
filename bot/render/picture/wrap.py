"""Lines of a given width, broken as Chinese is: anywhere but before 。，） and behind （《“.

Latin words, figures and dates stay whole (W3C, Requirements for Chinese Text Layout). A piece that
is wider than a line is broken all the same, and so is a word of over 60 letters or a row of marks.
"""

import re
from collections.abc import Iterator

from bot.render.picture.font import OPENING, width

NEVER_FIRST = "。，、；：？！…—～·/／）》」』】〉〕”’％%°℃,.;:?!)]}"
NEVER_LAST = "（《「『【〈〔“‘([{￥$¥€£#@"
_LONELY = 2  # a character and the mark behind it
_ENOUGH = 4  # pieces of a line that can do without one
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
    rows: list[list[str]] = [[]]
    used = 0.0
    for piece in _pieces(text, most, size):
        before = rows[-1][-1][-1:] if rows[-1] else ""
        # Marks that meet move closer, also those of two pieces.
        wide = width(before + piece, size) - width(before, size)
        if rows[-1] and used + wide > most and not piece.isspace():
            rows.append([])
            used, wide = 0.0, width(piece, size)
        if rows[-1] or not piece.isspace():
            rows[-1].append(piece)
            used += wide
    _join_lonely(rows, most, size)
    return ["".join(row).rstrip() for row in rows if row]


def _join_lonely(rows: list[list[str]], most: float, size: float) -> None:
    """A last line of one character gets company from the line above."""
    if len(rows) < 2 or len("".join(rows[-1]).rstrip()) > _LONELY or len(rows[-2]) < _ENOUGH:
        return
    moved: list[str] = []
    while not moved or moved[0].isspace():
        moved.insert(0, rows[-2].pop())
    if width("".join(moved + rows[-1]), size) <= most:
        rows[-1] = moved + rows[-1]
    else:
        rows[-2] += moved


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
