"""The local Bot API against Telegram's own description of it: names, fields, types."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import Chat, World, inline, life
from bot.sandbox.methods import METHODS
from tests.conftest import still
from tests.sandbox.calls import PIXEL, call, keyboard, upload


@pytest.fixture
def world() -> World:
    return World(still)


@pytest.fixture
def api(shared: Path) -> dict[str, Any]:
    text = (shared / "bench/telegram/api.min.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def test_methods_and_parameters_are_telegrams(api: dict[str, Any]) -> None:
    for name, (_, known) in METHODS.items():
        described = api["methods"][name]
        assert known <= {field["name"] for field in described.get("fields", [])}, name


def conforms(api: dict[str, Any], value: Any, kinds: list[str]) -> bool:
    """Whether a value is of one of the described types, with no field unknown or missing."""
    return any(_is(api, value, kind) for kind in kinds)


def _is(api: dict[str, Any], value: Any, kind: str) -> bool:
    if kind.startswith("Array of "):
        inner = kind.removeprefix("Array of ")
        return isinstance(value, list) and all(_is(api, v, inner) for v in value)
    simple = {"Integer": int, "String": str, "Boolean": bool, "True": bool, "Float": float}
    if kind in simple:
        return isinstance(value, simple[kind])
    described = api["types"][kind]
    if described.get("subtypes"):
        return conforms(api, value, described["subtypes"])
    fields = {field["name"]: field for field in described.get("fields", [])}
    needed = {name for name, field in fields.items() if field["required"]}
    return (
        isinstance(value, dict)
        and value.keys() <= fields.keys()
        and needed <= value.keys()
        and all(conforms(api, v, fields[name]["types"]) for name, v in value.items())
    )


async def test_answers_have_the_described_types(api: dict[str, Any], world: World) -> None:
    chat = world.group("论坛", forum=True)
    chat.say("/latest", thread=5)
    life.join(chat, "管理员", "administrator")
    markup = keyboard(callback_data="x")
    script: list[tuple[str, dict[str, Any]]] = [
        ("getMe", {}),
        ("setMyCommands", {"commands": [{"command": "latest", "description": "最新"}]}),
        ("getMyCommands", {}),
        ("getUpdates", {"allowed_updates": []}),
        ("getWebhookInfo", {}),
        ("sendMessage", {"text": "<b>好</b>", "parse_mode": "HTML", "reply_markup": markup}),
        ("sendMessage", {"text": "好", "message_thread_id": 5}),
        (
            "sendMessage",
            {
                "text": "<blockquote expandable>好</blockquote><pre><code class='language-py'>1"
                "</code></pre>",
                "parse_mode": "HTML",
                "reply_parameters": {"message_id": 1},
                "link_preview_options": {"is_disabled": True},
            },
        ),
        ("editMessageText", {"message_id": 2, "text": "更好"}),
        ("editMessageReplyMarkup", {"message_id": 2, "reply_markup": markup}),
        ("sendChatAction", {"action": "typing"}),
        ("getChat", {}),
        ("getChatMember", {"user_id": chat.person.id}),
        ("getChatAdministrators", {}),
        ("getChatMemberCount", {}),
        ("deleteMessage", {"message_id": 3}),
        ("deleteMyCommands", {}),
        ("deleteWebhook", {}),
    ]
    for method, params in script:
        wanted = {f["name"] for f in api["methods"][method].get("fields", [])}
        here = {"chat_id": chat.id} if "chat_id" in wanted else {}
        answer = await call(world, method, **here, **params)
        assert answer["ok"], (method, answer)
        assert conforms(api, answer["result"], api["methods"][method]["returns"]), method
    chat.press("按", 2)
    update = (await call(world, "getUpdates", offset=2))["result"][-1]
    assert conforms(api, update, ["Update"])


async def test_files_have_the_described_types(api: dict[str, Any], world: World) -> None:
    chat = world.private_chat()
    for method, name in (("sendDocument", "document"), ("sendPhoto", "photo")):
        answer = await upload(world, method, name, ("a.png", PIXEL), chat_id=chat.id, caption="图")
        assert conforms(api, answer["result"], ["Message"]), answer
    number = answer["result"]["photo"][0]["file_id"]
    here = {"chat_id": chat.id, "message_id": answer["result"]["message_id"]}
    media = {"type": "photo", "media": number, "caption": "新"}
    for method, params in (
        ("editMessageMedia", {"media": media}),
        ("editMessageCaption", {"caption": "更新"}),
    ):
        edited = await call(world, method, **here, **params)
        assert conforms(api, edited["result"], ["Message"]), edited
    file = (await call(world, "getFile", file_id=number))["result"]
    assert conforms(api, file, ["File"])


def everything_happens(world: World) -> Chat:
    """All that `life` and people can do; a chat that saw most of it."""
    forum = world.group("论坛", forum=True)
    thread = life.open_topic(forum, "科技")
    life.close_topic(forum, thread)
    life.reopen_topic(forum, thread)
    guest = life.join(forum, "客人")
    for status in ("administrator", "left", "kicked"):
        life.person_becomes(forum, guest, status)
    for happens in (life.promote, life.block, life.unblock):
        happens(forum)
    channel = world.channel("频道", "channel")
    post = channel.say("公告")
    channel.edit(post, "公告二")
    private = world.private_chat(person=forum.person)
    private.forward(channel.messages[post])
    private.forward(forum.messages[thread])
    private.edit(private.say("微信", reply_to=1), "/latest")
    query = inline.ask(private, "微信")
    content = {"text": "好", "reply_markup": keyboard(url="https://t.me/mailuo_bot?start=story_1")}
    query.results = [{"id": "1", "message": content}]
    inline.choose(forum, query, "1", thread=thread)
    life.upgrade(world, world.group("群"))
    return forum


async def test_updates_have_the_described_types(api: dict[str, Any], world: World) -> None:
    kinds = (
        "message edited_message channel_post edited_channel_post my_chat_member chat_member "
        "inline_query"
    )
    await call(world, "getUpdates", allowed_updates=kinds.split())
    everything_happens(world)
    found = (await call(world, "getUpdates"))["result"]
    assert {kind for update in found for kind in update} == {"update_id", *kinds.split()}
    for update in found:
        assert conforms(api, update, ["Update"]), update
