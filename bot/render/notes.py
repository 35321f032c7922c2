"""The bot's own short messages: start, help, and kind words when something is not there."""

from bot.model import Message
from bot.render import words
from bot.render.actions import Action, Screen
from bot.render.keys import button, home, message, subscribe
from bot.render.rich import Rich, bold, join, text

QUERY_UNITS = 60  # how much of what the reader typed is repeated to them


def start() -> Message:
    """The first thing a reader sees."""
    return message(
        [bold("脉络"), text(words.START), text(words.START_HINT)],
        home(),
        (subscribe(), button(words.TO_HELP, Action(Screen.HELP))),
    )


def help_(username: str) -> Message:
    """How to use the bot; `username` is the bot's own, without @."""
    commands = join(text(f"/{name} {about}") for name, about in words.COMMANDS_ZH.items())
    return message(
        [
            bold(words.HELP_TITLE),
            commands,
            text(words.HELP_TEXT.format(username=username)),
            text(words.HELP_PROMISE),
        ],
        home(),
    )


def note(template: str, **fields: str | int) -> Message:
    """A sentence of the bot's with the way on; what the reader typed is shortened and escaped."""
    return message([filled(template, **fields)], home())


def filled(template: str, **fields: str | int) -> Rich:
    """A template with its fields, escaped, the fields shortened."""
    short = {name: text(str(field), QUERY_UNITS) for name, field in fields.items()}
    plain = text(template)
    html = plain.html.format(**{name: piece.html for name, piece in short.items()})
    grown = sum(
        short[name].units - len(f"{{{name}}}") for name in short if f"{{{name}}}" in template
    )
    return Rich(html, plain.units + grown)
