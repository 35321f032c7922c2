"""What stands below a picture: the same in words, and the buttons."""

from collections.abc import Sequence
from dataclasses import replace

from bot.model import Button, Message, Timeline, TimelineEvent
from bot.model.trends import Rise
from bot.render.actions import Action, Screen
from bot.render.album import Leaf, Show, pack
from bot.render.keys import Row, button, fresh, message
from bot.render.notes import filled
from bot.render.reader import Reader
from bot.render.rich import CAPTION_UNITS, Rich, bold, clean, clip, folded, join, text
from bot.render.stories import named, outlets
from bot.render.times import when
from bot.render.typography import spaced

_TITLE_UNITS = 80
_WORD_UNITS = 20
_ROOM = CAPTION_UNITS - 200  # for the events: a title, counts and what Traditional may add apart
_LEAST = 20  # of an event's text
_WORDS_IN_ROW = 3
_WORDS_SHOWN = 9


def timeline(
    line: Timeline,
    here: Sequence[TimelineEvent],
    pages: int,
    title: str,
    leaf: Leaf,
    reader: Reader,
) -> Message:
    """The words below one picture of a timeline; the picture is yet to be put in.

    Args:
        line: all the events that the pictures show.
        here: those of this picture.
        pages: how many pictures there are.
        title: what the timeline is about, as plain text.
        leaf: which picture it is.
        reader: for whom.
    """
    name = bold(reader.words.timeline_about.format(query=title), _TITLE_UNITS)
    several = line.total > len(line.events)
    count = reader.words.count_events if several else reader.words.count_events_all
    about = filled(count, total=line.total, shown=len(line.events))
    if pages > 1:
        about = about + " · " + filled(reader.words.page, page=leaf.page + 1, pages=pages)
    return message(
        reader,
        [join([name, about, folded(_events(here, reader))])],
        _turning(leaf, pages, reader),
        (_light_or_dark(leaf, reader), fresh(button(reader.words.to_text, _in_words(leaf)))),
        most=CAPTION_UNITS,
    )


def trends(
    sections: Sequence[tuple[str, Sequence[Rise]]],
    phrases: dict[str, int],
    leaf: Leaf,
    reader: Reader,
) -> Message:
    """The words below the picture of what rose, with a button for each word.

    Args:
        sections: a heading (过去 24 小时) and what rose then.
        phrases: the numbers of the words.
        leaf: which picture it is.
        reader: for whom.
    """
    head = join([bold(reader.words.trends), text(reader.words.trends_about)])
    words = [
        fresh(button(label, Action(Screen.SEARCH, phrase=number)))
        for word, number in list(phrases.items())[:_WORDS_SHOWN]
        if (label := clip(clean(word), _WORD_UNITS).strip())
    ]
    rows = [tuple(words[n : n + _WORDS_IN_ROW]) for n in range(0, len(words), _WORDS_IN_ROW)]
    return message(
        reader,
        [head, *(_section(heading, rises, reader) for heading, rises in sections)],
        *rows,
        (_light_or_dark(leaf, reader),),
        most=CAPTION_UNITS,
    )


def to_picture(label: str, leaf: Leaf) -> Button:
    """The way from a text to its picture; the text stays."""
    return fresh(_leaf(label, leaf))


def _leaf(label: str, leaf: Leaf) -> Button:
    return Button(label, data=pack(leaf))


def _events(events: Sequence[TimelineEvent], reader: Reader) -> Rich:
    """Each event in so many units that all of them fit."""
    each = _ROOM // max(1, len(events))
    return join((_event(event, each, reader) for event in events), "\n")


def _event(event: TimelineEvent, most: int, reader: Reader) -> Rich:
    about = "" if event.when.certain else reader.words.about_then
    date = bold(when(event.when, reader.words) + about)
    by = outlets([cited.article for cited in event.sources])
    said = filled(reader.words.said_by, name=named(by, reader, shown=1)) if by else Rich()
    room = max(_LEAST, most - date.units - said.units - 2)
    subject = reader.words.of_whom.format(subject=event.subject) if event.subject else ""
    return date + " " + text(subject + spaced(event.text), room) + said


def _section(heading: str, rises: Sequence[Rise], reader: Reader) -> Rich:
    rows = [
        filled(
            reader.words.trends_line,
            number=number,
            word=clip(rise.word, _WORD_UNITS),
            articles=rise.articles,
            outlets=rise.outlets,
        )
        for number, rise in enumerate(rises, 1)
    ]
    return join([bold(heading), *(rows or [text(reader.words.trends_none)])])


def _turning(leaf: Leaf, pages: int, reader: Reader) -> Row:
    row = []
    if leaf.page > 0:
        row.append(_leaf(reader.words.to_previous, leaf.turned(leaf.page - 1)))
    if leaf.page + 1 < pages:
        row.append(_leaf(reader.words.to_next, leaf.turned(leaf.page + 1)))
    return tuple(row)


def _light_or_dark(leaf: Leaf, reader: Reader) -> Button:
    label = reader.words.to_light if leaf.dark else reader.words.to_dark
    return _leaf(label, replace(leaf, dark=not leaf.dark))


def _in_words(leaf: Leaf) -> Action:
    """The screen that says the same in words."""
    if leaf.show is Show.STORYLINE:
        return Action(Screen.STORYLINE, leaf.id, full=leaf.full)
    return Action(Screen.TIMELINE, phrase=leaf.id, full=leaf.full)
