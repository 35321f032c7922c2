"""The tree of any HTML at all, as lxml reads it, in nodes that hold no more than the body reader
asks for: bodies are most of what is read, and BeautifulSoup's nodes cost several times as much.
"""

import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Union

from lxml import etree

ROOT = "[document]"
_UNSHOWN = {"script", "style", "template", "rt", "rp"}  # what is in them is no text of the page


@dataclass(slots=True, eq=False)
class Node:
    """A tag and what is in it, in order; what no page shows (comments and the like) is left out,
    but parts the texts around it."""

    name: str
    attributes: Mapping[str, str]
    children: list[Union["Node", str]] = field(default_factory=list)

    def get(self, attribute: str) -> str:
        """An attribute, '' where there is none."""
        return self.attributes.get(attribute, "")


def parse(html: str) -> Node:
    """The whole of a text, under a node that is no tag; half a surrogate pair is left out."""
    parser = _OWN.parser
    try:
        parser.feed(html.encode("utf-8", "ignore"))
        with suppress(etree.ParserError):  # of an empty text
            parser.close()
    finally:
        root = _OWN.builder.taken()
    return root


def shown(html: str) -> str:
    """The text of some HTML, from all of its tags."""
    stack: list[Node | str] = [parse(html)]
    pieces = []
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
        elif node.name not in _UNSHOWN:
            stack.extend(reversed(node.children))
    return "".join(pieces)


class _Builder:
    """What lxml tells of the tags as it comes upon them."""

    def __init__(self) -> None:
        self._open = [Node(ROOT, {})]
        self._text: list[str] = []

    def taken(self) -> Node:
        """What was built; the next document begins anew."""
        root = self._open[0]
        self._open, self._text = [Node(ROOT, {})], []
        return root

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._end_text()
        node = Node(name, dict(attributes))
        self._open[-1].children.append(node)
        self._open.append(node)

    def end(self, name: str) -> None:
        self._end_text()
        self._open.pop()

    def data(self, text: str) -> None:
        self._text.append(text)

    def comment(self, text: str) -> None:
        self._end_text()

    def pi(self, target: str, data: str) -> None:
        self._end_text()

    def doctype(self, name: str, public: str, system: str) -> None:
        self._end_text()

    def close(self) -> None:
        self._end_text()

    def _end_text(self) -> None:
        if self._text:
            self._open[-1].children.append("".join(self._text))
            self._text.clear()


class _Own(threading.local):
    """The parser of a thread; to make one takes longer than to read a short text."""

    def __init__(self) -> None:
        self.builder = _Builder()
        self.parser = etree.HTMLParser(target=self.builder, encoding="utf-8")


_OWN = _Own()
