"""Likeness: what two sketches have in common and where they differ, as a few numbers.

Every number is the same for (one, other) as for (other, one).
"""

import math
from collections.abc import Iterable
from typing import NamedTuple

from bot.digest.stories import differences, places
from bot.digest.stories.reprints import contained
from bot.digest.stories.sides import Bag, Side, weight
from bot.model import Sketch

_UNKNOWN_GAP = 2.0  # days between publications of which one is not known
_SERIES = 0.6  # more in common than this is no series but a reprint


class Likeness(NamedTuple):
    """What two articles share and where they differ, in numbers."""

    features: dict[str, float]  # see `weights`
    reprint: float  # how much of the shorter body stands in the longer, 0 to 1


def likeness(one: Side, other: Side) -> Likeness:
    """Compare two sketches, made ready."""
    own_places = differences.own_places(one, other), differences.own_places(other, one)
    features = {
        **_wording(one, other),
        "figures": math.log1p(len(differences.shared_figures(one, other))),
        "figures_differ": math.log1p(differences.differing_units(one, other)),
        "places": float(any(not places.is_wide(p) for p in one.places & other.places)),
        "places_differ": float(all(own_places)),
        "titles_places_differ": float(differences.in_titles(own_places, one, other)),
        "days": float(bool(one.days & other.days)),
        "days_differ": math.log1p(differences.days_between(one, other)),
        "periods_differ": float(differences.other_periods(one, other)),
        "kinds": float(bool(one.kinds & other.kinds)),
        "kinds_differ": float(differences.differing_kinds(one, other)),
        "gap": math.log1p(_gap(one.sketch, other.sketch)),
    }
    reprint = contained(one.body, other.body)
    series = any(features[f"{what}_differ"] for what in ("figures", "places", "days", "periods"))
    features["copied"] = 0.0 if series else reprint
    features["series_differ"] = min(reprint, _SERIES) if series else 0.0
    return Likeness(features, reprint)


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


def _gap(one: Sketch, other: Sketch) -> float:
    """Days between the publications."""
    if one.published is None or other.published is None:
        return _UNKNOWN_GAP
    return abs((one.published - other.published).days)
