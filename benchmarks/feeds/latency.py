"""(b) How long a reader waits for /latest while all feeds are polled, against idle.

The worker runs as an operator runs it; feeds, its Telegram and the readers are processes of their
own, on the same machine.
"""

import asyncio
import statistics
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from rich.progress import track

from benchmarks.delivery.common import CONSOLE, Result, Sandbox, sandbox, worker
from benchmarks.delivery.latency import SEEDS, answer
from benchmarks.feeds.common import FEEDS, add, config, serving
from bot import app
from bot.store import Store

ASKED = 150
EVERY_SECONDS = 0.1


async def measure(feeds: int = FEEDS, asked: int = ASKED) -> Result:
    """The 95th percentile of both."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "latency.db"
        async with serving(feeds) as server, sandbox() as control:
            async with app.opened(config(server, database)) as house:
                await house.ingest.posts([SEEDS])
            chats = (await control.post("chats", private=2 * asked + 1))["private"]
            hosts = ",".join(server.hosts())
            process = await worker(control.address, database, MAILUO_ALLOWED_HOSTS=hosts)
            try:
                await answer(control, chats.pop(), EVERY_SECONDS)  # it has started
                async with await Store.open(database, word_engine="jieba") as store:
                    idle = await _asked(control, chats[:asked], "idle")
                    await add(store, map(server.address, range(feeds)), datetime.now(UTC))
                    before = await _begun(store)
                    busy = await _asked(control, chats[asked:], "busy", store)
                    stored = await store.articles.newest() - before
            finally:
                process.terminate()
                await process.wait()
    return _result(feeds, idle, busy, stored)


async def _asked(
    control: Sandbox, chats: list[int], label: str, store: Store | None = None
) -> list[float]:
    """Seconds that some readers waited, each once; given a store, only while feeds are due."""
    found = []
    for chat in track(chats, label, console=CONSOLE, transient=True):
        if store and not await store.feeds.due(datetime.now(UTC), 1):
            break
        found.append(await answer(control, chat, EVERY_SECONDS))
    return found


async def _begun(store: Store) -> int:
    """Wait until the worker has stored something of the feeds; the newest article then."""
    before = await store.articles.newest()
    async with asyncio.timeout(120):
        while (newest := await store.articles.newest()) == before:
            await asyncio.sleep(0.1)
    return newest


def _result(feeds: int, idle: list[float], busy: list[float], stored: int) -> Result:
    slow, quick = _p95(busy), _p95(idle)
    result = Result(f"latency of /latest: {len(idle)} times idle, {len(busy)} times while polling")
    ratio = slow / quick
    result.add(f"p95 while {feeds:,} feeds are polled against idle", ratio, f"{ratio:.2f}", "≤ 2",
               ratio <= 2)  # fmt: skip
    result.add("p95 idle, ms", quick * 1000, f"{quick * 1000:.0f}", "", True)
    result.add("p95 while polling, ms", slow * 1000, f"{slow * 1000:.0f}", "", True)
    result.add("articles stored meanwhile", stored, f"{stored:,}", "", True)
    return result


def _p95(found: list[float]) -> float:
    few = len(found) < 2  # of so few feeds that they were read before anybody asked
    return max(found, default=0.0) if few else statistics.quantiles(found, n=20)[-1]
