"""Groups, topics and channels: where answers go, who is heard, and the first hello."""

import pytest

from bot.config import Config
from bot.sandbox import ApiError, Chat, Fault, Faults, World, life
from bot.trial import Trial, trying
from tests.chat.test_replies import count, opened, said
from tests.conftest import still
from tests.writing import UNLIMITED


def texts(chat: Chat) -> list[str]:
    return [m["text"] for m in chat.messages.values() if chat.by_bot(m)]


# ---------------------------------------------------------------- the first hello


async def test_a_group_is_greeted_once(informed: Trial) -> None:
    world = informed.world
    group = life.open_group(world, "读报群", [world.person()])
    life.promote(group)
    life.bot_becomes(group, "member")
    await informed.rest()
    (hello,) = texts(group)
    assert hello.startswith("大家好，我是脉络")
    assert "/latest@mailuo_bot" in hello
    assert "除了命令和对我的回复" in hello
    assert group.last()["message_id"] in group.silent
    group.press("最新报道")
    await group.answer(more=1)
    assert [text[:2] for text in texts(group)] == ["大家", "最新"]


async def test_a_channel_is_greeted_in_its_own_way(informed: Trial) -> None:
    channel = informed.world.channel("频道", "news")
    channel.bot.status = "left"
    life.promote(channel)
    await informed.rest()
    (hello,) = texts(channel)
    assert "/subscribe@mailuo_bot" in hello
    assert channel.last()["message_id"] in channel.silent


async def test_coming_back_is_no_hello_in_private_nor_being_kicked(informed: Trial) -> None:
    chat, group = informed.world.private_chat(), informed.world.group("读报群")
    life.block(chat)
    life.unblock(chat)
    life.block(group)
    await informed.rest()
    assert (count(chat), count(group)) == (0, 0)


async def test_where_it_may_not_write_it_stays_silent(
    config: Config, caplog: pytest.LogCaptureFixture
) -> None:
    refusal = ApiError(400, "Bad Request: not enough rights to send text messages to the chat")
    faults = Faults()
    async with trying(config, still, faults, UNLIMITED) as tried:
        group = tried.world.group("读报群")
        group.bot.status = "left"
        faults.planned.append(Fault(refusal, "sendMessage", chat_id=group.id))
        life.bot_becomes(group, "member")
        await tried.rest()
        assert not any(fault.times for fault in faults.planned)
        assert count(group) == 0
    assert "could not be answered" not in caplog.text


# ---------------------------------------------------------------- channels


async def test_a_channel_s_administrators_are_answered_there(world: World) -> None:
    channel = world.channel("频道", "news")
    channel.say("今天天气不错")
    channel.say("/latest@other_bot")
    channel.say("/nosuch")
    assert (await said(channel, "/latest")).startswith("最新")
    assert (await said(channel, "/start@mailuo_bot")).startswith("脉络")
    assert "已订阅“微信”" in await said(channel, "/subscribe 微信 每天 08:00")
    assert count(channel) == 3


async def test_a_channel_s_readers_may_look_but_not_change(world: World) -> None:
    channel = world.channel("频道", "news")
    guest = life.join(channel, "客人")
    await said(channel, "/latest")
    channel.press("1", by=guest)
    await channel.answer(more=1)
    assert "[1] " in channel.last()["text"]
    number = channel.press("关注", by=guest)
    while not world.callbacks[number].answered:
        await world.change(5.0)
    assert "只有管理员" in world.callbacks[number].text
    assert "还没有订阅" in await said(channel, "/subscriptions")


# ---------------------------------------------------------------- whom the bot leaves alone


@pytest.mark.parametrize(
    "about",
    [
        {"is_automatic_forward": True},
        {"via_bot": {"id": 9, "is_bot": True, "first_name": "别的", "username": "other_bot"}},
        {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "某人"}},
    ],
)
async def test_what_others_wrote_triggers_nothing_in_a_group(
    informed: Trial, about: dict[str, object]
) -> None:
    group = informed.world.group("读报群", supergroup=True)
    command = {"type": "bot_command", "offset": 0, "length": 7}
    group.send({"text": "/latest", "entities": [command], **about})
    await informed.rest()
    assert count(group) == 0


async def test_an_anonymous_administrator_is_answered_and_may_subscribe(world: World) -> None:
    group = world.group("读报群", supergroup=True)
    life.person_becomes(group, group.person, "administrator", anonymous=True)
    assert (await said(group, "/latest")).startswith("最新")
    assert "已订阅" in await said(group, "/subscribe 微信 每天 08:00")


async def test_a_forwarded_command_is_only_words(world: World) -> None:
    chat, channel = world.private_chat(), world.channel("频道")
    number = channel.say("/forget")
    chat.forward(channel.messages[number])
    assert (await chat.answer())["text"].startswith("没有找到与“/forget”")


# ---------------------------------------------------------------- topics


async def test_everything_stays_in_its_topic(world: World) -> None:
    forum = world.group("论坛", forum=True)
    await opened(forum, thread=7)
    for label in ("时间线", "返回", "来源", "1", "返回", "返回", "关注"):
        forum.press(label)
        await forum.answer(more=0 if label == "关注" else 1)
    for command in ("help", "subscriptions", "source", "why 微信", "zone 东京", "export", "forget"):
        forum.say(f"/{command}", thread=7)
        await forum.answer()
    mine = [m for m in forum.messages.values() if forum.by_bot(m)]
    assert len(mine) >= 8
    assert {m.get("message_thread_id") for m in mine} == {7}


async def test_an_error_is_told_in_its_topic(config: Config) -> None:
    faults = Faults()
    async with trying(config, still, faults, UNLIMITED) as tried:
        forum = tried.world.group("论坛", forum=True)
        forum.say("/help", thread=7)
        await forum.answer()
        refusal = ApiError(400, "Bad Request: something new")
        faults.planned.append(Fault(refusal, "editMessageText"))
        number = forum.press("最新报道")
        while count(forum) < 2:
            await tried.world.change(5.0)
        assert forum.last()["text"].startswith("刚才出了点问题")
        assert forum.last()["message_thread_id"] == 7
        assert tried.world.callbacks[number].answered


async def test_a_question_that_was_deleted_is_answered_all_the_same(tried: Trial) -> None:
    group = tried.world.group("读报群")
    del group.messages[group.say("/help")]
    await group.answer()
    assert texts(group)[0].startswith("怎么用")
    assert "reply_to_message" not in group.last()
