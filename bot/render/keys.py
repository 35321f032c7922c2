"""Rows of buttons."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.model import Button, Message
from bot.render.actions import Action, Screen, pack
from bot.render.linkpress import ReportPress, ReportStep, pack_report
from bot.render.links import guarded
from bot.render.panel import Press
from bot.render.panel import pack as pack_press
from bot.render.reader import Reader
from bot.render.rich import MESSAGE_UNITS, Rich, clip, join, plain, units
from bot.render.setup import Setup, Step
from bot.render.setup import pack as pack_setup

Row = tuple[Button, ...]
FRESH = "+"
BUTTON_UNITS = 40  # longer labels are cut by phones


def button(label: str, action: Action) -> Button:
    """A button that shows a screen."""
    return Button(clip(label, BUTTON_UNITS), data=pack(action))


def fresh(made: Button) -> Button:
    """The button, answered with a message of its own: the one that it hangs on stays."""
    return replace(made, data=FRESH + made.data)


def numbers(first: int, actions: Sequence[Action]) -> Row:
    """One button a list entry, numbered as the entries are."""
    return tuple(button(str(first + n), action) for n, action in enumerate(actions))


def turning(action: Action, pages: int, reader: Reader) -> Row:
    """Previous and next, where there are any."""
    row = []
    if action.page > 0:
        row.append(button(reader.words.to_previous, replace(action, page=action.page - 1)))
    if action.page + 1 < pages:
        row.append(button(reader.words.to_next, replace(action, page=action.page + 1)))
    return tuple(row)


def back(action: Action, reader: Reader) -> Row:
    """One step back, to the screen that the action names."""
    return (button(reader.words.to_back, action),)


def setup(label: str, step: Setup) -> Button:
    """A button that does a step of subscribing."""
    return Button(clip(label, BUTTON_UNITS), data=pack_setup(step))


def subscribe(reader: Reader) -> Button:
    """The way to subscribing, as a message of its own."""
    return fresh(setup(reader.words.to_subscribe, Setup(Step.SCOPE)))


def panel(label: str, press: Press) -> Button:
    """A button of the settings panel."""
    return Button(clip(label, BUTTON_UNITS), data=pack_press(press))


def settings(reader: Reader, target: int = 0) -> Button:
    """The way to the settings, in place; `target` as in `Press`."""
    return panel(reader.words.to_settings, Press(target=target))


def report(reader: Reader, story: int, article: int = 0) -> Button:
    """The way to a complaint about a story, or about one article of it."""
    press = ReportPress(ReportStep.ASK, story, article=article)
    return Button(reader.words.to_report, data=pack_report(press))


def home(reader: Reader) -> Row:
    """The way on from a screen that has nothing else to press."""
    return (
        button(reader.words.to_latest, Action(Screen.LATEST)),
        button(reader.words.to_timeline, Action(Screen.TIMELINE)),
        button(reader.words.to_outlets, Action(Screen.OUTLETS)),
    )


def message(
    reader: Reader, blocks: Iterable[Rich], *rows: Row, most: int = MESSAGE_UNITS
) -> Message:
    """Blocks with a blank line between, and the rows that are not empty, in the reader's script.

    Raises ValueError when the blocks do not fit: pages and clips must have seen to that.
    """
    body = join([b for b in blocks if b.units], "\n\n")
    html = guarded(reader.script_html(body.html), reader.links)
    length = units(plain(html))
    if not 0 < length <= most:
        raise ValueError(f"a message of {length} UTF-16 units")
    labelled = (tuple(replace(b, text=reader.script(b.text)) for b in row) for row in rows if row)
    return Message(html, tuple(labelled))
