"""`mailuo check`: what operators get wrong, each found, with how to mend it."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import time_machine

from bot import app, checking
from bot.chat import botfather
from bot.checking import Level, disk, outside
from bot.checking.finding import Finding
from bot.config import Config, Reading, StoreSettings, Telegram, Web
from bot.model.feeds import Feed
from bot.sandbox import World, create_app, serve
from bot.store import Store, only_one
from tests.conftest import still
from tests.sandbox.calls import call
from tests.writing import NOW

TOKEN = "123456789:" + "A" * 35


@pytest.fixture
def world() -> World:
    return World(still, token=TOKEN)


@pytest.fixture
async def address(world: World) -> AsyncIterator[str]:
    async with serve(world, create_app(world)) as address:
        yield address


@pytest.fixture
def settings(address: str, tmp_path: Path) -> Config:
    """All is well, but that nobody listens."""
    folder = tmp_path / "posts"
    folder.mkdir()
    (folder / "a.md").write_text("x", encoding="utf-8")
    return Config(
        telegram=Telegram.model_validate(
            {"token": TOKEN, "base_url": f"{address}/bot", "operators": [1]}
        ),
        store=StoreSettings(path=tmp_path / "mailuo.db"),
        reading=Reading(posts=[folder]),
    )


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(botfather, "LISTEN_SECONDS", 0.2)


def changed(settings: Config, section: str, **fields: Any) -> Config:
    part = getattr(settings, section).model_copy(update=fields)
    return settings.model_copy(update={section: part})


async def found(settings: Config, about: str) -> list[Finding]:
    """What is not well, all of it about one thing."""
    wrong = [f for f in await checking.check(settings) if f.level is not Level.OK]
    assert all(TOKEN not in finding.text for finding in wrong)
    assert {finding.about for finding in wrong} <= {about}
    return wrong


async def test_all_is_well(settings: Config) -> None:
    assert await found(settings, "") == []
    async with app.opened(settings):
        pass
    assert await found(settings, "") == []


async def test_a_token_that_telegram_does_not_know(world: World, settings: Config) -> None:
    world.token = "2:OTHER"
    (one,) = await found(settings, "token")
    assert one.level is Level.BAD
    assert "/mybots" in one.text


async def test_telegram_that_cannot_be_reached(settings: Config) -> None:
    nowhere = changed(settings, "telegram", base_url="http://127.0.0.1:9/bot")
    (one,) = await found(nowhere, "telegram")
    assert one.level is Level.BAD
    assert "firewall" in one.text


async def test_what_is_set_at_botfather(world: World, settings: Config) -> None:
    world.inline_mode = False
    (one,) = await found(settings, "inline")
    assert one.level is Level.WARN
    assert "/setinline" in one.text
    said = outside._set(account(groups=False, privacy=False))
    assert [f.about for f in said if f.level is Level.WARN] == ["groups", "privacy"]


def account(**given: Any) -> botfather.Account:
    usual: dict[str, Any] = {
        "username": "mailuo_bot", "inline": True, "groups": True, "privacy": True, "webhook": "",
        "webhook_error": "", "pending": 0, "at": None, "other": False,
    }  # fmt: skip
    return botfather.Account(**{**usual, **given})


async def test_a_webhook_in_the_way_of_polling(world: World, settings: Config) -> None:
    await call_as(world, "setWebhook", url="http://127.0.0.1:9/elsewhere")
    (one,) = await found(settings, "webhook")
    assert "127.0.0.1" in one.text
    assert "takes it away" in one.text


async def call_as(world: World, method: str, **params: Any) -> None:
    world.token, token = "1:SANDBOX", world.token  # what `call` says
    answer = await call(world, method, **params)
    world.token = token
    assert answer["ok"]


def test_a_webhook_that_telegram_will_not_serve() -> None:
    def wrong(address: str, **given: Any) -> list[str]:
        return [f.about for f in outside._way(Config(web=Web(webhook=address)), account(**given))]

    assert wrong("https://a.example/x") == []
    assert wrong("http://a.example/x") == ["webhook"]
    assert wrong("https://a.example:5000/x") == ["webhook"]
    assert wrong("https://a.example/x", webhook="https://a.example/x", webhook_error="503") == [
        "webhook"
    ]


async def test_another_program_that_fetches_updates(
    settings: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(botfather, "LISTEN_SECONDS", 10.0)

    async def fetch() -> None:
        async with httpx.AsyncClient(timeout=60) as client:
            while True:
                url = f"{settings.telegram.base_url}{TOKEN}/getUpdates"
                await client.post(url, json={"timeout": 50})

    other = asyncio.create_task(fetch())
    try:
        (one,) = await found(settings, "updates")
        assert one.level is Level.BAD
        assert "/revoke" in one.text
    finally:
        other.cancel()


async def test_nobody_is_looked_for_while_our_own_worker_runs(settings: Config) -> None:
    async with only_one(settings.store.path):
        started = time.monotonic()
        assert await found(settings, "") == []
        with socket.create_server(("127.0.0.1", 0)) as ours:
            port = ours.getsockname()[1]
            assert await found(changed(settings, "web", port=port), "") == []
    assert time.monotonic() - started < botfather.LISTEN_SECONDS + 5


async def test_a_port_that_is_taken(settings: Config) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        (one,) = await found(changed(settings, "web", port=port), "port")
    assert one.level is Level.BAD
    assert str(port) in one.text


@pytest.mark.parametrize(
    ("seconds", "level"), [(0, None), (20, None), (60, Level.WARN), (-900, Level.BAD)]
)
def test_a_clock_that_is_off(seconds: int, level: Level | None) -> None:
    with time_machine.travel(NOW, tick=False):
        said = list(outside._clock(account(at=NOW + timedelta(seconds=seconds))))
    assert [f.level for f in said] == ([level] if level else [])


def test_a_disk_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, level in ((10 << 20, Level.BAD), (100 << 20, Level.WARN), (10 << 30, None)):

        class Usage:
            pass

        Usage.free = free  # type: ignore[attr-defined]
        monkeypatch.setattr(disk.shutil, "disk_usage", lambda _, usage=Usage: usage)
        assert [f.level for f in disk._room(tmp_path)] == ([level] if level else [])


async def test_a_folder_where_nothing_can_be_kept(
    settings: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "remote", lambda _: True)
    (one,) = await found(settings, "folder")
    assert "network file system" in one.text
    monkeypatch.setattr(disk.os, "access", lambda *_: False)
    (one,) = await disk.store(settings)
    assert (one.level, one.about) == (Level.BAD, "folder")


async def test_a_database_of_another_version(settings: Config, tmp_path: Path) -> None:
    path = settings.store.path
    async with await Store.open(path, word_engine="jieba") as store:
        sql = "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)"
        select = "SELECT migration_set, name FROM _sqlite_migrations ORDER BY name DESC LIMIT 1"
        (set_name, last) = await store.vitals._engine.read(lambda db: db.execute(select).fetchone())
        await store.vitals._engine.write(lambda db: db.execute(sql, [set_name, "m999_later", "x"]))
    (one,) = await found(settings, "database")
    assert one.level is Level.BAD
    assert "newer than this program" in one.text
    path.unlink()
    async with await Store.open(path, word_engine="jieba") as store:
        gone = "DELETE FROM _sqlite_migrations WHERE name = ?"
        await store.vitals._engine.write(lambda db: db.execute(gone, [last]))
    (one,) = await found(settings, "database")
    assert one.level is Level.WARN
    assert last in one.text  # and it was not applied: that would fail on what is there
    path.write_bytes(b"no database" * 1000)
    (one,) = await found(settings, "database")
    assert one.level is Level.BAD


async def test_posts_and_operators(settings: Config, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (one,) = await found(changed(settings, "reading", posts=[tmp_path / "empty"]), "posts")
    assert one.level is Level.WARN
    (one,) = await found(changed(settings, "reading", posts=[tmp_path / "nowhere"]), "posts")
    assert one.level is Level.BAD
    (one,) = await found(changed(settings, "reading", posts=[]), "posts")
    assert one.level is Level.WARN
    (one,) = await found(changed(settings, "telegram", operators=[]), "operators")
    assert one.level is Level.WARN


async def test_feeds_that_fail(settings: Config) -> None:
    async with await Store.open(settings.store.path, word_engine="jieba") as store:
        await store.feeds.add(Feed("https://a.example/f", "https://a.example/f"), NOW)
        (feed,) = await store.feeds.listed()
        state = replace(feed.state, failing_since=NOW, error="404 Not Found", failures=3)
        await store.feeds.settle([replace(feed, state=state)])
    (one,) = await found(settings, "feeds")
    assert "https://a.example/f" in one.text
    assert "404" in one.text


def test_secrets_that_others_can_read(settings: Config, tmp_path: Path) -> None:
    file, token = tmp_path / "config.toml", tmp_path / "token"
    file.write_text('[telegram]\ntoken = "x"\n', encoding="utf-8")
    token.write_text("x", encoding="utf-8")
    named = changed(settings, "telegram", token_file=str(token))
    for of_file, of_token, count in ((0o644, 0o644, 2), (0o600, 0o640, 1), (0o600, 0o600, 0)):
        file.chmod(of_file)
        token.chmod(of_token)
        assert len(list(disk.secrets(named, file))) == count
    file.write_text('[telegram]\ntoken = ""\n', encoding="utf-8")
    file.chmod(0o644)
    assert list(disk.secrets(settings, file)) == []
