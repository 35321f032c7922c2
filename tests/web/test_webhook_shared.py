"""A webhook behind a load balancer: two workers of one PostgreSQL database take what it brings."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from telegram import Update

from bot import app, roles
from bot.chat.once import OnceProcessor
from bot.config import StoreSettings
from bot.hosting import hosted_by
from bot.jobs import Job
from bot.roles import Role
from bot.sandbox import World, create_app, serve
from bot.store.postgres.presence import present
from bot.web.webhook import HEADER, secret
from tests.conftest import still
from tests.web.hosts import config, free_port

SECONDS = 120.0
KNOWN = {HEADER: secret("1:SANDBOX")}


class Noting(OnceProcessor):
    """Tells when an update comes to be handled."""

    begun: asyncio.Event

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        if isinstance(update, Update):
            Noting.begun.set()
        await super().do_process_update(update, coroutine)


@dataclass(frozen=True, slots=True)
class Taking:
    """A worker that takes updates, as the load balancer sees it."""

    house: app.House
    client: httpx.AsyncClient
    jobs: list[Job]

    async def bring(self, update: dict[str, Any]) -> int:
        """The answer to an update."""
        return (await self.client.post("/hook", json=update, headers=KNOWN)).status_code

    async def take_over(self) -> None:
        """What the clock does each second."""
        await next(job for job in self.jobs if job.name == "taking over updates").work()


@asynccontextmanager
async def taking(address: str, url: str, tmp_path: Path) -> AsyncIterator[Taking]:
    """A worker's parts as `roles.run` puts them together, without the clock."""
    port = free_port()
    settings = config(address, tmp_path, port, f"http://127.0.0.1:{port}/hook")
    settings = settings.model_copy(update={"store": StoreSettings.model_validate({"url": url})})
    async with (
        app.opened(settings, still) as house,
        present(url) as presence,
        hosted_by(settings, still) as hosted,
        roles._bot(house, hosted, Role.UPDATES, presence) as jobs,
        httpx.AsyncClient(base_url=hosted.address, timeout=SECONDS) as client,
    ):
        yield Taking(house, client, jobs)


def subscribing(number: int, chat: int) -> dict[str, Any]:
    """An update, as Telegram brings it."""
    text = "/subscribe 全部 即时"
    command = {"type": "bot_command", "offset": 0, "length": 10}
    person = {"id": chat, "is_bot": False, "first_name": "x"}
    message = {"message_id": 1, "date": 0, "chat": {"id": chat, "type": "private"},
               "from": person, "text": text, "entities": [command]}  # fmt: skip
    return {"update_id": number, "message": message}


async def test_an_update_that_comes_to_two_workers_is_handled_once(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, Noting.begun = World(still), asyncio.Event()
    monkeypatch.setattr(roles, "OnceProcessor", Noting)
    chat = world.private_chat().id
    update = subscribing(7, chat)
    async with asyncio.timeout(SECONDS), AsyncExitStack() as stack:
        address = await stack.enter_async_context(serve(world, create_app(world)))
        one, other = [
            await stack.enter_async_context(taking(address, postgres_url, tmp_path))
            for _ in range(2)
        ]
        with psycopg.connect(postgres_url) as db:
            db.execute("LOCK TABLE subscriptions IN ACCESS EXCLUSIVE MODE")
            first = asyncio.create_task(one.bring(update))
            await Noting.begun.wait()
            assert await other.bring(update) == 503  # it is not handled yet
            assert not first.done()
        assert await first == 200
        assert [await worker.bring(update) for worker in (other, one)] == [200, 200]
        assert len(await one.house.store.subscriptions.of_chat(chat)) == 1
        assert [c.method for c in world.calls].count("sendMessage") == 1


async def test_what_a_dead_worker_had_in_hand_is_taken_over_before_200(
    postgres_url: str, tmp_path: Path
) -> None:
    world = World(still)
    chat = world.private_chat()
    update = subscribing(8, chat.id)
    async with asyncio.timeout(SECONDS), AsyncExitStack() as stack:
        address = await stack.enter_async_context(serve(world, create_app(world)))
        worker = await stack.enter_async_context(taking(address, postgres_url, tmp_path))
        with psycopg.connect(postgres_url, autocommit=True) as db:
            db.execute(
                "INSERT INTO updates (id, body, worker) VALUES (8, %s, 999)", [json.dumps(update)]
            )
        assert await worker.bring(update) == 503
        await worker.take_over()
        await chat.answer(SECONDS)
        while await worker.bring(update) != 200:  # as Telegram does: it is marked after its answer
            pass
        assert [c.method for c in world.calls].count("sendMessage") == 1
