"""(e) How long a reader waits for /latest while a broadcast runs, against idle."""

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from rich.progress import track

from benchmarks.delivery.common import Result, Sandbox, config, queue, sandbox, worker
from bot import app
from bot.model.delivery import ParcelState

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
ASKED, BROADCAST, EVERY_SECONDS = 100, 2000, 0.35


async def measure() -> Result:
    """The 95th percentile of both."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "latency.db"
        async with sandbox() as control:
            made = await control.post("chats", private=BROADCAST + ASKED + 1)
            readers, many = made["private"][: ASKED + 1], made["private"][ASKED + 1 :]
            settings = config(control.address, database)
            async with app.opened(settings) as house:
                await house.ingest.posts([SEEDS])
            process = await worker(control.address, database)
            await answer(control, readers.pop())  # it has started
            idle = [await answer(control, r) for r in track(readers, "idle")]
            async with app.opened(settings) as house:
                await queue(house.store, many)
                await asyncio.sleep(2)
                loaded = [await answer(control, r) for r in track(readers, "busy")]
                left = (await house.store.outbox.counts())[ParcelState.QUEUED]
            process.terminate()
            await process.wait()
    slow, quick = (statistics.quantiles(found, n=20)[-1] for found in (loaded, idle))
    result = Result(f"latency of /latest: {ASKED} times idle, {ASKED} times while broadcasting")
    ratio = slow / quick
    result.add("p95 while broadcasting against idle", ratio, f"{ratio:.2f}", "≤ 2", ratio <= 2)
    result.add("p95 idle, ms", quick * 1000, f"{quick * 1000:.0f}", "", True)
    result.add("broadcast went on until the end", left, f"{left} left", "> 0", left > 0)
    return result


async def answer(control: Sandbox, reader: int, pause: float = EVERY_SECONDS) -> float:
    """Seconds from a reader's question to its answer, by the machine's one monotonic clock."""
    since = (await control.sent(10**9))["count"]
    asked = time.monotonic()
    await control.post("say", chats=[reader], text="/latest")
    async with asyncio.timeout(60):
        while True:
            for one in (await control.sent(since))["sent"]:
                if one["chat_id"] == reader:
                    await asyncio.sleep(pause)
                    return float(one["at"]) - asked
            await asyncio.sleep(0.02)
