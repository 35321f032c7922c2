"""Sides: sketches made ready for comparing, so that what one side alone tells is reckoned once.

A new article is compared with twenty others, and most of those with the next one again.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.digest import words
from bot.model import Sketch

_LEAD_WORDS = 30  # of the body, that with the title say what happened
LARGE = 1000.0  # of figures
ANY = "*"  # unit
_PLAIN = 5.0  # words.rarity of words that are in every text; what exceeds it is a word's weight


@dataclass(frozen=True, slots=True)
class Bag:
    """Some words and what they weigh together."""

    words: frozenset[str]
    weight: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of one unit."""

    exact: frozenset[float]
    loose: tuple[float, ...]  # those of them that may be another one, rounded


@dataclass(frozen=True, slots=True)
class Side:
    """A sketch with its words in bags, the figures of title and lead, and its sets as sets."""

    sketch: Sketch
    said: Bag  # all that it says
    head: Bag  # what says what happened: title and first words
    title: Bag
    figures: Mapping[str, Figures]  # by unit, '' for those of none, `ANY` for all
    head_figures: tuple[tuple[str, float], ...]
    places: frozenset[str]
    days: frozenset[str]
    periods: frozenset[str]
    kinds: frozenset[str]
    prints: frozenset[int]


@lru_cache(maxsize=1024)
def side(sketch: Sketch) -> Side:
    """A sketch made ready."""
    return Side(
        sketch,
        said=_bag([*sketch.words, *sketch.title]),
        head=_bag([*sketch.words[:_LEAD_WORDS], *sketch.title]),
        title=_bag(sketch.title),
        figures=_by_unit(sketch.figures),
        head_figures=sketch.figures[: sketch.head_figures],
        places=frozenset(sketch.places),
        days=frozenset(sketch.days),
        periods=frozenset(sketch.periods),
        kinds=frozenset(sketch.kinds),
        prints=frozenset(sketch.prints),
    )


def _by_unit(figures: Iterable[tuple[str, float]]) -> Mapping[str, Figures]:
    found: dict[str, list[float]] = defaultdict(list)
    for unit, value in figures:
        found[unit].append(value)
        found[ANY].append(value)
    return {
        unit: Figures(frozenset(values), tuple(filter(may_be_rounded, values)))
        for unit, values in found.items()
    }


def may_be_rounded(value: float) -> bool:
    """Whether a figure may be another one, rounded: a small whole number is not."""
    return value >= LARGE or not value.is_integer()


def weight(some: Iterable[str]) -> float:
    """How much some words tell together."""
    return sum(map(_excess, some))


def _bag(some: Iterable[str]) -> Bag:
    found = frozenset(some)
    return Bag(found, weight(found))


@lru_cache(maxsize=50_000)
def _excess(word: str) -> float:
    return max(0.0, words.rarity(word) - _PLAIN)
