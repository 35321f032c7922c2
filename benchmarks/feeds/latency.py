"""(b) How long a reader waits for /latest while all feeds are polled, against idle.

The worker runs as an operator runs it; feeds, its Telegram and the readers are processes of their
own, on the same machine. Readers ask at the same pace throughout, and as long as feeds are polled.
Idle is measured twice, before, with a few articles stored, and after, with all; what counts is the
quicker.
"""

import asyncio
import statistics
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

from rich.progress import track

from benchmarks.delivery.common import CONSOLE, Result, Sandbox, sandbox, worker
from benchmarks.delivery.latency import SEEDS, answer
from benchmarks.feeds.common import FEEDS, add, config, serving
from bot import app
from bot.store import Store

ASKED = 200
EVERY_SECONDS = 0.1


async def measure(feeds: int = FEEDS, asked: int = ASKED) -> Result:
    """The 95th percentile of each."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "latency.db"
        async with serving(feeds) as server, sandbox() as control:
            async with app.opened(config(server, database)) as house:
                await house.ingest.posts([SEEDS])
            chats = (await control.post("chats", private=asked))["private"]
            hosts = ",".join(server.hosts())
            process = await worker(control.address, database, MAILUO_ALLOWED_HOSTS=hosts)
            try:
                await answer(control, chats[0], EVERY_SECONDS)  # it has started
                async with await Store.open(database, word_engine="jieba") as store:
                    idle = await _asked(control, chats, "idle")
                    await add(store, map(server.address, range(feeds)), datetime.now(UTC))
                    before = await _begun(store)
                    busy = await _asked(control, cycle(chats), "busy", store)
                    stored = await store.articles.newest() - before
                    full = await _asked(control, chats, "idle, all stored")
            finally:
                process.terminate()
                await process.wait()
    return _result(feeds, idle, busy, full, stored)


async def _asked(
    control: Sandbox, chats: Iterable[int], label: str, store: Store | None = None
) -> list[float]:
    """Seconds that some readers waited, one after the other; given a store, while feeds are due."""
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


def _result(
    feeds: int, idle: list[float], busy: list[float], full: list[float], stored: int
) -> Result:
    slow, quick = _p95(busy), min(_p95(idle), _p95(full))
    result = Result(
        f"latency of /latest: {len(idle)} times idle, {len(busy)} times while polling,"
        f" {len(full)} times idle with all stored"
    )
    ratio = slow / quick
    result.add(f"p95 while {feeds:,} feeds are polled against idle", ratio, f"{ratio:.2f}", "≤ 2",
               ratio <= 2)  # fmt: skip
    for name, found in (("idle", idle), ("while polling", busy), ("idle with all stored", full)):
        middle, high = statistics.median(found or [0.0]) * 1000, _p95(found) * 1000
        result.add(f"median {name}, ms", middle, f"{middle:.0f}", "", True)
        result.add(f"p95 {name}, ms", high, f"{high:.0f}", "", True)
    result.add("articles stored meanwhile", stored, f"{stored:,}", "", True)
    return result


def _p95(found: list[float]) -> float:
    few = len(found) < 2  # of so few feeds that they were read before anybody asked
    return max(found, default=0.0) if few else statistics.quantiles(found, n=20)[-1]
