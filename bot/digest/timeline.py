"""The timeline: the dated events of several articles, the same event told once.

Events of the same dates are one when their words overlap; an event that is dated to a month or a
year joins one of a day in it when they overlap more. The result does not depend on the order of the
articles.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.digest import words
from bot.digest.summary import overlap
from bot.model import Cited, DatedEvent, Granularity, StoredArticle, TimelineEvent, When

# How much of the lighter event's words the other must share, by how exactly both are dated: on one
# day two reports are mostly of one thing, in one year hardly.
_SAME = {Granularity.DAY: 0.12, Granularity.MONTH: 0.3, Granularity.YEAR: 0.25}
_SAME_OTHERWISE = 0.35
_SHARED = 2  # one word in common, be it a rare name, is not enough
_WITHIN = 0.4  # a coarser date and a finer one inside it
_PER_SOURCE = 0.08
_MOST_SOURCES = 4
_QUERIED = 0.05


@dataclass(frozen=True, slots=True)
class _Told:
    """An event as one article tells it."""

    event: DatedEvent
    article: StoredArticle
    words: frozenset[str]


Group = list[_Told]


def timeline(
    articles: Sequence[StoredArticle], query: Sequence[str], zone: ZoneInfo
) -> list[TimelineEvent]:
    """The events of some articles, oldest first, each with its sources.

    Args:
        articles: stored articles, in any order.
        query: the words that were asked for; events that hold them weigh more. May be empty.
        zone: the zone whose days count.
    """
    told = sorted((t for a in articles for t in _told(a)), key=_order)
    groups = _joined(_grouped(told))
    events = [_event(group, query, zone) for group in groups]
    return sorted(events, key=lambda e: (e.when.start, e.when.end, -e.salience, e.text))


def top(events: Sequence[TimelineEvent], most: int) -> list[TimelineEvent]:
    """The most telling events, still oldest first."""
    ranked = sorted(range(len(events)), key=lambda n: (-events[n].salience, n))[:most]
    return [events[n] for n in sorted(ranked)]


def _told(article: StoredArticle) -> list[_Told]:
    return [_Told(e, article, frozenset(words.telling(e.text))) for e in article.digest.events]


def _order(told: _Told) -> tuple[object, ...]:
    when = told.event.when
    return (when.start, when.end, told.article.id, told.event.sentence.position, told.event.text)


def _grouped(told: Sequence[_Told]) -> list[Group]:
    """Events of the same dates that overlap, chained: A with B and B with C are one group."""
    groups: list[Group] = []
    for one in told:
        near = [g for g in groups if any(_same(one, other) for other in g)]
        groups = [g for g in groups if g not in near]
        groups.append([t for g in near for t in g] + [one])
    return groups


def _same(one: _Told, other: _Told) -> bool:
    a, b = one.event.when, other.event.when
    if (a.start, a.end) != (b.start, b.end):
        return False
    enough = _SAME.get(a.granularity, _SAME_OTHERWISE)
    if len(one.words & other.words) < _SHARED:
        enough = max(enough, _SAME_OTHERWISE)
    return overlap(one.words, other.words) >= enough


def _joined(groups: list[Group]) -> list[Group]:
    """Coarsely dated groups put into the finer one that they tell of, where there is one."""
    finest_first = sorted(groups, key=lambda g: (_length(g), _order(g[0])))
    kept: list[Group] = []
    for group in finest_first:
        inside = [
            (_likeness(group, other), n) for n, other in enumerate(kept) if _holds(group, other)
        ]
        best, where = max(inside, key=lambda found: (found[0], -found[1]), default=(0.0, 0))
        if best >= _WITHIN:
            kept[where] = kept[where] + group
        else:
            kept.append(group)
    return kept


def _length(group: Group) -> int:
    when = group[0].event.when
    return (when.end - when.start).days


def _holds(coarse: Group, fine: Group) -> bool:
    a, b = coarse[0].event.when, fine[0].event.when
    return _length(coarse) > _length(fine) and a.start <= b.start and b.end <= a.end


def _likeness(one: Group, other: Group) -> float:
    return max(overlap(a.words, b.words) for a in one for b in other)


def _event(group: Group, query: Sequence[str], zone: ZoneInfo) -> TimelineEvent:
    ranked = sorted(group, key=lambda t: (-_wording(t, group), _order(t)))
    best = ranked[0]
    sources = {t.article.id: Cited(t.article, t.event.sentence) for t in reversed(ranked)}
    ordered = [sources.pop(best.article.id), *sorted(sources.values(), key=lambda c: c.article.id)]
    return TimelineEvent(
        _finest(group), best.event.text, tuple(ordered), _salience(group, query, best)
    )


def _finest(group: Group) -> When:
    return min((t.event.when for t in group), key=lambda w: (w.end - w.start, w.start))


def _wording(told: _Told, group: Group) -> float:
    """How well an article words the event: exact, weighty, like the others, not too long."""
    shared = sum(overlap(told.words, other.words) for other in group) / len(group)
    exact = told.event.when == _finest(group)
    readable = 15 <= len(told.event.text) <= 110
    return told.event.salience + 0.3 * shared + 0.3 * exact + 0.2 * readable


def _salience(group: Group, query: Sequence[str], best: _Told) -> float:
    outlets = {t.article.id for t in group}
    value = max(t.event.salience for t in group)
    value += _PER_SOURCE * (min(len(outlets), _MOST_SOURCES) - 1)
    value += _QUERIED * any(word in best.event.sentence.text.lower() for word in query)
    return round(min(1.0, value), 4)
