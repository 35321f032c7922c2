"""A timeline as pictures: a rail of dates, each with what happened and who says so."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.model import Granularity, StoredArticle, Timeline, TimelineEvent, When
from bot.render.picture import svg
from bot.render.picture.font import MISSING, width, writable
from bot.render.picture.svg import Block
from bot.render.picture.theme import LIGHT, Theme
from bot.render.picture.wrap import indent, lines
from bot.render.reader import Reader
from bot.render.rich import clip
from bot.render.stories import named, outlets
from bot.render.timeline import CONFLICTS_SHOWN, EVENT_UNITS
from bot.render.times import when
from bot.render.typography import spaced

WIDE = 400  # units; a phone shows the picture about as wide
HIGHEST = 760
_EDGE, _TOP, _BOTTOM = 20, 22, 18
_RAIL, _LEFT = 31, 54
_COLUMN = WIDE - _EDGE - _LEFT
_TITLE, _DATE, _TEXT, _SMALL = 22, 15, 17, 13
_LINE = 1.5  # height of a line of text, as a share of its size
_GAP = 20  # between events
_MARK = 16  # an outlet's square
_OUTLETS_SHOWN = 3
_OUTLET_UNITS = 16
_TITLE_LINES = 2
Script = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One picture of a timeline, and the events that are on it."""

    svg: str
    events: tuple[TimelineEvent, ...]


def timeline(
    line: Timeline,
    title: str,
    reader: Reader,
    theme: Theme = LIGHT,
) -> list[Sheet]:
    """The pictures of a timeline, oldest event first; no event is divided.

    Args:
        line: the events to show; at least one.
        title: what the timeline is about.
        reader: for whom.
        theme: colours.
    """

    def say(plain: str) -> str:
        return writable(reader.script(plain)).strip()

    drawn = [(event, _event(event, theme, say, reader)) for event in line.events]
    head = _head(say(reader.words.timeline_about.format(query=title)), theme)
    parts = _parted(drawn, HIGHEST - head.height - _TOP - _BOTTOM - _SMALL)
    return [
        Sheet(
            _sheet(
                head,
                [block for _, block in part],
                say(_about(line, number, len(parts), reader)),
                theme,
            ),
            tuple(event for event, _ in part),
        )
        for number, part in enumerate(parts, 1)
    ]


def _about(line: Timeline, number: int, of: int, reader: Reader) -> str:
    several = line.total > len(line.events)
    count = reader.words.count_events if several else reader.words.count_events_all
    about = count.format(total=line.total, shown=len(line.events))
    return f"{about} · {reader.words.page.format(page=number, pages=of)}" if of > 1 else about


def _parted(
    drawn: Sequence[tuple[TimelineEvent, Block]], room: float
) -> list[list[tuple[TimelineEvent, Block]]]:
    """The events in as few pictures as hold them."""
    parts: list[list[tuple[TimelineEvent, Block]]] = [[]]
    left = room
    for event, block in drawn:
        if parts[-1] and block.height > left:
            parts.append([])
            left = room
        parts[-1].append((event, block))
        left -= block.height
    return parts


def _sheet(head: Block, events: Sequence[Block], about: str, theme: Theme) -> str:
    top = _TOP + head.height
    below = sum(event.height for event in events)
    high = top + below + _BOTTOM + _SMALL
    rail = svg.box(_RAIL - 1, top + _SMALL, 2, max(0, below - _SMALL - _GAP), theme.rail)
    foot = svg.text(_LEFT, high - _BOTTOM, about, _SMALL, theme.faint)
    body = svg.stacked([head], _TOP) + rail + svg.stacked(events, top) + foot
    return svg.document(WIDE, high, theme.ground, body)


def _head(title: str, theme: Theme) -> Block:
    rows = _at_most(lines(title, WIDE - 2 * _EDGE, _TITLE), _TITLE_LINES)
    elements = [
        svg.text(_EDGE, _TITLE * (1 + n * _LINE), row, _TITLE, theme.text, bold=True)
        for n, row in enumerate(rows)
    ]
    return Block(_TITLE * _LINE * len(rows) + 12, tuple(elements))


def _at_most(rows: list[str], most: int) -> list[str]:
    return rows if len(rows) <= most else [*rows[: most - 1], rows[most - 1][:-1] + "…"]


def _event(event: TimelineEvent, theme: Theme, say: Script, reader: Reader) -> Block:
    """One event: its date, what it says, who says so, and who says otherwise."""
    parts = [
        _date(event, theme, say, reader),
        _said(event, theme, say, reader),
        _outlets(event, theme, say),
        *_conflicts(event, theme, say, reader),
    ]
    elements, y = [], 0.0
    for part in parts:
        elements.append(svg.stacked([part], y))
        y += part.height
    return Block(y + _GAP, tuple(elements))


def _date(event: TimelineEvent, theme: Theme, say: Script, reader: Reader) -> Block:
    known = event.when
    written = say(when(known, reader.words) + ("" if known.certain else reader.words.about_then))
    letter = say(reader.words.precision[known.granularity])
    exact = known.granularity is Granularity.DAY and known.certain
    dot, ink = (theme.accent, theme.on_accent) if exact else (theme.ground, theme.accent)
    elements = [
        svg.disc(_RAIL, 13, 10, dot, theme.accent, dashed=not known.certain),
        svg.text(_RAIL - width(letter, 11) / 2, 17, letter, 11, ink),
        svg.text(_LEFT, 18, written, _DATE, theme.accent, bold=True),
    ]
    if kind := reader.words.event_kinds.get(event.kind):
        x = _LEFT + width(written, _DATE) + 8
        elements.append(svg.text(x, 18, "· " + say(kind), _SMALL, theme.faint))
    return Block(27, tuple(elements))


def _said(event: TimelineEvent, theme: Theme, say: Script, reader: Reader) -> Block:
    """The words of the event; the subject that we put before them is fainter."""
    subject = say(reader.words.of_whom.format(subject=event.subject)) if event.subject else ""
    rows = lines(subject + say(spaced(clip(event.text, EVENT_UNITS))), _COLUMN, _TEXT)
    elements, restored = [], len(subject)
    for n, row in enumerate(rows):
        x, y = _LEFT + indent(row, _TEXT), _TEXT * (1 + n * _LINE)
        ours, theirs = row[:restored], row[restored:]
        restored = max(0, restored - len(row))
        if ours:
            elements.append(svg.text(x, y, ours, _TEXT, theme.faint))
        if theirs:
            elements.append(svg.text(x + width(ours, _TEXT), y, theirs, _TEXT, theme.text))
    return Block(_TEXT * _LINE * len(rows) + 3, tuple(elements))


def _outlets(event: TimelineEvent, theme: Theme, say: Script) -> Block:
    """A coloured square with its first character, and its name, for each outlet."""
    every = outlets([cited.article for cited in event.sources])
    elements, x, y = [], float(_LEFT), 0.0
    for n, outlet in enumerate(every[:_OUTLETS_SHOWN], 1):
        name = say(clip(outlet, _OUTLET_UNITS)) or MISSING
        if n == _OUTLETS_SHOWN and len(every) > n:
            name += f" +{len(every) - n}"
        wide = _MARK + 5 + width(name, _SMALL)
        if x > _LEFT and x + wide > WIDE - _EDGE:
            x, y = _LEFT, y + _MARK + 6
        elements += _mark(x, y, name, _colour(outlet, theme))
        elements.append(svg.text(x + _MARK + 5, y + 12.5, name, _SMALL, theme.faint))
        x += wide + 12
    return Block(y + _MARK + 4, tuple(elements))


def _colour(outlet: str, theme: Theme) -> str:
    """Always the same for an outlet."""
    return theme.marks[zlib.crc32(outlet.encode("utf-8", "replace")) % len(theme.marks)]


def _mark(x: float, y: float, name: str, colour: str) -> list[str]:
    letter = name[0]
    middle = x + (_MARK - width(letter, 11)) / 2
    return [
        svg.box(x, y, _MARK, _MARK, colour, radius=4),
        svg.text(middle, y + 12, letter, 11, "#ffffff"),
    ]


def _conflicts(event: TimelineEvent, theme: Theme, say: Script, reader: Reader) -> list[Block]:
    """One note for each other date that is given, with who gives it."""
    by_date: dict[When, list[StoredArticle]] = {}
    for other, cited in event.conflicts:
        by_date.setdefault(other, []).append(cited.article)
    return [
        _warning(
            say(
                reader.words.dates_differ.format(
                    outlets=named(outlets(articles), reader), date=when(other, reader.words)
                )
            ),
            theme,
        )
        for other, articles in list(by_date.items())[:CONFLICTS_SHOWN]
    ]


def _warning(note: str, theme: Theme) -> Block:
    rows = lines(note, _COLUMN - 32, _SMALL)
    high = _SMALL * _LINE * len(rows) + 8
    elements = [
        svg.box(_LEFT, 4, _COLUMN, high, theme.warning_ground, radius=5),
        svg.disc(_LEFT + 13, 18, 7, theme.warning_ground, theme.warning),
        svg.text(_LEFT + 11.2, 22.2, "!", 12, theme.warning, bold=True),
    ]
    for n, row in enumerate(rows):
        y = 4 + 4 + _SMALL * (1 + n * _LINE) + 1
        elements.append(svg.text(_LEFT + 27, y, row, _SMALL, theme.warning))
    return Block(high + 8, tuple(elements))
