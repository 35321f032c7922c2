"""The events of some articles, oldest first, each worded best and weighed."""

from collections import Counter
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.digest import words
from bot.digest.events.hours import hours
from bot.digest.script import simplified
from bot.digest.timeline.conflicts import finest_date, published, settled
from bot.digest.timeline.likeness import Likeness, Told, told
from bot.digest.timeline.merge import Group, merged
from bot.digest.timeline.wording import worded
from bot.model import Cited, EventKind, StoredArticle, TimelineEvent, When

_SHOWN_FIRST = (EventKind.EVENT, EventKind.PLANNED)
_PER_SOURCE = 0.08
_MOST_SOURCES = 4
_QUERIED = 0.05
_IN_TITLE = 0.1
_IN_LEAD = 0.05
_NEAR_CORE = 0.05
_LEAD = 2  # sentences
_CORE_OF_ARTICLE = 8  # keywords
_LONG = 0.15
_EXACT, _TYPICAL, _READABLE, _HAPPENED = 0.3, 0.3, 0.2, 0.2


def timeline(
    articles: Sequence[StoredArticle], query: Sequence[str], zone: ZoneInfo
) -> list[TimelineEvent]:
    """The events of some articles, oldest first, each with its sources.

    The result does not depend on the order of the articles.

    Args:
        articles: stored articles, in any order.
        query: the words that were asked for; events that hold them weigh more. May be empty.
        zone: the zone whose days count.
    """
    tellings = sorted((told(e, a) for a in articles for e in a.digest.events), key=_order)
    likeness = Likeness(tellings)
    weigh = _Weigher(articles, query)
    groups = settled(merged(tellings, likeness), likeness)
    events = [_event(group, others, likeness, weigh) for group, others in groups]
    return sorted(events, key=_chronological)


def top(events: Sequence[TimelineEvent], most: int) -> list[TimelineEvent]:
    """What happened or is to come, the most telling of it, still oldest first.

    Reactions, figures and background are only shown where there is nothing else.
    """
    told = [n for n, e in enumerate(events) if e.kind in _SHOWN_FIRST] or range(len(events))
    ranked = sorted(told, key=lambda n: (-events[n].salience, n))[:most]
    return [events[n] for n in sorted(ranked)]


def _chronological(event: TimelineEvent) -> tuple[object, ...]:
    when = event.when
    return (when.start, when.end, hours(event.part)[0], -event.salience, event.text)


def _order(one: Told) -> tuple[object, ...]:
    """An order of tellings that the numbers of the articles have no part in."""
    when, article = one.event.when, one.article.article
    return (when.start, when.end, published(one), article.key, one.event.sentence.position,
            one.event.text)  # fmt: skip


class _Weigher:
    """Weighs events against what some articles are about."""

    def __init__(self, articles: Sequence[StoredArticle], query: Sequence[str]) -> None:
        self._query = query
        self._titles = {a.id: frozenset(words.telling(a.article.title)) for a in articles}
        common = Counter(w for a in articles for w in a.digest.keywords[:_CORE_OF_ARTICLE])
        self._core = frozenset(w for w, n in common.items() if n > 1)

    def __call__(self, group: Group, best: Told) -> float:
        value = max(t.event.salience for t in group)
        value += _PER_SOURCE * (min(len({t.article.id for t in group}), _MOST_SOURCES) - 1)
        said = simplified(best.event.sentence.text.lower())
        value += _QUERIED * any(w in said for w in self._query)
        value += _IN_TITLE * any(len(t.words & self._titles[t.article.id]) > 1 for t in group)
        value += _IN_LEAD * any(t.event.sentence.position < _LEAD for t in group)
        value += _NEAR_CORE * any(t.words & self._core for t in group)
        return round(min(1.0, value), 4)


def _event(
    group: Group, others: Sequence[Group], likeness: Likeness, weigh: _Weigher
) -> TimelineEvent:
    finest = finest_date(group)
    best = _best(group, finest, likeness)
    return TimelineEvent(
        finest,
        worded(best.event, finest),
        _cited(group, best),
        weigh(group, best),
        _kind(group, best),
        best.event.subject,
        best.event.part,
        tuple((g[0].event.when, cited) for g in others for cited in _cited(g, g[0])),
    )


def _kind(group: Group, best: Told) -> EventKind:
    """What happened, once one source says so; else what the best wording is."""
    kinds = {t.event.kind for t in group}
    return next((k for k in _SHOWN_FIRST if k in kinds), best.event.kind)


def _cited(group: Group, best: Told) -> tuple[Cited, ...]:
    """Each article once, the best wording's first, then in order of publication."""
    ordered = [best, *sorted(group, key=lambda t: (published(t), t.article.article.key))]
    first = {t.article.id: t for t in reversed(ordered)}
    kept = {t.article.id: first[t.article.id] for t in ordered}
    return tuple(Cited(t.article, t.event.sentence) for t in kept.values())


def _best(group: Group, finest: When, likeness: Likeness) -> Told:
    """The telling that says it best: exact, weighty, like the others, not too long."""

    def value(told: Told) -> float:
        event = told.event
        shared = sum(likeness.covered(told, other) for other in group[:8]) / len(group[:8])
        readable = 15 <= len(event.text) <= 110
        said = event.salience + _TYPICAL * shared + _EXACT * (event.when == finest)
        said -= _LONG * min(len(event.text), 110) / 110
        return said + _READABLE * readable + _HAPPENED * (event.kind is EventKind.EVENT)

    return min(group, key=lambda t: (-round(value(t), 6), _order(t)))
