"""(c) Half of the servers go wrong, in ten ways; the other half must not notice."""

import asyncio
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.delivery.common import Result
from benchmarks.feeds import usage
from benchmarks.feeds.common import AT_ONCE, FEEDS, Clock, Server, add, config, polled, serving
from benchmarks.feeds.faulty import FAULTS
from benchmarks.feeds.newsroom import ENTRIES
from bot import app

BEAT = 0.01  # seconds
SILENT = 5  # one feed in ten says nothing till its time is over; room for twice as many
MIB = 2**20


@dataclass(slots=True)
class Heart:
    """How long the event loop was away at most, in seconds."""

    longest: float = 0.0


async def measure(feeds: int = FEEDS) -> Result:
    """One round over all, and what is said of it afterwards."""
    kinds = {n: list(FAULTS)[n // 2 % len(FAULTS)] if n % 2 else "feed" for n in range(feeds)}
    healthy = sum(kind == "feed" for kind in kinds.values()) * ENTRIES
    result = Result(f"faults: {feeds:,} feeds, every second one goes wrong")
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "faults.db"
        async with serving(feeds) as server:
            clock = Clock()
            settings = config(server, database, at_once=min(500, max(AT_ONCE, feeds // SILENT)))
            async with app.opened(settings, clock) as house, app.feeding(house) as feeding:
                await add(house.store, (server.address(*kind) for kind in kinds.items()), clock())
                async with _beating() as heart:
                    done, cost = await polled(feeding.polling, server, "half of them wrong")
                peaks = [peak / MIB for peak in usage.peak_bytes(os.getpid(), server.process)]
            listed = await _listed(database)
    new = done.outcomes["new"]
    result.add("entries of the healthy", new, f"{new:,}", f"{healthy:,}", new == healthy)
    result.add("seconds", cost.wall, f"{cost.wall:.1f}", "", True)
    gap = heart.longest * 1000
    result.add("longest silence of the loop, ms", gap, f"{gap:.0f}", "≤ 250", gap <= 250)
    result.add("peak memory, all processes, MiB", sum(peaks), f"{sum(peaks):.0f}", "≤ 1,536",
               sum(peaks) <= 1536)  # fmt: skip
    _add_named(result, server, kinds, listed)
    return result


@asynccontextmanager
async def _beating() -> AsyncIterator[Heart]:
    """Measures how late a beat comes while the block runs."""
    heart = Heart()
    clock = asyncio.get_running_loop().time

    async def beat() -> None:
        while True:
            before = clock()
            await asyncio.sleep(BEAT)
            heart.longest = max(heart.longest, clock() - before - BEAT)

    beating = asyncio.create_task(beat())
    try:
        yield heart
    finally:
        beating.cancel()


async def _listed(database: Path) -> dict[str, str]:
    """What `mailuo feeds list` says of each feed, by its address."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "--db", str(database), "feeds", "list", "--json",
        stdout=asyncio.subprocess.PIPE, env={**os.environ, "MAILUO_CONFIG": ""},
    )  # fmt: skip
    out, _ = await process.communicate()
    return {feed["url"]: feed["error"] for feed in json.loads(out)["feeds"]}


def _add_named(
    result: Result, server: Server, kinds: dict[int, str], listed: dict[str, str]
) -> None:
    """Whether each fault is told by its own name, and of nobody else."""
    named: Counter[str] = Counter()
    there: Counter[str] = Counter(kinds.values())
    example: dict[str, str] = {}
    for feed, kind in kinds.items():
        error = listed[server.address(feed, kind)]
        told = FAULTS[kind].told if kind in FAULTS else ()
        named[kind] += any(words in error for words in told) if told else not error
        example[kind] = error or example.get(kind, "")
    for kind, count in there.items():
        name = "healthy, without a fault" if kind == "feed" else f"{kind}: {example[kind][:60]}"
        shown = f"{named[kind]} of {count}"
        result.add(name, named[kind], shown, f"{count} of {count}", named[kind] == count)
