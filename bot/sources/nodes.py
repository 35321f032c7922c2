"""Any HTML at all step by step, as lxml comes upon it, in nodes that hold no more than the body
reader asks for: bodies are most of what is read, and a whole tree costs several times as much.
"""

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from lxml import etree

ROOT = "[document]"
_UNSHOWN = {"script", "style", "template", "rt", "rp"}  # what is in them is no text of the page


@dataclass(slots=True, eq=False)
class Node:
    """A tag, and the tags right inside it."""

    name: str
    attributes: Mapping[str, str]
    children: list["Node"] = field(default_factory=list)

    def get(self, attribute: str) -> str:
        """An attribute, '' where there is none."""
        return self.attributes.get(attribute, "")


Step = tuple[Node | str, bool, str]  # a tag or a text, whether a tag opens, what it stands in


def steps(html: str) -> list[Step]:
    """Every tag and text of a document in order, in a tag that is none: a tag comes twice, when it
    opens and when it closes. Half a surrogate pair is left out, and what no page shows (comments
    and the like), but that parts the texts around it."""
    parser = _OWN.parser
    try:
        parser.feed(html.encode("utf-8", "ignore"))
        with suppress(etree.ParserError):  # of an empty text
            parser.close()
    finally:
        taken = _OWN.builder.taken()
    return taken


def shown(html: str) -> str:
    """The text of some HTML, from all of its tags."""
    return "".join([node for node, *_ in without(steps(html), _UNSHOWN) if isinstance(node, str)])


def without(some: Iterable[Step], names: Collection[str]) -> Iterator[Step]:
    """The steps without tags of some names and what is in them."""
    left: Node | None = None  # the tag that is being left out
    for step in some:
        node, opens, _ = step
        if left is not None:
            left = None if node is left else left
        elif opens and isinstance(node, Node) and node.name in names:
            left = node
        else:
            yield step


class _Builder:
    """What lxml tells of the tags as it comes upon them."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        root = Node(ROOT, {})
        self._open = [root]
        self._steps: list[Step] = [(root, True, "")]
        self._text: list[str] = []

    def taken(self) -> list[Step]:
        """What was built; the next document begins anew."""
        taken = self._steps
        taken += [(node, False, "") for node in reversed(self._open)]
        self._begin()
        return taken

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._end_text()
        node, parent = Node(name, dict(attributes)), self._open[-1]
        parent.children.append(node)
        self._open.append(node)
        self._steps.append((node, True, parent.name))

    def end(self, name: str) -> None:
        self._end_text()
        self._steps.append((self._open.pop(), False, ""))

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
            self._steps.append(("".join(self._text), False, self._open[-1].name))
            self._text.clear()


class _Own(threading.local):
    """The parser of a thread; to make one takes longer than to read a short text."""

    def __init__(self) -> None:
        self.builder = _Builder()
        self.parser = etree.HTMLParser(target=self.builder, encoding="utf-8")


_OWN = _Own()
