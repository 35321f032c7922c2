"""Round-ups: 早报, 一周要闻 and the like, and the unrelated items that they list.

A round-up is told by its form and its content: items that are numbered, headed or listed, and that
have hardly a word in common. A list about one thing is an article like any other.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from bot.digest import words
from bot.digest.sentences import sentences
from bot.model import Article, Block, BlockKind, Item, Sentence

_TITLE = re.compile(
    r"[早晚午晨]报|早餐|早班车|早知道|早读|晚间|一周要闻|周报|周刊|日报|要闻|速递|速览|速读|快讯|简讯|简报"
    r"|汇总|盘点|一览|一文|联播|资讯|热点|大事|头条"
)
_MARK = re.compile(
    r"\s*(?:[（(]?\d{1,2}(?:[)）、]|[.．:：](?!\d))|[①-⑳]|[一二三四五六七八九十]{1,3}、|[•●▪■◆▶]"
    r"|(?=【[^】]{2,40}】))\s*"
)
_HEADED = re.compile(r"【([^】]{2,40})】|([^。！？：:；\s]{4,40})[：:。！？\s]")
_FEWEST = 3
_FEWEST_UNTITLED = 4
_MOST = 60
_SHORTEST = 14  # characters of an item
_RELATED, _RELATED_UNTITLED = 0.25, 0.12  # mean share of words in common
_COMPARED = 12  # items; more need no more pairs
_TEXT = (BlockKind.TEXT, BlockKind.LIST)


def items(article: Article) -> tuple[Item, ...]:
    """The items of a round-up in its order; none for any other article."""
    blocks = list(enumerate(article.blocks))
    for split in (_marked, _listed, _headed):
        parts = [part for part in split(blocks) if len(_text(part)) >= _SHORTEST][:_MOST]
        if _is_roundup(article.title, parts):
            return tuple(_items(article, parts))
    return ()


_Part = list[tuple[int, Block]]  # blocks with their numbers


def _marked(blocks: Sequence[tuple[int, Block]]) -> Iterator[_Part]:
    """Each part begins with a number, a bullet or a 【head】."""
    part: _Part = []
    for number, block in blocks:
        if block.kind in (*_TEXT, BlockKind.HEADING) and _MARK.match(block.text):
            if part:
                yield part
            part = [(number, block)]
        elif part and block.kind in _TEXT:
            part.append((number, block))
    if part:
        yield part


def _listed(blocks: Sequence[tuple[int, Block]]) -> Iterator[_Part]:
    return ([(number, block)] for number, block in blocks if block.kind is BlockKind.LIST)


def _headed(blocks: Sequence[tuple[int, Block]]) -> Iterator[_Part]:
    """Each part is a heading and the text below it."""
    part: _Part = []
    for number, block in blocks:
        if block.kind is BlockKind.HEADING:
            if len(part) > 1:
                yield part
            part = [(number, block)]
        elif part and block.kind in _TEXT:
            part.append((number, block))
    if len(part) > 1:
        yield part


def _text(part: _Part) -> str:
    return "\n".join(block.text for _, block in part)


def _is_roundup(title: str, parts: Sequence[_Part]) -> bool:
    titled = bool(_TITLE.search(title))
    if len(parts) < (_FEWEST if titled else _FEWEST_UNTITLED):
        return False
    said = [frozenset(words.telling(_text(part)[:200])) for part in parts[:_COMPARED]]
    shares = [len(a & b) / max(1, min(len(a), len(b))) for a, b in combinations(said, 2)]
    related = sum(shares) / len(shares)
    return related < (_RELATED if titled else _RELATED_UNTITLED)


def _items(article: Article, parts: Sequence[_Part]) -> Iterator[Item]:
    first: dict[int, Sentence] = {}
    for sentence in reversed(sentences(article)):
        first[sentence.block] = sentence
    for number, part in enumerate(parts, 1):
        opening = next((first[n] for n, _ in part if n in first), None)
        if opening is None:
            continue
        told = [replace(block, text=_MARK.sub("", block.text, count=1)) for _, block in part[:1]]
        told += [block for _, block in part[1:]]
        text = _MARK.sub("", opening.text, count=1) or opening.text
        alone = replace(
            article,
            key=f"{article.key}#{number}",
            title=_title(told[0].text, article.title),
            blocks=tuple(told),
        )
        yield Item(number, alone, replace(opening, text=text))


def _title(text: str, otherwise: str) -> str:
    """The head of an item: in brackets, or up to its first stop."""
    head = _HEADED.match(text + "。")
    return next((part for part in head.groups() if part), otherwise) if head else text[:40]
