"""(a) Three senders empty one outbox; one of them is killed with SIGKILL every five seconds."""

import asyncio
import itertools
import json
import random
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.delivery.common import Result, queue, sandbox
from benchmarks.workers.common import Worker, started
from bot.model.delivery import ParcelState
from bot.sandbox.traffic import most_within
from bot.store import Store
from tests.postgres import Server

ROWS, SENDERS, AT_ONCE, EVERY_SECONDS = 10_000, 3, 16, 5.0
SCALE = 4  # of Telegram's 30 a second; the default of the settings, 28, likewise
PERMITTED, PACE = 30 * SCALE, 28 * SCALE
PARTS = 50  # as many chats are queued for side by side


async def measure(server: Server) -> Result:
    """How many rows are lost or repeated, and the most that came within a second."""
    url = server.fresh()
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "sent.jsonl"
        async with (
            sandbox("--record", str(record)) as control,
            await Store.open(url, word_engine="jieba") as store,
        ):
            chats = (await control.post("chats", private=ROWS))["private"]
            await asyncio.gather(*(queue(store, chats[n::PARTS]) for n in range(PARTS)))
            kills = await _killed(control.address, url, store, Path(folder))
        sent = [json.loads(line) for line in record.open(encoding="utf-8")]
    counts = Counter(one["chat_id"] for one in sent)
    return _result(chats, counts, [one["at"] for one in sent], kills)


def _result(chats: list[int], counts: Counter[int], at: list[float], kills: int) -> Result:
    lost, repeats = sum(chat not in counts for chat in chats), counts.total() - len(counts)
    busiest, rate = most_within(1.0, at), len(at) / (at[-1] - at[0])
    result = Result(f"{SENDERS} senders, {ROWS:,} rows, one killed every {EVERY_SECONDS:.0f} s")
    result.add("kills", kills, str(kills), "", True)
    result.add("lost", lost, str(lost), "0", lost == 0)
    bound = kills * AT_ONCE
    result.add("repeats", repeats, str(repeats), f"≤ {bound} (kills × in flight)", repeats <= bound)
    result.add("most in any second", busiest, str(busiest), f"≤ {PERMITTED}", busiest <= PERMITTED)
    result.add("messages a second", rate, f"{rate:.1f}", f"of {PACE}", True)
    return result


async def _killed(address: str, url: str, store: Store, folder: Path) -> int:
    """Run senders, kill one after the other until all is sent; how many were killed while they
    were at work. For each another is started, which takes a while."""
    chance, numbers, kills = random.Random(7), itertools.count(), 0

    async def sender() -> Worker:
        pace = {"MAILUO_PER_SECOND": str(PACE), "MAILUO_AT_ONCE": str(AT_ONCE)}
        return await started(address, url, "send", folder / f"{next(numbers)}.log", **pace)

    workers = [asyncio.create_task(sender()) for _ in range(SENDERS)]
    await asyncio.wait(workers)
    while (await store.outbox.counts()).get(ParcelState.SENT, 0) < ROWS:
        await asyncio.sleep(EVERY_SECONDS)
        if working := [worker for worker in workers if worker.done()]:
            one = chance.choice(working)
            await one.result().kill()
            kills += 1
            workers[workers.index(one)] = asyncio.create_task(sender())
    for worker in workers:
        await (await worker).stop()
    return kills
