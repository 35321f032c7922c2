"""Likeness: what two sketches have in common and where they differ, as a few numbers.

Every number is the same for (one, other) as for (other, one).
"""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.digest import words
from bot.digest.stories import places
from bot.digest.stories.reprints import contained
from bot.model import Sketch

_LEAD_WORDS = 30  # of the body, that with the title say what happened
_PLAIN = 5.0  # words.rarity of words that are in every text; what exceeds it is a word's weight
_RARE = 10.0  # of a word that is seldom used
_NAME = 12.0  # of a name, or a word as rare as one
_NEAR = 0.015  # two large figures as near as this are one, rounded differently
_LARGE = 1000.0
_ROUND = 10.0  # figures below it are too common to tell anything, unless they have decimals
_UNIT_OPEN = 3  # digits of a figure that is telling without its unit
_GROWING = frozenset("人户例")  # counts that change while one thing goes on: the dead, the rescued
_UNKNOWN_GAP = 2.0  # days between publications of which one is not known
_NEIGHBOURS = math.log1p(1)  # days
_SERIES = 0.6  # more in common than this is no series but a reprint
_YEAR, _MONTH = 365, 30.4  # days


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two articles share and where they differ, in numbers and in words."""

    features: dict[str, float]  # see `weights`
    words: tuple[str, ...]  # shared, most telling first
    figures: tuple[str, ...]  # shared
    places: tuple[tuple[str, ...], tuple[str, ...]]  # that only one, and only the other, names
    reprint: float  # how much of the shorter body stands in the longer, 0 to 1

    @property
    def conflicts(self) -> int:
        """In how many respects they contradict each other; neighbouring days do not.

        Places count twice where both titles name one.
        """
        respects = (
            "places_differ", "titles_places_differ", "periods_differ", "figures_differ",
            "kinds_differ",
        )  # fmt: skip
        days = self.features["days_differ"] > _NEIGHBOURS
        return sum(self.features[name] > 0 for name in respects) + days


def likeness(one: Sketch, other: Sketch) -> Likeness:
    """Compare two sketches."""
    here, there = _all(one), _all(other)
    own_places = _own_places(one, other, there), _own_places(other, one, here)
    figures = _shared_figures(one, other)
    heads = {*one.title} & there, {*other.title} & here

    def weight(word: str) -> float:
        """Words of a title first."""
        return words.rarity(word) * (1 + sum(word in head for head in heads))

    shared = sorted(here & there, key=lambda w: (-weight(w), w))
    features = {
        **_wording(one, other, here, there),
        "figures": math.log1p(len(figures)),
        "figures_differ": math.log1p(_differing_units(one, other)),
        "places": float(any(not places.is_wide(p) for p in {*one.places} & {*other.places})),
        "places_differ": float(all(own_places)),
        "titles_places_differ": float(
            _in_title(own_places[0], one) and _in_title(own_places[1], other)
        ),
        "days": float(bool({*one.days} & {*other.days})),
        "days_differ": math.log1p(_days_between(one, other)),
        "periods_differ": float(_other_periods(one, other)),
        "kinds": float(bool({*one.kinds} & {*other.kinds})),
        "kinds_differ": float(
            bool(one.kinds and other.kinds) and not {*one.kinds} & {*other.kinds}
        ),
        "gap": math.log1p(_gap(one, other)),
    }
    reprint = contained(one.prints, other.prints)
    series = any(features[f"{what}_differ"] for what in ("figures", "places", "days", "periods"))
    features["copied"] = 0.0 if series else reprint
    features["series_differ"] = min(reprint, _SERIES) if series else 0.0
    return Likeness(features, tuple(shared), tuple(figures), own_places, reprint)


def _wording(
    one: Sketch, other: Sketch, here: frozenset[str], there: frozenset[str]
) -> dict[str, float]:
    """How much of what one says is said in the other, as a whole and crosswise."""
    head, other_head = _head(one), _head(other)
    crossed = _share(head, there), _share(other_head, here)
    own = min(_names(w for w in one.title if w not in there),
              _names(w for w in other.title if w not in here))  # fmt: skip
    in_heads = (here & there) & (head | other_head)
    return {
        "bodies": _share(here, there),
        "weight": math.log1p(_weight(head & there) + _weight(other_head & here)),
        "heads": _share(head, other_head),
        "crossed": sum(crossed) / 2,
        "crossed_least": min(crossed),
        "titles": max(_share(one.title, there), _share(other.title, here)),
        "titles_own_differ": math.log1p(own),
        "rare": math.log1p(sum(words.rarity(w) >= _RARE for w in in_heads)),
        "rare_bodies": math.log1p(sum(words.rarity(w) >= _RARE for w in here & there)),
    }


def _all(sketch: Sketch) -> frozenset[str]:
    return frozenset(sketch.words) | {*sketch.title}


def _head(sketch: Sketch) -> frozenset[str]:
    return frozenset(sketch.title) | {*sketch.words[:_LEAD_WORDS]}


def _names(some: Iterable[str]) -> int:
    return sum(words.rarity(w) >= _NAME for w in some)


def _weight(some: Iterable[str]) -> float:
    return sum(map(_weight_of, some))


@lru_cache(maxsize=50_000)
def _weight_of(word: str) -> float:
    return max(0.0, words.rarity(word) - _PLAIN)


def _share(one: Collection[str], other: Collection[str]) -> float:
    """The weight of the shared words as a share of the lighter side's, 0 to 1."""
    lighter = min(_weight(one), _weight(other))
    return _weight({*one} & {*other}) / lighter if lighter else 0.0


def _shared_figures(one: Sketch, other: Sketch) -> list[str]:
    return [
        f"{value:g}{unit}"
        for unit, value in one.figures
        if (value >= _ROUND or value != int(value))
        and any(_is_one(unit, value, *figure) for figure in other.figures)
    ]


def _is_one(unit: str, value: float, other_unit: str, other: float) -> bool:
    """Whether two figures are one. Where a unit is not known, the digits must tell."""
    if not _is_rounded(value, other):
        return False
    digits = f"{value:g}".replace(".", "").strip("0")
    return unit == other_unit or (not (unit and other_unit) and len(digits) >= _UNIT_OPEN)


def _is_rounded(one: float, other: float) -> bool:
    """Whether one figure is the other, or the other rounded: 1.9 and 1.87, 11.4万 and 114027."""
    if min(one, other) >= _LARGE:
        return abs(one - other) <= _NEAR * max(one, other)
    if abs(one - other) >= 1:
        return False
    places = min(_decimals(one), _decimals(other))
    return round(one, places) == round(other, places) if places else one == other


@lru_cache(maxsize=10_000)
def _decimals(value: float) -> int:
    return len(f"{value:g}".partition(".")[2])


def _differing_units(one: Sketch, other: Sketch) -> int:
    """How many units both heads count in, of which the other article has no figure of a head."""
    a, b = one.figures[: one.head_figures], other.figures[: other.head_figures]
    units = ({u for u, _ in a} & {u for u, _ in b}) - _GROWING - {""}
    met = {u for u, v in a if any(_is_one(u, v, *f) for f in other.figures)}
    met |= {u for u, v in b if any(_is_one(u, v, *f) for f in one.figures)}
    return len(units - met)


def _own_places(one: Sketch, other: Sketch, said: frozenset[str]) -> tuple[str, ...]:
    """The places in the head of one that the other does not name, under any longer name."""
    text = "\n".join([*said, *other.places])
    return tuple(place for place in one.places if place not in text)


def _in_title(some: Iterable[str], sketch: Sketch) -> bool:
    return any(place in word for place in some for word in sketch.title)


def _days_between(one: Sketch, other: Sketch) -> int:
    """Days between the nearest of those that the heads name; 0 where one names none."""
    return min((_apart(a, b) for a in one.days for b in other.days), default=0)


def _apart(one: str, other: str) -> int:
    a, b = _of_year(one), _of_year(other)
    return round(min(abs(a - b), _YEAR - abs(a - b)))


@cache
def _of_year(day: str) -> float:
    """How far a day is in the year, in days."""
    return int(day[:2]) * _MONTH + int(day[3:])


def _other_periods(one: Sketch, other: Sketch) -> bool:
    """Whether both name a number in one kind of series, and never the same: 第四届, 第五届."""
    kinds = {p[0] for p in one.periods} & {p[0] for p in other.periods}
    return bool(kinds - {p[0] for p in {*one.periods} & {*other.periods}})


def _gap(one: Sketch, other: Sketch) -> float:
    """Days between the publications."""
    if one.published is None or other.published is None:
        return _UNKNOWN_GAP
    return abs((one.published - other.published).days)
