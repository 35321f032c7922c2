"""(b) How long a reader waits for /latest while all feeds are polled, against idle.

The worker runs as an operator runs it; feeds, its Telegram and the readers are processes of their
own. Idle and busy are measured in turn: feeds become due, are asked, and none is due again.
"""

import asyncio
import statistics
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from rich.progress import Progress

from benchmarks.delivery.common import CONSOLE, Result, Sandbox, sandbox, worker
from benchmarks.delivery.latency import SEEDS, answer
from benchmarks.feeds.common import FEEDS, Server, add, config, serving
from bot import app
from bot.store import Store

ASKED, TURNS = 100, 2
EVERY_SECONDS = 0.1


async def measure(feeds: int = FEEDS, asked: int = ASKED) -> Result:
    """The 95th percentile of both."""
    idle: list[float] = []
    busy: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "latency.db"
        async with serving(feeds) as server, sandbox() as control:
            settings = config(server, database)
            async with app.opened(settings) as house:
                await house.ingest.posts([SEEDS])
            hosts = ",".join(server.hosts())
            process = await worker(control.address, database, MAILUO_ALLOWED_HOSTS=hosts)
            readers = Readers(control, asked)
            try:
                await readers.prepare()
                async with await Store.open(database, word_engine="jieba") as store:
                    for turn in range(TURNS):
                        idle += await readers.ask(asked // TURNS)
                        some = range(turn, feeds, TURNS)
                        await add(store, map(server.address, some), datetime.now(UTC))
                        await _begun(store)
                        busy += await readers.ask(asked // TURNS, store)
                        await _finished(store, server)
                    left = await store.articles.newest()
            finally:
                process.terminate()
                await process.wait()
    return _result(feeds, idle, busy, left)


class Readers:
    """Each asks once: a reader who asks again at once is made to wait."""

    def __init__(self, control: Sandbox, asked: int) -> None:
        self._control = control
        self._chats: list[int] = []
        self._asked = asked

    async def prepare(self) -> None:
        """Wait until the bot answers."""
        made = await self._control.post("chats", private=self._asked * 2 + 2)
        self._chats = made["private"]
        await answer(self._control, self._chats.pop(), EVERY_SECONDS)

    async def ask(self, times: int, store: Store | None = None) -> list[float]:
        """Seconds that some readers waited; given a store, only while feeds are due."""
        found = []
        for _ in range(times):
            if store and not await _due(store):
                break
            found.append(await answer(self._control, self._chats.pop(), EVERY_SECONDS))
        return found


async def _due(store: Store) -> int:
    return len(await store.feeds.due(datetime.now(UTC), 10_000))


async def _begun(store: Store) -> None:
    """Wait until the worker has stored something of the feeds that were added last."""
    before = await store.articles.newest()
    async with asyncio.timeout(60):
        while await store.articles.newest() == before:
            await asyncio.sleep(0.1)


async def _finished(store: Store, server: Server) -> None:
    """Wait until no feed is due."""
    with Progress(console=CONSOLE, transient=True) as progress:
        task = progress.add_task("polling to the end", total=server.feeds)
        async with asyncio.timeout(900):
            while left := await _due(store):
                progress.update(task, completed=server.feeds - left)
                await asyncio.sleep(0.25)


def _result(feeds: int, idle: list[float], busy: list[float], stored: int) -> Result:
    slow, quick = (statistics.quantiles(found, n=20)[-1] for found in (busy, idle))
    result = Result(f"latency of /latest: {len(idle)} times idle, {len(busy)} times while polling")
    ratio = slow / quick
    result.add(f"p95 while {feeds:,} feeds are polled against idle", ratio, f"{ratio:.2f}", "≤ 2",
               ratio <= 2)  # fmt: skip
    result.add("p95 idle, ms", quick * 1000, f"{quick * 1000:.0f}", "", True)
    result.add("p95 while polling, ms", slow * 1000, f"{slow * 1000:.0f}", "", True)
    result.add("articles stored meanwhile", stored, f"{stored:,}", "", True)
    return result
