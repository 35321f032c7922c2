"""Pictures in a chat: asked for, paged, darkened, in their place, in words where they fail."""

import os
import signal
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import app, trial, worker
from bot.config import Config
from bot.flow import drawing
from bot.sandbox import Chat, Fault, Faults, World, create_app, serve
from bot.sandbox.entities import utf16
from bot.sandbox.errors import bad
from tests.conftest import still
from tests.writing import NOW, SEEDS, UNLIMITED, article

WORDS = "召回 车企 电池 隐患".split()


def labels(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def file_of(message: dict[str, Any]) -> str:
    return str(message["photo"][-1]["file_id"])


async def ask(chat: Chat, text: str, thread: int | None = None) -> dict[str, Any]:
    chat.say(text, thread=thread)
    return await chat.answer()


async def press(chat: Chat, label: str, message_id: int | None = None) -> dict[str, Any]:
    chat.press(label, message_id)
    return await chat.answer(more=1)


def methods(world: World) -> list[str]:
    return [call.method for call in world.calls]


@pytest.mark.parametrize("said", ["微信 图", "微信 图片", "微信 圖", "微信 Picture"])
async def test_a_timeline_is_asked_for_as_a_picture(world: World, said: str) -> None:
    shown = await ask(world.private_chat(), f"/timeline {said}")
    assert shown["caption"].startswith("时间线：微信\n共 ")
    assert "2010年 360 与腾讯" in shown["caption"]
    assert utf16(shown["caption"]) <= 1024
    assert {e["type"] for e in shown["caption_entities"]} == {"bold", "expandable_blockquote"}
    assert labels(shown) == ["下一页 ›", "深色", "文字"]
    assert world.files.get(file_of(shown)).data.startswith(b"\x89PNG")


async def test_pages_are_turned_and_darkened_in_place(world: World) -> None:
    chat = world.private_chat()
    first = await ask(chat, "/timeline 微信 图")
    second = await press(chat, "下一页")
    assert second["message_id"] == first["message_id"]
    assert "第 2/" in second["caption"]
    assert file_of(second) != file_of(first)
    dark = await press(chat, "深色")
    assert file_of(dark) not in (file_of(first), file_of(second))
    assert dark["caption"] == second["caption"]
    assert "浅色" in labels(dark)
    assert "第 1/" in (await press(chat, "上一页"))["caption"]
    assert file_of(await press(chat, "浅色")) == file_of(first)


async def test_text_and_picture_stand_beside_each_other(world: World) -> None:
    chat = world.private_chat()
    text = await ask(chat, "/timeline 微信")
    shown = await press(chat, "图片")
    assert shown["message_id"] != text["message_id"]
    assert chat.messages[text["message_id"]] == text
    again = await press(chat, "文字")
    assert again["text"] == text["text"]
    assert chat.messages[shown["message_id"]]["caption"] == shown["caption"]


async def test_a_story_has_a_picture_of_its_timeline(world: World) -> None:
    chat = world.private_chat()
    await ask(chat, "/latest")
    await press(chat, "1")
    text = await press(chat, "时间线")
    shown = await press(chat, "图片")
    assert shown["caption"].split("\n")[0] == text["text"].split("\n")[0]
    assert (await press(chat, "文字"))["text"] == text["text"]


async def test_all_reports_as_a_picture(world: World) -> None:
    shown = await ask(world.private_chat(), "/timeline 图")
    assert shown["caption"].startswith("时间线：全部报道")


async def test_nothing_to_draw_is_said_in_words(world: World) -> None:
    chat = world.private_chat()
    said = "/timeline 火星移民 图"
    assert "没有找到与“火星移民”有关的报道" in (await ask(chat, said))["text"]
    assert "最多 60 个字" in (await ask(chat, f"/timeline {'字' * 61} 图"))["text"]
    assert "sendPhoto" not in methods(world)


async def test_pictures_stay_in_their_topic_and_answer_in_groups(world: World) -> None:
    forum = world.group("论坛", forum=True)
    shown = await ask(forum, "/timeline 微信 图", thread=7)
    assert shown["message_thread_id"] == 7
    assert "第 2/" in (await press(forum, "下一页"))["caption"]
    await ask(forum, "/timeline 微信", thread=7)
    assert (await press(forum, "图片"))["message_thread_id"] == 7
    group = world.group("读报群")
    shown = await ask(group, "/timeline@mailuo_bot 微信 图")
    assert shown["reply_to_message"]["text"].startswith("/timeline")


async def test_the_same_picture_is_drawn_and_sent_once(world: World) -> None:
    one, other = world.private_chat(), world.private_chat("另一位")
    first = await ask(one, "/timeline 微信 图")
    second = await ask(other, "/timeline 微信 图")
    assert file_of(first) == file_of(second)
    sent = [call.params["photo"] for call in world.calls if call.method == "sendPhoto"]
    assert sent[1] == file_of(first)


async def test_a_file_that_telegram_forgot_is_sent_again(config: Config) -> None:
    faults = Faults()
    world = World(still)
    request = trial.in_process(create_app(world, faults))
    async with app.opened(trial.in_sandbox(config, world), still) as house:
        await house.ingest.posts([SEEDS])
        async with worker.answering(house, request, UNLIMITED):
            chat = world.private_chat()
            first = await ask(chat, "/timeline 微信 图")
            gone = bad("wrong file_id or the file is temporarily unavailable")
            faults.planned.append(Fault(gone, "sendPhoto"))
            second = await ask(chat, "/timeline 微信 图")
            assert file_of(second) != file_of(first)
            world.close()


async def test_two_who_press_at_once_are_both_answered(world: World) -> None:
    group = world.group("读报群", forum=True)
    other = world.person("小王")
    first = await ask(group, "/timeline 微信 图", thread=3)
    group.press("下一页", by=group.person)
    group.press("深色", first["message_id"], by=other)
    await group.answer(more=2)
    assert all(c.answered for c in world.callbacks.values())
    assert [c.answer["ok"] for c in world.calls if c.method == "editMessageMedia"] == [True, True]


@pytest.mark.parametrize(
    "data", ["p.", "p.t.1.0.0", "p.x.1.0.0.0", "p.t.77.0.0.0", "+p.s.999.0.0.0"]
)
async def test_forged_and_outlived_buttons_are_answered(world: World, data: str) -> None:
    chat = world.private_chat()
    await ask(chat, "/timeline 微信 图")
    number = chat.press_data(data, chat.last())
    await chat.answer()
    assert "失效" in world.callbacks[number].text


async def test_a_page_beyond_the_last_is_the_last(world: World) -> None:
    chat = world.private_chat()
    await ask(chat, "/timeline 微信 图")
    chat.press_data("p.t.1.99999.0.0", chat.last())
    assert "第 3/3 页" in (await chat.answer(more=1))["caption"]


async def test_a_dead_drawer_is_told_kindly_and_then_replaced(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing.Drawing.__init__, "__defaults__", (("false",), 20.0, 1 << 20))
    async with app.opened(config, still) as house:
        await house.ingest.posts([SEEDS])
    async with trial.trying(config, still, limits=UNLIMITED) as tried:
        chat = tried.world.private_chat()
        assert "图片没能画出来" in (await ask(chat, "/timeline 微信 图"))["text"]
        text = await ask(chat, "/timeline 微信")
        number = chat.press("图片")
        await chat.answer()
        assert "图片没能画出来" in tried.world.callbacks[number].text
        assert chat.last() == text


async def test_a_drawer_that_was_killed_is_begun_again(world: World) -> None:
    chat = world.private_chat()
    await ask(chat, "/timeline 微信 图")
    for child in _children():
        os.kill(child, signal.SIGKILL)
    for _ in range(2):  # the first may find it dead only when it asks
        number = chat.press_data("p.t.1.1.0.1", chat.last())
        await chat.answer()
        assert world.callbacks[number].answered
    shown = await ask(chat, "/timeline 淘宝 图")
    assert "淘宝" in shown["caption"]


def _children() -> list[int]:
    """The drawing processes that this test began."""
    mine = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        fields = stat.read_text().rpartition(")")[2].split()
        command = (stat.parent / "cmdline").read_bytes()
        if int(fields[1]) == os.getpid() and b"bot.flow.drawer" in command:
            mine.append(int(stat.parent.name))
    assert mine
    return mine


@pytest.fixture
async def risen(config: Config) -> AsyncIterator[World]:
    """The whole bot, knowing weeks of news and what rose yesterday."""
    outlets = "晨报 晚报 日报 周报".split()
    days = timedelta(days=1)
    async with app.opened(config, still) as house:
        for n in range(60):
            at = NOW - days * (1.5 + n * 0.45)
            said = f"第{n}号线地铁的天气和菜价都平稳，市民{n}说很好。"
            usual = article(said, title=f"地铁{n}", outlet=outlets[n % 4], at=at)
            await house.ingest.article(usual)
        for n in range(6):
            at = NOW - timedelta(hours=2 * n + 1)
            said = f"车企因电池隐患召回{n + 3}万辆汽车，召回将持续{n + 1}个月。"
            new = article(said, title=f"召回{n}", outlet=outlets[n % 4], at=at)
            await house.ingest.article(new)
    async with trial.trying(config, still, limits=UNLIMITED) as tried:
        yield tried.world


async def test_trends_are_a_chart_and_a_list_with_words_to_press(risen: World) -> None:
    chat = risen.private_chat()
    shown = await ask(chat, "/trends")
    assert shown["caption"].startswith("正在升温\n")
    assert "过去 24 小时\n1. " in shown["caption"]
    assert "篇 · 4 家媒体" in shown["caption"]
    word = labels(shown)[0]
    assert word in WORDS
    assert (await press(chat, word))["text"].startswith(f"搜索：{word}")
    dark = await press(chat, "深色", shown["message_id"])
    assert chat.messages[shown["message_id"]]["caption"] == shown["caption"]
    assert dark["text"].startswith("搜索")


async def test_trends_of_too_few_articles_are_words(world: World) -> None:
    group = world.group("读报群")
    assert "报道还太少" in (await ask(group, "/trends"))["text"]
    assert "sendPhoto" not in methods(world)


async def test_pictures_travel_over_real_http(config: Config) -> None:
    world = World(still)
    async with serve(world, create_app(world)) as address:
        settings = trial.in_sandbox(config, world, f"{address}/bot")
        async with app.opened(settings, still) as house:
            await house.ingest.posts([SEEDS])
            async with worker.answering(house, limits=UNLIMITED):
                chat = world.group("论坛", forum=True)
                first = await ask(chat, "/timeline 微信 图", thread=9)
                assert first["message_thread_id"] == 9
                assert "第 2/" in (await press(chat, "下一页"))["caption"]
                assert "浅色" in labels(await press(chat, "深色"))
                world.close()
