"""A timeline as text: dated events, each with the outlets that say so."""

from collections.abc import Sequence
from dataclasses import replace

from bot.model import Message, TimelineEvent
from bot.render import words
from bot.render.actions import Action, Screen
from bot.render.keys import Row, back, button, message, turning
from bot.render.notes import filled
from bot.render.rich import Rich, bold, italic, join, pages, text
from bot.render.stories import heading, named, outlets
from bot.render.times import when

PER_PAGE = 8
EVENT_UNITS = 300


def timeline(events: Sequence[TimelineEvent], total: int, title: str, action: Action) -> Message:
    """One page of a timeline, oldest first.

    Args:
        events: the events to show, over all pages.
        total: how many there are when all are asked for.
        title: what the timeline is about, as plain text.
        action: the screen, its page, and whether all events are shown.
    """
    leaves = pages([_event(e) for e in events], most=PER_PAGE)
    shown = replace(action, page=min(action.page, len(leaves) - 1))
    about = filled(words.COUNT_EVENTS, total=total, shown=len(events))
    if total <= len(events):
        about = filled(words.COUNT_EVENTS_ALL, total=total)
    if len(leaves) > 1:
        about = about + " · " + filled(words.PAGE, page=shown.page + 1, pages=len(leaves))
    head = heading(filled(words.TIMELINE_ABOUT, query=title), about)
    return message(
        [head, *leaves[shown.page]],
        turning(shown, len(leaves)),
        _all_or_top(shown, len(events), total),
        _way_back(shown),
    )


def _event(event: TimelineEvent) -> Rich:
    by = named(outlets([s.article for s in event.sources]), shown=3)
    date = when(event.when) + ("" if event.when.certain else words.ABOUT_THEN)
    return join([bold(date), text(event.text, EVENT_UNITS), italic(by)])


def _all_or_top(action: Action, shown: int, total: int) -> Row:
    if action.full:
        return (button(words.TO_TOP_EVENTS, replace(action, full=False, page=0)),)
    if total > shown:
        label = words.TO_ALL_EVENTS.format(total=total)
        return (button(label, replace(action, full=True, page=0)),)
    return ()


def _way_back(action: Action) -> Row:
    return back(action.to(Screen.STORY, action.id)) if action.screen is Screen.STORYLINE else ()
