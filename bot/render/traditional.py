"""Simplified Chinese in Traditional characters, word by word (OpenCC, `s2tw`).

Characters change, words do not: `s2twp` would also put 釋出 for 发布 and 查德 for 乍得, which the
article does not say. 臺 is written 台, as newspapers do. What is Traditional already stays as it
is: 干擾 is no 幹擾.
"""

import re
from collections.abc import Collection
from functools import lru_cache

from opencc import OpenCC

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_TAG = re.compile("(<[^<>]*>)")
# Surnames that are written alike in both scripts, though the same characters as words are not:
# 于欢 is no 於歡. Each stands in for a private character while OpenCC is at work.
_SURNAMES = "于余范涂郁党"
_MENDED = (("臺", "台"), ("報道里", "報道裡"))  # 道里 is a place, but seldom in news
# What stands in Simplified texts for another character, and in Traditional ones for itself.
_OF_BOTH = frozenset(
    "干后里台面谷丑余范郁系只云咸斗札板表出吊冬复划回伙家借卷克困了累帘蒙弥秋曲舍升松涂托胡須咽叶"
    "游欲御岳杯刮合汇仆签朱注筑准征周制致折布采吃裏着占才"
)
_FIRST = 0xE000
_HIDE = {ord(c): chr(_FIRST + n) for n, c in enumerate(_SURNAMES)}
_SHOW = {_FIRST + n: c for n, c in enumerate(_SURNAMES)}


def traditional(text: str, names: Collection[str] = ()) -> str:
    """A text in Traditional characters.

    Args:
        text: anything; NUL, at which OpenCC stops, and lone surrogates are dropped.
        names: people that the text names; their surnames are kept from being read as words.
    """
    people = frozenset(n for n in names if 2 <= len(n) <= 4 and n[0] in _SURNAMES)
    return _converted(_UNWRITABLE.sub("", text), people)


def traditional_html(html: str, names: Collection[str] = ()) -> str:
    """HTML with its text in Traditional characters; tags, and the addresses in them, stay."""
    pieces = _TAG.split(html)
    pieces[::2] = [traditional(piece, names) for piece in pieces[::2]]
    return "".join(pieces)


@lru_cache(maxsize=4_096)
def _converted(text: str, people: frozenset[str]) -> str:
    for name in sorted(people):
        text = text.replace(name, name[0].translate(_HIDE) + name[1:])
    converted: str = _words().convert(text)
    if _is_traditional(text, converted):
        return text.translate(_SHOW) if people else text
    for odd, usual in _MENDED:
        converted = converted.replace(odd, usual)
    return converted.translate(_SHOW) if people else converted


def _is_traditional(text: str, converted: str) -> bool:
    """Whether a text has characters of that script alone, and none that only Simplified has."""
    if _back().convert(text) == text:
        return False
    changed = (one for one, other in zip(text, converted, strict=False) if one != other)
    return all(one in _OF_BOTH for one in changed)


@lru_cache(maxsize=1)
def _words() -> OpenCC:
    return OpenCC("s2tw")


@lru_cache(maxsize=1)
def _back() -> OpenCC:
    return OpenCC("t2s")
