"""The one line: the sentence that tells the news, trimmed as a headline would be.

Of the stretches that may stand for the first sentences (`trim.pieces`) that one is taken which is
expected to share most with a headline: words that other sentences repeat come again in headlines
far more often than others, and headlines are short. The measure is the expected F1 of the words of
a stretch against a headline of usual length (as the F measure of ROUGE, Lin 2004, with
probabilities in place of hits).
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import chain
from math import exp
from operator import itemgetter

from bot.digest import trim, words
from bot.digest.reading import Reading
from bot.digest.shape import fitness, leans
from bot.model import Sentence

_FROM = 6  # the line is one of the first sentences
_CLOSER = 2  # of these, how many are looked at closely
_LATER = 0.85  # what each place further back costs it
_LEANS = 0.3
_USUAL = 18  # units of a headline
_FILLED = 8  # of them are what one sentence can fill, however long it is
# How often a word comes again in the headline: by the sentences that hold it, up to three, when it
# is telling. Rare words come oftener.
_COMES_AGAIN = (0.0, 0.08, 0.33, 0.5)
_GRAMMAR = 0.1
_NEVER_LEFT_OUT = frozenset(
    ("遇难", "死亡", "身亡", "丧生", "受伤", "送医", "失踪", "失联", "被困")
)
_SURELY = 0.6
_CHANCES = {tells: [tells * often for often in _COMES_AGAIN] for tells in (0.6, 1.0, 1.3)}
_CHANCES[0.0] = [_GRAMMAR] * len(_COMES_AGAIN)
_SURE = [_SURELY] * len(_COMES_AGAIN)
_COMMON, _RARE = 10.0, 12.0  # words.rarity
_UNIT = re.compile("[\u4e00-\u9fff]|[A-Za-z]+|\\d+(?:\\.\\d+)?")

_NEWS = re.compile(  # all begins in one set of characters, which makes the search quick
    r"[\d今昨近日](?:(?<=\d)\s*[月日]|(?<=[今昨])[日天晚]|(?<=近)日|(?<=日)前)[^。]{0,60}?"
    r"(?:发布|宣布|召开|启动|开放|更新|推出|公布|上线|发生|通过|举行|开源|获|达成|达到|开通|夺|发现|开幕|登陆"
    r"|判|裁定|决定|签|批准|印发|出台|表决|施行|公诉|逮捕|立案|通报|研制|击败|战胜|上调|下调)"
)
_SCENE = re.compile(
    r"凌晨|清晨|早上|上午|中午|午后|下午|傍晚|晚上|夜里|深夜|又到|每到|每当|一[名位个]"
)
_LOOKS_BACK = re.compile(  # from a place in the article where another day is the news
    r"[昨前][日天]|[^，。]{0,24}(?:当[天日]|同[天日])|(?:[一两二三四五六七八九十]|\d{1,2})个?(?:天|周|月|年|星期)之?[前后]|公司"
)
_YEAR = re.compile(r"[^，。；]{0,12}?(\d{4})\s*年")
_ANNOUNCES = re.compile(  # and does not say what
    r"(?:发布|公布|印发|披露|更新|推出|备案)了?[^，。]{0,4}(?:《[^》]+》|计划|方案|举措|声明)[^，。]{0,8}。$"
)
_BACKGROUND = re.compile(r"此前|早在|曾|\d{4}\s*年(?!\s*\d)|去年|前年|多年|当时")


def line(reading: Reading, day: date | None = None) -> Sentence | None:
    """The one line to read; None when there is no prose.

    The title is not looked at: the line stands beside it. The text is a stretch of a sentence,
    verbatim, from which asides in brackets may be missing.

    Args:
        reading: the article.
        day: that of the publication; None when unknown.
    """
    held = Counter(chain.from_iterable(map(set, reading.telling)))
    stand = [(standing(sentence, day), sentence) for sentence in reading.sentences[:_FROM]]
    first = sorted(stand, key=itemgetter(0), reverse=True)[:_CLOSER]
    offers = chain.from_iterable(_offers(reading, *one, held, day) for one in first)
    best = max(offers, key=itemgetter(0), default=None)
    return replace(best[1], text=best[2]) if best and best[0] > 0 else None


def _offers(
    reading: Reading, stands: float, sentence: Sentence, held: Counter[str], day: date | None
) -> Iterator[tuple[float, Sentence, str]]:
    """What one sentence offers: the worth of each stretch, and the stretch."""
    flash = trim.headline(sentence.text) if sentence.position == 0 else None
    if flash:
        yield 1.0, sentence, flash.text
    ends, sums = _sums(reading.tokens[sentence.position], held)
    for piece in trim.pieces(sentence.text, day):
        start, end = (sums[bisect_left(ends, at)] for at in (piece.start, piece.end))
        shared = _FILLED * (1 - exp((start[0] - end[0]) / _FILLED))
        worth = 2 * shared / (end[1] - start[1] + _USUAL)
        yield worth * stands, sentence, piece.text


def standing(sentence: Sentence, day: date | None = None) -> float:
    """What a sentence is worth by its place and its shape.

    Args:
        sentence: of an article.
        day: that of the publication; None when unknown.
    """
    text = sentence.text
    stands = fitness(text) * _LATER**sentence.position
    if leans(text) and not trim.first_item(text):
        stands *= _LEANS
    if text.count("，") < 2 and _ANNOUNCES.search(text):
        stands *= 0.6
    if _BACKGROUND.match(text) or _SCENE.match(text) or _is_past(sentence, day):
        return stands * 0.6
    if _NEWS.search(text) or _of_now(text, day):
        return stands * 1.25
    return stands * (0.7 if _BACKGROUND.search(text) else 1.0)


def _of_now(text: str, day: date | None) -> bool:
    """Whether a sentence begins with the day of the news."""
    start = trim.front(text, day)
    return start > 0 and start > trim.front(text)


def _is_past(sentence: Sentence, day: date | None) -> bool:
    """Whether a sentence tells of another time than the news."""
    if sentence.position and _LOOKS_BACK.match(sentence.text):
        return True
    year = _YEAR.match(sentence.text)
    return bool(year and day and int(year[1]) < day.year)


def _sums(tokens: list[str], held: Counter[str]) -> tuple[list[int], list[tuple[float, int]]]:
    """Where each word ends; and up to there the expected hits in a headline and all units."""
    at, hits, units = 0, 0.0, 0
    ends, sums = [0], [(0.0, 0)]
    for token in tokens:
        word, size, chances = _offered(token)
        at, units = at + len(token), units + size
        hits += size * chances[min(3, held.get(word, 0))]
        ends.append(at)
        sums.append((hits, units))
    return ends, [*sums, sums[-1]]


@lru_cache(maxsize=50_000)
def _offered(token: str) -> tuple[str, int, list[float]]:
    """A word in lower case, its units, and its chances by how many sentences hold it."""
    word = token.lower()
    size = len(token) if "\u4e00" <= token[0] <= "\u9fff" else len(_UNIT.findall(token))
    return word, size, _SURE if word in _NEVER_LEFT_OUT else _CHANCES[_tells(word)]


def _tells(word: str) -> float:
    """How much likelier than other telling words by its rarity; 0 when it tells nothing."""
    if not words.is_telling(word):
        return 0.0
    rarity = words.rarity(word)
    return 0.6 if rarity < _COMMON else 1.0 if rarity < _RARE else 1.3
