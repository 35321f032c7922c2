"""Likeness: what two sketches have in common and where they differ, as a few numbers.

Every number is the same for (one, other) as for (other, one).
"""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.digest import words
from bot.digest.stories import places
from bot.digest.stories.reprints import contained
from bot.model import Sketch

_LEAD_WORDS = 30  # of the body, that with the title say what happened
_RARE = 10.0  # words.rarity of a word that is seldom used
_NEAR = 0.015  # two figures this near are one, rounded differently
_ROUND = 10.0  # figures below are too common to tell anything unless they have decimals
# Units whose figures change while one thing goes on: the dead, the rescued, the visitors.
_GROWING = frozenset("人名死伤户例场个次")
_NO_GAP = 2.0  # days, where a publication is not known


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two articles share and where they differ, in numbers and in words."""

    features: tuple[float, ...]
    shared: tuple[str, ...]  # rarest first
    figures: tuple[str, ...]  # shared
    places: tuple[tuple[str, ...], tuple[str, ...]]  # that only one and only the other names
    reprint: float  # how much of the shorter stands in the longer


NAMES = (
    "words", "weight", "heads", "crossed", "crossed_least", "titles", "rare", "figures", "figures_differ",
    "places", "places_differ", "days", "days_differ", "periods_differ", "gap",
)  # fmt: skip


def likeness(one: Sketch, other: Sketch) -> Likeness:
    """Compare two sketches."""
    a, b = frozenset(one.words) | set(one.title), frozenset(other.words) | set(other.title)
    head_a, head_b = _head(one), _head(other)
    shared = a & b
    crossed = sorted((_share(head_a, b), _share(head_b, a)))
    figures = _shared_figures(one.figures, other.figures)
    only = _only(one, b | set(other.places)), _only(other, a | set(one.places))
    common = set(one.places) & set(other.places)
    days = _days(one, other)
    features = (
        _share(a, b) ,
        math.log1p(_weight(head_a & b) + _weight(head_b & a)),
        _share(head_a, head_b),
        sum(crossed) / 2,
        crossed[0],
        _share(frozenset(one.title), frozenset(other.title)),
        math.log1p(sum(words.rarity(w) >= _RARE for w in shared & (head_a | head_b))),
        math.log1p(len(figures)),
        math.log1p(_differing(one, other)),
        float(sum(not places.is_wide(p) for p in common) > 0),
        float(bool(only[0] and only[1])),
        float(days > 0),
        float(days < 0),
        _periods(one, other),
        _gap(one, other),
    )
    rarest = sorted(shared, key=lambda w: (-words.rarity(w), w))
    return Likeness(features, tuple(rarest), tuple(figures), only, contained(one.prints, other.prints))


def _head(sketch: Sketch) -> frozenset[str]:
    return frozenset(sketch.title) | set(sketch.words[:_LEAD_WORDS])


def _weight(some: Iterable[str]) -> float:
    return sum(words.rarity(w) - 5 for w in some if words.rarity(w) > 6)


def _share(one: Collection[str], other: Collection[str]) -> float:
    """The weight of the shared words as a share of the first set's… or the lighter one's."""
    lighter = min(_weight(one), _weight(other))
    return _weight(set(one) & set(other)) / lighter if lighter else 0.0


def _shared_figures(one, other) -> list[str]:
    found = []
    for unit, value in one:
        if value < _ROUND and value == int(value):
            continue
        if any(unit == u and abs(v - value) <= _NEAR * max(v, value) for u, v in other):
            found.append(f"{value:g}{unit}")
    return found


def _differing(one: Sketch, other: Sketch) -> int:
    """How many units both heads count in, without one figure in common."""
    a, b = one.figures[: one.head_figures], other.figures[: other.head_figures]
    units = {u for u, _ in a} & {u for u, _ in b} - _GROWING - {""}
    return sum(
        not any(abs(v - w) <= _NEAR * max(v, w) for u, v in a if u == unit for u2, w in other.figures if u2 == unit)
        and not any(abs(v - w) <= _NEAR * max(v, w) for u, v in one.figures if u == unit for u2, w in b if u2 == unit)
        for unit in units
    )


def _only(sketch: Sketch, said: Collection[str]) -> tuple[str, ...]:
    text = "\n".join(said)
    return tuple(p for p in sketch.places if p not in text)


def _days(one: Sketch, other: Sketch) -> int:
    if not one.days or not other.days:
        return 0
    return 1 if set(one.days) & set(other.days) else -1


def _periods(one: Sketch, other: Sketch) -> float:
    def kinds(s):
        found = {}
        for p in s.periods:
            found.setdefault(p[-1], set()).add(p)
        return found
    a, b = kinds(one), kinds(other)
    return float(any(not a[k] & b[k] for k in a.keys() & b.keys()))


def _gap(one: Sketch, other: Sketch) -> float:
    if one.published is None or other.published is None:
        return math.log1p(_NO_GAP)
    return math.log1p(abs((one.published - other.published).days))
