"""The HTML body of an article as blocks, links and pictures.

Tags are taken as they come, and every list that is asked for membership is counted: bodies nest as
deep and run as long as they like, in linear time.
"""

import re
from dataclasses import dataclass, field, replace

from bot.addresses import absolute, web
from bot.model import Block, BlockKind, Image, Link
from bot.sources import nodes, text
from bot.sources.blocks import BARE, BLOCKS, BOLD, DROPPED, judged, kind_of
from bot.sources.nodes import Node
from bot.sources.urls import picture

_SOURCES_OF_IMG = ("data-original", "data-src", "_src", "data-lazy-src", "src")
_SENTENCE_ENDS = re.compile(r"(?<=[。！？!?…”」）])[^\S\n]*\n")
_SPACES = " \n\t\f\r"  # of which a whole text is one of them, but for code
_CELL = "\x1f"  # stands between the cells of a row while it is gathered
# What the text inside is, whatever stands nearer to it: a list in a recommend box is the box's.
_OUTRANKING = (BlockKind.BOILERPLATE, BlockKind.CODE, BlockKind.TABLE)


@dataclass(slots=True)
class Body:
    """What a body holds; links and pictures by their addresses, each once.

    `bylines` pairs the text of each byline with the links in it.
    """

    blocks: list[Block] = field(default_factory=list)
    links: dict[str, Link] = field(default_factory=dict)
    images: dict[str, Image] = field(default_factory=dict)
    bylines: list[tuple[str, list[Link]]] = field(default_factory=list)


def read_body(html: str, base: str = "") -> Body:
    """Blocks in order, links and pictures; relative addresses belong to `base`, or nowhere."""
    writer = _Writer(base)
    for node, opens, parent in nodes.without(nodes.steps(html), DROPPED):
        if isinstance(node, str):
            writer.see(node, parent)
        elif opens:
            writer.open(node)
        else:
            writer.close(node)
    writer.flush()
    return writer.body


class _Writer:
    """Gathers text until a paragraph ends, then writes it as a block of the right kind."""

    def __init__(self, base: str) -> None:
        self.body = Body()
        self._base = base
        self._text: list[str] = []
        self._links: list[Link] = []  # of this paragraph
        self._anchor: Node | None = None  # the open <a>, its address and text so far
        self._anchor_url = ""
        self._anchor_text: list[str] = []
        self._kinds: list[tuple[Node, BlockKind]] = []  # the open tags that give one
        self._open_kinds = dict.fromkeys(BlockKind, 0)
        self._bold = 0  # how many <strong> and <b> are open
        self._pre = 0  # how many <pre>
        self._all_bold = True  # so far, in this paragraph
        self._picture = ""  # the last picture, while no block has followed it

    def see(self, words: str, parent: str) -> None:
        """A text right inside a tag of some name."""
        if not words.strip(_SPACES) and not self._pre:
            words = "\n" if "\n" in words else " "
        if self._anchor is not None:
            self._anchor_text.append(words)
        self._all_bold &= bool(self._bold) or not words.strip()
        if parent not in BARE or self._holds_together():
            self._text.append(words)
            return
        first, *rest = _SENTENCE_ENDS.split(words)
        self._text.append(first)
        for paragraph in rest:
            self.flush()
            self._text.append(paragraph)

    def open(self, tag: Node) -> None:
        """A tag, before what is in it."""
        name = tag.name
        if name in ("table", "pre") and self._open_kinds[BlockKind.TABLE]:
            self._lay_out()
        if name in BLOCKS:
            self._end_paragraph(name)
        if kind := kind_of(tag):
            self._kinds.append((tag, kind))
            self._open_kinds[kind] += 1
        self._bold += name in BOLD
        self._pre += name == "pre"
        if name == "img":
            self._see_image(tag)
        elif name == "a" and self._anchor is None and (url := self._web(tag)):
            self._anchor, self._anchor_url, self._anchor_text = tag, url, []

    def close(self, tag: Node) -> None:
        """A tag, after what is in it."""
        name = tag.name
        if tag is self._anchor:
            self._end_link()
        kind = self._kinds[-1][1] if self._kinds and self._kinds[-1][0] is tag else None
        if name in BLOCKS and (not self._holds_together() or kind in _OUTRANKING):
            self.flush()
        self._bold -= name in BOLD
        self._pre -= name == "pre"
        if kind:
            self._kinds.pop()
            self._open_kinds[kind] -= 1

    def _end_paragraph(self, name: str) -> None:
        """At the start of a block: code and table rows go on, in a new line or cell."""
        if not self._holds_together():
            self.flush()
        elif name in ("td", "th"):
            self._text.append(_CELL)
        else:
            self._text.append("\n" if self._open_kinds[BlockKind.CODE] else " ")

    def _lay_out(self) -> None:
        """A row that turns out to hold a table or code does not hold data: it lays out the page."""
        backwards = range(len(self._kinds) - 1, -1, -1)
        at = next(i for i in backwards if self._kinds[i][1] is BlockKind.TABLE)
        self._kinds[at] = (self._kinds[at][0], BlockKind.TEXT)
        self._open_kinds[BlockKind.TABLE] -= 1
        self._open_kinds[BlockKind.TEXT] += 1

    def _holds_together(self) -> bool:
        return bool(self._open_kinds[BlockKind.CODE] or self._open_kinds[BlockKind.TABLE])

    def _see_image(self, tag: Node) -> None:
        given = filter(None, map(tag.get, _SOURCES_OF_IMG))
        addresses = (picture(absolute(address, self._base)) for address in given)
        if url := next(filter(None, addresses), ""):
            self.body.images.setdefault(url, Image(url))
            self._picture = url

    def _web(self, anchor: Node) -> str:
        return web(absolute(anchor.get("href"), self._base))

    def _end_link(self) -> None:
        link = Link(self._anchor_url, text.prose("".join(self._anchor_text)))
        self._anchor = None
        if link.text:
            self._links.append(link)
            self.body.links.setdefault(link.url, link)

    def flush(self) -> None:
        """End the paragraph."""
        raw, all_bold = "".join(self._text), self._all_bold
        self._text, self._all_bold = [], True
        if not raw or raw.isspace():  # as between most tags
            return
        kind = self._kind()
        if not (words := _words(raw, kind)):
            return
        links, self._links = self._links, []
        block = Block(judged(kind, words, all_bold=all_bold), words)
        if block.kind is BlockKind.BYLINE:
            self.body.bylines.append((words, links))
        if block.kind is BlockKind.CAPTION and self._picture:
            image = self.body.images[self._picture]
            self.body.images[self._picture] = replace(image, caption=image.caption or words)
        self._picture = ""
        self.body.blocks.append(block)

    def _kind(self) -> BlockKind:
        for kind in _OUTRANKING:
            if self._open_kinds[kind]:
                return kind
        return self._kinds[-1][1] if self._kinds else BlockKind.TEXT


def _words(raw: str, kind: BlockKind) -> str:
    if kind is BlockKind.CODE:
        return text.code(raw)
    if kind is BlockKind.TABLE:
        return " | ".join(cell for c in raw.split(_CELL) if (cell := text.prose(c)))
    return text.prose(raw)
