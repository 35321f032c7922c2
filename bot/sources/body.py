"""The HTML body of an article as blocks, links and pictures.

The tree is walked with a stack of our own, not by recursion, and every list that is asked for
membership is counted: bodies nest as deep and run as long as they like, in linear time.
"""

import re
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeGuard

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from bot.addresses import absolute, web
from bot.model import Block, BlockKind, Image, Link
from bot.sources import text
from bot.sources.blocks import BARE, BLOCKS, BOLD, DROPPED, judged, kind_of
from bot.sources.urls import picture

_SOURCES_OF_IMG = ("data-original", "data-src", "_src", "data-lazy-src", "src")
_SENTENCE_ENDS = re.compile(r"(?<=[。！？!?…”」）])[^\S\n]*\n")
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


def parse_html(html: str) -> BeautifulSoup:
    """The tree of any text at all, without the parser's advice on it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(html, "lxml")


def read_body(html: str, base: str = "") -> Body:
    """Blocks in order, links and pictures; relative addresses belong to `base`, or nowhere."""
    writer = _Writer(base)
    for node, opens in _walk(parse_html(html)):
        writer.see(node, opens)
    writer.flush()
    return writer.body


def _walk(root: Tag) -> Iterator[tuple[Tag | NavigableString, bool]]:
    """Every node in order; a tag comes twice, when it opens and when it closes."""
    stack: list[tuple[PageElement, bool]] = [(root, True)]
    while stack:
        node, opens = stack.pop()
        if isinstance(node, Tag) and opens:
            if node.name in DROPPED:
                continue
            stack.append((node, False))
            stack.extend((child, True) for child in reversed(node.contents))
        if isinstance(node, Tag) or _is_words(node):
            yield node, opens


def _is_words(node: PageElement) -> TypeGuard[NavigableString]:
    """Text, and not a comment, a doctype or the like."""
    return isinstance(node, NavigableString) and not isinstance(node, PreformattedString)


class _Writer:
    """Gathers text until a paragraph ends, then writes it as a block of the right kind."""

    def __init__(self, base: str) -> None:
        self.body = Body()
        self._base = base
        self._text: list[str] = []
        self._links: list[Link] = []  # of this paragraph
        self._anchor: Tag | None = None  # the open <a>, its address and text so far
        self._anchor_url = ""
        self._anchor_text: list[str] = []
        self._kinds: list[tuple[Tag, BlockKind]] = []  # the open tags that give one
        self._open_kinds: Counter[BlockKind] = Counter()
        self._bold = 0  # how many <strong> and <b> are open
        self._all_bold = True  # so far, in this paragraph
        self._picture = ""  # the last picture, while no block has followed it

    def see(self, node: Tag | NavigableString, opens: bool) -> None:
        if isinstance(node, NavigableString):
            self._see_text(str(node), node.parent)
        elif opens:
            self._open(node)
        else:
            self._close(node)

    def _see_text(self, words: str, parent: Tag | None) -> None:
        if self._anchor is not None:
            self._anchor_text.append(words)
        self._all_bold &= bool(self._bold) or not words.strip()
        if parent is None or parent.name not in BARE or self._holds_together():
            self._text.append(words)
            return
        first, *rest = _SENTENCE_ENDS.split(words)
        self._text.append(first)
        for paragraph in rest:
            self.flush()
            self._text.append(paragraph)

    def _open(self, tag: Tag) -> None:
        if tag.name in ("table", "pre") and self._open_kinds[BlockKind.TABLE]:
            self._lay_out()
        if tag.name in BLOCKS:
            self._end_paragraph(tag)
        if kind := kind_of(tag):
            self._kinds.append((tag, kind))
            self._open_kinds[kind] += 1
        self._bold += tag.name in BOLD
        if tag.name == "img":
            self._see_image(tag)
        elif tag.name == "a" and self._anchor is None and (url := self._web(tag)):
            self._anchor, self._anchor_url, self._anchor_text = tag, url, []

    def _close(self, tag: Tag) -> None:
        if tag is self._anchor:
            self._end_link()
        kind = self._kinds[-1][1] if self._kinds and self._kinds[-1][0] is tag else None
        if tag.name in BLOCKS and (not self._holds_together() or kind in _OUTRANKING):
            self.flush()
        self._bold -= tag.name in BOLD
        if kind:
            self._kinds.pop()
            self._open_kinds[kind] -= 1

    def _end_paragraph(self, tag: Tag) -> None:
        """At the start of a block: code and table rows go on, in a new line or cell."""
        if not self._holds_together():
            self.flush()
        elif tag.name in ("td", "th"):
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

    def _see_image(self, tag: Tag) -> None:
        given = (str(tag.get(name, "")) for name in _SOURCES_OF_IMG)
        addresses = (picture(absolute(address, self._base)) for address in given)
        if url := next(filter(None, addresses), ""):
            self.body.images.setdefault(url, Image(url))
            self._picture = url

    def _web(self, anchor: Tag) -> str:
        return web(absolute(str(anchor.get("href", "")), self._base))

    def _end_link(self) -> None:
        link = Link(self._anchor_url, text.prose("".join(self._anchor_text)))
        self._anchor = None
        if link.text:
            self._links.append(link)
            self.body.links.setdefault(link.url, link)

    def flush(self) -> None:
        """End the paragraph."""
        raw, links, all_bold = "".join(self._text), self._links, self._all_bold
        self._text, self._all_bold = [], True
        words = _words(raw, self._kind())
        if not words:
            return
        self._links = []
        block = Block(judged(self._kind(), words, all_bold=all_bold), words)
        if block.kind is BlockKind.BYLINE:
            self.body.bylines.append((words, links))
        if block.kind is BlockKind.CAPTION and self._picture:
            image = self.body.images[self._picture]
            self.body.images[self._picture] = replace(image, caption=image.caption or words)
        self._picture = ""
        self.body.blocks.append(block)

    def _kind(self) -> BlockKind:
        nearest = self._kinds[-1][1] if self._kinds else BlockKind.TEXT
        return next((k for k in _OUTRANKING if self._open_kinds[k]), nearest)


def _words(raw: str, kind: BlockKind) -> str:
    if not raw or raw.isspace():  # as between most tags
        return ""
    if kind is BlockKind.CODE:
        return text.code(raw)
    if kind is BlockKind.TABLE:
        return " | ".join(cell for c in raw.split(_CELL) if (cell := text.prose(c)))
    return text.prose(raw)
