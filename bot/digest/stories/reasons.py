"""Reasons: why two articles are of one story or of two, in words for readers."""

from collections.abc import Iterator

from bot.digest import words
from bot.digest.stories import differences
from bot.digest.stories.sides import Side
from bot.model import Sketch

_WORDS_SHOWN = 6
_FIGURES_SHOWN = 2
_OF_EACH = 2  # of what differs
_SAID = {"季": "季度", "线": "号线", "份": "月份", "风": "号台风", "比": ""}


def reason(one: Side, other: Side) -> str:
    """What they share and where they differ."""
    figures = [figure.text for figure in differences.shared_figures(one, other)]
    shared = [*shared_words(one, other)[:_WORDS_SHOWN], *figures[:_FIGURES_SHOWN]]
    parts = [f"共同：{'、'.join(shared)}" if shared else "没有共同的词语"]
    differ = [
        f"{what} {'、'.join(a[:_OF_EACH])}／{'、'.join(b[:_OF_EACH])}"
        for what, a, b in _differences(one, other)
    ]
    if (days := differences.days_apart(one, other)) > differences.STORY_DAYS:
        differ.append(f"发布相隔 {days} 天")
    return "；".join([*parts, f"不同：{'，'.join(differ)}"] if differ else parts)


def shared_words(one: Side, other: Side) -> tuple[str, ...]:
    """The words that both say, most telling first, those of a title before all."""
    mine, theirs = one.title.words, other.title.words
    shared = [
        (-words.rarity(word) * (1 + (word in mine) + (word in theirs)), word)
        for word in one.said.words & other.said.words
    ]
    return tuple([word for _, word in sorted(shared)])


def _differences(one: Side, other: Side) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """What differs, with the words of either side."""
    mine, theirs = one.sketch, other.sketch
    places = differences.own_places(one, other), differences.own_places(other, one)
    if all(places):
        yield "地点", *places
    if differences.days_between(one, other):
        yield "日期", mine.days, theirs.days
    if differences.other_periods(one, other):
        yield "期次", _periods(mine), _periods(theirs)
    if differences.differing_kinds(one, other):
        yield "事由", mine.kinds, theirs.kinds
    if differences.differing_units(one, other):
        yield "数字", _figures(mine), _figures(theirs)


def _periods(sketch: Sketch) -> tuple[str, ...]:
    """As they are said: 2号线, 3季度, 《远山》."""
    return tuple(p if p[0] == "《" else p[1:] + _SAID.get(p[0], p[0]) for p in sketch.periods)


def _figures(sketch: Sketch) -> tuple[str, ...]:
    return tuple(
        f"{value:g}{unit}" for unit, value in sketch.figures[: sketch.head_figures] if unit
    )
