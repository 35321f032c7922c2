"""Words: the only file that knows the engine which cuts Chinese text.

Two engines cut alike: jieba, and rjieba, which is written in Rust and much faster (the extra
`mailuo[fast]`). An index and its queries must be cut by the same one.
"""

import logging
import math
import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import chain

import jieba

from bot.digest.script import simplified
from bot.digest.stopwords import STOPWORDS
from bot.errors import ConfigError
from bot.model import Query

_SURROGATE = re.compile("[\ud800-\udfff]")
_LETTERS = re.compile(r"[\w+#.]*\w[\w+#.]*")
_AMOUNT = re.compile(r"[\d.]+[年月日号个亿万%]?")
_ENDLESS = re.compile(r"\w{400}")
_PIECES = re.compile(r"\w{1,400}|\W+")
_RAREST = 15.0  # of a word that the dictionary does not know

Cut = Callable[[str], list[str]]


def _jieba() -> Cut:
    return _in_pieces(_remembering)


def _remembering(text: str) -> list[str]:
    """As jieba, which cuts each run of letters by itself: what was just cut is not cut again."""
    return [word for run in jieba.re_han_default.split(text) if run for word in _cut_run(run)]


@lru_cache(maxsize=4096)
def _cut_run(run: str) -> tuple[str, ...]:
    return tuple(jieba.lcut(run))


def _in_pieces(cut: Cut) -> Cut:
    """A cut whose time does not grow with the square of a run that nobody would write."""

    def pieced(text: str) -> list[str]:
        if not _ENDLESS.search(text):
            return cut(text)
        return [word for piece in _PIECES.findall(text) for word in cut(piece)]

    return pieced


def _rjieba() -> Cut:
    try:
        import rjieba
    except ImportError as error:
        raise ConfigError(
            "the word engine rjieba is not installed: pip install 'mailuo[fast]'"
        ) from error

    return _encoded(rjieba.cut)


def _encoded(engine: Callable[[str, bool], list[str]]) -> Cut:
    """As the engine, which is Rust and refuses lone surrogates: each is � to it."""

    def cut(text: str) -> list[str]:
        try:
            return engine(text, True)
        except UnicodeEncodeError:
            return engine(_SURROGATE.sub("\ufffd", text), True)

    return cut


_ENGINES = {"jieba": _jieba, "rjieba": _rjieba}
_engine = "jieba"
_cut = _jieba()


def use_engine(name: str) -> None:
    """Choose the engine for the whole process.

    Args:
        name: jieba or rjieba.

    Raises:
        ConfigError: there is no such engine, or it is not installed.
    """
    global _engine, _cut
    if name not in _ENGINES:
        raise ConfigError(f"there is no word engine {name!r}; choose {' or '.join(_ENGINES)}")
    _cut = _ENGINES[name]()
    _engine = name
    jieba.setLogLevel(logging.WARNING)


def engine() -> str:
    """The name of the engine in use."""
    return _engine


def load() -> None:
    """Load the dictionary now (0.6 s) rather than at the first question."""
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()


def cut(text: str) -> list[str]:
    """The words of a text, in order, with punctuation and spaces."""
    return _cut(text)


def telling(text: str) -> list[str]:
    """The words of a text that tell what it is about: lower case, two letters or more."""
    return telling_of(_cut(text))


def telling_of(tokens: list[str]) -> list[str]:
    """As `telling`, of words that were cut already."""
    return [word for word in map(_as_told, tokens) if word]


@lru_cache(maxsize=50_000)
def _as_told(token: str) -> str:
    """A word in lower case; '' when it tells nothing."""
    word = token.lower()
    return word if is_telling(word) else ""


@lru_cache(maxsize=50_000)
def is_telling(word: str) -> bool:
    """Whether a word can tell what a text is about."""
    if word in STOPWORDS or word.isdecimal() or not _LETTERS.fullmatch(word):
        return False
    if word[0] in "该此" and len(word) == 2:  # 该馆
        return False
    return len(word) > 1 and not _AMOUNT.fullmatch(word)


@lru_cache(maxsize=50_000)
def rarity(word: str) -> float:
    """How much a word tells: the negative logarithm of its share of all words, 0 to 15.

    By the frequencies of jieba's dictionary; a word that is not in it is taken for a name.
    """
    frequency = _frequencies().get(word, 0)
    return min(_RAREST, math.log(_total() / frequency)) if frequency else _RAREST - 1


def is_known(word: str) -> bool:
    """Whether the dictionary knows a word."""
    return bool(_frequencies().get(word))


@cache
def _frequencies() -> dict[str, int]:
    jieba.initialize()
    found: dict[str, int] = jieba.dt.FREQ
    return found


@cache
def _total() -> int:
    jieba.initialize()
    return int(jieba.dt.total)


def query(text: str) -> Query:
    """A reader's query as the text index wants it, in whichever script. Any text will do."""
    asked = " ".join(text.split())
    simple = simplified(asked)
    words = [w.lower() for w in _cut(simple.lower()) if _LETTERS.fullmatch(w)]
    kept = [w for w in words if w not in STOPWORDS] or words
    return Query(asked, tuple(dict.fromkeys(kept)), simple)


def searchable(tokens: Iterable[str]) -> tuple[str, ...]:
    """Words, and the words inside long ones, each once, in the order of their first use."""
    return tuple(dict.fromkeys(chain.from_iterable(map(_with_parts, dict.fromkeys(tokens)))))


@lru_cache(maxsize=50_000)
def _with_parts(word: str) -> tuple[str, ...]:
    """A word after the shorter ones inside it, as jieba's cut for search engines has them; nothing
    of punctuation."""
    if not _LETTERS.fullmatch(word):
        return ()
    if len(word) < 3:  # as most are
        return (word,)
    inside = [
        word[at : at + size]
        for size in (2, 3)
        if len(word) > size
        for at in range(len(word) - size + 1)
    ]
    return (*[part for part in inside if is_known(part)], word)
