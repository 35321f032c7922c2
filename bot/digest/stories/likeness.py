"""Likeness: what two sketches have in common and where they differ, as a few numbers.

Every number is the same for (one, other) as for (other, one).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from bot.digest import words
from bot.digest.stories import places
from bot.digest.stories.reprints import contained
from bot.digest.stories.sides import (
    ANY,
    LARGE,
    Bag,
    Figure,
    Side,
    may_be_rounded,
    side,
    tells,
    weight,
)
from bot.model import Sketch

_NEAR = 0.015  # two large figures as near as this are one, rounded differently
_ROUND = 10.0  # figures below it are too common to tell anything, unless they have decimals
_GROWING = frozenset("人户例")  # counts that change while one thing goes on: the dead, the rescued
_UNKNOWN_GAP = 2.0  # days between publications of which one is not known
_NEIGHBOURS = math.log1p(1)  # days
_SERIES = 0.6  # more in common than this is no series but a reprint
_YEAR, _MONTH = 365, 30.4  # days


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two articles share and where they differ, in numbers and in words."""

    one: Side
    other: Side
    features: dict[str, float]  # see `weights`
    figures: tuple[str, ...]  # shared
    places: tuple[tuple[str, ...], tuple[str, ...]]  # that only one, and only the other, names
    reprint: float  # how much of the shorter body stands in the longer, 0 to 1

    @property
    def words(self) -> tuple[str, ...]:
        """Shared words, most telling first, those of a title before all."""
        one, other = self.one, self.other
        heads = one.title.words & other.said.words, other.title.words & one.said.words

        def telling(word: str) -> float:
            return words.rarity(word) * (1 + sum(word in head for head in heads))

        shared = one.said.words & other.said.words
        return tuple(sorted(shared, key=lambda word: (-telling(word), word)))

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


def likeness(sketch: Sketch, other_sketch: Sketch) -> Likeness:
    """Compare two sketches."""
    one, other = side(sketch), side(other_sketch)
    own_places = _own_places(one, other), _own_places(other, one)
    figures = _shared_figures(one, other)
    features = {
        **_wording(one, other),
        "figures": math.log1p(len(figures)),
        "figures_differ": math.log1p(_differing_units(one, other)),
        "places": float(any(not places.is_wide(p) for p in one.places & other.places)),
        "places_differ": float(all(own_places)),
        "titles_places_differ": float(
            _in_title(own_places[0], sketch) and _in_title(own_places[1], other_sketch)
        ),
        "days": float(bool(one.days & other.days)),
        "days_differ": math.log1p(_days_between(one, other)),
        "periods_differ": float(_other_periods(one, other)),
        "kinds": float(bool(one.kinds & other.kinds)),
        "kinds_differ": float(bool(one.kinds and other.kinds) and not one.kinds & other.kinds),
        "gap": math.log1p(_gap(sketch, other_sketch)),
    }
    copied = not one.prints.isdisjoint(other.prints)
    reprint = contained(sketch.prints, other_sketch.prints) if copied else 0.0
    series = any(features[f"{what}_differ"] for what in ("figures", "places", "days", "periods"))
    features["copied"] = 0.0 if series else reprint
    features["series_differ"] = min(reprint, _SERIES) if series else 0.0
    return Likeness(one, other, features, tuple(figures), own_places, reprint)


def _wording(one: Side, other: Side) -> dict[str, float]:
    """How much of what one says is said in the other, as a whole and crosswise."""
    both = one.said.words & other.said.words
    mine, theirs = one.head.words & both, other.head.words & both  # of a head, said in the other
    crossed = _share(mine, one.head, other.said), _share(theirs, other.head, one.said)
    own = min(len(one.title_names - both), len(other.title_names - both))
    return {
        "bodies": _share(both, one.said, other.said),
        "weight": math.log1p(weight(mine) + weight(theirs)),
        "heads": _share(mine & theirs, one.head, other.head),
        "crossed": sum(crossed) / 2,
        "crossed_least": min(crossed),
        "titles": max(
            _share(one.title.words & both, one.title, other.said),
            _share(other.title.words & both, other.title, one.said),
        ),
        "titles_own_differ": math.log1p(own),
        "rare": math.log1p(len((mine | theirs) & one.rare)),
        "rare_bodies": math.log1p(len(one.rare & other.rare)),
    }


def _share(shared: Iterable[str], one: Bag, other: Bag) -> float:
    """The weight of the words that two bags share as a part of the lighter one's, 0 to 1."""
    lighter = min(one.weight, other.weight)
    return weight(shared) / lighter if lighter else 0.0


def _shared_figures(one: Side, other: Side) -> list[str]:
    return [
        f"{figure.value:g}{figure.unit}"
        for figure in one.figures
        if (figure.value >= _ROUND or not figure.value.is_integer()) and _says(other, figure)
    ]


def _says(side: Side, figure: Figure) -> bool:
    """Whether a side says a figure. Where a unit is not known, the digits must tell."""
    unit, value = figure.unit, figure.value
    if figure.plain:
        return unit in side.units and value in side.units[unit].exact
    return _among(side, unit, value) or (tells(value) and _among(side, "" if unit else ANY, value))


def _among(side: Side, unit: str, value: float) -> bool:
    figures = side.units.get(unit)
    if figures is None:
        return False
    return value in figures.exact or (
        may_be_rounded(value) and any(_is_rounded(value, other) for other in figures.loose)
    )


def _is_rounded(one: float, other: float) -> bool:
    """Whether one figure is the other, or the other rounded: 1.9 and 1.87, 11.4万 and 114027."""
    if min(one, other) >= LARGE:
        return abs(one - other) <= _NEAR * max(one, other)
    if one.is_integer() or other.is_integer():
        return False
    places = min(len(f"{value:g}".partition(".")[2]) for value in (one, other))
    return round(one, places) == round(other, places)


def _differing_units(one: Side, other: Side) -> int:
    """How many units both heads count in, of which the other article has no figure of a head."""
    a, b = one.head_figures, other.head_figures
    units = ({f.unit for f in a} & {f.unit for f in b}) - _GROWING - {""}
    if not units:
        return 0
    met = {f.unit for f in a if f.unit in units and _says(other, f)}
    met |= {f.unit for f in b if f.unit in units - met and _says(one, f)}
    return len(units - met)


def _own_places(one: Side, other: Side) -> tuple[str, ...]:
    """The places in the head of one that the other does not name, under any longer name."""
    missing = [p for p in one.sketch.places if p not in other.said.words]
    text = "\n".join([*other.said.words, *other.places]) if missing else ""
    return tuple(place for place in missing if place not in text)


def _in_title(some: Iterable[str], sketch: Sketch) -> bool:
    return any(place in word for place in some for word in sketch.title)


def _days_between(one: Side, other: Side) -> int:
    """Days between the nearest of those that the heads name; 0 where one names none."""
    return min((_apart(a, b) for a in one.days for b in other.days), default=0)


def _apart(one: str, other: str) -> int:
    a, b = (int(day[:2]) * _MONTH + int(day[3:]) for day in (one, other))
    return round(min(abs(a - b), _YEAR - abs(a - b)))


def _other_periods(one: Side, other: Side) -> bool:
    """Whether both name a number in one kind of series, and never the same: 第四届, 第五届."""
    kinds = {p[0] for p in one.periods} & {p[0] for p in other.periods}
    return bool(kinds - {p[0] for p in one.periods & other.periods})


def _gap(one: Sketch, other: Sketch) -> float:
    """Days between the publications."""
    if one.published is None or other.published is None:
        return _UNKNOWN_GAP
    return abs((one.published - other.published).days)
