"""(b) Who receives the updates is killed with SIGKILL again and again; another takes over.

Readers who have three subscriptions end the first in their list, all the while. Two are left then;
three, if the update was lost, and one, if it was handled twice.
"""

import asyncio
import itertools
import json
import random
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from benchmarks.delivery.common import Result, Sandbox, sandbox
from benchmarks.workers.common import Worker, started
from bot.model.delivery import Pace, Place, Rhythm, Scope, ScopeKind, Size
from bot.store import Store
from tests.postgres import Server

KILLS, MOST_SECONDS = 10, 10.0
READERS, EACH = 1500, 3
EVERY_SECONDS = 0.2  # between two of them
RECEIVES = "receives the updates"
PARTS = 50  # readers of as many parts are prepared side by side


async def measure(server: Server) -> Result:
    """How long nobody received updates, and what became of those that were sent."""
    url = server.fresh()
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "sent.jsonl"
        async with sandbox("--record", str(record)) as control:
            readers = (await control.post("chats", private=READERS))["private"]
            async with await Store.open(url, word_engine="jieba") as store:
                await asyncio.gather(*(_prepare(store, readers[n::PARTS]) for n in range(PARTS)))
            asked: list[int] = []
            asking = asyncio.create_task(_ask(control, readers, asked))
            seconds = await _killed(control, url, record, asking, Path(folder))
        answers = Counter(json.loads(line)["chat_id"] for line in record.open(encoding="utf-8"))
    with psycopg.connect(url) as db:
        found = db.execute("SELECT chat_id FROM subscriptions").fetchall()
    return _result(asked, Counter(chat for (chat,) in found), answers, seconds)


async def _prepare(store: Store, readers: list[int]) -> None:
    now = datetime.now(UTC)
    for reader in readers:
        for n in range(EACH):
            await store.subscriptions.put(
                Place(reader), Scope(ScopeKind.WORDS, f"桥{n}"), Rhythm(Pace.SLOT), Size.BRIEF,
                silent=False, due_at=now + timedelta(days=1), now=now,
            )  # fmt: skip


def _result(
    asked: list[int], left: Counter[int], answers: Counter[int], seconds: list[float]
) -> Result:
    result = Result(f"takeover of updates: {KILLS} kills, {len(asked)} updates meanwhile")
    worst, lost = max(seconds), sum(left[chat] == EACH for chat in asked)
    twice, silent = sum(left[c] < EACH - 1 for c in asked), sum(answers[c] == 0 for c in asked)
    result.add(
        "seconds until the next answer, at most",
        *(worst, f"{worst:.1f}", f"≤ {MOST_SECONDS:.0f}", worst <= MOST_SECONDS),
    )
    result.add("updates lost", lost, str(lost), "0", lost == 0)
    result.add("updates handled twice with effect", twice, str(twice), "0", twice == 0)
    result.add("effects without an answer", silent, str(silent), "", True)
    again = sum(answers[chat] > 1 for chat in asked)
    result.add("answers sent twice", again, str(again), "", True)
    return result


async def _ask(control: Sandbox, readers: list[int], asked: list[int]) -> None:
    """Readers write one after the other until told to stop."""
    for reader in readers:
        await control.post("say", chats=[reader], text="/unsubscribe 1")
        asked.append(reader)
        await asyncio.sleep(EVERY_SECONDS)


async def _killed(
    control: Sandbox, url: str, record: Path, asking: "asyncio.Task[None]", folder: Path
) -> list[float]:
    """Kill whoever receives, as often as is to be; the seconds until the next answer after each."""
    numbers, chance = itertools.count(), random.Random(3)

    async def worker() -> Worker:
        log = folder / f"{next(numbers)}.log"
        return await started(control.address, url, "updates", log, MAILUO_PER_SECOND="1000")

    workers, seconds = [await worker(), await worker()], []
    for _ in range(KILLS):
        receiving = await _who(workers)
        await asyncio.sleep(chance.uniform(1.0, 3.0))
        await receiving.kill()
        size, killed = record.stat().st_size, time.monotonic()
        while record.stat().st_size == size:
            await asyncio.sleep(0.01)
        seconds.append(time.monotonic() - killed)
        workers.remove(receiving)
        workers.append(await worker())
    asking.cancel()
    await _quiet(record)
    for one in workers:
        await one.stop()
    return seconds


async def _who(workers: list[Worker]) -> Worker:
    while True:
        for one in workers:
            if one.said(RECEIVES):
                return one
        await asyncio.sleep(0.05)


async def _quiet(record: Path) -> None:
    """Wait until nothing has been answered for a while."""
    size = -1
    while record.stat().st_size != size:
        size = record.stat().st_size
        await asyncio.sleep(3.0)
