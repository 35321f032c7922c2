"""Sentences of an article's news prose, each verbatim and with its place."""

import re
from itertools import pairwise

from bot.model import Article, BlockKind, Sentence

PROSE = (BlockKind.TEXT, BlockKind.LIST)

_OPENING = "“‘《（(「『【"
_CLOSED_BY = dict(zip("”’》）)」』】", _OPENING, strict=True))
_STOPS = "。！？!?…"
_MARK = re.compile("[“‘《（(「『【”’》）)」』】。！？!?….]")
_BRACKET = re.compile("[“‘《（(「『【”’》）)」』】]")
_LONGEST_QUOTE = 300  # a bracket that stays open longer was never meant to close
_LONG = 180  # characters of a sentence
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

    A quotation stays with the words that say whose it is: “……。”张三说。 A mark that is never
    closed, or not within 300 characters, opens nothing. Very long sentences end at semicolons.
    """
    marks = [(m.start(), m[0]) for m in _MARK.finditer(text)]
    closes = _pairs(marks)
    pieces, start, until = [], 0, -1
    for at, _ in marks:
        if at < until:
            continue
        if at in closes:
            until = closes[at]
        elif _ends(text, at):
            pieces.append(text[start : at + 1].strip())
            start = at + 1
    pieces.append(text[start:].strip())
    return [part for piece in pieces for part in _shortened(piece) if part]


def outside(text: str, mark: str) -> list[int]:
    """The places of what a pattern finds that stand in no quotation and in no brackets."""
    pairs = _pairs([(m.start(), m[0]) for m in _BRACKET.finditer(text)])
    found, until, opened = [], -1, iter(sorted(pairs.items()))
    span = next(opened, None)
    for place in (m.start() for m in re.finditer(mark, text)):
        while span and span[0] < place:
            until, span = max(until, span[1]), next(opened, None)
        if place > until:
            found.append(place)
    return found


def balanced(text: str) -> bool:
    """Whether every quotation mark and bracket of a text has its fellow in it."""
    opened: list[str] = []
    for mark in _BRACKET.findall(text):
        if mark in _OPENING:
            opened.append(mark)
        elif not opened or opened.pop() != _CLOSED_BY[mark]:
            return False
    return not opened


def _pairs(marks: list[tuple[int, str]]) -> dict[int, int]:
    """The places of opening marks, each with that of the mark which closes it."""
    pairs: dict[int, int] = {}
    open_marks: list[tuple[int, str]] = []
    standing = dict.fromkeys(_OPENING, 0)
    for at, mark in marks:
        if mark in _OPENING:
            open_marks.append((at, mark))
            standing[mark] += 1
        elif (opening := _CLOSED_BY.get(mark)) and standing[opening]:
            found = -1, ""
            while found[1] != opening:
                found = open_marks.pop()
                standing[found[1]] -= 1
            if at - found[0] <= _LONGEST_QUOTE:
                pairs[found[0]] = at
    return pairs


def _shortened(sentence: str) -> list[str]:
    """A very long sentence as its parts between semicolons."""
    if len(sentence) <= _LONG:
        return [sentence]
    bounds = [0, *(at + 1 for at in outside(sentence, "；")), len(sentence)]
    return [sentence[start:end].strip() for start, end in pairwise(bounds)]


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
