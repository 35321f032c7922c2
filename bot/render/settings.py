"""The settings panel: one message, a pane for each setting, all by buttons."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.model import Button, Message
from bot.model.delivery import ChatSettings, Quiet, Size
from bot.render import words as catalogues
from bot.render.keys import Row, message, panel, setup
from bot.render.linkpress import LinkPress, LinkStep, pack_link
from bot.render.notes import filled
from bot.render.panel import Pane, Press
from bot.render.reader import Reader
from bot.render.rich import Rich, bold, clip, join, text
from bot.render.setup import Setup, Step
from bot.render.subscriptions import NAME_UNITS, clock, quiet_name, zone_name

OFFERED_CITIES = 12
OFFERED_HOURS = tuple(
    Quiet(since * 60, until * 60)
    for since, until in ((22, 7), (22, 8), (23, 7), (23, 8), (0, 7), (0, 8))
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the panel shows, and for whom.

    Args:
        settings: of the chat that is meant.
        press: the step; names the chat when it is another than the reader's.
        reader: for whom.
        differing: how many subscriptions have another size than the chat's.
    """

    settings: ChatSettings
    press: Press
    reader: Reader
    differing: int = 0


def home(shown: Shown, above: Rich | None = None) -> Message:
    """All settings, and the way to each; `above` says what was changed."""
    settings, press, reader = shown.settings, shown.press, shown.reader
    words = reader.words
    title = words.settings
    if press.target:
        title = words.settings_of.format(title=clip(settings.title, NAME_UNITS))
    spoken = reader.words.name if not press.target else catalogues.of(settings.language).name
    lines = [
        filled(words.setting_language, language=spoken),
        _zone(shown),
        filled(words.setting_quiet, quiet=quiet_name(settings.quiet, reader)),
        filled(words.setting_size, size=words.sizes[settings.size]),
    ]
    subscriptions = setup(words.to_subscriptions, Setup(Step.LIST, target=press.target))
    rules = pack_link(LinkPress(LinkStep.PANEL, target=press.target))
    links = Button(words.to_link_rules, data=rules)
    return message(
        reader,
        [above or Rich(), bold(title), join(lines)],
        (
            panel(words.to_language, press.to(Pane.LANGUAGE)),
            panel(words.to_zone, press.to(Pane.ZONE)),
        ),
        (panel(words.to_quiet, press.to(Pane.QUIET)), panel(words.to_size, press.to(Pane.SIZE))),
        (links, subscriptions),
    )


def language(shown: Shown) -> Message:
    """Which language? Each is named in itself."""
    spoken = shown.reader.words.code
    if shown.press.target:
        spoken = catalogues.of(shown.settings.language).code
    offered = [(c.name, c.code, c.code == spoken) for c in catalogues.every()]
    said = catalogues.of(spoken).name
    line = filled(shown.reader.words.setting_language, language=said)
    return _pane(shown, [line], _choices(shown, Pane.LANGUAGE, offered, 3))


def zone(shown: Shown) -> Message:
    """Which zone? Common cities; others by words."""
    cities = list(shown.reader.words.cities.items())[:OFFERED_CITIES]
    offered = [(city, name, name == shown.settings.zone) for name, city in cities]
    blocks = [_zone(shown), text(shown.reader.words.choose_zone)]
    return _pane(shown, blocks, _choices(shown, Pane.ZONE, offered, 3))


def quiet(shown: Shown) -> Message:
    """Which quiet hours? Common ones, and none; others by words."""
    words, chosen = shown.reader.words, shown.settings.quiet
    offered = [
        (quiet_name(hours, shown.reader), f"{hours.since}-{hours.until}", hours == chosen)
        for hours in OFFERED_HOURS
    ]
    line = filled(words.setting_quiet, quiet=quiet_name(chosen, shown.reader))
    rows = _choices(shown, Pane.QUIET, offered, 2)
    off = (panel(words.to_quiet_off, shown.press.to(Pane.QUIET, "off")),)
    return _pane(shown, [line, text(words.choose_quiet)], [*rows, *([off] if chosen else [])])


def size(shown: Shown, above: Rich | None = None) -> Message:
    """How much of each story? Also for the present subscriptions, where those have another size."""
    words, chosen = shown.reader.words, shown.settings.size
    offered = [(words.sizes[size], size.value, size is chosen) for size in Size]
    line = filled(words.setting_size, size=words.sizes[chosen])
    rows = _choices(shown, Pane.SIZE, offered, 3)
    spread = (panel(words.to_spread, shown.press.to(Pane.SPREAD)),)
    blocks = [above or Rich(), line, text(words.choose_size)]
    return _pane(shown, blocks, [*rows, *([spread] if shown.differing else [])])


def hours(choice: str) -> Quiet | None:
    """The quiet hours that a button names; None for 'off', and for hours that are none."""
    since, dash, until = choice.partition("-")
    if not dash or since == until or max(int(since), int(until)) >= 24 * 60:
        return None
    return Quiet(int(since), int(until))


def offers(choice: str) -> bool:
    """Whether the panel offers a zone."""
    return choice in list(catalogues.SIMPLIFIED.cities)[:OFFERED_CITIES]


def _zone(shown: Shown) -> Rich:
    local = shown.reader.now.astimezone(ZoneInfo(shown.settings.zone))
    name = zone_name(shown.settings.zone, shown.reader)
    return filled(
        shown.reader.words.setting_zone, zone=name, time=clock(local.hour * 60 + local.minute)
    )


def _choices(
    shown: Shown, pane: Pane, offered: Sequence[tuple[str, str, bool]], width: int
) -> list[Row]:
    """Rows of choices (label, choice, whether it is the present one)."""
    marked = shown.reader.words.chosen
    keys = [
        panel(marked.format(choice=label) if present else label, shown.press.to(pane, choice))
        for label, choice, present in offered
    ]
    return [tuple(keys[n : n + width]) for n in range(0, len(keys), width)]


def _pane(shown: Shown, blocks: Sequence[Rich], rows: Sequence[Row]) -> Message:
    back = (panel(shown.reader.words.to_back, shown.press.to(Pane.HOME)),)
    return message(shown.reader, blocks, *rows, back)
