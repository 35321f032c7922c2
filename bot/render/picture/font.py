"""The font of all pictures: which characters it has, and how wide they are.

Noto Sans SC comes with the installation and is as much part of the programme as its code, so
reading its tables here is no input. Tables as in the OpenType specification: `cmap` format 12,
`hhea`, `hmtx`.
"""

import re
import struct
import unicodedata
from functools import lru_cache
from pathlib import Path

from pylopdf_fonts_zh_cn import sans_path

FAMILY = "Noto Sans SC"
MISSING = "〓"  # what printers set for a character that they have no type for
OPENING, CLOSING = "（《「『【〈〔“‘", "。，、；：？！）》」』】〉〕”’"
_EM = 1000
# Full-width marks are half empty: where two empty halves or a mark and an empty half meet, one half
# goes (W3C, Requirements for Chinese Text Layout, 3.1.6.1).
_LOOSE = re.compile(f"(?<=[{CLOSING}])[{CLOSING}{OPENING}]|(?<=[{OPENING}])[{OPENING}]")


def path() -> Path:
    """Where the font is installed."""
    return sans_path()


def width(text: str, size: float) -> float:
    """How wide a line is that `writable` has passed, in the units of `size`."""
    known = _advances()
    every = sum(known.get(ord(c), _EM) for c in text) * size / _EM
    return every - len(tightened(text)) * size / 2


def tightened(text: str) -> list[int]:
    """The places of the marks that are drawn half a square further left."""
    return [match.start() for match in _LOOSE.finditer(text)]


def writable(text: str) -> str:
    """The text with nothing in it that the font cannot draw.

    A letter or Han character that it lacks becomes 〓; emoji and what steers the direction of
    writing are dropped; any white space is a blank.
    """
    return "".join(_drawn(c) for c in unicodedata.normalize("NFC", text))


@lru_cache(maxsize=20_000)
def _drawn(character: str) -> str:
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if ord(character) in _advances() and category not in ("Cc", "Cf", "Cs"):
        return character
    return MISSING if category[0] in "LN" else ""


@lru_cache(maxsize=1)
def _advances() -> dict[int, int]:
    """The width of each character that the font has, in thousandths of its size."""
    tables = _tables(path().read_bytes())
    (wide,) = struct.unpack_from(">H", tables["hhea"], 34)
    widths = [advance for advance, _ in struct.iter_unpack(">Hh", tables["hmtx"][: 4 * wide])]
    return {
        code: widths[min(first + code - start, wide - 1)]
        for start, end, first in _ranges(tables["cmap"])
        for code in range(start, end + 1)
    }


def _tables(font: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from(">H", font, 4)
    records = struct.iter_unpack(">4s4xII", font[12 : 12 + 16 * count])
    return {tag.decode(): font[at : at + length] for tag, at, length in records}


def _ranges(cmap: bytes) -> list[tuple[int, int, int]]:
    """First character, last character and first glyph of each range of the full Unicode map."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    for platform, encoding, at in struct.iter_unpack(">HHI", cmap[4 : 4 + 8 * count]):
        if (platform, encoding) == (3, 10):
            (groups,) = struct.unpack_from(">I", cmap, at + 12)
            return list(struct.iter_unpack(">III", cmap[at + 16 : at + 16 + 12 * groups]))
    raise ValueError("the font has no full Unicode map")
