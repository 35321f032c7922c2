"""Where sources give one event different dates: kept as one entry that says so.

Much must speak for it, for the same is often done on two days running: high likeness, dates close
together, no article that tells of both, no other counts and no other round.
"""

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.digest.timeline.likeness import Likeness, Told, acts, candidates, counts, differ, shared
from bot.digest.timeline.merge import Group, likeliest, within
from bot.model import EventKind, Granularity, When

_NEAR = {
    Granularity.DAY: timedelta(days=7),
    Granularity.MONTH: timedelta(days=62),
    Granularity.YEAR: timedelta(days=731),
}
_ALIKE, _SHARED = 0.6, 4  # likeness, and words in common
_NEXT_DAYS = timedelta(days=3)  # so close together, less likeness will do, with more in common
_ALIKE_NEXT, _SHARED_NEXT = 0.42, 6
_COMMON = 60  # groups; a word in more of them is the story's own
_TOLD = (EventKind.EVENT, EventKind.PLANNED)


def settled(groups: Sequence[Group], likeness: Likeness) -> list[tuple[Group, list[Group]]]:
    """Each event with the groups that tell of it at other dates.

    Args:
        groups: groups of tellings, each of one event and date.
        likeness: of any two tellings.
    """
    told = [g for g in groups if any(t.event.kind in _TOLD for t in g)]
    found = [
        (-likeliest(told[a], told[b], likeness), a, b)
        for a, b in candidates(told, told, _COMMON)
        if a < b and _may_be_one(told[a], told[b], likeness)
    ]
    taken: dict[int, int] = {}  # which other group a group's date gave way to
    kept: set[int] = set()
    for _, a, b in sorted(found):
        better, worse = (a, b) if support(told[a]) <= support(told[b]) else (b, a)
        if worse not in taken and worse not in kept and better not in taken:
            taken[worse] = better
            kept.add(better)
    others: dict[int, list[Group]] = {}
    for worse, better in sorted(taken.items()):
        others.setdefault(id(told[better]), []).append(told[worse])
    aside = {id(told[n]) for n in taken}
    return [_parted(g, others.get(id(g), [])) for g in groups if id(g) not in aside]


def _parted(group: Group, others: Sequence[Group]) -> tuple[Group, list[Group]]:
    """A group with those of the others that its date does not contradict: 11月初, where the others
    say 11月4日 and it says 11月3日."""
    finest = finest_date(group)
    agreeing = [t for g in others for t in g if within(finest, t.event.when)]
    against = [[t for t in g if not within(finest, t.event.when)] for g in others]
    return [*group, *agreeing], [g for g in against if g]


def finest_date(group: Group) -> When:
    """The most exact date that a group gives."""
    return min(
        (t.event.when for t in group), key=lambda w: (not w.certain, w.end - w.start, w.start)
    )


def _written(told: Told) -> bool:
    """Whether the date stands in the text: what is only inferred contradicts nobody."""
    when = told.event.when
    part = {Granularity.DAY: f"{when.start.day}[日号]", Granularity.MONTH: f"{when.start.month}月"}
    number = part.get(when.granularity, f"{when.start.year}年")
    return re.search(rf"(?<![1-9]){number}", "".join(told.event.text.split())) is not None


def support(group: Group) -> tuple[object, ...]:
    """Sorts the better supported date first: more articles, exacter, published earlier."""
    first = min(published(t) for t in group)
    when = finest_date(group)
    return (-len({t.article.id for t in group}), when.end - when.start, first, when.start)


def published(told: Told) -> str:
    """When the article of a telling was published; those without a date last."""
    at = told.article.article.published_at
    return at.isoformat() if at else "9999"


def _may_be_one(one: Group, other: Group, likeness: Likeness) -> bool:
    a, b = one[0].event.when, other[0].event.when
    near = _NEAR.get(a.granularity)
    if a.granularity is not b.granularity or near is None or a.start == b.start:
        return False
    if abs(a.start - b.start) > near or a.end - a.start != b.end - b.start:
        return False
    if {t.article.id for t in one} & {t.article.id for t in other}:
        return False
    return any(_one_event(x, y, likeness) for x in one for y in other)


def _one_event(one: Told, other: Told, likeness: Likeness) -> bool:
    if one.event.kind is not other.event.kind or differ(one, other):
        return False
    if not (_written(one) and _written(other)):
        return False
    if counts(one) and counts(other) and not counts(one) & counts(other):
        return False
    if not acts(shared(one, other)):
        return False
    common, alike = len(shared(one, other)), likeness(one, other)
    if abs(one.event.when.start - other.event.when.start) <= _NEXT_DAYS and common >= _SHARED_NEXT:
        return alike >= _ALIKE_NEXT
    return common >= _SHARED and alike >= _ALIKE
