"""Replies to the bot's stories, end to end over the sandbox."""

import pytest

from bot.render.typography import spaced
from bot.sandbox import Chat, World, inline
from bot.trial import Trial
from tests.writing import ARTICLES


async def said(chat: Chat, text: str, reply_to: int | None = None) -> str:
    chat.say(text, reply_to=reply_to)
    return str((await chat.answer())["text"])


async def opened(chat: Chat, *, thread: int | None = None) -> int:
    """The number of a message that shows the seeds' story."""
    chat.say("/start@mailuo_bot story_1", thread=thread)
    return int((await chat.answer())["message_id"])


def count(chat: Chat) -> int:
    return sum(map(chat.by_bot, chat.messages.values()))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("谁", "赵志国"),
        ("什么时候？", "2021年11月29日\n"),
        ("来源", "转自 新榜（ID：newrankcn）"),
        ("多少", "3000 亿元"),
        ("哪里", "报道里没有说到这一点。"),
        ("后来呢", "2021年11月30日\n"),
        ("为什么", "先放开它是出于安全"),
        ("who", "赵志国"),
    ],
)
async def test_a_question_is_answered_from_the_story(
    world: World, question: str, answer: str
) -> None:
    chat = world.private_chat()
    assert answer in await said(chat, question, await opened(chat))


async def test_an_answer_can_be_asked_about_in_turn(world: World) -> None:
    chat = world.private_chat()
    who = await said(chat, "谁", await opened(chat))
    assert "[1] " in who
    assert "\n[1] 证券时报网 · 昨天 22:20" in who
    assert "2013年" in await said(chat, "何时", chat.last()["message_id"])
    number = chat.last()["message_id"]
    chat.press("看这件事")
    await chat.answer(more=1)
    assert chat.last()["message_id"] > number


async def test_a_reply_that_asks_nothing_is_a_search_but_talk_in_a_group(world: World) -> None:
    chat, group = world.private_chat(), world.group("读报群")
    assert (await said(chat, "淘宝", await opened(chat))).startswith("搜索：淘宝")
    story = await opened(group)
    group.say("谁信啊", reply_to=story)
    group.say("谁")  # not a reply
    asked = group.say("大家好")
    group.say("谁", reply_to=asked)  # a reply to somebody else
    assert (await said(group, "谁", story)).startswith("谁 · ")
    assert count(group) == 2


async def test_answers_stay_in_their_topic_and_quote_the_question(world: World) -> None:
    forum = world.group("论坛", forum=True)
    story = await opened(forum, thread=7)
    asked = forum.say("谁", thread=7, reply_to=story)
    answer = await forum.answer()
    assert (answer["message_thread_id"], answer["reply_to_message"]["message_id"]) == (7, asked)
    forum.press("时间线")
    assert (await forum.answer(more=1))["message_thread_id"] == 7


async def test_of_several_stories_a_number_picks_one(tried: Trial) -> None:
    await tried.house.ingest.posts([ARTICLES])
    chat = tried.world.private_chat()
    latest = await said(chat, "/latest")
    listing = chat.last()["message_id"]
    second = next(line[3:] for line in latest.splitlines() if line.startswith("2. "))
    assert await said(chat, "谁", listing) == "想问哪一件？回复时先写编号，例如：1 谁"
    assert spaced(second) in await said(chat, "2 什么时候", listing)
    assert "想问哪一件" in await said(chat, "99 谁", listing)


async def test_a_reply_to_what_was_shared_is_answered(world: World) -> None:
    group = world.group("读报群")
    query = await inline.answered(world, inline.ask(group, "微信"))
    shared = inline.choose(group, query, "1")
    assert (await said(group, "谁", shared)).startswith("谁 · ")


async def test_a_reply_to_what_shows_no_story_is_a_search(world: World) -> None:
    chat = world.private_chat()
    await said(chat, "/help")
    assert (await said(chat, "来源", chat.last()["message_id"])).startswith("没有找到与“来源”")


async def test_a_story_that_is_gone_is_told_kindly(world: World) -> None:
    chat = world.private_chat()
    story = await opened(chat)
    keys = [[{"text": "看", "callback_data": "story.99.0.0.latest.0.0"}]]
    chat.messages[story]["reply_markup"] = {"inline_keyboard": keys}
    assert "已经找不到了" in await said(chat, "谁", story)
