"""The few SVG elements that pictures are made of. All text is escaped here."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from bot.render.picture.font import FAMILY, tightened

_BOLD = 0.035  # the font comes in one weight: a line of this share of the size makes it bold


@dataclass(frozen=True, slots=True)
class Block:
    """Elements that stand together, drawn from (0, 0) down, and how much height they take."""

    height: float
    elements: tuple[str, ...]


def text(x: float, y: float, line: str, size: float, fill: str, *, bold: bool = False) -> str:
    """A line of text, `y` being its baseline."""
    heavy = f' stroke="{fill}" stroke-width="{_n(size * _BOLD)}"' if bold else ""
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{fill}"{heavy}'
        f"{_moved(line, size)}>"
        f"{escape(line)}</text>"
    )


def _moved(line: str, size: float) -> str:
    """How far each character is moved beyond its place, up to the last that is."""
    places = tightened(line)
    if not places:
        return ""
    moves = ["0"] * (places[-1] + 1)
    for place in places:
        moves[place] = _n(-size / 2)
    return f' dx="{" ".join(moves)}"'


def box(x: float, y: float, wide: float, high: float, fill: str, radius: float = 0) -> str:
    """A filled rectangle."""
    return (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(wide)}" height="{_n(high)}" '
        f'rx="{_n(radius)}" fill="{fill}"/>'
    )


def disc(x: float, y: float, radius: float, fill: str, edge: str, *, dashed: bool = False) -> str:
    """A circle with an edge."""
    dash = ' stroke-dasharray="3 2.2"' if dashed else ""
    return (
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{fill}" stroke="{edge}" '
        f'stroke-width="1.5"{dash}/>'
    )


def stacked(blocks: Iterable[Block], top: float) -> str:
    """Blocks below each other."""
    placed, y = [], top
    for block in blocks:
        placed.append(f'<g transform="translate(0 {_n(y)})">{"".join(block.elements)}</g>')
        y += block.height
    return "".join(placed)


def document(wide: float, high: float, ground: str, body: str) -> str:
    """A whole SVG."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(wide)}" height="{_n(high)}" '
        f'viewBox="0 0 {_n(wide)} {_n(high)}" font-family="{FAMILY}" font-kerning="none" '
        f'xml:space="preserve">{box(0, 0, wide, high, ground)}{body}</svg>'
    )


def _n(number: float) -> str:
    """A number as short as it may be, and the same on every machine."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
