"""New words: what the dictionary cuts to pieces though the text uses it as one word.

元宇宙 is cut 元/宇宙 and 淘菜菜 is cut 淘/菜菜. Neighbours that come again and again are one word
when they hold together (one hardly stands without the other) and what stands around them varies:
cohesion and freedom as in new-word discovery by mutual information and branching entropy (Bouma
2009; Jin and Tanaka-Ishii 2006), with counts instead of logarithms since one article is short.
Quotation marks around exactly these words are as good as one more occurrence.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from bot.digest import words
from bot.digest.stopwords import STOPWORDS

_PART = re.compile("[\u3400-\u9fff]{1,4}")
_LONGEST = 6  # characters of a new word
_TOGETHER = 0.5  # of the occurrences of the rarer part are in the pair
_TOGETHER_TOO = 0.35  # and of the other part's, when both are good words by themselves
_NEVER = 1_000_000
_FREE = 2  # different neighbours on either side
_USUAL = 9.2  # words.rarity of a word in everybody's mouth: 方案, 选择
_ODD, _ODD_TOO = 11.0, 12.5  # of a character that is hardly ever a word, and of its neighbour
_NEVER_FIRST = frozenset("亿万千百副原前新老全各多分再已将对市县省区本同近超达约")
_NEVER_LAST = frozenset("起后前中内外上下时间里者们等处次款年月日分秒个名位家元万亿号度米倍")
_QUOTES = {"“": "”", "「": "」", "《": "》", '"': '"', "‘": "’"}

Pair = tuple[str, str]


def coined(texts: Sequence[list[str]]) -> dict[Pair, str]:
    """The new words of some texts, as the two parts that the dictionary makes of each.

    Args:
        texts: the words of each sentence, in order, with punctuation.
    """
    row: list[str] = []
    for text in texts:
        row += text
        row.append("")
    single = Counter(row)
    parts = pairwise(map(_part, row))
    pairs = Counter([(one, other) for one, other in parts if one and other])
    quoted = _quoted(row, single)
    likely = {
        pair
        for pair, count in pairs.items()
        if (count > 1 or _is_odd(pair[0]) or pair in quoted)
        and count + quoted.get(pair, 0) >= _needed(*pair)
        and _hold_together(pair, count, single)
    }
    return {
        pair: "".join(pair)
        for pair in likely
        if pairs[pair] == 1 or pair in quoted or _is_free(pair, row)
    }


def whole(tokens: list[str], new: dict[Pair, str]) -> list[str]:
    """The words of a text with the parts of new words joined."""
    others = {other for _, other in new}
    if others.isdisjoint(tokens):
        return tokens
    joined: list[str] = []
    for token in tokens:
        before = joined[-1] if joined and token in others else ""
        if word := new.get((before, token)):
            joined[-1] = word
        elif word := new.get((before[-1:], token)):  # 做元/宇宙
            joined[-1:] = [before[:-1], word]
        else:
            joined.append(token)
    return joined


@lru_cache(maxsize=50_000)
def _part(word: str) -> str:
    """The word if it may be part of a new one, else ''."""
    return word if _PART.fullmatch(word) and word not in STOPWORDS else ""


@lru_cache(maxsize=100_000)
def _needed(one: str, other: str) -> int:
    """How often two neighbours must be seen to be one word: good words side by side seldom are."""
    if len(one) + len(other) > _LONGEST or one in _NEVER_FIRST or other in _NEVER_LAST:
        return _NEVER
    if min(len(one), len(other)) > 1:
        return 3 if min(map(words.rarity, (one, other))) > _USUAL else _NEVER
    return 1 if _is_odd(one) and words.rarity(other) > _ODD_TOO else 2


@lru_cache(maxsize=10_000)
def _is_odd(part: str) -> bool:
    """Whether a character is hardly ever a word by itself."""
    return len(part) == 1 and words.rarity(part) > _ODD


def _hold_together(pair: Pair, count: int, single: Counter[str]) -> bool:
    """Whether two neighbours are hardly ever apart."""
    fewer, more = sorted((single[pair[0]], single[pair[1]]))
    return count >= _TOGETHER * fewer and (
        min(map(len, pair)) == 1 or count >= _TOGETHER_TOO * more
    )


def _quoted(row: list[str], single: Counter[str]) -> Counter[Pair]:
    """How often quotation marks stand around just two words."""
    found: Counter[Pair] = Counter()
    for opening, closing in _QUOTES.items():
        for n in _places(opening, row) if opening in single else ():
            if row[n + 3 : n + 4] == [closing]:
                found[row[n + 1], row[n + 2]] += 1
    return found


def _is_free(pair: Pair, row: list[str]) -> bool:
    """Whether different words stand before a pair, and different words behind.

    The end of a text is another each time.
    """
    places = [n for n in _places(pair[0], row) if row[n + 1] == pair[1]]
    before = {row[n - 1] or n for n in places}
    behind = {row[n + 2] or n for n in places}
    return min(len(before), len(behind)) >= _FREE


def _places(word: str, row: list[str]) -> Iterator[int]:
    """Where a word stands in a row of words, by the quick search of lists."""
    at = -1
    try:
        while True:
            at = row.index(word, at + 1)
            yield at
    except ValueError:
        return
