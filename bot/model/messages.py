"""What a chat is shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: exactly one of `data` (at most 64 bytes) and `url` is set."""

    text: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One Telegram message: `text` is Telegram HTML of at most 4096 UTF-16 units once parsed, or
    without any marks if `plain`."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    plain: bool = False
