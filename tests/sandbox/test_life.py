"""What happens to chats, and what the bot may still do there."""

from typing import Any

import pytest

from bot.sandbox import Chat, World, life
from tests.conftest import still
from tests.sandbox.calls import call, refused, updates


@pytest.fixture
def world() -> World:
    return World(still)


async def test_a_blocked_bot_learns_it_and_is_refused(world: World) -> None:
    chat = world.private_chat()
    life.block(chat)
    (update,) = await updates(world)
    change = update["my_chat_member"]
    assert [change[f"{when}_chat_member"]["status"] for when in ("old", "new")] == [
        "member",
        "kicked",
    ]
    assert await refused(world, "sendMessage", chat_id=chat.id, text="一") == (
        "403 Forbidden: bot was blocked by the user"
    )
    life.unblock(chat)
    assert (await call(world, "sendMessage", chat_id=chat.id, text="一"))["ok"]
    life.deactivate(chat)
    assert "user is deactivated" in await refused(world, "sendMessage", chat_id=chat.id, text="一")


@pytest.mark.parametrize("supergroup", [False, True])
async def test_a_kicked_bot(world: World, supergroup: bool) -> None:
    chat = world.group("群", supergroup=supergroup)
    life.block(chat)
    kind = "supergroup" if supergroup else "group"
    assert await refused(world, "sendMessage", chat_id=chat.id, text="一") == (
        f"403 Forbidden: bot was kicked from the {kind} chat"
    )
    life.bot_becomes(chat, "left")
    assert f"bot is not a member of the {kind} chat" in await refused(
        world, "getChatAdministrators", chat_id=chat.id
    )


async def test_members_and_administrators(world: World) -> None:
    chat = world.group("群", supergroup=True)
    one = life.join(chat, "甲")
    two = life.join(chat, "乙", "administrator")
    hidden = life.join(chat, "丙")
    life.person_becomes(chat, hidden, "administrator", anonymous=True)

    async def status(number: int) -> Any:
        member = await call(world, "getChatMember", chat_id=chat.id, user_id=number)
        return member["result"]["status"]

    assert [await status(p.id) for p in (chat.person, one, two)] == [
        "creator",
        "member",
        "administrator",
    ]
    assert await status(world.private_chat().person.id) == "left"
    assert "PARTICIPANT_ID_INVALID" in await refused(
        world, "getChatMember", chat_id=chat.id, user_id=99
    )
    admins = (await call(world, "getChatAdministrators", chat_id=chat.id))["result"]
    assert [a["user"]["id"] for a in admins] == [chat.person.id, two.id]
    assert (await call(world, "getChatMemberCount", chat_id=chat.id))["result"] == 5
    chat.say("好", by=hidden)
    message = (await updates(world))[-1]["message"]
    assert message["from"]["username"] == "GroupAnonymousBot"
    assert message["sender_chat"]["id"] == chat.id


async def test_members_are_told_only_when_asked_for(world: World) -> None:
    chat = world.group("群")
    life.join(chat, "甲")
    assert await updates(world) == []
    assert await updates(world, allowed_updates=["chat_member"]) == []
    chat.say("没人听")
    life.join(chat, "乙")
    assert [list(update) for update in await updates(world)] == [["chat_member"]]
    await call(world, "getUpdates", offset=9, allowed_updates=[])
    chat.say("有人听")
    life.join(chat, "丙")
    assert [list(update) for update in await updates(world)] == [["message"]]


async def test_a_group_becomes_a_supergroup(world: World) -> None:
    group = world.group("群")
    one = life.join(group, "甲", "administrator")
    moved = life.upgrade(world, group)
    assert str(moved.id).startswith("-100")
    to, origin = (update["message"] for update in await updates(world))
    assert (to["chat"]["id"], to["migrate_to_chat_id"]) == (group.id, moved.id)
    assert (origin["chat"]["id"], origin["migrate_from_chat_id"]) == (moved.id, group.id)
    answer = await call(world, "sendMessage", chat_id=group.id, text="一")
    assert answer["parameters"] == {"migrate_to_chat_id": moved.id}
    assert (await call(world, "sendMessage", chat_id=moved.id, text="一"))["ok"]
    member = await call(world, "getChatMember", chat_id=moved.id, user_id=one.id)
    assert member["result"]["status"] == "administrator"


async def test_topics(world: World) -> None:
    chat = world.group("论坛", forum=True)
    thread = life.open_topic(chat, "科技")
    (update,) = await updates(world)
    assert update["message"]["forum_topic_created"]["name"] == "科技"
    sent = {"chat_id": chat.id, "text": "一", "message_thread_id": thread}
    assert (await call(world, "sendMessage", **sent))["result"]["message_thread_id"] == thread
    life.close_topic(chat, thread)
    assert await refused(world, "sendMessage", **sent) == "400 Bad Request: TOPIC_CLOSED"
    life.promote(chat)
    assert (await call(world, "sendMessage", **sent))["ok"]
    life.bot_becomes(chat, "member")
    life.reopen_topic(chat, thread)
    assert (await call(world, "sendMessage", **sent))["ok"]
    life.delete_topic(chat, thread)
    assert chat.messages == {}
    assert "message thread not found" in await refused(world, "sendMessage", **sent)
    assert (await call(world, "sendMessage", chat_id=chat.id, text="一"))["ok"]


async def test_a_channel(world: World) -> None:
    channel = world.channel("频道", "mailuo_news")
    answer = await call(world, "sendMessage", chat_id="@Mailuo_News", text="一")
    assert answer["result"]["sender_chat"]["type"] == "channel"
    assert "from" not in answer["result"]
    edit = {"chat_id": channel.id, "message_id": 1, "text": "二"}
    assert (await call(world, "editMessageText", **edit))["ok"]
    assert "chat not found" in await refused(world, "sendMessage", chat_id="@nobody", text="一")
    life.bot_becomes(channel, "member")
    assert "need administrator rights" in await refused(
        world, "sendMessage", chat_id=channel.id, text="一"
    )
    life.block(channel)
    assert (
        await refused(world, "sendMessage", chat_id=channel.id, text="一")
        == "403 Forbidden: bot was kicked from the channel chat"
    )


async def test_a_forwarded_post_names_its_channel(world: World) -> None:
    channel = world.channel("频道")
    post = channel.say("公告")
    chat = world.private_chat(person=channel.person)
    chat.forward(channel.messages[post])
    forwarded = (await updates(world))[-1]["message"]
    assert forwarded["text"] == "公告"
    assert forwarded["forward_origin"]["chat"]["id"] == channel.id


async def test_edits_by_people(world: World) -> None:
    chat = world.private_chat()
    chat.edit(chat.say("/latest 微信"), "微信")
    edited = (await updates(world))[-1]["edited_message"]
    assert edited["text"] == "微信"
    assert "entities" not in edited
    assert edited["edit_date"]


async def test_answers_to_a_message(world: World) -> None:
    chat = world.private_chat()
    asked = chat.say("微信")
    sent = {"chat_id": chat.id, "text": "一"}
    answer = await call(world, "sendMessage", **sent, reply_parameters={"message_id": asked})
    assert answer["result"]["reply_to_message"]["text"] == "微信"
    gone = {"message_id": 99}
    assert "message to be replied not found" in await refused(
        world, "sendMessage", **sent, reply_parameters=gone
    )
    gone["allow_sending_without_reply"] = True
    assert (await call(world, "sendMessage", **sent, reply_parameters=gone))["ok"]


async def bot_says(world: World, chat: Chat, text: str = "答") -> None:
    await call(world, "sendMessage", chat_id=chat.id, text=text)


async def test_an_edit_on_its_way_is_not_the_answer_to_what_is_said_next(world: World) -> None:
    chat = world.private_chat()
    await bot_says(world, chat)
    chat.press_data("x", chat.last())
    await call(world, "answerCallbackQuery", callback_query_id="1")
    await chat.answer()
    chat.say("微信")
    await call(world, "editMessageText", chat_id=chat.id, message_id=1, text="迟到")
    with pytest.raises(TimeoutError):
        await chat.answer(0.01)
    await bot_says(world, chat, "微信的答案")
    assert (await chat.answer())["text"] == "微信的答案"


async def test_a_message_on_its_way_is_not_the_answer_to_a_press(world: World) -> None:
    chat = world.private_chat()
    await bot_says(world, chat)
    chat.press_data("x", chat.last())
    await bot_says(world, chat, "迟到")
    with pytest.raises(TimeoutError):
        await chat.answer(0.01)
    await call(world, "answerCallbackQuery", callback_query_id="1")
    assert await chat.answer(more=1)


async def test_command_menus_are_kept_by_chat(world: World) -> None:
    menu = [{"command": "latest", "description": "最新"}]
    here, there = ({"type": "chat", "chat_id": number} for number in (1, 2))
    await call(world, "setMyCommands", commands=menu, scope=here)
    assert (await call(world, "getMyCommands", scope=here))["result"] == menu
    assert (await call(world, "getMyCommands", scope=there))["result"] == []
    assert (await call(world, "getMyCommands"))["result"] == []
    assert "Unsupported type" in await refused(world, "getMyCommands", scope={"type": "x"})
