"""A worker with its pages, on real sockets and a real file, whose parts tests can stop."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bot import app, worker
from bot.config import Config, StoreSettings, Telegram, Web
from bot.hosting import Hosted, hosted_by
from bot.sandbox import World
from bot.web.pulse import Pulse
from tests.conftest import still
from tests.writing import UNLIMITED


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


class Hands(Pulse):
    """A pulse whose clock is moved by hand, and that can be listened to."""

    def __init__(self) -> None:
        super().__init__(lambda: self.now)
        self.now = 0.0
        self.heard: set[str] = set()
        self._woken = asyncio.Event()

    def beat(self, part: str) -> None:
        super().beat(part)
        self.heard.add(part)
        self._woken.set()

    async def again(self, parts: set[str]) -> None:
        """Until each of these parts has beaten once more."""
        self.heard.clear()
        while parts - self.heard:
            self._woken.clear()
            await self._woken.wait()


def config(address: str, tmp_path: Path, port: int = 0, webhook: str = "") -> Config:
    """Settings of a bot that talks to a sandbox."""
    return Config(
        telegram=Telegram.model_validate({"token": "1:SANDBOX", "base_url": f"{address}/bot"}),
        store=StoreSettings(path=tmp_path / "mailuo.db"),
        web=Web(port=port or free_port(), webhook=webhook),
    )


@dataclass(frozen=True, slots=True)
class Running:
    """A worker, and how to ask its pages."""

    house: app.House
    bot: worker.Answering
    hosted: Hosted
    client: httpx.AsyncClient

    async def get(self, path: str) -> tuple[int, Any]:
        """Status and JSON of a page."""
        answer = await self.client.get(path)
        return answer.status_code, answer.json()


@asynccontextmanager
async def running(
    settings: Config, pulse: Pulse | None = None, clock: app.Clock = still
) -> AsyncIterator[Running]:
    """The worker's parts as `worker.run` puts them together."""
    async with (
        hosted_by(settings, clock, pulse) as hosted,
        app.opened(settings, clock) as house,
        worker.answering(house, limits=UNLIMITED, hosted=hosted) as bot,
        worker.delivering(house, bot, hosted.meter),
        hosted.working(house, bot.application),
        httpx.AsyncClient(base_url=hosted.address) as client,
    ):
        yield Running(house, bot, hosted, client)


def queued(world: World) -> int:
    """How many updates wait at Telegram."""
    return len(world.updates.waiting(0))
