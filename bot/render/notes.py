"""The bot's own short messages: start, help, and kind words when something is not there."""

from bot.model import Message
from bot.render.actions import Action, Screen
from bot.render.keys import button, fresh, home, message, settings, subscribe
from bot.render.reader import Reader
from bot.render.rich import Rich, bold, join, text

_GROUPS = ("latest", "subscribe", "settings")  # of commands: how each begins
QUERY_UNITS = 60  # how much of what the reader typed is repeated to them


def start(reader: Reader, above: str = "") -> Message:
    """The first thing a reader sees; `above` is a sentence before it."""
    return message(
        reader,
        [
            text(above),
            bold(reader.words.bot_name),
            text(reader.words.start),
            text(reader.words.start_hint),
        ],
        home(reader),
        (
            subscribe(reader),
            fresh(settings(reader)),
            button(reader.words.to_help, Action(Screen.HELP)),
        ),
    )


def hello(username: str, reader: Reader, *, channel: bool) -> Message:
    """What a group or a channel is told when the bot was added to it."""
    words = reader.words
    if channel:
        return message(reader, [text(words.hello_channel.format(username=username))])
    return message(
        reader,
        [
            text(words.hello_group),
            text(words.hello_group_how.format(username=username)),
            text(words.hello_group_privacy),
        ],
        (fresh(button(words.to_latest, Action(Screen.LATEST))), subscribe(reader)),
    )


def help_(username: str, reader: Reader) -> Message:
    """How to use the bot; `username` is the bot's own, without @."""
    words = reader.words
    return message(
        reader,
        [
            bold(words.help_title),
            text(words.help_text.format(username=username)),
            *_commands(reader),
            text(words.help_more.format(username=username)),
            text(words.help_promise),
        ],
        home(reader),
    )


def _commands(reader: Reader) -> list[Rich]:
    """The commands, a line each: to read, to subscribe, to set."""
    groups: list[list[Rich]] = []
    for name, about in reader.words.commands.items():
        if name in _GROUPS:
            groups.append([])
        if name != "help":
            groups[-1].append(text(f"/{name} {about}"))
    return [join(group) for group in groups]


def note(reader: Reader, template: str, **fields: str | int) -> Message:
    """A sentence of the bot's with the way on; what the reader typed is shortened and escaped."""
    return message(reader, [filled(template, **fields)], home(reader))


def filled(template: str, **fields: str | int) -> Rich:
    """A template with its fields, escaped, the fields shortened."""
    short = {name: text(str(field), QUERY_UNITS) for name, field in fields.items()}
    plain = text(template)
    html = plain.html.format(**{name: piece.html for name, piece in short.items()})
    grown = sum(
        short[name].units - len(f"{{{name}}}") for name in short if f"{{{name}}}" in template
    )
    return Rich(html, plain.units + grown)
