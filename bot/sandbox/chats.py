"""A chat: its messages, what people write and press there, what the bot did in answer."""

import asyncio
import re
from dataclasses import dataclass

from bot.sandbox.core import BOT_ID, Callback, Core, Person
from bot.sandbox.entities import utf16
from bot.sandbox.members import Member, Members
from bot.sandbox.updates import Json

_COMMAND = re.compile(r"/\w+(?:@\w+)?", re.ASCII)
_ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
_ANONYMOUS |= {"username": "GroupAnonymousBot"}


@dataclass(slots=True)
class Topic:
    """A topic of a forum."""

    name: str
    closed: bool = False


@dataclass(slots=True)
class _Awaited:
    """What was said or pressed last, and what there was before."""

    message_id: int = 0
    callback: Callback | None = None
    acts: int = 0


class Chat:
    """A chat and those who are in it; `person` acts unless another is named."""

    def __init__(
        self,
        core: Core,
        number: int,
        kind: str,
        title: str,
        person: Person,
        *,
        forum: bool = False,
        username: str = "",
    ) -> None:
        self.core = core
        self.id = number
        self.kind = kind
        self.title = title
        self.person = person
        self.forum = forum
        self.username = username
        self.members = Members({BOT_ID: Member(core.me())})
        self.members.put(person, "member" if kind == "private" else "creator")
        self.messages: dict[int, Json] = {}
        self.topics: dict[int, Topic] = {}
        self.silent: set[int] = set()  # those sent without a sound
        self.moved_to: int | None = None  # the supergroup that this group became
        self.deactivated = False
        self.acts = 0  # messages, edits, deletions and answered presses of the bot so far
        self._unsigned: set[int] = set()  # the bot's messages in a channel
        self._next = 1
        self._awaited = _Awaited()

    def chat(self) -> Json:
        """As the Bot API's Chat."""
        if self.kind == "private":
            return {"id": self.id, "type": "private", "first_name": self.title}
        found: Json = {"id": self.id, "type": self.kind, "title": self.title}
        if self.username:
            found["username"] = self.username
        return {**found, "is_forum": True} if self.forum else found

    @property
    def bot(self) -> Member:
        """The bot as a member of this chat."""
        return self.members.by_id[BOT_ID]

    def post(self, sender: Json, content: Json) -> Json:
        """A new message in the chat; in a channel the channel itself speaks."""
        signed = {"sender_chat": self.chat()} if self.kind == "channel" else {"from": sender}
        message = {
            "message_id": self._next,
            "date": self.core.now(),
            "chat": self.chat(),
            **signed,
            **content,
        }
        self.messages[self._next] = message
        if self.kind == "channel" and sender.get("id") == BOT_ID:
            self._unsigned.add(self._next)
        self._next += 1
        self.core.stir()
        return message

    def say(
        self,
        text: str,
        *,
        thread: int | None = None,
        by: Person | None = None,
        reply_to: int | None = None,
    ) -> int:
        """Somebody writes; the number of the message.

        Args:
            text: as typed.
            thread: a topic; one that nobody opened counts as open.
            by: who writes.
            reply_to: the message that it answers.
        """
        content = _typed(text)
        if thread is not None:
            self.topics.setdefault(thread, Topic(f"话题 {thread}"))
            content |= {"message_thread_id": thread, "is_topic_message": True}
        if reply_to is not None:
            content["reply_to_message"] = quoted(self.messages[reply_to])
        return self.send(content, by=by)

    def send(self, content: Json, *, by: Person | None = None) -> int:
        """Somebody sends anything, a picture for example; the number of the message."""
        message = self.post(*self._signed(by or self.person, content))
        self._awaited = _Awaited(int(message["message_id"]), None, self.acts)
        self.core.queue("channel_post" if self.kind == "channel" else "message", message)
        return int(message["message_id"])

    def _signed(self, person: Person, content: Json) -> tuple[Json, Json]:
        """Who sends, as the bot sees it: an anonymous administrator is the group."""
        member = self.members.by_id.get(person.id)
        if member is not None and member.anonymous and self.kind != "channel":
            return _ANONYMOUS, {"sender_chat": self.chat(), **content}
        return person.user(), content

    def forward(self, message: Json, *, by: Person | None = None) -> int:
        """Somebody forwards a message of another chat here."""
        sent = {"date": message["date"]}
        if message["chat"]["type"] == "channel":
            about = {"chat": message["chat"], "message_id": message["message_id"]}
            origin = {"type": "channel", **sent, **about}
        else:
            origin = {"type": "user", **sent, "sender_user": message["from"]}
        carried = ("text", "entities", "caption", "caption_entities", "document", "photo")
        content = {name: message[name] for name in carried if name in message}
        return self.send({**content, "forward_origin": origin}, by=by)

    def edit(self, message_id: int, text: str) -> None:
        """The writer of a message changes it."""
        kept = {k: v for k, v in self.messages[message_id].items() if k != "entities"}
        edited = {**kept, **_typed(text), "edit_date": self.core.now()}
        self.messages[message_id] = edited
        kind = "edited_channel_post" if self.kind == "channel" else "edited_message"
        self.core.queue(kind, edited)

    def press(self, label: str, message_id: int | None = None, *, by: Person | None = None) -> str:
        """Somebody presses a button of a message of the bot's (the last by default).

        Args:
            label: the button's words, or a part of them.
            message_id: the message that has it.
            by: who presses.

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
        return self.press_data(found[0]["callback_data"], message, by=by)

    def press_data(self, data: str, message: Json, *, by: Person | None = None) -> str:
        """A press with any data, as a forged client could send it."""
        number, callback = self.core.callback(self.id)
        self._awaited = _Awaited(0, callback, self.acts)
        self.core.queue(
            "callback_query",
            {
                "id": number,
                "from": (by or self.person).user(),
                "message": message,
                "chat_instance": str(self.id),
                "data": data,
            },
        )
        return number

    def acted(self) -> None:
        """The bot did something that people see."""
        self.acts += 1
        self.core.stir()

    def last(self) -> Json:
        """The bot's last message.

        Raises:
            LookupError: the bot has said nothing.
        """
        mine = [message for message in self.messages.values() if self.by_bot(message)]
        if not mine:
            raise LookupError("the bot has said nothing yet")
        return mine[-1]

    def by_bot(self, message: Json) -> bool:
        """Whether a message is the bot's; in a channel nobody signs."""
        signed: int = message.get("from", {}).get("id", 0)
        return signed == BOT_ID or message["message_id"] in self._unsigned

    async def answer(self, seconds: float = 10.0, *, more: int = 0) -> Json:
        """The bot's last message, once it has reacted to what was said or pressed last.

        What is said is answered by a new message, not by an edit or an answered press that was
        still on its way; a press is answered by the answer to that very press.

        Args:
            seconds: how long to wait at most.
            more: how many further reactions to wait for (a press is answered, then edited: 1).

        Raises:
            TimeoutError: it did not react.
        """
        async with asyncio.timeout(seconds):
            while not self._reacted(more):
                await self.core.change(seconds)
        return self.last()

    def _reacted(self, more: int) -> bool:
        awaited = self._awaited
        if awaited.callback is not None:
            return awaited.callback.answered and self.acts - awaited.acts > more
        later = (m for number, m in self.messages.items() if number > awaited.message_id)
        return any(map(self.by_bot, later)) and (not more or self.acts - awaited.acts > more)


def _typed(text: str) -> Json:
    """What somebody typed; Telegram marks a command at its beginning."""
    command = _COMMAND.match(text)
    if command is None:
        return {"text": text}
    entity = {"type": "bot_command", "offset": 0, "length": utf16(command[0])}
    return {"text": text, "entities": [entity]}


def quoted(message: Json) -> Json:
    """A message as the one that another answers: without the one that it answers itself."""
    return {name: value for name, value in message.items() if name != "reply_to_message"}
