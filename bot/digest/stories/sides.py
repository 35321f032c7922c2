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
_MONTH = 30.4  # days
LARGE = 1000.0  # of figures
ANY = "*"  # unit
_UNIT_OPEN = 3  # digits of a figure that is telling without its unit
_RARE = 10.0  # words.rarity of a word that is seldom used
_NAME = 12.0  # of a name, or a word as rare as one
_PLAIN = 5.0  # words.rarity of words that are in every text; what exceeds it is a word's weight


@dataclass(frozen=True, slots=True)
class Bag:
    """Some words and what they weigh together."""

    words: frozenset[str]
    weight: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a sketch says; one that is `plain` is met by itself only."""

    unit: str
    value: float
    plain: bool  # a small whole number: no other rounded, and of too few digits without its unit


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of one unit."""

    exact: frozenset[float]
    loose: tuple[float, ...]  # those of them that may be another one, rounded


@dataclass(frozen=True, slots=True)
class Side:
    """A sketch with its words in bags, its figures by their units, and its sets as sets."""

    sketch: Sketch
    said: Bag  # all that it says
    head: Bag  # what says what happened: title and first words
    title: Bag
    rare: frozenset[str]  # of all words
    title_names: frozenset[str]  # words of the title that are names, or as rare as one
    figures: tuple[Figure, ...]
    head_figures: tuple[Figure, ...]  # those of title and lead
    units: Mapping[str, Figures]  # '' for figures without one, `ANY` for all
    places: frozenset[str]
    days: frozenset[str]
    days_of_year: tuple[float, ...]  # the same
    periods: frozenset[str]
    series: frozenset[str]  # the kinds of the periods
    kinds: frozenset[str]
    prints: frozenset[int]
    text: str  # its words and places, a line each
    title_text: str


@lru_cache(maxsize=2048)
def side(sketch: Sketch) -> Side:
    """A sketch made ready."""
    said = _bag([*sketch.words, *sketch.title])
    figures = tuple(_figure(unit, value) for unit, value in sketch.figures)
    return Side(
        sketch,
        said=said,
        head=_bag([*sketch.words[:_LEAD_WORDS], *sketch.title]),
        title=_bag(sketch.title),
        rare=frozenset(w for w in said.words if words.rarity(w) >= _RARE),
        title_names=frozenset(w for w in sketch.title if words.rarity(w) >= _NAME),
        figures=figures,
        head_figures=figures[: sketch.head_figures],
        units=_by_unit(sketch.figures),
        places=frozenset(sketch.places),
        days=frozenset(sketch.days),
        days_of_year=tuple(int(day[:2]) * _MONTH + int(day[3:]) for day in sketch.days),
        periods=frozenset(sketch.periods),
        series=frozenset(period[0] for period in sketch.periods),
        kinds=frozenset(sketch.kinds),
        prints=frozenset(sketch.prints),
        text="\n".join([*sketch.words, *sketch.title, *sketch.places]),
        title_text="\n".join(sketch.title),
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


def _figure(unit: str, value: float) -> Figure:
    return Figure(unit, value, not may_be_rounded(value) and not tells(value))


def tells(value: float) -> bool:
    """Whether a figure is telling without its unit."""
    return len(f"{value:g}".replace(".", "").strip("0")) >= _UNIT_OPEN


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
