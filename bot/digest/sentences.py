"""Sentences of an article's news prose, each verbatim and with its place."""

import re

from bot.model import Article, BlockKind, Sentence

PROSE = (BlockKind.TEXT, BlockKind.LIST)

_OPENING = "“‘《（(「『【"
_CLOSING = "”’》）)」』】"
_STOPS = "。！？!?…"
_LONGEST_QUOTE = 300  # a bracket that stays open longer was never meant to close
_ATTRIBUTION = re.compile(
    r"[^。！？!?“]{0,40}(?:说|表示|称|认为|介绍|指出|坦言|透露|强调|评价|问|写道)[^“]{0,12}[。！？]"
)
_ENGLISH_STOP = re.compile(r"[a-z)]\.\s+[A-Z]")


def sentences(article: Article) -> tuple[Sentence, ...]:
    """The sentences of the news prose, numbered in reading order.

    Captions, headings, bylines, boilerplate, code and tables are passed over.
    """
    found: list[Sentence] = []
    for number, block in enumerate(article.blocks):
        if block.kind in PROSE:
            for text in split(block.text):
                found.append(Sentence(text, len(found), number))
    return tuple(found)


def split(text: str) -> list[str]:
    """A paragraph as sentences; a full stop inside quotes or brackets ends none.

    A quotation stays with the words that say whose it is: “……。”张三说。
    """
    pieces, start, depth, opened = [], 0, 0, 0
    for at, character in enumerate(text):
        if character in _OPENING:
            depth, opened = depth + 1, at if depth == 0 else opened
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        if depth and at - opened > _LONGEST_QUOTE:
            depth = 0
        if depth == 0 and _ends(text, at):
            pieces.append(text[start : at + 1].strip())
            start = at + 1
    pieces.append(text[start:].strip())
    return [piece for piece in pieces if piece]


def _ends(text: str, at: int) -> bool:
    """Whether a sentence ends with the character at a place outside quotes."""
    following = text[at + 1 : at + 2]
    if following and following in _STOPS + "”’）)」』":
        return False
    if text[at] in "!?" and following.isascii() and following.isalnum():
        return False  # inside an address: /list?page=2
    if text[at] in _STOPS:
        return True
    if text[at] in "”’」』" and text[at - 1] in _STOPS:
        return not _ATTRIBUTION.match(text, at + 1)
    return text[at] == "." and _ENGLISH_STOP.match(text, at - 1) is not None
