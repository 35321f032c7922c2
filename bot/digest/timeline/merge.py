"""Which tellings are of one event."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.digest.events.hours import apart, at_one_hour
from bot.digest.timeline.likeness import Likeness, Told, acts, candidates, differ, shared
from bot.model import EventKind, Granularity, When

Group = list[Told]

# How much of the lighter telling's words the other must share, by how exactly both are dated: on
# one day two reports are mostly of one thing, in one year hardly.
_SAME = {Granularity.DAY: 0.2, Granularity.MONTH: 0.3, Granularity.YEAR: 0.25}
_SAME_OTHERWISE = 0.35
_SHARED = 2  # one word in common, be it a rare name, is not enough
_DEED_AND_NAME = 0.2
_OTHER_FIRST, _OTHER_DEED = 0.06, 0.12
_FEW_SHARED, _ONE_DEED = 0.4, 0.25
_SURE = 0.12  # told at the same hour, or a look back at it in few words
_ONE_ARTICLE = 0.3  # an article seldom tells one thing twice
_WITHIN = 0.3  # a coarser date and a finer one inside it
_COMMON = 150  # groups; a word in more of them is the story's own
_TOLD = (EventKind.EVENT, EventKind.PLANNED, EventKind.BACKGROUND)


def merged(told: Sequence[Told], likeness: Likeness) -> list[Group]:
    """The tellings by the event they tell of.

    Args:
        told: all tellings, sorted.
        likeness: of any two of them.
    """
    buckets: dict[tuple[object, object], list[Told]] = {}
    for one in told:
        buckets.setdefault((one.event.when.start, one.event.when.end), []).append(one)
    groups = [g for bucket in buckets.values() for g in _grouped(bucket, likeness)]
    return _joined(groups, likeness)


def _grouped(told: Sequence[Told], likeness: Likeness) -> list[Group]:
    """Tellings of the same date that are alike, chained: A with B and B with C are one group.

    Reprints, which say the same to the letter, are compared once.
    """
    copies: dict[str, list[Told]] = {}
    for one in told:
        copies.setdefault(one.event.text, []).append(one)
    groups: list[list[list[Told]]] = []
    for same in copies.values():
        apart: list[list[list[Told]]] = []
        joined = [same]
        for group in groups:
            if any(_same(same[0], other[0], likeness) for other in group):
                joined = group + joined
            else:
                apart.append(group)
        groups = [*apart, joined]
    return [[t for copy in g for t in copy] for g in groups]


def _same(one: Told, other: Told, likeness: Likeness) -> bool:
    common = shared(one, other)
    if not common or _excluded(one, other):
        return False
    if at_one_hour(one.event.part, other.event.part):
        return likeness(one, other) >= _SURE
    looks_back = EventKind.BACKGROUND in (one.event.kind, other.event.kind)
    if looks_back and acts(common):
        return True  # 7月1日罢工以来: the deed of that day
    enough = _SURE if looks_back else _SAME.get(one.event.when.granularity, _SAME_OTHERWISE)
    if len(common) < _SHARED:
        enough = max(enough, _ONE_DEED if _same_deed(one, other) else _FEW_SHARED)
    if one.article.id == other.article.id:
        enough = max(enough, _ONE_ARTICLE)
    return likeness(one, other) >= _eased(enough, one, other)


def _eased(enough: float, one: Told, other: Told) -> float:
    """Less will do where they name the same deed and share something besides, more where each
    names another."""
    if one.deeds and other.deeds and one.deeds[0] != other.deeds[0]:
        among = set(one.deeds) & set(other.deeds)
        return enough + (_OTHER_FIRST if among else _OTHER_DEED)
    if _same_deed(one, other) and len(shared(one, other)) >= _SHARED:
        return min(enough, _DEED_AND_NAME)
    return enough


def _same_deed(one: Told, other: Told) -> bool:
    return bool(one.deeds) and one.deeds[:1] == other.deeds[:1]


def _excluded(one: Told, other: Told) -> bool:
    """Whether they cannot be one event: other hours, other rounds, or words about it."""
    if (one.event.kind in _TOLD) != (other.event.kind in _TOLD):
        return True
    return apart(one.event.part, other.event.part) or differ(one, other)


def _joined(groups: list[Group], likeness: Likeness) -> list[Group]:
    """Coarsely dated groups put into the finer one that they tell of, where there is one."""
    ordered = sorted(groups, key=lambda g: (_length(g), g[0].event.when.start))
    coarse = [n for n, g in enumerate(ordered) if _length(g) > 1 and not _looks_back(g)]
    into: dict[int, tuple[float, int]] = {}
    for place, fine in candidates([ordered[n] for n in coarse], ordered, _COMMON):
        number = coarse[place]
        if _holds(ordered[number], ordered[fine]):
            found = _inside(ordered[number], ordered[fine], likeness)
            if found:
                into[number] = max(into.get(number, (0.0, 0)), (found, -fine))
    kept = {n: list(g) for n, g in enumerate(ordered)}
    for number in sorted(into, reverse=True):  # a year into its month before that into its day
        kept[-into[number][1]] += kept.pop(number)
    return list(kept.values())


def _looks_back(group: Group) -> bool:
    return all(t.event.kind is EventKind.BACKGROUND for t in group)


def _inside(coarse: Group, fine: Group, likeness: Likeness) -> float:
    """How alike the two most alike tellings are, or 0 where that is not enough."""
    found = 0.0
    for a in coarse:
        for b in fine:
            enough = _eased(_WITHIN, a, b)
            if not _excluded(a, b) and (alike := likeness(a, b)) >= enough:
                found = max(found, alike)
    return found


def _length(group: Group) -> int:
    start, end = stretch(group[0].event.when)
    return (end - start).days


def _holds(coarse: Group, fine: Group) -> bool:
    return _length(coarse) > _length(fine) and within(fine[0].event.when, coarse[0].event.when)


def within(fine: When, coarse: When) -> bool:
    """Whether one date may be meant by another, coarser one."""
    start, end = stretch(coarse)
    return start <= fine.start and fine.end <= end


def stretch(when: When) -> tuple[date, date]:
    """The days a date may mean: 三天前 also the days around it, 下旬 that before it."""
    days = _around(when)
    try:
        return when.start - days, when.end + days
    except OverflowError:
        return when.start, when.end


def _around(when: When) -> timedelta:
    if when.granularity is Granularity.WEEK:
        return timedelta(days=1)
    return timedelta(days=0 if when.certain or when.granularity is not Granularity.DAY else 2)


def likeliest(one: Group, other: Group, likeness: Likeness) -> float:
    """How alike the two most alike tellings of two groups are."""
    return max((likeness(a, b) for a in one for b in other if not _excluded(a, b)), default=0.0)
