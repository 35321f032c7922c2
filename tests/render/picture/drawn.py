"""What a picture holds and where, read from its SVG."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from bot.render.picture.font import width

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Put:
    """A line of text, its baseline and its ends."""

    text: str
    left: float
    right: float
    y: float
    size: float
    fill: str


@dataclass(frozen=True)
class Area:
    """The box that an element of another kind takes."""

    left: float
    top: float
    right: float
    bottom: float
    fill: str


def size(svg: str) -> tuple[float, float]:
    root = ElementTree.fromstring(svg)
    return float(root.attrib["width"]), float(root.attrib["height"])


def texts(svg: str) -> list[Put]:
    return [p for p in _walk(ElementTree.fromstring(svg), 0) if isinstance(p, Put)]


def areas(svg: str) -> list[Area]:
    return [p for p in _walk(ElementTree.fromstring(svg), 0) if isinstance(p, Area)]


def words_of(svg: str) -> str:
    return "".join(put.text for put in texts(svg))


def _walk(element: ElementTree.Element, down: float) -> Iterator[Put | Area]:
    if shift := re.fullmatch(r"translate\(0 ([\d.]+)\)", element.get("transform", "")):
        down += float(shift[1])
    number = {k: float(v) for k, v in element.attrib.items() if re.fullmatch(r"-?[\d.]+", v)}
    fill = element.get("fill", "")
    if element.tag == f"{SVG}text":
        line, x, font = element.text or "", number["x"], number["font-size"]
        yield Put(line, x, x + width(line, font), down + number["y"], font, fill)
    elif element.tag == f"{SVG}rect":
        top = down + number["y"]
        right = number["x"] + number["width"]
        yield Area(number["x"], top, right, top + number["height"], fill)
    elif element.tag == f"{SVG}circle":
        x, y, r = number["cx"], down + number["cy"], number["r"]
        yield Area(x - r, y - r, x + r, y + r, fill)
    for child in element:
        yield from _walk(child, down)


def assert_inside(svg: str) -> None:
    """Nothing is cut off at an edge."""
    wide, high = size(svg)
    for put in texts(svg):
        assert put.left >= 0, put
        assert put.right <= wide - 8, put
        assert put.y - put.size >= 0, put
        assert put.y + 0.3 * put.size <= high, put
    for area in areas(svg):
        assert area.left >= 0, area
        assert area.right <= wide, area
        assert area.top >= 0, area
        assert area.bottom <= high, area
