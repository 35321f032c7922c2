"""A new bot account: the subscribers come with a list, and are told once they meet the new bot."""

import asyncio
import filecmp
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from bot import app, trial
from bot.config import Config, StoreSettings
from bot.errors import ReadError
from bot.flow import chatlist as flow
from bot.model.delivery import Quiet, Scope, ScopeKind
from bot.model.links import LinkRule
from bot.sandbox import Chat, life
from bot.sources import chatlist
from tests.chat.talk import ask
from tests.conftest import still
from tests.writing import NOW, UNLIMITED, article


@asynccontextmanager
async def bot(path: Path) -> AsyncIterator[tuple[trial.Trial, Chat, Chat]]:
    """A bot account with a database, and the two chats that know it or not: a person, a group."""
    config = Config(store=StoreSettings(path=path))
    async with trial.trying(config, still, limits=UNLIMITED) as tried:
        person = tried.world.private_chat()
        yield tried, person, tried.world.group("读报群", person=person.person)


async def exported(tried: trial.Trial, path: Path) -> Path:
    lines = [line async for line in flow.exported(tried.house.store, NOW)]
    await asyncio.to_thread(path.write_text, "\n".join(lines), encoding="utf-8")
    return path


async def imported(path: Path, file: Path, *, same_bot: bool = False) -> flow.Arrived:
    async with app.opened(Config(store=StoreSettings(path=path)), still) as house:
        read = partial(chatlist.read, file)
        return await flow.imported(house.store, read, NOW, same_bot=same_bot)


async def news(tried: trial.Trial, title: str) -> None:
    one = article(f"12月2日，{title}，总投资 12 亿元。", title=title, outlet=title)
    await tried.house.ingest.article(one)
    await tried.deliver()


def told(chat: Chat, *titles: str) -> list[str]:
    """Which of some reports the chat was sent."""
    return [title for title in titles if any(title in text for text in texts(chat))]


def texts(chat: Chat) -> list[str]:
    return [m["text"] for m in chat.messages.values() if "text" in m]


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    """The list of the first bot."""
    async with bot(tmp_path / "one.db") as (tried, person, group):
        await ask(person, "/subscribe 即时")
        await ask(person, "/zone 东京")
        await ask(person, "/quiet 23:00-07:00")
        await ask(group, "/subscribe@mailuo_bot 即时")
        await tried.house.store.links.set(person.id, "example.com", LinkRule.HIDE)
        return await exported(tried, tmp_path / "chats.jsonl")


async def test_digests_arrive_only_after_start(file: Path, tmp_path: Path) -> None:
    arrived = await imported(tmp_path / "two.db", file)
    assert (arrived.chats, arrived.persons, len(arrived.groups)) == (2, 1, 1)
    assert (arrived.added.chats, arrived.added.subscriptions) == (2, 2)
    async with bot(tmp_path / "two.db") as (tried, person, group):
        await news(tried, "新桥通车")
        assert [c.method for c in tried.world.calls if c.method == "sendMessage"] == []
        person.say("/start")
        await person.answer(more=1)
        welcome, started = texts(person)[-2:]
        assert "1 个订阅都还在" in welcome
        assert "脉络" in started
        await tried.deliver()
        assert told(person, "新桥通车") == ["新桥通车"]
        assert told(group, "新桥通车") == []
        person.say("/start")
        assert "订阅都还在" not in (await person.answer())["text"]
        await news(tried, "早稻开镰")
        assert told(person, "早稻开镰") == ["早稻开镰"]
        settings = await tried.house.store.chats.get(person.id)
        assert settings is not None
        assert (settings.zone, settings.quiet) == ("Asia/Tokyo", Quiet(23 * 60, 7 * 60))
        assert settings.links.domains == {"example.com": LinkRule.HIDE}


async def test_a_group_goes_on_when_the_bot_is_added(file: Path, tmp_path: Path) -> None:
    await imported(tmp_path / "two.db", file)
    async with bot(tmp_path / "two.db") as (tried, _, group):
        group.bot.status = "left"
        life.bot_becomes(group, "member")
        assert "1 个订阅都还在" in (await group.answer(more=1))["text"]
        await news(tried, "新桥通车")
        assert told(group, "新桥通车") == ["新桥通车"]


async def test_twice_is_once_and_what_is_there_stays(file: Path, tmp_path: Path) -> None:
    path = tmp_path / "two.db"
    await imported(path, file)
    async with bot(path) as (tried, person, _):
        person.say("/zone 上海")
        assert "北京时间" in (await person.answer(more=1))["text"]
        once = [line async for line in flow.exported(tried.house.store, NOW)]
    again = await imported(path, file)
    assert (again.added.chats, again.added.subscriptions) == (0, 0)
    assert (again.persons, len(again.groups)) == (0, 1)  # the person has met the bot
    async with bot(path) as (tried, person, _):
        assert [line async for line in flow.exported(tried.house.store, NOW)] == once
        settings = await tried.house.store.chats.get(person.id)
        assert settings is not None
        assert (settings.zone, settings.paused) == ("Asia/Shanghai", "")


async def test_the_list_of_an_import_is_the_list(file: Path, tmp_path: Path) -> None:
    await imported(tmp_path / "two.db", file)
    async with bot(tmp_path / "two.db") as (tried, _, _group):
        again = await exported(tried, tmp_path / "again.jsonl")
    assert filecmp.cmp(again, file, shallow=False)


async def test_with_the_same_bot_nobody_must_do_anything(file: Path, tmp_path: Path) -> None:
    arrived = await imported(tmp_path / "two.db", file, same_bot=True)
    assert (arrived.persons, arrived.groups) == (0, [])
    async with bot(tmp_path / "two.db") as (tried, person, group):
        await news(tried, "新桥通车")
        assert told(person, "新桥通车") == told(group, "新桥通车") == ["新桥通车"]


async def test_a_story_is_followed_by_its_articles(tmp_path: Path) -> None:
    first, second = (
        article(f"12月2日，{t}。", title=t, outlet=t) for t in ("新桥通车", "早稻开镰")
    )
    async with bot(tmp_path / "one.db") as (tried, person, _):
        for one in (first, second):
            await tried.house.ingest.article(one)
        await ask(person, "/subscribe story_1")
        await ask(person, "/subscribe story_2")
        file = await exported(tried, tmp_path / "chats.jsonl")
    async with bot(tmp_path / "two.db") as (tried, _, _group):
        await tried.house.ingest.article(second)  # story 1 here
    arrived = await imported(tmp_path / "two.db", file)
    assert (arrived.added.subscriptions, arrived.added.unknown_stories) == (1, 1)
    async with bot(tmp_path / "two.db") as (tried, person, _):
        (kept,) = await tried.house.store.subscriptions.of_chat(person.id)
        assert kept.scope == Scope(ScopeKind.STORY, "1")


async def test_one_wrong_line_adds_nothing(file: Path, tmp_path: Path) -> None:
    whole = await asyncio.to_thread(file.read_bytes)
    wrong = tmp_path / "wrong.jsonl"
    await asyncio.to_thread(wrong.write_bytes, whole + b"\nwrong\n")
    with pytest.raises(ReadError, match="line 4"):
        await imported(tmp_path / "two.db", wrong)
    async with bot(tmp_path / "two.db") as (tried, person, _):
        assert await tried.house.store.chats.get(person.id) is None
