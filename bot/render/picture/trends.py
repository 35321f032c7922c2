"""What rose, as a picture: a ranked list, each entry with its articles over time as bars."""

from collections.abc import Sequence

from bot.model.trends import Rise
from bot.render.picture import svg
from bot.render.picture.font import width, writable
from bot.render.picture.svg import Block
from bot.render.picture.theme import LIGHT, Theme
from bot.render.picture.timeline import WIDE, Script
from bot.render.picture.wrap import lines
from bot.render.reader import Reader

_EDGE, _TOP, _BOTTOM = 20, 22, 20
_TITLE, _SECTION, _WORD, _SMALL = 22, 15, 18, 13
_LEFT = 48  # of the words; the rank stands before
_CHART, _HIGH = 116, 34  # width and height of the bars of an entry
_ENTRY = 62
_LIST = WIDE - _LEFT - _CHART - 2 * _EDGE + 6  # room for the words


def trends(
    sections: Sequence[tuple[str, Sequence[Rise]]],
    reader: Reader,
    theme: Theme = LIGHT,
) -> str:
    """A chart of what rose, as SVG.

    Args:
        sections: a heading (过去 24 小时) and what rose then, most surprising first.
        reader: for whom.
        theme: colours.
    """

    def say(plain: str) -> str:
        return writable(reader.script(plain)).strip()

    title = svg.text(_EDGE, _TITLE, say(reader.words.trends), _TITLE, theme.text, bold=True)
    blocks = [Block(_TITLE + 18, (title,))]
    for heading, rises in sections:
        blocks.append(_heading(say(heading), theme))
        highest = max((count for rise in rises for count in rise.series), default=0)
        blocks += [_entry(n, rise, highest, theme, say, reader) for n, rise in enumerate(rises, 1)]
        if not rises:
            blocks.append(_nothing(say(reader.words.trends_none), theme))
    high = _TOP + sum(block.height for block in blocks) + _BOTTOM
    return svg.document(WIDE, high, theme.ground, svg.stacked(blocks, _TOP))


def _heading(heading: str, theme: Theme) -> Block:
    line = svg.box(_EDGE, 36, WIDE - 2 * _EDGE, 1, theme.rail)
    name = svg.text(_EDGE, 26, _fitted(heading, WIDE - 2 * _EDGE, _SECTION), _SECTION, theme.faint)
    return Block(46, (name, line))


def _nothing(note: str, theme: Theme) -> Block:
    return Block(40, (svg.text(_EDGE, 22, note, _SMALL, theme.faint),))


def _entry(
    number: int, rise: Rise, highest: int, theme: Theme, say: Script, reader: Reader
) -> Block:
    """Rank, word and what goes with it on the left, bars on the right."""
    rank = str(number)
    word = _fitted(say(rise.word), _LIST, _WORD)
    beside = say(" ".join(rise.beside))
    room = _LIST - width(word, _WORD) - 8
    count = reader.words.trends_count.format(articles=rise.articles, outlets=rise.outlets)
    elements = [
        svg.text(_LEFT - 12 - width(rank, _WORD), 24, rank, _WORD, theme.faint),
        svg.text(_LEFT, 24, word, _WORD, theme.text, bold=True),
        svg.text(_LEFT, 46, _fitted(say(count), _LIST, _SMALL), _SMALL, theme.faint),
        *_bars(rise.series, highest, theme),
    ]
    if beside and room > 2 * _SMALL:
        x = _LEFT + width(word, _WORD) + 8
        elements.append(svg.text(x, 24, _fitted(beside, room, _SMALL), _SMALL, theme.accent))
    return Block(_ENTRY, tuple(elements))


def _bars(series: Sequence[int], highest: int, theme: Theme) -> list[str]:
    """Bars of one scale for a whole section, so that entries can be compared."""
    step = _CHART / max(1, len(series))
    left, ground = WIDE - _EDGE - _CHART, 8 + _HIGH
    return [
        svg.box(
            left + n * step,
            ground - max(1.5, _HIGH * count / max(1, highest)),
            step * 0.7,
            max(1.5, _HIGH * count / max(1, highest)),
            theme.accent if count else theme.rail,
            radius=1.5 if count else 0,
        )
        for n, count in enumerate(series)
    ]


def _fitted(line: str, most: float, size: float) -> str:
    """As much of a line as there is room for, with … if that is not all."""
    if width(line, size) <= most:
        return line
    kept = lines(line, most - width("…", size), size)
    return (kept[0] if kept else "") + "…"
