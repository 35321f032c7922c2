"""Thousands of random acts in a private chat, a group and a topic: whatever readers do, every press
and every inline query is answered, every message is valid and stays where it belongs."""

import asyncio
import logging
import random
import string
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import Config, StoreSettings
from bot.render import words
from bot.sandbox import Chat, Person, World, inline, life
from bot.sandbox.core import Call
from bot.trial import Trial, trying
from tests.conftest import still
from tests.writing import ARTICLES, SEEDS, UNLIMITED

STEPS = 2000
AT_ONCE = 8
SOME = 14  # articles: enough for a second page of stories
TOPIC = 7
FRIENDLY = (  # refusals of what another act overtook
    "message is not modified",
    "message to edit not found",
    "query is too old",
    "there is no text in the message to edit",
)

COMMANDS = (*words.SIMPLIFIED.commands, "start", "nosuch")
ARGUMENTS = (
    "", "", "微信", "淘宝 每天 08:00", "工信部 即时", "story_1", "sources_3", "story_99", "1",
    "虎嗅", "东京", "关", "23:00-07:00", "English", "繁體", "简体", "火星", "<b>&", "😀", "字" * 70,
    "@nobody", "-100123", "\u202e", "全部", "7", "微信 图",
)  # fmt: skip
WORDS = (
    "谁", "什么时候？", "来源", "多少", "哪里", "后来呢", "为什么", "2 谁", "99 来源", "who",
    "微信", "大家好", "<i>", "x" * 4096, "😀" * 30, "谁信啊", "/", "/ latest", "@mailuo_bot 微信",
)  # fmt: skip


@dataclass
class Driver:
    """Acts as chance will have it."""

    tried: Trial
    chance: random.Random
    chats: list[Chat] = field(default_factory=list)
    data: list[str] = field(default_factory=list)  # of all buttons ever seen
    done: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.world: World = self.tried.world
        private = self.world.private_chat()
        group = self.world.group("读报群", person=private.person)
        forum = self.world.group("论坛", forum=True, person=private.person)
        for chat in (group, forum):
            life.join(chat, "客人")
            life.person_becomes(chat, life.join(chat, "管理员"), "administrator", anonymous=True)
        self.chats = [private, group, forum]

    def pick(self, several: Any) -> Any:
        return self.chance.choice(list(several))

    def person(self, chat: Chat) -> Person:
        ids = [number for number in chat.members.by_id if number in self.world.people]
        return self.world.people[self.pick(ids)]

    def thread(self, chat: Chat) -> int | None:
        return TOPIC if chat.forum and self.chance.random() < 0.8 else None

    # ------------------------------------------------------------ acts

    def command(self, chat: Chat) -> None:
        to = self.pick(["", "", "@mailuo_bot", "@other_bot"])
        text = f"/{self.pick(COMMANDS)}{to} {self.pick(ARGUMENTS)}".strip()
        chat.say(text, thread=self.thread(chat), by=self.person(chat))

    def talk(self, chat: Chat) -> None:
        chat.say(self.pick(WORDS), thread=self.thread(chat), by=self.person(chat))

    def reply(self, chat: Chat) -> None:
        if not chat.messages:
            return
        to = self.pick(chat.messages)
        thread = chat.messages[to].get("message_thread_id")
        chat.say(self.pick(WORDS), thread=thread, by=self.person(chat), reply_to=to)

    def edit(self, chat: Chat) -> None:
        mine = [n for n, m in chat.messages.items() if not chat.by_bot(m) and "text" in m]
        if mine:
            new = self.pick([self.pick(WORDS), f"/{self.pick(COMMANDS)} {self.pick(ARGUMENTS)}"])
            chat.edit(self.pick(mine[-20:]), new.strip())

    def press(self, chat: Chat) -> None:
        """A button as it stands, one of another message, or one that nobody made."""
        kept = [m for m in chat.messages.values() if chat.by_bot(m) and "reply_markup" in m]
        if not kept:
            return
        message = self.pick(kept[-12:])
        here = [
            button["callback_data"]
            for row in message["reply_markup"]["inline_keyboard"]
            for button in row
            if "callback_data" in button
        ]
        self.data += here
        kind = self.chance.random()
        data = self.pick(here if here and kind < 0.7 else self.data)
        if kind > 0.85:
            data = self.forged(data)
        chat.press_data(data, message, by=self.person(chat))

    def forged(self, data: str) -> str:
        """Callback data with a few characters changed, as a hostile client could send it."""
        made = list(data)
        for _ in range(self.chance.randint(1, 4)):
            made[self.chance.randrange(len(made))] = self.pick(string.digits + ".-+asx谁\x00")
        return "".join(made)[: self.chance.choice([1, 8, 40, 64])]

    def press_elsewhere(self, chat: Chat) -> None:
        """A press under a message that went by inline mode: there is no message to look at."""
        number, _ = self.world.callback(chat.id)
        query = {"id": number, "from": self.person(chat).user(), "chat_instance": "1"}
        data = self.pick(self.data or ["x"])
        self.world.queue("callback_query", {**query, "inline_message_id": "abc", "data": data})

    def type_inline(self, chat: Chat) -> None:
        offset = self.pick(["", "", "10", "20", "x", "9" * 64])
        inline.ask(chat, self.pick((*ARGUMENTS, *WORDS)), offset=offset, by=self.person(chat))

    def share(self, chat: Chat) -> None:
        answered = [query for query in self.world.inline.values() if query.results]
        if answered:
            query = self.pick(answered)
            inline.choose(chat, query, self.pick(query.results)["id"], thread=self.thread(chat))

    def forward(self, chat: Chat) -> None:
        other = self.pick(self.chats)
        texts = [message for message in other.messages.values() if "text" in message]
        if texts:
            chat.forward(self.pick(texts), by=self.person(chat))

    def delete(self, chat: Chat) -> None:
        if len(chat.messages) > 20:
            del chat.messages[self.pick(chat.messages)]

    def leave_and_return(self, chat: Chat) -> None:
        life.block(chat)
        life.unblock(chat)

    # ------------------------------------------------------------ the whole

    ACTS = (
        (press, 40), (command, 20), (reply, 12), (talk, 6), (edit, 6), (type_inline, 5), (share, 3),
        (press_elsewhere, 2), (forward, 2), (delete, 3), (leave_and_return, 1),
    )  # fmt: skip

    async def drive(self, steps: int) -> None:
        acts, weights = zip(*self.ACTS, strict=True)
        for step in range(steps):
            act = self.chance.choices(acts, weights)[0]
            act(self, self.pick(self.chats))
            self.done[act.__name__] += 1
            if step % AT_ONCE == 0:
                await self.rest()
            if step % 250 == 0:
                await self.tried.deliver()
        await self.rest()

    async def rest(self) -> None:
        """Until all that waits for an answer has one; fails by name where one never comes."""
        waiting = [*self.world.callbacks.values(), *self.world.inline.values()]
        async with asyncio.timeout(30):
            while not all(one.answered for one in waiting):
                await self.world.change(1.0)


def unfriendly(call: Call) -> bool:
    """Whether the bot was told off for what it should not have sent."""
    if call.answer["ok"] or call.method.startswith("get"):  # to ask for a chat is no message
        return False
    return not any(words in call.answer["description"] for words in FRIENDLY)


@settings(max_examples=1, derandomize=True, deadline=None)
@given(st.randoms(use_true_random=True))  # 2,000 steps are more than hypothesis can shrink
def test_nothing_that_readers_do_goes_wrong(chance: random.Random) -> None:
    async def drive(folder: Path) -> None:
        config = Config(store=StoreSettings(path=folder / "mailuo.db"))
        async with trying(config, still, limits=UNLIMITED) as tried:
            await _driven(tried, chance)

    heard = _Errors()
    logging.getLogger().addHandler(heard)
    try:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(drive(Path(folder)))
    finally:
        logging.getLogger().removeHandler(heard)
    assert heard.said == []


class _Errors(logging.Handler):
    """What was logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


async def _driven(tried: Trial, chance: random.Random) -> None:
    await tried.house.ingest.posts([SEEDS, *sorted(ARTICLES.iterdir())[:SOME]])
    driver = Driver(tried, chance)
    await driver.drive(STEPS)
    world, forum = tried.world, driver.chats[-1]
    await tried.rest()
    assert driver.done["press"] > STEPS / 4
    assert all(one.answered for one in (*world.callbacks.values(), *world.inline.values()))
    assert [call for call in world.calls if unfriendly(call)] == []
    done = Counter(call.method for call in world.calls)
    assert min(done["sendMessage"], done["editMessageText"]) > STEPS / 10
    for message in forum.messages.values():
        replied = message.get("reply_to_message")
        if replied is not None and forum.by_bot(message):
            assert message.get("message_thread_id") == replied.get("message_thread_id")
