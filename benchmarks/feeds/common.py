"""What the measurements share: the server of feeds, and where its feeds are."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.progress import Progress

from benchmarks.delivery.common import CONSOLE
from benchmarks.feeds import usage
from bot.config import Config, Fetching, StoreSettings
from bot.flow.poll import Polling, Round
from bot.model.feeds import Feed
from bot.store import Store

FEEDS = 1000
AT_ONCE = 64  # connections; so that what waits for nothing does not take all evening


class Clock:
    """A clock that goes by itself, and can be put forward."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def forward(self, by: timedelta) -> None:
        """Put it forward."""
        self._ahead += by


@dataclass(frozen=True, slots=True)
class Cost:
    """What something cost: seconds by the wall's clock, and of CPU with all processes."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Server:
    """A running server of feeds."""

    port: int
    process: int
    feeds: int

    def host(self, feed: int) -> str:
        """The address of this machine that is a feed's own, as an operator would allow it."""
        return f"127.1.{feed // 250}.{feed % 250 + 1}:{self.port}"

    def address(self, feed: int, kind: str = "feed") -> str:
        """Where a feed is that behaves in some way."""
        return f"http://{self.host(feed)}/{kind}/{feed}"

    def hosts(self) -> list[str]:
        """The hosts of all feeds."""
        return [self.host(feed) for feed in range(self.feeds)]


@asynccontextmanager
async def serving(feeds: int, *options: str) -> AsyncIterator[Server]:
    """So many feeds, served while the block runs; options as of `benchmarks.feeds.serve`."""
    command = ("-m", "benchmarks.feeds.serve", "--feeds", str(feeds), *options)
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        yield Server(int(await process.stdout.readline()), process.pid, feeds)
    finally:
        process.terminate()
        await process.wait()


def config(server: Server, database: Path, at_once: int = AT_ONCE) -> Config:
    """Settings of a bot that may ask the server's feeds."""
    return Config(
        store=StoreSettings(path=database),
        fetching=Fetching(allowed_hosts=server.hosts(), at_once=at_once),
    )


async def add(store: Store, addresses: Iterable[str], now: datetime) -> None:
    """Feeds to be read, due at once."""
    await store.feeds.configure([Feed(address, address) for address in addresses], now)


async def polled(polling: Polling, server: Server, label: str) -> tuple[Round, Cost]:
    """Ask all that is due, and say what it cost, the server's own work aside."""
    own = os.getpid()
    with Progress(console=CONSOLE, transient=True) as progress:
        task = progress.add_task(label, total=server.feeds)
        before = usage.cpu_seconds(own, server.process)
        started = asyncio.get_running_loop().time()
        done = await polling.tick(lambda n, _: progress.update(task, completed=n))
        wall = asyncio.get_running_loop().time() - started
    return done, Cost(wall, usage.cpu_seconds(own, server.process) - before)
