"""Edited questions, end to end: the answer is edited too, and nothing is answered twice."""

from datetime import timedelta

import telegram
from telegram import Message

from bot.chat.answered import Answered
from bot.sandbox import Chat, World
from bot.trial import Trial
from tests.chat.test_replies import count, opened, said
from tests.writing import NOW


async def edited(chat: Chat, message: int, text: str) -> str:
    """What the bot's last message says once an edit was read."""
    acts = chat.acts
    chat.edit(message, text)
    while chat.acts == acts:
        await chat.core.change(5.0)
    return str(chat.last()["text"])


def question(chat: Chat) -> int:
    return next(n for n, m in chat.messages.items() if not chat.by_bot(m))


async def test_a_typo_that_is_mended_changes_the_answer(world: World) -> None:
    chat = world.private_chat()
    assert "没有 /latset 这个命令" in await said(chat, "/latset")
    assert (await edited(chat, question(chat), "/latest")).startswith("最新")
    assert (await edited(chat, question(chat), "淘宝")).startswith("搜索：淘宝")
    assert count(chat) == 1


async def test_an_edited_reply_changes_its_answer_in_its_topic(world: World) -> None:
    forum = world.group("论坛", forum=True)
    story = await opened(forum, thread=7)
    asked = forum.say("谁", thread=7, reply_to=story)
    await forum.answer()
    assert (await edited(forum, asked, "来源")).startswith("来源 · ")
    assert forum.last()["message_thread_id"] == 7
    assert count(forum) == 2


async def test_what_is_not_known_to_be_unanswered_is_left_alone(informed: Trial) -> None:
    world = informed.world
    chat = world.private_chat()
    chat.messages[1] = {"message_id": 1, "date": world.now() - 60, "chat": chat.chat(),
                        "from": chat.person.user(), "text": "/latset"}  # fmt: skip
    chat._next = 2
    chat.edit(1, "/latest")  # before anything else: perhaps the bot was just started again
    await informed.rest()
    assert count(chat) == 0
    await said(chat, "/help")
    chat.edit(1, "/timeline")  # older than all that the bot remembers
    await informed.rest()
    assert count(chat) == 1


async def test_what_was_left_alone_is_answered_once_it_is_a_command(world: World) -> None:
    group = world.group("读报群")
    await said(group, "/help")
    asked = group.say("/latset")
    group.edit(asked, "/latest")
    while count(group) < 2:
        await world.change(5.0)
    assert group.last()["text"].startswith("最新")
    assert group.last()["reply_to_message"]["message_id"] == asked


async def test_the_same_words_are_no_edit(informed: Trial) -> None:
    chat = informed.world.private_chat()
    await said(chat, "/latest")
    chat.press("1")
    await chat.answer(more=1)
    chat.edit(question(chat), "/latest")  # as Telegram reports when a preview comes up
    await informed.rest()
    assert count(chat) == 1
    story = next(m for m in chat.messages.values() if chat.by_bot(m))
    assert "[1] " in story["text"]


async def test_what_was_carried_out_is_not_carried_out_again(informed: Trial) -> None:
    chat = informed.world.private_chat()
    await said(chat, "/subscribe 微信 每天 08:00")
    chat.edit(question(chat), "/subscribe 淘宝 每天 09:00")
    await informed.rest()
    assert count(chat) == 1
    assert "淘宝" not in await said(chat, "/subscriptions")


async def test_an_answer_that_was_deleted_is_given_anew(world: World) -> None:
    chat = world.private_chat()
    await said(chat, "/latset")
    asked = question(chat)
    del chat.messages[chat.last()["message_id"]]
    chat.edit(asked, "/latest")
    while not count(chat):
        await world.change(5.0)
    assert chat.last()["text"].startswith("最新")


def message(number: int, text: str, minute: int, *, edit: bool = False) -> Message:
    at = NOW + timedelta(minutes=minute)
    chat = telegram.Chat(1, "private")
    return Message(number, at, chat, text=text, edit_date=at if edit else None)


def test_what_was_forgotten_is_not_answered_again() -> None:
    answered = Answered(most=2)
    assert not answered.wants(message(1, "一", 1, edit=True))
    for number in (1, 2, 3):
        assert answered.wants(message(number, "一", number))
        answered.keep(message(number, "一", number), 10 + number)
    assert not answered.wants(message(1, "二", 1, edit=True))
    assert answered.answer(message(3, "二", 3, edit=True)) == 13
    assert answered.wants(message(3, "二", 3, edit=True))
    assert answered.wants(message(4, "二", 4, edit=True))
    answered.keep(message(4, "三", 4))
    assert not answered.wants(message(4, "四", 4, edit=True))
