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
_GROWING = frozenset("人户例")
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
    "words", "weight", "heads", "crossed", "crossed_least", "title_found", "rare", "figures", "figures_differ",
    "places", "places_differ", "days", "days_differ", "periods_differ", "gap", "kinds", "kinds_differ", "own", "unknown", "codes", "codes_differ", "copied", "series_differ"
)  # fmt: skip


def likeness(one: Sketch, other: Sketch) -> Likeness:
    """Compare two sketches."""
    a, b = frozenset(one.words) | set(one.title), frozenset(other.words) | set(other.title)
    head_a, head_b = _head(one), _head(other)
    shared = a & b
    crossed = sorted((_share(head_a, b), _share(head_b, a)))
    figures = _shared_figures(one, other)
    only = _only(one, b | set(other.places)), _only(other, a | set(one.places))
    common = set(one.places) & set(other.places)
    days = _days(one, other)
    features = (
        _share(a, b) ,
        math.log1p(_weight(head_a & b) + _weight(head_b & a)),
        _share(head_a, head_b),
        sum(crossed) / 2,
        crossed[0],
        max(_share(one.title, b), _share(other.title, a)),
        math.log1p(sum(words.rarity(w) >= _RARE for w in shared & (head_a | head_b))),
        math.log1p(len(figures)),
        math.log1p(_differing(one, other)),
        float(sum(not places.is_wide(p) for p in common) > 0),
        float(bool(only[0] and only[1])),
        float(bool(set(one.days) & set(other.days))),
        math.log1p(days),
        _periods(one, other),
        _gap(one, other),
        float(_kinds(one, other) > 0),
        float(_kinds(one, other) < 0),
        math.log1p(_own(one, other, a, b)),
        math.log1p(sum(words.rarity(w) >= 13.5 for w in shared)),
        float(bool(set(one.codes) & set(other.codes))),
        float(bool(one.codes and other.codes) and not set(one.codes) & set(other.codes)),
    )
    named = dict(zip(NAMES, features))
    differ = any(named[n] > 0 for n in ("figures_differ","places_differ","days_differ","periods_differ","codes_differ"))
    reprint = contained(one.prints, other.prints)
    features += (0.0 if differ else reprint, min(reprint, 0.6) if differ else 0.0)
    rarest = sorted(shared, key=lambda w: (-words.rarity(w), w))
    return Likeness(features, tuple(rarest), tuple(figures), only, reprint)


def _head(sketch: Sketch) -> frozenset[str]:
    return frozenset(sketch.title) | set(sketch.words[:_LEAD_WORDS])


def _weight(some: Iterable[str]) -> float:
    return sum(words.rarity(w) - 5 for w in some if words.rarity(w) > 6)


def _share(one: Collection[str], other: Collection[str]) -> float:
    """The weight of the shared words as a share of the first set's… or the lighter one's."""
    lighter = min(_weight(one), _weight(other))
    return _weight(set(one) & set(other)) / lighter if lighter else 0.0


def _shared_figures(one: Sketch, other: Sketch) -> list[str]:
    return [
        f"{value:g}{unit}"
        for unit, value in one.figures
        if _tells(value) and any(_is_one(unit, value, u, v) for u, v in other.figures)
    ]


def _tells(value: float) -> bool:
    return value >= _ROUND or value != int(value)


def _is_one(unit: str, value: float, other_unit: str, other: float) -> bool:
    if abs(other - value) > _NEAR * max(value, other):
        return False
    return unit == other_unit or (not (unit and other_unit) and len(f"{value:g}".strip("0").replace(".","")) > 2)


def _differing(one: Sketch, other: Sketch) -> int:
    """How many units both heads count in, without one figure in common."""
    a, b = one.figures[: one.head_figures], other.figures[: other.head_figures]
    units = {u for u, _ in a} & {u for u, _ in b} - _GROWING - {""}
    found = {u for u, v in a if any(_is_one(u, v, *f) for f in other.figures)}
    found |= {u for u, v in b if any(_is_one(u, v, *f) for f in one.figures)}
    return len(units - found)


def _only(sketch: Sketch, said: Collection[str]) -> tuple[str, ...]:
    text = "\n".join(said)
    return tuple(p for p in sketch.places if p not in text)


def _days(one: Sketch, other: Sketch) -> float:
    """How many days lie between those that the heads name; 0 where a head names none."""
    distances = [_between(a, b) for a in one.days for b in other.days]
    return float(min(distances, default=0))


def _between(one: str, other: str) -> int:
    a, b = (int(d[:2]) * 30.4 + int(d[3:]) for d in (one, other))
    return round(min(abs(a - b), 365 - abs(a - b)))


def _periods(one: Sketch, other: Sketch) -> float:
    """Whether both name a period of one kind, another one: 第四届 and 第五届."""
    kinds = {p[0] for p in one.periods} & {p[0] for p in other.periods}
    common = {p[0] for p in set(one.periods) & set(other.periods)}
    return float(bool(kinds - common))


def _kinds(one: Sketch, other: Sketch) -> int:
    a, b = set(one.kinds), set(other.kinds)
    if not a or not b:
        return 0
    return 1 if a & b else -1


def _own(one: Sketch, other: Sketch, a, b) -> float:
    """Weight of the rare words that each title has to itself: that of the title with fewer."""
    return min(
        sum(words.rarity(w) >= 12 for w in one.title if w not in b),
        sum(words.rarity(w) >= 12 for w in other.title if w not in a),
    )


def _gap(one: Sketch, other: Sketch) -> float:
    if one.published is None or other.published is None:
        return math.log1p(_NO_GAP)
    return math.log1p(abs((one.published - other.published).days))
