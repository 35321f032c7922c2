"""The worker as an operator runs it: another process, over a real socket, started and stopped."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot import app
from bot.config import Config, StoreSettings
from bot.sandbox import World, create_app, serve
from tests.conftest import still
from tests.writing import ROOT, SEEDS, post

SECONDS = 60.0


@asynccontextmanager
async def process(
    command: list[str], address: str, tmp_path: Path, **settings: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process with the sandbox for Telegram; killed if it still lives at the end."""
    env = {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": "1:SANDBOX",
        "MAILUO_TELEGRAM_BASE_URL": f"{address}/bot",
        "MAILUO_DB": str(tmp_path / "mailuo.db"),
        "MAILUO_POSTS": str(SEEDS),
        "MAILUO_CONFIG": "",
        **settings,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    started = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=env, stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
            await started.wait()


@pytest.mark.parametrize(
    "command",
    [
        [sys.executable, "-m", "bot", "run"],
        [sys.executable, "-m", "honcho", "-f", "Procfile", "start", "worker"],
    ],
    ids=["run", "procfile"],
)
async def test_the_worker_reads_answers_and_stops(command: list[str], tmp_path: Path) -> None:
    world = World(still)
    chat = world.private_chat()
    async with (
        serve(world, create_app(world)) as address,
        process(command, address, tmp_path) as worker,
    ):
        async with asyncio.timeout(SECONDS):
            text = ""
            while not text.startswith("最新"):  # the first reading may still go on
                chat.say("/latest")
                text = (await chat.answer(SECONDS))["text"]
            assert ("default", "") in world.commands
            assert ("default", "en") in world.commands
            worker.send_signal(signal.SIGTERM)
            out, err = await worker.communicate()
    assert "1:SANDBOX" not in (out + err).decode()
    assert b"Traceback" not in out + err
    if "honcho" not in command:
        assert worker.returncode == 0
        assert b"answering as @mailuo_bot" in err


async def test_a_token_that_telegram_does_not_know(tmp_path: Path) -> None:
    world = World(still, token="2:OTHER")
    async with (
        serve(world, create_app(world)) as address,
        process([sys.executable, "-m", "bot", "run"], address, tmp_path) as worker,
    ):
        async with asyncio.timeout(SECONDS):
            _, err = await worker.communicate()
    assert worker.returncode == 1
    assert b"Telegram does not know this bot token" in err
    assert b"Traceback" not in err


async def test_a_worker_may_start_before_its_network(tmp_path: Path) -> None:
    address = "http://127.0.0.1:9"  # the discard port: nobody listens
    async with process([sys.executable, "-m", "bot", "run"], address, tmp_path) as worker:
        assert worker.stderr is not None
        async with asyncio.timeout(SECONDS):
            while b"cannot be reached, trying again" not in await worker.stderr.readline():
                assert worker.returncode is None
            worker.send_signal(signal.SIGTERM)
            await worker.wait()


async def test_a_new_post_reaches_a_subscriber(tmp_path: Path) -> None:
    """All the ticks of the real thing: reading, queueing, sending."""
    world, posts = World(still), tmp_path / "posts"
    posts.mkdir()
    chat = world.private_chat()
    settings = {"MAILUO_POSTS": str(posts), "MAILUO_EVERY_SECONDS": "1"}
    async with (
        serve(world, create_app(world)) as address,
        process([sys.executable, "-m", "bot", "run"], address, tmp_path, **settings),
        asyncio.timeout(SECONDS),
    ):
        chat.say("/subscribe 即时")
        assert "已订阅" in (await chat.answer(SECONDS))["text"]
        (posts / "bridge.md").write_bytes(post("<p>12月7日，新桥正式通车。</p>", title="新桥通车"))
        while "\n新桥通车\n" not in chat.last()["text"]:
            await world.change(SECONDS)


async def test_a_post_written_in_two_halves_is_read_once_and_whole(tmp_path: Path) -> None:
    """The watch sees the first half at once, and leaves it; the second comes when we say."""
    world, posts = World(still), tmp_path / "posts"
    posts.mkdir()
    whole = post("<p>12月7日，新桥正式通车，全长三公里。</p>", title="新桥通车")
    half = whole.index("晨报".encode())
    settings = {"MAILUO_POSTS": str(posts), "MAILUO_EVERY_SECONDS": "3600"}
    async with (
        serve(world, create_app(world)) as address,
        process([sys.executable, "-m", "bot", "run"], address, tmp_path, **settings) as worker,
        asyncio.timeout(SECONDS),
    ):
        await _said(worker, f"watching {posts}".encode())
        with (posts / "bridge.md").open("wb") as file:
            file.write(whole[:half])
            file.flush()
            await _said(worker, b"left until it is whole")
            file.write(whole[half:])
        await _said(worker, b"read 1 posts")
        worker.send_signal(signal.SIGTERM)
        assert b"rejected" not in (await worker.communicate())[1]
    async with app.opened(Config(store=StoreSettings(path=tmp_path / "mailuo.db"))) as house:
        stored = await house.lookup.article(1)
    assert stored is not None
    assert stored.revision == 1
    assert "全长三公里" in stored.article.blocks[0].text


async def test_a_second_worker_waits_for_the_first(tmp_path: Path) -> None:
    """Two on one database would send everything twice."""
    world = World(still)
    run = [sys.executable, "-m", "bot", "run"]
    nothing = {"MAILUO_POSTS": str(tmp_path / "none")}
    async with (
        serve(world, create_app(world)) as address,
        process(run, address, tmp_path, **nothing) as first,
    ):
        async with asyncio.timeout(SECONDS):
            await _said(first, b"answering as @mailuo_bot")
            async with process(run, address, tmp_path, **nothing) as second:
                await _said(second, b"another worker runs on")
                first.kill()  # its lock dies with it
                await _said(second, b"answering as @mailuo_bot")
                second.send_signal(signal.SIGTERM)
                assert await second.wait() == 0


async def _said(worker: asyncio.subprocess.Process, words: bytes) -> None:
    assert worker.stderr is not None
    while words not in (line := await worker.stderr.readline()):
        assert line, "it ended"
