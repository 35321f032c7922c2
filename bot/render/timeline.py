"""A timeline as text: dated events, each with the outlets that say so."""

from dataclasses import replace

from bot.model import Message, StoredArticle, Timeline, TimelineEvent, When
from bot.render import words
from bot.render.actions import Action, Screen
from bot.render.keys import Row, back, button, message, turning
from bot.render.notes import filled
from bot.render.rich import Rich, bold, italic, join, pages, text
from bot.render.stories import named, outlets
from bot.render.times import when

PER_PAGE = 8
EVENT_UNITS = 300
CONFLICTS_SHOWN = 3


def timeline(line: Timeline, title: str, action: Action) -> Message:
    """One page of a timeline, oldest first.

    Args:
        line: the events to show, over all pages; at least one.
        title: what the timeline is about, as plain text.
        action: the screen, its page, and whether all events are shown.
    """
    leaves = pages([_event(e) for e in line.events], most=PER_PAGE)
    shown = replace(action, page=min(action.page, len(leaves) - 1))
    about = _about(line)
    if len(leaves) > 1:
        about = about + " · " + filled(words.PAGE, page=shown.page + 1, pages=len(leaves))
    name = filled(words.TIMELINE_ABOUT, query=title)
    head = join([Rich(f"<b>{name.html}</b>", name.units), about])
    return message(
        [head, *leaves[shown.page]],
        turning(shown, len(leaves)),
        _all_or_top(shown, line),
        _way_back(shown),
    )


def _about(line: Timeline) -> Rich:
    if line.total > len(line.events):
        return filled(words.COUNT_EVENTS, total=line.total, shown=len(line.events))
    return filled(words.COUNT_EVENTS_ALL, total=line.total)


def _event(event: TimelineEvent) -> Rich:
    by = named(outlets([s.article for s in event.sources]), shown=3)
    said = text(event.text, EVENT_UNITS)
    if event.subject:
        said = filled(words.OF_WHOM, subject=event.subject) + said
    return join([_date(event), said, italic(by), *_conflicts(event)])


def _date(event: TimelineEvent) -> Rich:
    """The date, and what is told of it where that is no plain event."""
    date = bold(when(event.when) + ("" if event.when.certain else words.ABOUT_THEN))
    kind = words.EVENT_KINDS.get(event.kind)
    return date + f" · {kind}" if kind else date


def _conflicts(event: TimelineEvent) -> list[Rich]:
    """One line for each other date that is given, with who gives it."""
    by_date: dict[When, list[StoredArticle]] = {}
    for other, cited in event.conflicts:
        by_date.setdefault(other, []).append(cited.article)
    return [
        filled(words.DATES_DIFFER, outlets=named(outlets(articles)), date=when(other))
        for other, articles in by_date.items()
    ][:CONFLICTS_SHOWN]


def _all_or_top(action: Action, line: Timeline) -> Row:
    if action.full:
        return (button(words.TO_TOP_EVENTS, replace(action, full=False, page=0)),)
    if line.total > len(line.events):
        label = words.TO_ALL_EVENTS.format(total=line.total)
        return (button(label, replace(action, full=True, page=0)),)
    return ()


def _way_back(action: Action) -> Row:
    return back(action.to(Screen.STORY, action.id)) if action.screen is Screen.STORYLINE else ()
