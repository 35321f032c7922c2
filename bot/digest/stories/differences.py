"""Differences: in what respects two articles contradict each other, and which figures they share.

Every answer is the same for (one, other) as for (other, one).
"""

from collections.abc import Iterable

from bot.digest.stories.sides import LARGE, Figure, Side

ENOUGH = 2  # contradictions that decide by themselves
STORY_DAYS = 14  # publications farther apart are of different stories, unless one is a reprint

_NEAR = 0.015  # two large figures as near as this are one, rounded differently
_NEIGHBOURS = 1  # days
_YEAR = 365


def contradict(one: Side, other: Side) -> bool:
    """Whether two articles contradict each other in enough respects to be of different stories.

    Places count twice where both titles name one; neighbouring days do not count. What decides
    most often is looked for first, and what costs most last, only where it may matter.
    """
    mine, theirs = own_places(one, other), own_places(other, one)
    found = bool(mine and theirs) + in_titles((mine, theirs), one, other)
    if found < ENOUGH:
        found += differing_kinds(one, other) + other_periods(one, other)
        found += days_between(one, other) > _NEIGHBOURS
    if found == ENOUGH - 1:
        found += differing_units(one, other) > 0
    return found >= ENOUGH


def differing_kinds(one: Side, other: Side) -> bool:
    """Whether both tell of some kind of event, and of none that the other does."""
    return bool(one.kinds and other.kinds) and one.kinds.isdisjoint(other.kinds)


def other_periods(one: Side, other: Side) -> bool:
    """Whether both name a number in one kind of series, and never the same: 第四届, 第五届."""
    if one.series.isdisjoint(other.series):
        return False
    return bool((one.series & other.series) - {p[0] for p in one.periods & other.periods})


def days_between(one: Side, other: Side) -> int:
    """Days between the nearest of those that the heads name; 0 where one names none."""
    if not one.days or not other.days or not one.days.isdisjoint(other.days):
        return 0
    return min([_apart(a, b) for a in one.days_of_year for b in other.days_of_year])


def _apart(one: float, other: float) -> int:
    days = abs(one - other)
    return round(min(days, _YEAR - days))


def own_places(one: Side, other: Side) -> tuple[str, ...]:
    """The places in the head of one that the other does not name, under any longer name."""
    return tuple([place for place in one.sketch.places if place not in other.text])


def in_titles(own: tuple[Iterable[str], Iterable[str]], one: Side, other: Side) -> bool:
    """Whether the title of each names a place of its own."""
    mine, theirs = own
    return not (one.title_places.isdisjoint(mine) or other.title_places.isdisjoint(theirs))


def days_apart(one: Side, other: Side) -> int:
    """Days between the publications; 0 where one is not known."""
    if one.sketch.published is None or other.sketch.published is None:
        return 0
    return abs((one.sketch.published - other.sketch.published).days)


def differing_units(one: Side, other: Side) -> int:
    """How many units both heads count in, of which the other article has no figure of a head."""
    units = one.head_units & other.head_units
    if not units:
        return 0
    met = {f.unit for f in one.head_figures if f.unit in units and says(other, f)}
    met |= {f.unit for f in other.head_figures if f.unit in units - met and says(one, f)}
    return len(units - met)


def shared_figures(one: Side, other: Side) -> list[Figure]:
    """The telling figures of one that the other says too."""
    return [figure for figure in one.figures if says(other, figure)]


def says(side: Side, figure: Figure) -> bool:
    """Whether a side says a figure. Where a unit is not known, the digits must tell."""
    unit, value, tells = figure.unit, figure.value, figure.tells
    if (unit, value) in side.exact:
        return True
    if tells and (("", value) in side.exact if unit else value in side.values):
        return True
    return figure.rounded and any(
        _is_rounded(value, other.value)
        for other in side.rounded
        if other.unit == unit or (tells and not (unit and other.unit))
    )


def _is_rounded(one: float, other: float) -> bool:
    """Whether one figure is the other, or the other rounded: 1.9 and 1.87, 11.4万 and 114027."""
    if one >= LARGE and other >= LARGE:
        return abs(one - other) <= _NEAR * max(one, other)
    if abs(one - other) > 1 or one.is_integer() or other.is_integer():
        return False
    places = min(len(f"{value:g}".partition(".")[2]) for value in (one, other))
    return round(one, places) == round(other, places)
