"""The whole bot in a sandbox: real python-telegram-bot, real SQLite, what a reader gets."""

import asyncio
import random
from pathlib import Path
from typing import Any

import pytest

from bot import app, trial, worker
from bot.config import Config
from bot.sandbox import ApiError, Chat, Fault, Faults, World, create_app
from bot.sandbox.entities import utf16
from tests.chat.talk import labels
from tests.conftest import still
from tests.writing import SEEDS, UNLIMITED, post


def words_of(message: dict[str, Any]) -> str:
    """What is to be read in a message, also below a picture."""
    return str(message.get("text") or message.get("caption"))


async def ask(chat: Chat, text: str) -> str:
    chat.say(text)
    return words_of(await chat.answer())


async def press(chat: Chat, label: str) -> str:
    chat.press(label)
    return words_of(await chat.answer(more=1))


async def test_start_and_help(world: World) -> None:
    chat = world.private_chat()
    assert (await ask(chat, "/start")).startswith("脉络")
    assert labels(chat) == ["最新报道", "时间线", "媒体", "订阅", "设置", "怎么用"]
    assert "/timeline" in await press(chat, "怎么用")
    assert await ask(chat, "/help") == chat.last()["text"]


async def test_latest_tells_one_entry_a_story(world: World) -> None:
    chat = world.private_chat()
    text = await ask(chat, "/latest")
    assert text.startswith("最新 · 共 1 件事")
    assert "等 4 家媒体" in text
    assert labels(chat) == ["1"]


async def test_a_story_opens_its_timeline_and_sources_in_place(world: World) -> None:
    chat = world.private_chat()
    await ask(chat, "/latest")
    first = chat.last()["message_id"]
    assert "[1] " in await press(chat, "1")
    assert "2010年" in await press(chat, "时间线")
    assert "2021年11月29日" in await press(chat, "下一页")
    assert "[1] " in await press(chat, "返回")
    assert "转自 新榜（ID：newrankcn）" in await press(chat, "来源")
    assert "摘要出自这几句" in await press(chat, "1")
    assert "共 5 篇" in await press(chat, "返回")
    await press(chat, "返回")
    assert (await press(chat, "返回")).startswith("最新")
    assert chat.last()["message_id"] == first


async def test_timeline_of_words_names_its_sources(world: World) -> None:
    chat = world.private_chat()
    text = await ask(chat, "/timeline 微信")
    assert text.startswith("时间线：微信\n共 ")
    assert "2013年\n" in text
    whole = text + await press(chat, "下一页")
    assert whole.count("2021年9月17日\n") == 1


async def test_sources(world: World) -> None:
    chat = world.private_chat()
    assert "ZAKER · 2 篇" in await ask(chat, "/source")
    assert "共 2 篇" in await press(chat, "1")
    assert "文章编号" in await press(chat, "1")
    assert "共 2 篇" in await press(chat, "返回")
    assert "松露" in await ask(chat, "/source 虎嗅")
    assert "发布时间：2021年" not in await ask(chat, "/source 1")  # this year is not named
    assert "发布时间：12月1日 07:51" in await ask(chat, "/source 1")
    assert "没有名叫“谁”的媒体" in await ask(chat, "/source 谁")
    assert "没有名叫“９９９９９９９９９９９９９９９９９９９９”" in await ask(
        chat, "/source " + "９" * 20
    )


async def test_search_and_plain_text_are_the_same(world: World) -> None:
    chat = world.private_chat()
    text = await ask(chat, "/search 淘宝")
    assert text.startswith("搜索：淘宝 · 共 5 篇")
    assert await ask(chat, "淘宝") == text
    assert "屏蔽网址链接" in await ask(chat, "屏蔽网址链接")
    assert "时间线：屏蔽网址链接" in await press(chat, "时间线")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/nosuch", "没有 /nosuch 这个命令"),
        ("/search", "想搜什么"),
        ("/search 火星移民", "没有找到与“火星移民”有关的报道"),
        ("/latest 火星移民", "没有找到与“火星移民”有关的报道"),
        ("/timeline 火星移民", "没有找到与“火星移民”有关的报道"),
        ("字" * 61, "太长了，最多 60 个字"),
        ("😀", "没有找到与“😀”有关的报道"),
        ("<b>&amp;", "没有找到与“<b>&amp;”有关的报道"),
        ('"*" OR NEAR(', "没有找到与"),
    ],
)
async def test_kind_words_when_there_is_nothing(world: World, said: str, answer: str) -> None:
    assert answer in await ask(world.private_chat(), said)


async def test_an_empty_bot_says_so(empty: World) -> None:
    chat = empty.private_chat()
    for said in ("/latest", "/timeline", "/source"):
        assert "现在没有可看的报道" in await ask(chat, said)


async def test_groups_hear_only_commands(world: World) -> None:
    chat = world.group("读报群")
    chat.say("大家好")
    chat.say("/nosuch")
    chat.say("/latest@other_bot")
    assert (await ask(chat, "/latest@mailuo_bot")).startswith("最新")
    assert (await ask(chat, "/LATEST")).startswith("最新")
    assert sum(m["from"]["is_bot"] for m in chat.messages.values()) == 2


async def test_answers_stay_in_their_topic(world: World) -> None:
    chat = world.group("论坛", forum=True)
    chat.say("/latest", thread=7)
    assert (await chat.answer())["message_thread_id"] == 7


async def test_an_edited_question_is_not_answered_again(world: World) -> None:
    chat = world.private_chat()
    await ask(chat, "/latest")
    world.queue("edited_message", {**chat.messages[1], "edit_date": 1638849600})
    assert (await ask(chat, "/help")).startswith("怎么用")
    assert sum(m["from"]["is_bot"] for m in chat.messages.values()) == 2


async def test_pictures_get_a_word(world: World) -> None:
    chat = world.private_chat()
    photo = [{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}]
    chat.send({"photo": photo})
    assert (await chat.answer())["text"].startswith("我只看得懂文字")


@pytest.mark.parametrize("data", ["", "x", "story.999.0.0.latest.0.0", "search.0.77.0.latest.0.0"])
async def test_forged_and_outlived_buttons_are_answered(world: World, data: str) -> None:
    chat = world.private_chat()
    await ask(chat, "/latest")
    number = chat.press_data(data, chat.last())
    await chat.answer()
    assert world.callbacks[number].answered


async def test_pressing_the_same_button_twice_is_harmless(world: World) -> None:
    chat = world.private_chat()
    await ask(chat, "/latest")
    message = chat.last()
    data = message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    for _ in range(2):
        number = chat.press_data(data, message)
        await chat.answer()
        assert world.callbacks[number].answered
    assert labels(chat)[:4] == ["时间线", "来源", "全文摘要", "关注"]


async def test_the_whole_summary_opens_in_place_and_leads_back(world: World) -> None:
    chat = world.private_chat()
    await ask(chat, "/latest")
    card = await press(chat, "1")
    whole = await press(chat, "全文摘要")
    assert len(whole) > len(card)
    assert "全文摘要 · 4 家媒体" in whole
    assert await press(chat, "返回") == card


async def test_a_story_offers_words_to_ask_for_next(world: World) -> None:
    chat = world.private_chat()
    await ask(chat, "/latest")
    await press(chat, "1")
    assert "工信部" in labels(chat)
    assert (await press(chat, "工信部")).startswith("搜索：工信部")


async def test_buttons_work_after_a_restart(config: Config) -> None:
    async with app.opened(config, still) as house:
        await house.ingest.posts([SEEDS])
    async with trial.trying(config, still, limits=UNLIMITED) as tried:
        world = tried.world
        chat = world.private_chat()
        await ask(chat, "/search 淘宝")
        message = chat.last()
    async with trial.trying(config, still, limits=UNLIMITED) as tried:
        world = tried.world
        again = world.private_chat()
        again.messages = {message["message_id"]: message}
        assert (await press(again, "时间线")).startswith("时间线：淘宝")


async def test_no_message_is_refused_in_a_long_random_talk(world: World) -> None:
    """Every call succeeds, every press is answered, every message is within Telegram's limits."""
    chat = world.private_chat()
    chance = random.Random(7)
    said = [
        "/latest",
        "/timeline 微信",
        "/timeline 微信 图",
        "/trends",
        "/source",
        "/search 淘宝",
        "/help",
        "/start",
        "互联互通",
        "/x",
    ]
    await ask(chat, "/start")
    for _ in range(150):
        here = [b for b in labels(chat) if b != "打开原文"]
        if here and chance.random() < 0.8:
            chat.press(chance.choice(here))
            await chat.answer()
        else:
            await ask(chat, chance.choice(said))
    assert all(c.answered for c in world.callbacks.values())
    for call in world.calls:
        description = call.answer.get("description", "")
        assert call.answer["ok"] or "message is not modified" in description, call
    assert all(utf16(m.get("text", "")) <= 4096 for m in chat.messages.values())


async def test_a_failure_is_logged_and_told_kindly(
    config: Config, caplog: pytest.LogCaptureFixture
) -> None:
    faults = Faults()
    world = World(still)
    settings = trial.in_sandbox(config, world)
    request = trial.in_process(create_app(world, faults))
    async with app.opened(settings, still) as house, worker.answering(house, request):
        chat = world.private_chat()
        refusal = ApiError(400, "Bad Request: something new")
        faults.planned.append(Fault(refusal, "sendMessage"))
        assert (await ask(chat, "/latest")).startswith("刚才出了点问题")
        assert "Traceback" not in chat.last()["text"]
        world.close()
    assert "an update could not be answered" in caplog.text


async def test_half_written_files_and_bad_posts_do_not_stop_the_rest(
    config: Config, folder: Path
) -> None:
    (folder / "good.md").write_bytes(post("<p>12月1日，新桥正式通车。</p>"))
    (folder / "bad.md").write_bytes(b"---\ntitle: [oops")
    async with app.opened(config, still) as house:
        report = await house.ingest.posts([folder])
        assert (report.read, report.outcomes["new"]) == (1, 1)
        assert [r.path for r in report.rejected] == [str(folder / "bad.md")]
        assert (await house.ingest.posts([folder])).outcomes["unchanged"] == 1
        (folder / "good.md").write_bytes(post("<p>12月2日，新桥正式通车。</p>"))
        assert (await house.ingest.posts([folder])).outcomes["updated"] == 1
        (folder / "good.md").unlink()
        await house.ingest.posts([folder])
        assert await house.lookup.count_articles("新桥") == 1


async def test_polls_that_meet_are_explained(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    chat = world.private_chat()
    world.begin_poll()
    await asyncio.sleep(0)
    assert (await ask(chat, "/help")).startswith("怎么用")
    assert "409" in caplog.text
