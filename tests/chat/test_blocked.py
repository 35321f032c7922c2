"""What is blocked is out of sight wherever stories are shown, not only where they are asked for."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot import trial
from bot.config import Config
from bot.model.links import BanKind
from bot.sandbox import Chat, inline
from tests.conftest import still
from tests.writing import NOW, UNLIMITED, article

SHOWN, BLOCKED = "晨报", "晚报"
RISING, USUAL = 6, 60


@pytest.fixture
async def tried(config: Config) -> AsyncIterator[trial.Trial]:
    """The whole bot, knowing one story of two outlets: 1 is the one, 2 the other."""
    async with trial.trying(config, still, limits=UNLIMITED) as tried:
        for number, outlet in enumerate((SHOWN, BLOCKED), 1):
            said = "12月2日，新桥正式通车，全长 3 公里，总投资 12 亿元。"
            more = f"{outlet}记者李小{outlet[0]}从市交通局获悉，当天有 {number}70 万人走过新桥。"
            at = NOW - timedelta(hours=30 - number)
            one = article(said, more, title=f"新桥正式通车{number}", outlet=outlet, at=at)
            await tried.house.ingest.article(one)
        yield tried


async def block(tried: trial.Trial, outlet: str = BLOCKED) -> None:
    await tried.house.store.bans.add(BanKind.SOURCE, outlet, NOW)


async def said(chat: Chat, text: str, reply_to: int | None = None) -> str:
    chat.say(text, reply_to=reply_to)
    answer = await chat.answer()
    return str(answer.get("text") or answer.get("caption", ""))


async def offered(chat: Chat, text: str) -> str:
    query = await inline.answered(chat.core, inline.ask(chat, text))
    return str(query.results)


async def test_inline_results(tried: trial.Trial) -> None:
    chat = tried.world.private_chat()
    assert BLOCKED in await offered(chat, "新桥")
    await block(tried)
    for text in ("新桥", ""):
        results = await offered(chat, text)
        assert SHOWN in results
        assert BLOCKED not in results
    await block(tried, SHOWN)
    assert await offered(chat, "新桥") == await offered(chat, "") == "[]"


async def test_replies_to_a_story_of_before(tried: trial.Trial) -> None:
    chat = tried.world.private_chat()
    chat.say("/start story_1")
    old = (await chat.answer())["message_id"]
    assert BLOCKED in await said(chat, "来源", old)
    await block(tried)
    for question in ("来源", "谁", "多少", "什么时候", "后来呢"):
        answer = await said(chat, question, old)
        assert BLOCKED not in answer, question
        assert "270" not in answer, question
    await block(tried, SHOWN)
    for question in ("来源", "谁", "多少", "什么时候", "后来呢"):
        assert "新桥" not in await said(chat, question, old), question


async def test_pictures_of_timelines(tried: trial.Trial) -> None:
    chat = tried.world.private_chat()
    assert "2021年12月2日" in await said(chat, "/timeline 新桥 图")
    old = chat.last()["message_id"]
    drawn = chat.last()["photo"][-1]["file_id"]
    await block(tried)
    chat.press("深色", old)
    await chat.answer(more=1)
    assert BLOCKED not in chat.messages[old]["caption"]
    assert SHOWN in chat.messages[old]["caption"]
    assert BLOCKED not in await said(chat, "/timeline 新桥 图")
    assert chat.last()["photo"][-1]["file_id"] != drawn
    await block(tried, SHOWN)
    assert "12月2日" not in await said(chat, "/timeline 新桥 图")


async def test_what_rose(tried: trial.Trial) -> None:
    days = timedelta(days=1)
    ingest, chat = tried.house.ingest, tried.world.private_chat()
    for n in range(USUAL):
        usual = f"第{n}号线地铁的天气和菜价都平稳，市民{n}说很好。"
        at = NOW - days * (1.5 + n * 0.45)
        await ingest.article(article(usual, title=f"地铁{n}", outlet=f"日报{n % 4}", at=at))
    for n in range(RISING):
        new = f"车企因电池隐患召回{n + 3}万辆汽车，召回将持续{n + 1}个月。"
        at, outlet = NOW - timedelta(hours=2 * n + 1), f"{BLOCKED}{n % 4}"
        await ingest.article(article(new, title=f"召回{n}", outlet=outlet, at=at))
    assert "召回" in await said(chat, "/trends")
    for n in range(4):
        await block(tried, f"{BLOCKED}{n}")
    told = await said(chat, "/trends")  # at once, though it was counted just now
    assert not any(word in told for word in "召回 车企 电池 隐患".split())
