"""The local Bot API: Telegram's types, limits and refusals."""

import json
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import ApiError, Chat, Fault, Faults, World, create_app, serve
from bot.sandbox.entities import parse_html, utf16
from tests.conftest import still
from tests.sandbox.calls import BASE, call, keyboard, refused


@pytest.fixture
def world() -> World:
    return World(still)


@pytest.fixture
def chat(world: World) -> Chat:
    return world.private_chat()


async def test_a_message_is_sent_with_its_entities(world: World, chat: Chat) -> None:
    answer = await call(
        world, "sendMessage", chat_id=chat.id, text=" <b>粗😀</b>&lt;体 ", parse_mode="HTML"
    )
    message = answer["result"]
    assert message["text"] == "粗😀<体"
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 3}]
    assert message["chat"] == {"id": chat.id, "type": "private", "first_name": "读者"}


@pytest.mark.parametrize("form", ["json", "data", "params"])
async def test_parameters_come_in_any_form(world: World, chat: Chat, form: str) -> None:
    given_: dict[str, Any] = {"chat_id": chat.id, "text": "好"}
    transport = httpx.ASGITransport(create_app(world))
    async with httpx.AsyncClient(transport=transport) as client:
        answer = await client.post(BASE + "SENDMESSAGE", **{form: given_})
    assert answer.json()["result"]["text"] == "好"


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"text": ""}, "400 Bad Request: message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "字" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "<x>", "parse_mode": "HTML"}, 'Unsupported start tag "x"'),
        ({"text": "<b>", "parse_mode": "HTML"}, 'corresponding to start tag "b"'),
        ({"text": "<b><i></b></i>", "parse_mode": "HTML"}, 'expected "</i>", found "</b>"'),
        ({"text": "</b>", "parse_mode": "HTML"}, "Unexpected end tag"),
        ({"text": "甲<x>", "parse_mode": "HTML"}, "byte offset 3"),
        ({"text": "<?php x?>", "parse_mode": "HTML"}, "Unsupported start tag"),
        ({"text": "a < b", "parse_mode": "HTML"}, "Unsupported start tag"),
        ({"text": "<tg-spoiler>x</span>", "parse_mode": "HTML"}, 'expected "</tg-spoiler>"'),
        ({"text": "<span>x</span>", "parse_mode": "HTML"}, 'Tag "span" must have class'),
        ({"text": "a", "reply_markup": {"inline_keyboard": [1]}}, "can't parse inline keyboard"),
        ({"text": "a", "reply_markup": keyboard(callback_data=5)}, "must be an Object"),
        ({"text": "a", "parse_mode": "Markdown"}, "unsupported parse_mode"),
        ({"text": "a", "chat_id": 42}, "chat not found"),
        ({"text": "a", "message_thread_id": 3}, "message thread not found"),
        ({"text": "a", "reply_markup": keyboard(callback_data="微" * 22)}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "reply_markup": keyboard()}, "Text buttons are unallowed"),
        ({"text": "a", "reply_markup": keyboard(url="javascript:x")}, "Wrong HTTP URL"),
        ({"text": "a", "reply_markup": "{"}, "can't parse reply_markup"),
    ],
)
async def test_telegram_refuses(
    world: World, chat: Chat, params: dict[str, Any], words: str
) -> None:
    assert words in await refused(world, "sendMessage", **{"chat_id": chat.id, **params})
    assert chat.messages == {}


async def test_length_counts_after_the_entities(world: World, chat: Chat) -> None:
    text = "<b>" + "字" * 4096 + "</b>"
    answer = await call(world, "sendMessage", chat_id=chat.id, text=text, parse_mode="HTML")
    assert answer["ok"]


def test_only_telegrams_own_references_are_decoded() -> None:
    source = 'AT&T &copy; &amp;lt; &#65;&#x1F600; &#xD800; <a href="http://a.cn/?a=1&copy=2">链</a>'
    text, entities = parse_html(source)
    assert text == "AT&T &copy; &lt; A😀 &#xD800; 链"
    assert entities[0]["url"] == "http://a.cn/?a=1&copy=2"


@pytest.mark.parametrize("body", [b"[1]", b"{", b"5"])
async def test_a_body_that_is_no_object_is_refused(world: World, body: bytes) -> None:
    transport = httpx.ASGITransport(create_app(world))
    async with httpx.AsyncClient(transport=transport) as client:
        kind = {"Content-Type": "application/json"}
        answer = await client.post(BASE + "getMe", content=body, headers=kind)
    assert answer.status_code == 400


async def test_edits_do_not_rewrite_what_was_answered(world: World, chat: Chat) -> None:
    await call(world, "sendMessage", chat_id=chat.id, text="一")
    await call(world, "editMessageText", chat_id=chat.id, message_id=1, text="二")
    assert [c.answer["result"]["text"] for c in world.calls] == ["一", "二"]


async def test_edits(world: World, chat: Chat) -> None:
    number = (await call(world, "sendMessage", chat_id=chat.id, text="一"))["result"]["message_id"]
    mine = chat.say("我的话")
    edit = {"chat_id": chat.id, "message_id": number}
    assert (await call(world, "editMessageText", **edit, text="二"))["result"]["edit_date"]
    assert "not modified" in await refused(world, "editMessageText", **edit, text="二")
    assert "can't be edited" in await refused(
        world, "editMessageText", chat_id=chat.id, message_id=mine, text="三"
    )
    assert "not found" in await refused(
        world, "editMessageText", chat_id=chat.id, message_id=99, text="三"
    )


async def test_a_press_is_answered_once(world: World, chat: Chat) -> None:
    await call(
        world, "sendMessage", chat_id=chat.id, text="一", reply_markup=keyboard(callback_data="x")
    )
    number = chat.press("按")
    assert (await call(world, "answerCallbackQuery", callback_query_id=number))["ok"]
    assert "query is too old" in await refused(
        world, "answerCallbackQuery", callback_query_id=number
    )
    with pytest.raises(LookupError, match="按"):
        chat.press("没有")


async def test_updates_wait_until_they_are_confirmed(world: World, chat: Chat) -> None:
    chat.say("/latest 微信")
    chat.say("你好")
    first = (await call(world, "getUpdates"))["result"]
    assert [u["update_id"] for u in first] == [1, 2]
    assert first[0]["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 7}]
    again = (await call(world, "getUpdates", offset=2))["result"]
    assert [u["update_id"] for u in again] == [2]
    assert (await call(world, "getUpdates", offset=3))["result"] == []
    assert (await call(world, "getUpdates"))["result"] == []


async def test_strangers_and_unknown_methods(world: World) -> None:
    assert "404" in await refused(world, "sendRocket")
    transport = httpx.ASGITransport(create_app(world))
    async with httpx.AsyncClient(transport=transport) as client:
        answer = await client.post("http://127.0.0.1/bot2:WRONG/getMe")
    assert (answer.status_code, answer.json()["description"]) == (401, "Unauthorized")


async def test_faults_strike_before_or_after(world: World, chat: Chat) -> None:
    flood = ApiError(429, "Too Many Requests: retry after 3", retry_after=3)
    blocked = ApiError(403, "Forbidden: bot was blocked by the user")
    faults = Faults([Fault(flood, "sendMessage"), Fault(blocked, chat_id=chat.id, after=True)])
    sent = {"chat_id": chat.id, "text": "一"}
    answer = await call(world, "sendMessage", faults, **sent)
    assert answer["parameters"] == {"retry_after": 3}
    assert chat.messages == {}
    assert (await call(world, "sendMessage", faults, **sent))["error_code"] == 403
    assert len(chat.messages) == 1
    assert (await call(world, "sendMessage", faults, **sent))["ok"]


async def test_the_page_speaks_only_to_itself(world: World, chat: Chat) -> None:
    async with (
        serve(world, create_app(world)) as address,
        httpx.AsyncClient(base_url=address) as client,
    ):
        body = {"chat": chat.id, "text": "微信"}
        evil = {"Origin": "https://evil.example"}
        assert (await client.post("/page/say", json=body, headers=evil)).status_code == 403
        foreign = {"Host": "evil.example"}
        assert (await client.post("/page/say", json=body, headers=foreign)).status_code == 403
        from_file = {"Origin": "null", "Content-Type": "text/plain"}
        answer = await client.post("/page/say", content=json.dumps(body), headers=from_file)
        assert answer.status_code == 403
        plain = {"Content-Type": "text/plain"}
        answer = await client.post("/page/say", content=json.dumps(body), headers=plain)
        assert answer.status_code == 403
        assert (await client.post("/page/say", json=body)).status_code == 200
        assert (await client.post("/page/press", json={"chat": 1})).status_code == 400
        stranger = {**body, "by": world.person("路人").id}
        assert (await client.post("/page/say", json=stranger)).status_code == 400
        nameless = {"kind": "group", "name": " "}
        assert (await client.post("/page/add", json=nameless)).status_code == 400
        assert (await client.get("/page/file/x", headers=foreign)).status_code == 403
        assert (await client.get("/page/file/x")).status_code == 404
        state = (await client.post("/page/state", json={})).json()
        assert state["chats"][0]["messages"][0]["text"] == "微信"
        assert "<title>脉络" in (await client.get("/")).text


@given(st.text(max_size=40), st.text(max_size=40))
def test_entities_count_utf16_units(before: str, inside: str) -> None:
    from html import escape

    marked = escape("甲" + before) + "<b>" + escape(inside + "乙") + "</b>"
    if "\r" in marked or "\0" in marked:
        return
    text, entities = parse_html(marked)
    assert text == "甲" + before + inside + "乙"
    assert entities == [
        {"type": "bold", "offset": utf16("甲" + before), "length": utf16(inside + "乙")}
    ]
