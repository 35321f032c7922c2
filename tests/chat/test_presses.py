"""Presses on what we cannot see: a message that somebody sent by inline mode."""

from pathlib import Path
from typing import Any, cast

from telegram import Bot, Update
from telegram.ext import ContextTypes

from bot.chat.presses import Press, handler
from bot.flow.visit import Visits
from bot.render import words
from bot.store import Store
from tests.conftest import still
from tests.writing import SHANGHAI

READER = {"id": 5, "is_bot": False, "first_name": "A", "language_code": "en"}


class FakeBot:
    """Remembers what presses were answered with."""

    def __init__(self) -> None:
        self.said: list[str] = []

    async def answer_callback_query(self, *_: Any, text: str, **__: Any) -> bool:
        self.said.append(text)
        return True


async def test_a_press_outside_of_the_chats_that_we_see_is_answered_kindly(tmp_path: Path) -> None:
    async def never(press: Press) -> None:
        raise AssertionError(press)

    bot = FakeBot()
    query = {"id": "1", "from": READER, "chat_instance": "1", "data": "x", "inline_message_id": "y"}
    update = Update.de_json({"update_id": 1, "callback_query": query}, cast(Bot, bot))
    assert update is not None
    async with await Store.open(tmp_path / "a.db", word_engine="jieba") as store:
        pressed = handler(never, Visits(store, SHANGHAI, still))
        await pressed.callback(update, cast(ContextTypes.DEFAULT_TYPE, None))
    assert bot.said == [words.ENGLISH.old_button]
