"""What all chats share: the bot, the people, the clock, updates, and what waits for a change."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.traffic import Traffic
from bot.sandbox.updates import Json, Signal, Updates

BOT_ID = 1
FIRST_PERSON = 1001


@dataclass(slots=True)
class Call:
    """One call that the bot made, and what was answered."""

    method: str
    params: Json
    answer: Json


@dataclass(slots=True)
class Person:
    """Somebody who writes to the bot."""

    id: int
    name: str
    language: str

    def user(self) -> Json:
        """As the Bot API's User."""
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.name,
            "language_code": self.language,
        }


@dataclass(slots=True)
class Callback:
    """A press that waits for its answer."""

    chat_id: int
    answered: bool = False
    text: str = ""
    alert: bool = False


@dataclass(slots=True)
class Webhook:
    """Where updates are brought, and how that went."""

    url: str
    secret: str
    most: int  # side by side
    last_error: str = ""
    last_error_at: int = 0

    def info(self) -> Json:
        """As the Bot API's WebhookInfo, without what waits."""
        error = {"last_error_date": self.last_error_at, "last_error_message": self.last_error}
        return {"url": self.url, "max_connections": self.most, **(error if self.last_error else {})}


@dataclass(slots=True)
class InlineQuery:
    """An inline query that waits for its answer, and the answer."""

    id: str
    person: Person
    text: str
    offset: str
    answered: bool = False
    results: list[Json] = field(default_factory=list)  # as given, each with its `message`
    next_offset: str = ""
    button: Json | None = None
    cache_time: int = 300
    is_personal: bool = False


class Core:
    """Telegram without its chats.

    Args:
        clock: gives the time, UTC.
        token: what the bot must call itself with.
        username: the bot's, without @.
        traffic: counts and limits what the bot sends; without limits by default.
        keep_calls: whether `calls` grows; off for long measurements.
    """

    def __init__(
        self,
        clock: Callable[[], datetime],
        token: str,
        username: str,
        traffic: Traffic | None,
        *,
        keep_calls: bool,
    ) -> None:
        self.clock = clock
        self.token = token
        self.username = username
        self.traffic = traffic or Traffic()
        self.calls: list[Call] = []
        self.people: dict[int, Person] = {}
        self.callbacks: dict[str, Callback] = {}
        self.inline: dict[str, InlineQuery] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}  # by scope and language
        self.updates = Updates()
        self.webhook: Webhook | None = None
        self.inline_mode = True  # as /setinline at @BotFather
        self.closed = False
        self._keep_calls = keep_calls
        self._version = 0
        self._changed = Signal()
        self._closing = Signal()

    def me(self) -> Json:
        """The bot as the Bot API's User."""
        return {"id": BOT_ID, "is_bot": True, "first_name": "脉络", "username": self.username}

    def now(self) -> int:
        """The time as Telegram writes it."""
        return int(self.clock().timestamp())

    def person(self, name: str = "读者", language: str = "zh-hans") -> Person:
        """A new person."""
        number = FIRST_PERSON + len(self.people)
        self.people[number] = Person(number, name, language)
        return self.people[number]

    def callback(self, chat_id: int) -> tuple[str, Callback]:
        """A new press, by its number."""
        number = str(len(self.callbacks) + 1)
        self.callbacks[number] = Callback(chat_id)
        return number, self.callbacks[number]

    def queue(self, kind: str, content: Json) -> None:
        """An update for the bot to fetch."""
        self.updates.put(kind, content)
        self.stir()

    def begin_poll(self) -> int:
        """As another program with the same token would."""
        return self.updates.begin_poll()

    def called(self, call: Call) -> None:
        """Remember a call."""
        if self._keep_calls:
            self.calls.append(call)

    @property
    def version(self) -> int:
        """Grows whenever anything changes."""
        return self._version

    def stir(self) -> None:
        """Wake all who wait for a change."""
        self._version += 1
        self._changed.fire()

    async def change(self, seconds: float) -> None:
        """Wait until something changes, at most so long."""
        if not self.closed and seconds > 0:
            await self._changed.wait(seconds)

    async def pause(self, seconds: float) -> None:
        """Let time pass, unless the world ends meanwhile."""
        if not self.closed:
            await self._closing.wait(seconds)

    def close(self) -> None:
        """Let all who wait go home."""
        self.closed = True
        self._closing.fire()
        self.updates.changed.fire()
        self.stir()
