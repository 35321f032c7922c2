"""The HTML body of an article as blocks, links and pictures.

The tree is walked with a stack of our own, not by recursion: bodies nest as deep as they like.
Inline tags never end a paragraph; block tags, <br> and bare line breaks after a full stop do.
"""

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeGuard

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from bot.model import Block, BlockKind, Image, Link
from bot.sources import text
from bot.sources.boilerplate import is_boilerplate, is_box
from bot.sources.byline import is_byline
from bot.sources.urls import picture, web

_DROPPED = {"script", "style", "noscript", "template", "iframe", "object", "svg", "form", "head"}
_BOLD = {"strong", "b"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = _HEADINGS | {
    *("p", "div", "section", "article", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "table"),
    *(
        "tr",
        "pre",
        "figure",
        "figcaption",
        "hr",
        "br",
        "header",
        "footer",
        "center",
        "body",
        "main",
    ),
    *("aside", "address", "details", "summary", "tbody", "thead", "caption", "nav"),
}
_CAPTION = re.compile(
    r"(?:^|[-_\s])(?:img-note|caption|image-?desc|pic-?desc|图片备注)(?:$|[-_\s])"
)
_SOURCES_OF_IMG = ("data-original", "data-src", "_src", "data-lazy-src", "src")
_SENTENCE_ENDS = re.compile(r"(?<=[。！？!?…”」）])[^\S\n]*\n")
_NUMBER = re.compile(r"\d{1,2}|[一二三四五六七八九十]{1,3}")  # of a section, on its own line
_BULLETS = "•·●○■◆▪–"
_FULL_STOPS = "。！？!?…；，,.：:"
_LONGEST_HEADING = 40  # a short bold paragraph without a full stop is a heading


@dataclass(slots=True)
class Body:
    """What a body holds. `bylines` pairs the text of each byline with an address it links to."""

    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    bylines: list[tuple[str, str]] = field(default_factory=list)


def read_body(html: str) -> Body:
    """Blocks in order, links and pictures once each."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(html, "lxml")
    writer = _Writer()
    for node, opens in _walk(soup):
        writer.see(node, opens)
    writer.flush()
    return writer.body


def _walk(root: Tag) -> Iterator[tuple[Tag | NavigableString, bool]]:
    """Every node in order; a tag comes twice, when it opens and when it closes."""
    stack: list[tuple[PageElement, bool]] = [(root, True)]
    while stack:
        node, opens = stack.pop()
        if isinstance(node, Tag) and opens:
            if node.name in _DROPPED:
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

    def __init__(self) -> None:
        self.body = Body()
        self._text: list[str] = []
        self._links: list[str] = []
        self._kinds: list[BlockKind] = []
        self._bold = 0  # how many <strong> and <b> are open
        self._all_bold = True  # so far, in this paragraph

    def see(self, node: Tag | NavigableString, opens: bool) -> None:
        if isinstance(node, NavigableString):
            self._see_text(str(node), node.parent)
        elif opens:
            self._open(node)
        else:
            self._close(node)

    def _see_text(self, words: str, parent: Tag | None) -> None:
        self._all_bold &= bool(self._bold) or not words.strip()
        bare = parent is not None and parent.name in (
            "div",
            "body",
            "section",
            "article",
            "[document]",
        )
        if not bare or BlockKind.CODE in self._kinds:
            self._text.append(words)
            return
        first, *rest = _SENTENCE_ENDS.split(words)
        self._text.append(first)
        for paragraph in rest:
            self.flush()
            self._text.append(paragraph)

    def _open(self, tag: Tag) -> None:
        if tag.name == "br" and BlockKind.CODE in self._kinds:
            self._text.append("\n")
        elif tag.name in ("td", "th"):
            self._text.append("\x1f")
        elif tag.name in _BLOCKS and not self._in_row():
            self.flush()
        if kind := _kind(tag):
            self._kinds.append(kind)
        self._bold += tag.name in _BOLD
        if tag.name == "img":
            self._see_image(tag)
        elif tag.name == "a":
            self._see_link(tag)

    def _close(self, tag: Tag) -> None:
        if tag.name in _BLOCKS and (not self._in_row() or tag.name == "tr"):
            self.flush()
        self._bold -= tag.name in _BOLD
        if _kind(tag):
            self._kinds.pop()

    def _in_row(self) -> bool:
        return BlockKind.TABLE in self._kinds

    def _see_image(self, tag: Tag) -> None:
        addresses = (picture(str(tag.get(name, ""))) for name in _SOURCES_OF_IMG)
        url = next((a for a in addresses if a), "")
        if url and all(url != image.url for image in self.body.images):
            self.body.images.append(Image(url))

    def _see_link(self, tag: Tag) -> None:
        url, words = web(str(tag.get("href", ""))), text.prose(tag.get_text())
        if url and words:
            self._links.append(url)
            if all(url != link.url for link in self.body.links):
                self.body.links.append(Link(url, words))

    def flush(self) -> None:
        """End the paragraph."""
        raw, links, all_bold = "".join(self._text), self._links, self._all_bold
        self._text, self._links, self._all_bold = [], [], True
        kind = self._kinds[-1] if self._kinds else BlockKind.TEXT
        words = _words(raw, kind)
        if not words:
            self._links = links  # a picture's link before the text it belongs to
            return
        kind = _judged(kind, words, all_bold=all_bold)
        if kind is BlockKind.BYLINE:
            self.body.bylines.append((words, links[0] if links else ""))
        self.body.blocks.append(Block(kind, words))


def _words(raw: str, kind: BlockKind) -> str:
    if kind is BlockKind.CODE:
        return text.code(raw)
    if kind is BlockKind.TABLE:
        return " | ".join(cell for c in raw.split("\x1f") if (cell := text.prose(c)))
    return text.prose(raw)


def _judged(kind: BlockKind, words: str, *, all_bold: bool) -> BlockKind:
    """The kind that the text itself tells, where the tags left it open."""
    if kind not in (BlockKind.TEXT, BlockKind.LIST, BlockKind.CAPTION):
        return kind
    if is_byline(words):
        return BlockKind.BYLINE
    if is_boilerplate(words):
        return BlockKind.BOILERPLATE
    if _NUMBER.fullmatch(words):
        return BlockKind.HEADING
    if words[0] in _BULLETS:
        return BlockKind.LIST
    if all_bold and len(words) <= _LONGEST_HEADING and words[-1] not in _FULL_STOPS:
        return BlockKind.HEADING
    return kind


def _kind(tag: Tag) -> BlockKind | None:
    """The kind that a tag gives to the text inside it, or None."""
    names = " ".join([str(tag.get("id", "")), *map(str, tag.get_attribute_list("class"))])
    if tag.name in _HEADINGS:
        return BlockKind.HEADING
    if tag.name in ("figcaption", "caption") or _CAPTION.search(f"{names} {tag.get('label', '')}"):
        return BlockKind.CAPTION
    if tag.name in _BLOCKS and is_box(names):
        return BlockKind.BOILERPLATE
    return {"pre": BlockKind.CODE, "tr": BlockKind.TABLE, "li": BlockKind.LIST}.get(tag.name)
