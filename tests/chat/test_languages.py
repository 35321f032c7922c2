"""The whole bot in each of its three languages: what is said, typed and delivered."""

import random
import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import trial
from bot.config import Config
from bot.sandbox import Chat
from tests.writing import NOW, SEEDS, SHANGHAI, UNLIMITED, post

BRIDGE = "<p>12月7日，新桥正式通车，全长 3 公里，总投资 12 亿元。</p>"
HAN = re.compile("[\u3400-\u9fff]+")
OURS_IN_CHINESE = {"脉络", "微信", "淘宝", "简体", "繁體"}  # a name, examples, languages


class Bot:
    """The whole bot, knowing the seeds, on a clock of the test's own."""

    def __init__(self, tried: trial.Trial, folder: Path) -> None:
        self.tried, self.folder, self.now = tried, folder, NOW

    async def report(self, title: str, body: str) -> None:
        date = f"{self.now.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"
        (self.folder / f"{title}.md").write_bytes(post(body, title=title, date=date))
        await self.tried.house.ingest.posts([self.folder])


@pytest.fixture
async def bot(config: Config, folder: Path) -> AsyncIterator[Bot]:
    made: list[Bot] = []

    def clock() -> datetime:
        return made[0].now if made else NOW

    async with trial.trying(config, clock, limits=UNLIMITED) as tried:
        made.append(Bot(tried, folder))
        await tried.house.ingest.posts([SEEDS])
        yield made[0]


async def ask(chat: Chat, text: str) -> str:
    chat.say(text)
    await chat.answer()
    return _said(chat)


def _said(chat: Chat) -> str:
    """The bot's last words, also under a picture."""
    last = chat.last()
    return str(last.get("text") or last.get("caption", ""))


async def press(chat: Chat, label: str) -> str:
    chat.press(label)
    await chat.answer(more=1)
    return _said(chat)


# What is done, and a part of the answer in each language; "> " presses a button.
TALK = {
    "zh-hans": (
        ("/start", "都是报道原文"),
        ("/latest", "最新 · 共"),
        ("> 1", "[1]"),
        ("> 来源", "转自 新榜"),
        ("/timeline 微信", "时间线：微信"),
        ("/subscribe", "订阅什么？"),
        ("> 全部消息", "什么时候推送？"),
        ("> 每天", "几点？"),
        ("> 12:00", "要多详细？"),
        ("> 摘要", "已订阅“全部消息”：每天 12:00，摘要。\n\n下一次：12月8日 12:00（北京时间）"),
        ("> 订阅管理", "全部消息 · 每天 12:00 · 摘要"),
        ("> 设置", "详细程度：摘要"),
        ("/subscribe 淘宝 每周一 8点 详细", "“淘宝”：每周一 08:00，详细"),
        ("/zone 东京", "时区改为“东京时间”，现在 13:00"),
        ("/quiet 关", "已关闭免打扰"),
        ("/unsubscribe 淘宝", "已退订“淘宝”"),
    ),
    "zh-hant": (
        ("/start", "都是報導原文"),
        ("/latest", "最新 · 共"),
        ("> 1", "[1]"),
        ("> 來源", "轉自 新榜"),
        ("/timeline 微信", "時間軸：微信"),
        ("/search 屏蔽網址鏈接", "屏蔽網址鏈接"),
        ("/source 證券時報網", "證券時報網"),
        ("/subscribe", "訂閱什麼？"),
        ("> 全部消息", "什麼時候推播？"),
        ("> 每天", "幾點？"),
        ("> 12:00", "要多詳細？"),
        ("> 摘要", "已訂閱「全部消息」：每天 12:00，摘要。"),
        ("> 訂閱管理", "全部消息 · 每天 12:00 · 摘要"),
        ("> 設定", "詳細程度：摘要"),
        ("/subscribe 淘寶 每週一 8點 詳細", "「淘寶」：每週一 08:00，詳細"),
        ("/zone 東京", "時區改為「東京時間」，現在 13:00"),
        ("/quiet 關", "已關閉勿擾"),
        ("/unsubscribe 淘寶", "已取消訂閱「淘寶」"),
    ),
    "en": (
        ("/start", "Every sentence is quoted"),
        ("/latest", "Latest · "),
        ("> 1", "[1]"),
        ("> Sources", "from 新榜"),
        ("/timeline 微信", "Timeline: 微信"),
        ("/subscribe", "Subscribe to what?"),
        ("> All news", "when should it be sent?"),
        ("> Daily", "at what time?"),
        ("> 12:00", "how much detail?"),
        ("> brief", "“All news”: every day at 12:00, brief.\n\nNext: 8 Dec, 12:00 (Beijing time)"),
        ("> Subscriptions", "All news · every day at 12:00 · brief"),
        ("> Settings", "Detail: brief"),
        ("/subscribe 淘宝 weekly mon 8am full", "“淘宝”: every Mon at 08:00, full"),
        ("/zone New York", "The time zone is now New York time; it is 23:00 there."),
        ("/quiet off", "Quiet hours are off."),
        ("/unsubscribe 淘宝", "Unsubscribed from “淘宝”"),
    ),
}


@pytest.mark.parametrize("language", TALK)
async def test_a_talk_and_a_digest(bot: Bot, language: str) -> None:
    chat = bot.tried.world.private_chat(language=language)
    for said, answer in TALK[language]:
        shown = await (press(chat, said[2:]) if said.startswith("> ") else ask(chat, said))
        assert answer in shown, (said, shown)
    bot.now += timedelta(hours=1)
    await bot.report("新桥通车", BRIDGE)
    bot.now += timedelta(days=1)
    await bot.tried.deliver()
    heading, title, by = {
        "zh-hans": ("全部消息 · 每天 12:00", "新桥通车", "晨报 · "),
        "zh-hant": ("全部消息 · 每天 12:00", "新橋通車", "晨報 · "),
        "en": ("All news · every day at 12:00", "新桥通车", "晨报 · "),
    }[language]
    digest = chat.last()["text"]
    assert digest.startswith(heading)
    assert title in digest
    assert by in digest


async def test_an_article_in_traditional_is_found_in_either_script(bot: Bot) -> None:
    await bot.report("臺積電擴產", "<p>12月6日，臺積電宣布擴建晶圓廠，並開放參觀。</p>")
    simplified, traditional = (
        bot.tried.world.private_chat(name, name) for name in ("zh-hans", "zh-hant")
    )
    for chat, said in ((simplified, "台积电"), (traditional, "台積電"), (traditional, "臺積電")):
        assert "擴" in await ask(chat, said)


async def test_a_scope_in_either_script_is_one_subscription(bot: Bot) -> None:
    chat = bot.tried.world.private_chat()
    await ask(chat, "/subscribe 淘寶 即時")
    await ask(chat, "/subscribe 淘宝 每天 9:00")
    listed = await ask(chat, "/subscriptions")
    assert "1. 淘寶 · 每天 09:00" in listed  # as it was typed first
    assert "2. " not in listed


ASKED = (
    "/start", "/help", "/latest", "/latest 微信", "/timeline 微信", "/timeline", "/source",
    "/timeline 微信 图", "/trends",
    "/search 微信", "/subscribe", "/subscribe 微信 8:00", "/subscriptions", "/preview", "/settings",
    "/zone", "/quiet", "/quiet 1", "/language", "/why 微信", "/why", "/unsubscribe 9", "/nosuch",
    "/search", "/zone x", "/language x", "微信",
)  # fmt: skip
LANGUAGES = ("简体", "繁體", "簡體", "English")


async def _screens(bot: Bot, language: str) -> list[str]:
    """All that a long random talk shows, in messages and on buttons."""
    chance, chat, shown = random.Random(11), bot.tried.world.private_chat(language=language), []
    for said in (*ASKED, *chance.choices(ASKED, k=20)):
        await ask(chat, said)
        for _ in range(4):
            rows = chat.last().get("reply_markup", {}).get("inline_keyboard", [])
            buttons = [b for row in rows for b in row]
            shown += [_said(chat), *(b["text"] for b in buttons)]
            here = [b["callback_data"] for b in buttons if "callback_data" in b]
            here = [data for data in here if not re.match(r"set\.lang\..", data)]
            if here:
                number = chat.press_data(chance.choice(here), chat.last())
                await chat.answer()
                shown.append(bot.tried.world.callbacks[number].text)
    return shown


async def test_nothing_of_ours_is_chinese_in_english(bot: Bot) -> None:
    read = "".join(path.read_text(encoding="utf-8") for path in SEEDS.rglob("*.md"))
    told = re.sub("<[^<>]*>", "", read)
    told += told.replace("又", "")  # as a timeline's entry does, where it would lean on another
    for said in await _screens(bot, "en"):
        ours = [run for run in HAN.findall(said) if run not in told]
        assert set(ours) <= OURS_IN_CHINESE, said


@pytest.mark.parametrize(("language", "encoding"), [("zh-hans", "gb2312"), ("zh-hant", "big5")])
async def test_no_screen_mixes_scripts(bot: Bot, language: str, encoding: str) -> None:
    """Simplified is written with GB 2312, Traditional with Big5; the other script is not."""
    for said in await _screens(bot, language):
        mixed = [c for run in HAN.findall(said) for c in run if not _writes(encoding, c)]
        assert set(mixed) <= set("繁體"), said


def _writes(encoding: str, character: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
