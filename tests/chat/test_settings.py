"""The settings panel, driven by buttons: in a private chat, a group, a topic, for a channel."""

import asyncio
from datetime import datetime
from typing import Any

import pytest

from bot import trial
from bot.config import Config
from bot.model.delivery import Size
from bot.render import words
from bot.sandbox import ApiError, Chat, Fault, Faults, World, life
from bot.sandbox.menus import commands_for
from tests.chat.talk import ask, labels, press
from tests.writing import NOW, UNLIMITED


async def toast(chat: Chat, label: str, **how: Any) -> str:
    number = chat.press(label, **how)
    await chat.answer()
    found: str = chat.core.callbacks[number].text
    return found


async def test_everything_is_set_in_one_message(empty: World) -> None:
    chat = empty.private_chat()
    await ask(chat, "/subscribe 微信")
    said = await ask(chat, "/settings")
    for line in ("语言：简体", "时区：北京时间，现在 12:00", "免打扰：未开启", "详细程度：摘要"):
        assert line in said
    count = len(chat.messages)

    await press(chat, "时区")
    said = await press(chat, "东京")
    assert said.startswith("时区改为“东京时间”，现在 13:00。")
    assert "时区：东京时间，现在 13:00" in said
    await press(chat, "时区")
    assert "✓ 东京" in labels(chat)
    await press(chat, "返回")

    await press(chat, "免打扰")
    assert "关闭免打扰" not in labels(chat)
    assert "免打扰：23:00–08:00" in await press(chat, "23:00–08:00")
    await press(chat, "免打扰")
    assert "已关闭免打扰" in await press(chat, "关闭免打扰")

    await press(chat, "详细程度")
    assert "以后新增的订阅默认为“标题”。" in await press(chat, "标题")
    assert "现有的订阅也都改成了“标题”。" in await press(chat, "现有订阅也改成这样")
    assert "微信 · 每天 08:00 · 标题" in await press(chat, "订阅管理")
    assert "详细程度：标题" in await press(chat, "设置")  # and back
    assert len(chat.messages) == count  # all in one message
    assert "“抖音”：每天 08:00，标题" in await ask(chat, "/subscribe 抖音")
    await ask(chat, "/subscribe")
    await press(chat, "全部消息")
    await press(chat, "即时")
    assert "✓ 标题" in labels(chat)


async def test_a_change_of_language_is_told_in_it_and_the_menu_follows(empty: World) -> None:
    chat = empty.private_chat()
    await ask(chat, "/settings")
    await press(chat, "语言")
    assert {"✓ 简体", "繁體", "English"} <= set(labels(chat))
    said = await press(chat, "繁體")
    assert said.startswith("語言改為「繁體」。\n\n設定\n\n語言：繁體\n時區：北京時間")
    assert _menu(empty, chat) == words.of("zh-hant").commands
    await press(chat, "語言")
    said = await press(chat, "English")
    assert said.startswith("The language is now English.\n\nSettings\n\nLanguage: English")
    assert _menu(empty, chat) == words.ENGLISH.commands
    await press(chat, "Language")
    await press(chat, "简体")
    assert _menu(empty, chat) == words.SIMPLIFIED.commands
    assert await ask(chat, "/language English") == "The language is now English."
    assert _menu(empty, chat) == words.ENGLISH.commands


def _menu(world: World, chat: Chat) -> dict[str, str]:
    return {c["command"]: c["description"] for c in commands_for(world, chat, chat.person)}


async def test_a_menu_in_traditional_comes_with_the_first_hello(empty: World) -> None:
    chat = empty.private_chat(language="zh-hant")
    await ask(chat, "/start")
    await ask(chat, "/help")  # the menu is set beside the first answer
    async with asyncio.timeout(5):
        while _menu(empty, chat) != words.of("zh-hant").commands:
            await empty.change(1)


async def test_who_is_forgotten_has_the_common_menu_again(empty: World) -> None:
    chat = empty.private_chat()
    await ask(chat, "/language English")
    await ask(chat, "/forget")
    assert "Everything is deleted" in await press(chat, "Delete everything")
    assert _menu(empty, chat) == words.SIMPLIFIED.commands
    assert "语言：简体" in await ask(chat, "/settings")


@pytest.mark.parametrize("forum", [False, True])
async def test_in_groups_administrators_change_and_others_look(empty: World, forum: bool) -> None:
    group = empty.group("读报群", forum=forum)
    where = {"thread": life.open_topic(group, "时事")} if forum else {}
    guest = life.join(group, "客人")
    assert "语言：简体" in await ask(group, "/settings@mailuo_bot", by=guest, **where)
    assert group.last().get("message_thread_id") == where.get("thread")
    await press(group, "语言", by=guest)
    assert "只有管理员" in await toast(group, "English", by=guest)
    assert "语言：简体" in group.last()["text"]
    assert "The language is now English" in await press(group, "English")
    assert "only administrators" in await _refused_again(group, guest)
    assert "Language: English" in await ask(group, "/settings", by=guest, **where)
    assert _menu(empty, group) == words.ENGLISH.commands


async def _refused_again(group: Chat, guest: Any) -> str:
    await press(group, "Quiet hours", by=guest)
    return await toast(group, "23:00–07:00", by=guest)


async def test_a_group_does_not_take_over_its_first_askers_language(empty: World) -> None:
    group = empty.group("读报群", person=empty.person("Ann", "en"))
    assert "已订阅" in await ask(group, "/subscribe 微信")
    assert "已订阅" in await ask(group, "/subscribe 抖音")


async def test_a_channel_is_set_from_a_private_chat_by_its_administrator(empty: World) -> None:
    owner, stranger = empty.private_chat("主"), empty.private_chat("客")
    channel = empty.channel("早报", "zaobao", person=owner.person)
    assert "不是它的管理员" in await ask(stranger, "/settings @zaobao")
    assert "“早报”的设置" in await ask(owner, "/settings @zaobao")
    await press(owner, "语言")
    said = await press(owner, "English")  # the channel's, not its administrator's
    assert said.startswith("语言改为“English”。\n\n“早报”的设置\n\n语言：English")
    await press(owner, "时区")
    assert "“早报”的设置" in await press(owner, "伦敦")
    assert "“早报”的订阅" in await press(owner, "订阅管理")
    assert "“早报”的设置" in await press(owner, "设置")
    assert "免打扰改为 22:00–07:00" in await ask(owner, "/quiet @zaobao 22:00-07:00")
    assert "免打扰：22:00–07:00" in await ask(owner, "/settings @zaobao")
    assert "语言：简体" in await ask(owner, "/settings")
    for data in (f"set.lang.zh-hant.{channel.id}", f"set.home..{channel.id}"):
        number = stranger.press_data(data, stranger.last())
        await stranger.answer()
        assert "不是它的管理员" in empty.callbacks[number].text
    assert "语言：English" in await ask(owner, "/settings @zaobao")


@pytest.mark.parametrize(
    "data",
    [
        "set.zone.Asia/Atlantis.0", "set.zone.Europe/Minsk.0", "set.quiet.60-60.0",
        "set.quiet.9999-60.0", "set.lang.fr.0", "set.later.new.0", "set.",
    ],
)  # fmt: skip
async def test_forged_and_outlived_buttons_change_nothing(empty: World, data: str) -> None:
    chat = empty.private_chat()
    before = await ask(chat, "/settings")
    number = chat.press_data(data, chat.last())
    await chat.answer()
    assert "这个按钮已经失效" in empty.callbacks[number].text
    assert await ask(chat, "/settings") == before


async def test_nobody_else_sets_a_chat_by_its_number(empty: World) -> None:
    mine, other = empty.private_chat("我"), empty.private_chat("他")
    await ask(mine, "/zone 东京")
    await ask(other, "/help")
    number = other.press_data(f"set.zone.Europe/London.{mine.id}", other.last())
    await other.answer()
    assert "不是它的管理员" in empty.callbacks[number].text
    assert "东京时间" in await ask(mine, "/zone")


async def test_a_menu_that_cannot_be_set_stops_nothing(
    config: Config, caplog: pytest.LogCaptureFixture
) -> None:
    faults = Faults()
    async with trial.trying(config, _noon, faults, UNLIMITED) as tried:
        chat = tried.world.private_chat()
        faults.planned.append(Fault(ApiError(400, "Bad Request: no"), "setMyCommands"))
        assert await ask(chat, "/language English") == "The language is now English."
        kept = await tried.house.store.chats.get(chat.id)
    assert kept is not None
    assert (kept.language, kept.size) == ("en", Size.BRIEF)
    assert "the command menu of chat" in caplog.text


def _noon() -> datetime:
    return NOW
