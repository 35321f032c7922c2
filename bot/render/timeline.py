"""A timeline as text: dated events, each with the outlets that say so."""

from dataclasses import replace

from bot.model import Button, Message, StoredArticle, Timeline, TimelineEvent, When
from bot.render.actions import Action, Screen
from bot.render.album import Leaf, Show
from bot.render.captions import to_picture
from bot.render.keys import Row, back, button, message, turning
from bot.render.notes import filled
from bot.render.reader import Reader
from bot.render.rich import Rich, bold, italic, join, pages
from bot.render.stories import named, outlets, quoted
from bot.render.times import when

PER_PAGE = 8
EVENT_UNITS = 300
CONFLICTS_SHOWN = 3


def timeline(line: Timeline, title: str, action: Action, reader: Reader) -> Message:
    """One page of a timeline, oldest first.

    Args:
        line: the events to show, over all pages; at least one.
        title: what the timeline is about, as plain text.
        action: the screen, its page, and whether all events are shown.
    """
    reader = reader.naming(s.article for e in line.events for s in e.sources)
    leaves = pages([_event(e, reader) for e in line.events], most=PER_PAGE)
    shown = replace(action, page=min(action.page, len(leaves) - 1))
    about = _about(line, reader)
    if len(leaves) > 1:
        about = about + " · " + filled(reader.words.page, page=shown.page + 1, pages=len(leaves))
    name = filled(reader.words.timeline_about, query=title)
    head = join([Rich(f"<b>{name.html}</b>", name.units), about])
    return message(
        reader,
        [head, *leaves[shown.page]],
        turning(shown, len(leaves), reader),
        (*_way_back(shown, reader), *_all_or_top(shown, line, reader), _picture(shown, reader)),
    )


def _about(line: Timeline, reader: Reader) -> Rich:
    if line.total > len(line.events):
        return filled(reader.words.count_events, total=line.total, shown=len(line.events))
    return filled(reader.words.count_events_all, total=line.total)


def _event(event: TimelineEvent, reader: Reader) -> Rich:
    by = named(outlets([s.article for s in event.sources]), reader, shown=3)
    said = quoted(event.text, EVENT_UNITS)
    if event.subject:
        said = filled(reader.words.of_whom, subject=event.subject) + said
    return join([_date(event, reader), said, italic(by), *_conflicts(event, reader)])


def _date(event: TimelineEvent, reader: Reader) -> Rich:
    """The date, and what is told of it where that is no plain event."""
    date = bold(
        when(event.when, reader.words) + ("" if event.when.certain else reader.words.about_then)
    )
    kind = reader.words.event_kinds.get(event.kind)
    return date + f" · {kind}" if kind else date


def _conflicts(event: TimelineEvent, reader: Reader) -> list[Rich]:
    """One line for each other date that is given, with who gives it."""
    by_date: dict[When, list[StoredArticle]] = {}
    for other, cited in event.conflicts:
        by_date.setdefault(other, []).append(cited.article)
    return [
        filled(
            reader.words.dates_differ,
            outlets=named(outlets(articles), reader),
            date=when(other, reader.words),
        )
        for other, articles in by_date.items()
    ][:CONFLICTS_SHOWN]


def _all_or_top(action: Action, line: Timeline, reader: Reader) -> Row:
    if action.full:
        return (button(reader.words.to_top_events, replace(action, full=False, page=0)),)
    if line.total > len(line.events):
        label = reader.words.to_all_events.format(total=line.total)
        return (button(label, replace(action, full=True, page=0)),)
    return ()


def _picture(action: Action, reader: Reader) -> Button:
    if action.screen is Screen.STORYLINE:
        return to_picture(
            reader.words.to_picture, Leaf(Show.STORYLINE, action.id, full=action.full)
        )
    leaf = Leaf(Show.TIMELINE, action.phrase, full=action.full)
    return to_picture(reader.words.to_picture, leaf)


def _way_back(action: Action, reader: Reader) -> Row:
    return (
        back(action.to(Screen.STORY, action.id), reader)
        if action.screen is Screen.STORYLINE
        else ()
    )
