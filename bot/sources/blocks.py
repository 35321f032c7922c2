"""What kind of block a piece of a body is: by its tags, and by what the text itself tells."""

import re
from itertools import islice

from bot.model import BlockKind
from bot.sources.boilerplate import is_boilerplate, is_box
from bot.sources.byline import is_byline
from bot.sources.nodes import Node

DROPPED = {
    *("script", "style", "noscript", "template", "iframe", "object", "svg", "head", "video"),
    *("audio", "canvas", "button", "select", "textarea"),
}
BOLD = {"strong", "b"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = _HEADINGS | {
    *("p", "div", "section", "article", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "table"),
    *("caption", "thead", "tbody", "tfoot", "tr", "td", "th", "pre", "figure", "figcaption", "hr"),
    *("br", "header", "footer", "center", "body", "main", "aside", "address", "details", "summary"),
    *("nav", "form", "fieldset"),
}
BARE = {"div", "body", "section", "article", "[document]"}  # text right inside these

_CAPTION = re.compile(
    r"(?:^|[-_\s])(?:img-note|caption|image-?desc|pic-?desc|图片备注)(?:$|[-_\s])", re.IGNORECASE
)
_NUMBER = re.compile(r"\d{1,2}|[一二三四五六七八九十]{1,3}")  # of a section, on its own line
_BULLETS = "•·●○■◆▪–"
_FULL_STOPS = "。！？!?…；，,.：:"
_LONGEST_HEADING = 40  # a short bold paragraph without a full stop is a heading
_BY_TAG = {"pre": BlockKind.CODE, "li": BlockKind.LIST} | dict.fromkeys(
    _HEADINGS, BlockKind.HEADING
)


def kind_of(tag: Node) -> BlockKind | None:
    """The kind that a tag gives to the text inside it, or None."""
    if tag.name in ("figcaption", "caption"):
        return BlockKind.CAPTION
    if tag.attributes and (named := _named(tag)):
        return named
    if tag.name == "tr" and _is_data(tag):
        return BlockKind.TABLE
    return _BY_TAG.get(tag.name)


def _named(tag: Node) -> BlockKind | None:
    """The kind that the id, class or label of a tag tells."""
    names = f"{tag.get('id')} {tag.get('class')}".strip()
    if _CAPTION.search(f"{names} {tag.get('label')}"):
        return BlockKind.CAPTION
    return BlockKind.BOILERPLATE if names and tag.name in BLOCKS and is_box(names) else None


def _is_data(row: Node) -> bool:
    """Whether a row may hold data; a row of one cell only lays out the page."""
    cells = (c for c in row.children if c.name in ("td", "th"))
    return len(list(islice(cells, 2))) > 1


def judged(kind: BlockKind, words: str, *, all_bold: bool) -> BlockKind:
    """The kind that a paragraph's own words tell, where its tags left it open.

    Args:
        kind: what the tags say.
        words: the paragraph, not empty.
        all_bold: whether every letter of it stands in bold type.
    """
    if kind not in (BlockKind.TEXT, BlockKind.LIST, BlockKind.CAPTION):
        return kind
    if is_byline(words):
        return BlockKind.BYLINE
    if is_boilerplate(words):
        return BlockKind.BOILERPLATE
    if kind is not BlockKind.TEXT:
        return kind
    if words[0] in _BULLETS:
        return BlockKind.LIST
    bold_line = all_bold and len(words) <= _LONGEST_HEADING and words[-1] not in _FULL_STOPS
    return BlockKind.HEADING if bold_line or _NUMBER.fullmatch(words) else kind
