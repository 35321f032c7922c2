"""What Telegram would know: a bot, people, chats, messages, updates that wait to be fetched."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.sandbox.entities import utf16

Json = dict[str, Any]

BOT_ID = 1
_COMMAND = re.compile(r"/\w+(?:@\w+)?", re.ASCII)


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


class World:
    """Telegram in memory.

    Args:
        clock: gives the time, UTC.
        token: what the bot must call itself with.
        username: the bot's, without @.
    """

    def __init__(
        self,
        clock: Callable[[], datetime],
        token: str = "1:SANDBOX",
        username: str = "mailuo_bot",
    ) -> None:
        self.clock = clock
        self.token = token
        self.username = username
        self.calls: list[Call] = []
        self.chats: dict[int, Chat] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.callbacks: dict[str, Callback] = {}
        self.closed = False
        self._updates: list[Json] = []
        self._next_update = 1
        self._poll = 0
        self._version = 0
        self._stirred = asyncio.Event()

    def me(self) -> Json:
        """The bot as the Bot API's User."""
        return {"id": BOT_ID, "is_bot": True, "first_name": "脉络", "username": self.username}

    def private_chat(self, name: str = "读者", language: str = "zh-hans") -> "Chat":
        """A new person, alone with the bot."""
        person = Person(1001 + len(self.chats), name, language)
        return self._add(Chat(self, person.id, "private", name, person))

    def group(self, title: str, name: str = "读者", *, forum: bool = False) -> "Chat":
        """A new group; a supergroup with topics if it is a forum."""
        number = len(self.chats)
        person = Person(1001 + number, name, "zh-hans")
        kind = "supergroup" if forum else "group"
        return self._add(Chat(self, -(1_000_000 + number), kind, title, person, forum))

    def _add(self, chat: "Chat") -> "Chat":
        self.chats[chat.id] = chat
        self.stir()
        return chat

    def queue(self, kind: str, content: Json) -> None:
        """An update for the bot to fetch."""
        self._updates.append({"update_id": self._next_update, kind: content})
        self._next_update += 1
        self.stir()

    def waiting(self, offset: int) -> list[Json]:
        """The updates from an offset on; those before it are confirmed and forgotten."""
        if offset < 0:
            self._updates = self._updates[offset:]
        else:
            self._updates = [u for u in self._updates if u["update_id"] >= offset]
        return self._updates

    def begin_poll(self) -> int:
        """The number of a new poll; an older one that still waits must give way."""
        self._poll += 1
        self.stir()
        return self._poll

    def is_latest_poll(self, number: int) -> bool:
        """Whether no newer poll has begun."""
        return number == self._poll

    @property
    def version(self) -> int:
        """Grows whenever anything changes."""
        return self._version

    def stir(self) -> None:
        """Wake all who wait for a change."""
        self._version += 1
        self._stirred.set()
        self._stirred = asyncio.Event()

    async def change(self, seconds: float) -> None:
        """Wait until something changes, at most so long."""
        if self.closed or seconds <= 0:
            return
        try:
            await asyncio.wait_for(self._stirred.wait(), seconds)
        except TimeoutError:
            return

    def close(self) -> None:
        """Let all who wait go home."""
        self.closed = True
        self.stir()


@dataclass(slots=True)
class Callback:
    """A press that waits for its answer."""

    chat: "Chat"
    answered: bool = False
    text: str = ""
    alert: bool = False


@dataclass(slots=True)
class Chat:
    """A chat, and the person who acts in it."""

    world: World
    id: int
    kind: str
    title: str
    person: Person
    forum: bool = False
    messages: dict[int, Json] = field(default_factory=dict)
    answers: int = 0  # messages, edits and answered presses so far
    _next: int = 1
    _expected: int = 0

    def chat(self) -> Json:
        """As the Bot API's Chat."""
        if self.kind == "private":
            return {"id": self.id, "type": "private", "first_name": self.title}
        found: Json = {"id": self.id, "type": self.kind, "title": self.title}
        return {**found, "is_forum": True} if self.forum else found

    def post(self, sender: Json, content: Json) -> Json:
        """A new message in the chat."""
        message = {
            "message_id": self._next,
            "date": int(self.world.clock().timestamp()),
            "chat": self.chat(),
            "from": sender,
            **content,
        }
        self.messages[self._next] = message
        self._next += 1
        self.world.stir()
        return message

    def say(self, text: str, *, thread: int | None = None) -> int:
        """The person writes; the number of the message."""
        content: Json = {"text": text}
        if command := _COMMAND.match(text):
            entity = {"type": "bot_command", "offset": 0, "length": utf16(command[0])}
            content["entities"] = [entity]
        if thread is not None:
            content |= {"message_thread_id": thread, "is_topic_message": True}
        self._expected = self.answers + 1
        message = self.post(self.person.user(), content)
        self.world.queue("message", message)
        return int(message["message_id"])

    def press(self, label: str, message_id: int | None = None) -> str:
        """The person presses a button of a message of the bot's (the last by default).

        Args:
            label: the button's words, or a part of them.

        Raises:
            LookupError: there is no such button; names those there are.
        """
        message = self.messages[message_id] if message_id else self.last()
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = [b for row in rows for b in row if "callback_data" in b]
        exact = [b for b in buttons if b["text"] == label]
        found = exact or [b for b in buttons if label in b["text"]]
        if not found:
            raise LookupError(f"no button {label!r} among {[b['text'] for b in buttons]}")
        return self.press_data(found[0]["callback_data"], message)

    def press_data(self, data: str, message: Json) -> str:
        """A press with any data, as a forged client could send it."""
        number = str(len(self.world.callbacks) + 1)
        self.world.callbacks[number] = Callback(self)
        self._expected = self.answers + 1
        self.world.queue(
            "callback_query",
            {
                "id": number,
                "from": self.person.user(),
                "message": message,
                "chat_instance": str(self.id),
                "data": data,
            },
        )
        return number

    def answered(self) -> None:
        """The bot did something that the person sees."""
        self.answers += 1
        self.world.stir()

    def last(self) -> Json:
        """The bot's last message.

        Raises:
            LookupError: the bot has said nothing.
        """
        mine = [m for m in self.messages.values() if m["from"]["is_bot"]]
        if not mine:
            raise LookupError("the bot has said nothing yet")
        return mine[-1]

    async def answer(self, seconds: float = 10.0, *, more: int = 0) -> Json:
        """The bot's last message, once it has reacted to what was said or pressed last.

        Args:
            seconds: how long to wait at most.
            more: how many further reactions to wait for (a press is answered, then edited: 1).

        Raises:
            TimeoutError: it did not react.
        """
        async with asyncio.timeout(seconds):
            while self.answers < self._expected + more:
                await self.world.change(seconds)
        return self.last()
