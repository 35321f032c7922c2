"""Sides: sketches made ready for comparing, so that what one side alone tells is reckoned once.

A new article is compared with twenty others, and most of those with the next one again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.digest import words
from bot.digest.stories.reprints import Body, body
from bot.model import Sketch

_LEAD_WORDS = 30  # of the body, that with the title say what happened
_MONTH = 30.4  # days
LARGE = 1000.0  # of figures
_NEVER_DIFFER = frozenset(["", *"人户例"])  # counts that grow while one thing goes on: the dead
_ROUND = 10.0  # figures below it are too common to tell anything, unless they have decimals
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
    """A figure that a sketch says, and how another may say it."""

    unit: str
    value: float
    rounded: bool  # it may be another one, rounded: a small whole number is not
    tells: bool  # it has digits enough to be known without its unit
    text: str


@dataclass(frozen=True, slots=True)
class Side:
    """A sketch with its words in bags, its figures by their units, and its sets as sets."""

    sketch: Sketch
    said: Bag  # all that it says
    head: Bag  # what says what happened: title and first words
    title: Bag
    rare: frozenset[str]  # of all words
    title_names: frozenset[str]  # words of the title that are names, or as rare as one
    figures: tuple[Figure, ...]  # that are not too common to tell anything
    head_figures: tuple[Figure, ...]  # those of title and lead
    head_units: frozenset[str]  # theirs, by which articles may differ
    exact: frozenset[tuple[str, float]]  # of all figures unit, '' where none is known, and value
    values: frozenset[float]
    rounded: tuple[Figure, ...]  # those that may be another one, rounded
    places: frozenset[str]
    title_places: frozenset[str]  # those that the title names
    days: frozenset[str]
    days_of_year: tuple[float, ...]  # the same
    periods: frozenset[str]
    series: frozenset[str]  # the kinds of the periods
    kinds: frozenset[str]
    body: Body
    text: str  # its words and places, a line each


@lru_cache(maxsize=2048)
def side(sketch: Sketch) -> Side:
    """A sketch made ready."""
    said = _bag([*sketch.words, *sketch.title])
    figures = [_figure(unit, value) for unit, value in sketch.figures]
    head_figures = tuple(figures[: sketch.head_figures])
    title = "\n".join(sketch.title)
    return Side(
        sketch,
        said=said,
        head=_bag([*sketch.words[:_LEAD_WORDS], *sketch.title]),
        title=_bag(sketch.title),
        rare=frozenset(filter(_is_rare, said.words)),
        title_names=frozenset(w for w in sketch.title if words.rarity(w) >= _NAME),
        figures=tuple(f for f in figures if f.rounded or f.value >= _ROUND),
        head_figures=head_figures,
        head_units=frozenset(f.unit for f in head_figures) - _NEVER_DIFFER,
        exact=frozenset(sketch.figures),
        values=frozenset(f.value for f in figures),
        rounded=tuple(f for f in figures if f.rounded),
        places=frozenset(sketch.places),
        title_places=frozenset(p for p in sketch.places if p in title),
        days=frozenset(sketch.days),
        days_of_year=tuple(int(day[:2]) * _MONTH + int(day[3:]) for day in sketch.days),
        periods=frozenset(sketch.periods),
        series=frozenset(period[0] for period in sketch.periods),
        kinds=frozenset(sketch.kinds),
        body=body(sketch.prints),
        text="\n".join([*sketch.words, *sketch.title, *sketch.places]),
    )


@lru_cache(maxsize=10_000)
def _figure(unit: str, value: float) -> Figure:
    digits = f"{value:g}"
    tells = len(digits.replace(".", "").strip("0")) >= _UNIT_OPEN
    rounded = value >= LARGE or not value.is_integer()
    return Figure(unit, value, rounded, tells, digits + unit)


def weight(some: Iterable[str]) -> float:
    """How much some words tell together."""
    return sum(map(_excess, some))


def _bag(some: Iterable[str]) -> Bag:
    found = frozenset(some)
    return Bag(found, weight(found))


@lru_cache(maxsize=50_000)
def _is_rare(word: str) -> bool:
    return words.rarity(word) >= _RARE


@lru_cache(maxsize=50_000)
def _excess(word: str) -> float:
    return max(0.0, words.rarity(word) - _PLAIN)
