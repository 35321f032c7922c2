"""Lists of chats with their settings and subscriptions, as JSON lines; docs/backup.md shows one.

The first line says what it is and in which version; each that follows is a chat. What is read was
perhaps written by anybody, so every field is checked.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Literal, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.addresses import ascii_host
from bot.errors import ReadError
from bot.model.delivery import ChatSettings, Pace, Quiet, Rhythm, Scope, ScopeKind, Size
from bot.model.links import LinkKind, LinkRule
from bot.model.moving import ListedChat, ListedSubscription

VERSION = 1
LONGEST_LINE = 2**20  # bytes
_MINUTE = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_NUMBER = 2**52  # Telegram's numbers need no more bits
_WHERE = re.compile(r" at line 1 column (\d+)")  # of the one line that was looked at
P = TypeVar("P", bound=BaseModel)
_DOMAIN = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (OSError, ValueError, KeyError) as error:
        raise ValueError("is no time zone") from error


def _minute(said: str) -> str:
    if not _MINUTE.fullmatch(said):
        raise ValueError("is no time of day; 08:00 is")
    return said


Minute = Annotated[str, AfterValidator(_minute)]
Day = Annotated[int, Field(ge=0, le=6)]


class _Header(_Part):
    mailuo: Literal["chats"]
    version: int
    exported_at: str = ""


class _Subscription(_Part):
    topic: int = Field(0, ge=0, le=_NUMBER)
    scope: ScopeKind
    value: str = Field("", max_length=500)
    pace: Pace
    at: Minute = "08:00"
    days: list[Day] = Field(list(range(7)), min_length=1, max_length=7)
    size: Size = Size.BRIEF
    silent: bool = False

    @model_validator(mode="after")
    def _whole(self) -> "_Subscription":
        if (self.scope is ScopeKind.ALL) != (not self.value.strip()):
            raise ValueError("scope all has no value, every other scope has one")
        return self


class _Chat(_Part):
    chat: int = Field(ge=-_NUMBER, le=_NUMBER)
    kind: Literal["private", "group", "supergroup", "channel"]
    title: str = Field("", max_length=500)
    zone: Annotated[str, AfterValidator(_zone)]
    language: str = Field("", max_length=35)
    quiet: tuple[Minute, Minute] | None = None
    size: Size = Size.BRIEF
    links: dict[str, LinkRule] = Field({}, max_length=1000)
    subscriptions: list[_Subscription] = Field([], max_length=100)

    @model_validator(mode="after")
    def _whole(self) -> "_Chat":
        if (self.kind == "private") != (self.chat > 0):
            raise ValueError("a private chat has a positive number, every other a negative one")
        for target in self.links:
            if target not in set(LinkKind) and not _is_domain(target):
                raise ValueError(f"links: {target[:60]!r} is neither a kind nor a domain")
        return self


def _is_domain(name: str) -> bool:
    return len(name) <= 253 and bool(_DOMAIN.fullmatch(name)) and ascii_host(name) == name


def header(now: datetime) -> str:
    """The first line of a list."""
    return _line({"mailuo": "chats", "version": VERSION, "exported_at": now.isoformat("T")})


def line(listed: ListedChat) -> str:
    """The line of a chat."""
    chat = listed.settings
    return _line(
        {
            "chat": chat.id,
            "kind": chat.kind,
            # A person needs no name here: the number is who they are to Telegram.
            "title": "" if chat.kind == "private" else chat.title,
            "zone": chat.zone,
            "language": chat.language,
            "quiet": [_clock(chat.quiet.since), _clock(chat.quiet.until)] if chat.quiet else None,
            "size": chat.size,
            "links": dict(listed.links),
            "subscriptions": [_subscription(one) for one in listed.subscriptions],
        }
    )


def read(path: Path) -> Iterator[ListedChat]:
    """The chats of a list, one after the other.

    Args:
        path: the file.

    Raises:
        ReadError: it cannot be read, is no list of chats, or a line is wrong: which, and why.
    """
    try:
        with path.open("rb") as file:
            yield from _chats(file, path)
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}") from error


def _chats(file: BinaryIO, path: Path) -> Iterator[ListedChat]:
    first = file.readline(LONGEST_LINE + 1)
    version = _checked(_Header, first, f"{path}, line 1").version
    if version != VERSION:
        raise ReadError(f"{path} has version {version}; this program reads version {VERSION}")
    number = 1
    while raw := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(raw) > LONGEST_LINE:
            raise ReadError(f"{path}, line {number}: is longer than a mebibyte")
        if raw.strip():
            yield _listed(_checked(_Chat, raw, f"{path}, line {number}"))


def _checked(kind: type[P], raw: bytes, where: str) -> P:
    try:
        return kind.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = ".".join(map(str, first["loc"]))
        said = _WHERE.sub(r", column \1", first["msg"].removeprefix("Value error, "))
        raise ReadError(f"{where}: {field}{': ' if field else ''}{said}") from None


def _listed(chat: _Chat) -> ListedChat:
    quiet = Quiet(*map(_minutes, chat.quiet)) if chat.quiet else None
    settings = ChatSettings(
        chat.chat, chat.kind, chat.title, chat.zone, chat.language, quiet, size=chat.size
    )
    links: Mapping[LinkKind | str, LinkRule] = dict(chat.links)
    return ListedChat(settings, links, tuple(map(_wanted, chat.subscriptions)))


def _wanted(one: _Subscription) -> ListedSubscription:
    rhythm = Rhythm(one.pace, _minutes(one.at), tuple(sorted(set(one.days))))
    return ListedSubscription(one.topic, Scope(one.scope, one.value), rhythm, one.size, one.silent)


def _subscription(one: ListedSubscription) -> dict[str, Any]:
    return {
        "topic": one.topic,
        "scope": one.scope.kind,
        "value": one.scope.value,
        "pace": one.rhythm.pace,
        "at": _clock(one.rhythm.minute),
        "days": list(one.rhythm.days) or list(range(7)),
        "size": one.size,
        "silent": one.silent,
    }


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _line(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
