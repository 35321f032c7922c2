"""Several workers on a PostgreSQL database, each another process, as an operator runs them."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from pathlib import Path

import httpx
import psycopg
import pytest

from bot.sandbox import World, create_app, serve
from tests import postgres
from tests.conftest import still
from tests.test_worker import process
from tests.web.hosts import free_port
from tests.writing import post

SECONDS = 120.0
RUN = [sys.executable, "-m", "bot", "run"]
Process = asyncio.subprocess.Process


@pytest.fixture
async def world() -> World:
    return World(still)


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with asyncio.timeout(SECONDS), AsyncExitStack() as stack:
        yield stack


class Company:
    """Workers that share a database and a folder of posts."""

    def __init__(self, address: str, url: str, folder: Path) -> None:
        self._address, self._url, self._folder = address, url, folder
        self.posts = folder / "posts"
        self.posts.mkdir()

    def worker(self, role: str, port: int = 0) -> AbstractAsyncContextManager[Process]:
        """A worker of a role, while the context lasts."""
        return process(
            [*RUN, "--role", role],
            self._address,
            self._folder,
            MAILUO_DB="",
            MAILUO_DB_URL=self._url,
            MAILUO_POSTS=str(self.posts),
            MAILUO_EVERY_SECONDS="1",
            MAILUO_PORT=str(port),
        )


@pytest.fixture
async def company(
    world: World, stack: AsyncExitStack, postgres_url: str, tmp_path: Path
) -> Company:
    address = await stack.enter_async_context(serve(world, create_app(world)))
    return Company(address, postgres_url, tmp_path)


async def test_three_roles_do_together_what_one_does(
    world: World, stack: AsyncExitStack, company: Company
) -> None:
    port, chat = free_port(), world.private_chat()
    started = [
        await stack.enter_async_context(company.worker(role, port if role == "send" else 0))
        for role in ("updates", "send", "ingest")
    ]
    chat.say("/subscribe 全部 即时")
    assert "全部" in (await chat.answer(SECONDS))["text"]
    said = post("<p>新桥今天上午通车，全长三公里。</p>", title="'新桥今天通车'")
    (company.posts / "a.md").write_bytes(said)
    while "\n新桥今天通车\n" not in chat.last()["text"]:
        await world.change(SECONDS)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        health = await client.get("/healthz")
    assert health.status_code == 200
    assert {"scheduler", "sending", "writer"} <= set(health.json()["parts"])
    for worker in started:
        worker.send_signal(signal.SIGTERM)
    ends = [await worker.communicate() for worker in started]
    assert [worker.returncode for worker in started] == [0, 0, 0]
    logged = b"".join(out + err for out, err in ends)
    assert b"Traceback" not in logged
    assert b"1:SANDBOX" not in logged


async def test_a_stand_by_receives_when_the_other_is_killed(
    world: World, stack: AsyncExitStack, company: Company
) -> None:
    chat = world.private_chat()
    first = await stack.enter_async_context(company.worker("updates"))
    chat.say("/help")
    await chat.answer(SECONDS)
    await stack.enter_async_context(company.worker("updates"))
    first.kill()
    await first.wait()
    chat.say("/latest")
    await chat.answer(SECONDS)
    assert len(chat.messages) == 4  # each question answered once


async def test_the_database_is_lost_and_comes_back(
    world: World,
    stack: AsyncExitStack,
    company: Company,
    postgres_server: postgres.Server,
    postgres_url: str,
) -> None:
    """Two workers lose it at the same time; nothing is lost, and nothing told twice."""
    chat, ports = world.private_chat(), (free_port(), free_port())
    workers = [
        (await stack.enter_async_context(company.worker("all", port)), port) for port in ports
    ]

    async def both_say(page: str, status: int) -> None:
        for worker, port in workers:
            while await asked(port, page) != status:
                assert worker.returncode is None
                await world.change(0.1)

    def told() -> list[str]:
        return [m["text"] for m in chat.messages.values() if "桥今天通车" in m["text"]]

    async with asyncio.timeout(2 * SECONDS):
        await both_say("readyz", 200)
        chat.say("/subscribe 全部 即时")
        await chat.answer(SECONDS)
        (company.posts / "a.md").write_bytes(post("<p>南桥今天通车。</p>", title="南桥今天通车"))
        while not told() or not settled(postgres_url):  # or it may be told twice, as is documented
            await world.change(0.1)
        with postgres_server.away():
            await both_say("readyz", 503)
            await both_say("healthz", 200)  # to begin anew would not help
            chat.say("/help")
            (company.posts / "b.md").write_bytes(
                post("<p>北桥今天通车。</p>", title="北桥今天通车")
            )
        await both_say("readyz", 200)
        while len(chat.messages) < 6 or not settled(postgres_url):
            await world.change(0.1)
    assert ["南桥" in text for text in told()] == [True, False]
    assert len(chat.messages) == 6  # two questions, an answer to each, two digests


async def asked(port: int, page: str) -> int:
    """The status of a page; 0 where nobody answers yet."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        with suppress(httpx.TransportError):
            return (await client.get(page)).status_code
    return 0


def settled(url: str) -> bool:
    """Whether nothing waits to be sent or handled."""
    sql = """SELECT NOT EXISTS (SELECT 1 FROM outbox WHERE state IN ('queued', 'sending'))
             AND NOT EXISTS (SELECT 1 FROM updates WHERE NOT handled)"""
    with psycopg.connect(url) as db:
        return db.execute(sql).fetchone() == (True,)


async def test_on_a_file_there_is_one_worker(tmp_path: Path) -> None:
    async with process([*RUN, "--role", "send"], "http://127.0.0.1:9", tmp_path) as worker:
        _, err = await worker.communicate()
    assert worker.returncode == 1
    assert b"several workers, which need a PostgreSQL database" in err
