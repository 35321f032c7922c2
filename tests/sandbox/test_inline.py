"""Inline queries in the local Bot API: what Telegram would refuse, and what it would send."""

import asyncio
from typing import Any

import pytest

from bot.sandbox import Chat, World, inline
from tests.conftest import still
from tests.sandbox.calls import call, keyboard, refused, updates


@pytest.fixture
def world() -> World:
    return World(still)


@pytest.fixture
def chat(world: World) -> Chat:
    return world.group("读报群")


def article(number: str = "1", text: str = "<b>好</b>", **more: Any) -> dict[str, Any]:
    content = {"message_text": text, "parse_mode": "HTML"}
    return {"type": "article", "id": number, "title": "题", "input_message_content": content} | more


async def test_a_query_is_asked_answered_and_a_result_sent(world: World, chat: Chat) -> None:
    await call(world, "getUpdates", allowed_updates=["inline_query", "message"])
    query = inline.ask(chat, "微" * 300, offset="10")
    (update,) = await updates(world)
    assert update["inline_query"]["query"] == "微" * 256
    assert (update["inline_query"]["offset"], update["inline_query"]["chat_type"]) == (
        "10",
        "group",
    )
    waiting = asyncio.create_task(inline.answered(world, query))
    url = keyboard(url="https://t.me/mailuo_bot?start=story_1")
    given = {"inline_query_id": query.id, "results": [article(reply_markup=url)]}
    assert (await call(world, "answerInlineQuery", next_offset="20", **given))["result"] is True
    assert (await waiting).next_offset == "20"
    message = chat.messages[inline.choose(chat, query, "1", thread=3)]
    assert message["text"] == "好"
    assert message["entities"][0]["type"] == "bold"
    assert message["via_bot"] == world.me()
    assert message["from"]["id"] == chat.person.id
    assert message["reply_markup"] == url
    assert message["message_thread_id"] == 3
    with pytest.raises(LookupError):
        inline.choose(chat, query, "2")
    assert "query is too old" in await refused(world, "answerInlineQuery", **given)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"results": [article(str(n)) for n in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article("字" * 22)]}, "RESULT_ID_INVALID"),
        ({"results": [article("")]}, "RESULT_ID_INVALID"),
        ({"results": [article(title="")]}, '"title" must be non-empty'),
        ({"results": [article(text="<b>")]}, "can't parse entities"),
        ({"results": [article(text="")]}, "MESSAGE_TEXT_EMPTY"),
        ({"results": [article(text="字" * 4097)]}, "message is too long"),
        ({"results": [article(colour="red")]}, "'colour' is unknown"),
        ({"results": [article(description=5)]}, "'description' is unknown or mistyped"),
        ({"results": [article(reply_markup=keyboard(url="nowhere"))]}, "Wrong HTTP URL"),
        ({"results": [{"type": "photo"}]}, "only articles"),
        ({"results": "x"}, "can't parse results"),
        ({}, "expected an Array"),
        ({"results": [], "next_offset": "字" * 22}, "NEXT_OFFSET_INVALID"),
        ({"results": [], "button": {"text": "去"}}, "START_PARAM_INVALID"),
        (
            {"results": [], "button": {"text": "去", "start_parameter": "a b"}},
            "START_PARAM_INVALID",
        ),
        ({"results": [], "button": {"start_parameter": "a"}}, "InlineQueryResultsButton"),
    ],
)
async def test_refusals(world: World, chat: Chat, wrong: dict[str, Any], words: str) -> None:
    query = inline.ask(chat, "")
    answer = await refused(world, "answerInlineQuery", inline_query_id=query.id, **wrong)
    assert answer.startswith("400 ")
    assert words in answer
    assert not query.answered
