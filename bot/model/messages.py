"""What a chat is shown."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: exactly one of `data` (at most 64 bytes) and `url` is set."""

    text: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG; the same picture has the same name."""

    name: str
    png: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """One Telegram message: `text` is Telegram HTML of at most 4096 UTF-16 units once parsed, or
    without any marks if `plain`.

    With a picture, which only an answer may have, `text` stands below it and has at most 1024
    units.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    plain: bool = False
    picture: Picture | None = None
