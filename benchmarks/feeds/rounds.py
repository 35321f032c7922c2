"""(a) What reading feeds costs: a first round, a second in which nothing changed, a reference.

The reference does what cannot be spared, once and in one process: it fetches the same bytes with a
plain client, gives them to feedparser, and digests the articles. It does so for a part of the
feeds and is scaled up; finding stories, indexing and storing are not in it.

The same work takes half as long again on a busy host, and that changes within minutes: one half of
the reference is measured before the rounds and the other after them, each in a new process.
"""

import asyncio
import multiprocessing
import os
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import feedparser
import httpcore

from benchmarks.delivery.common import CONSOLE, Result
from benchmarks.feeds import usage
from benchmarks.feeds.common import AT_ONCE, FEEDS, Clock, Server, add, config, polled, serving
from benchmarks.feeds.newsroom import ENTRIES
from bot import app
from bot.digest import words
from bot.digest.article import digest
from bot.model.feeds import Feed
from bot.sources.feeds import read_feed

SHANGHAI = ZoneInfo("Asia/Shanghai")
PART = 10  # each half of the reference takes every tenth feed
MIB = 2**20


async def measure(feeds: int = FEEDS) -> Result:
    """Two rounds, between two halves of the reference."""
    result = Result(f"rounds: {feeds:,} feeds of {ENTRIES} entries")
    async with serving(feeds) as server:
        before = await _reference(server, 0)
        first = await _rounds(server, result)
        after = await _reference(server, PART // 2)
    for name in before:
        seconds = (before[name] + after[name]) / 2
        text = f"{seconds:.1f} ({before[name]:.1f} before, {after[name]:.1f} after)"
        result.add(f"{name}, CPU seconds", seconds, text, "", True)
    ratio = first / ((before.total() + after.total()) / 2)
    result.add("CPU against these together", ratio, f"{ratio:.2f}", "≤ 1.5", ratio <= 1.5)
    return result


async def _rounds(server: Server, result: Result) -> float:
    """Both rounds; the CPU seconds of the first."""
    clock, entries = Clock(), server.feeds * ENTRIES
    with tempfile.TemporaryDirectory() as folder:
        settings = config(server, Path(folder) / "rounds.db")
        async with app.opened(settings, clock) as house, app.feeding(house) as feeding:
            await add(house.store, map(server.address, range(server.feeds)), clock())
            done, first = await polled(feeding.polling, server, "first round")
            new = done.outcomes["new"]
            result.add("entries read", new, f"{new:,}", f"{entries:,}", new == entries)
            result.add("entries a second", new / first.wall, f"{new / first.wall:.0f}", "", True)
            _add_cost(result, "first round", first.wall, first.cpu)
            own, *others = (peak / MIB for peak in usage.peak_bytes(os.getpid(), server.process))
            result.add("peak memory of the bot, MiB", own, f"{own:.0f}", "", True)
            all_ = own + sum(others)
            result.add("with its processes, MiB", all_, f"{all_:.0f}", "≤ 1,024", all_ <= 1024)
            stories = await house.store.stories.count(None)
            result.add("stories", stories, f"{stories:,}", f"< {entries:,}", stories < entries)
            clock.forward(timedelta(days=2))
            done, second = await polled(feeding.polling, server, "second round")
    _add_cost(result, "second round", second.wall, second.cpu)
    same = done.unmodified / server.feeds
    result.add("answered 304", same, f"{same:.1%}", "≥ 95%", same >= 0.95)
    share = second.cpu / first.cpu
    result.add("CPU of the second against the first", share, f"{share:.1%}", "≤ 5%", share <= 0.05)
    return first.cpu


def _add_cost(result: Result, name: str, wall: float, cpu: float) -> None:
    result.add(f"{name}, seconds", wall, f"{wall:.1f}", "", True)
    result.add(f"{name}, CPU seconds", cpu, f"{cpu:.1f}", "", True)


async def _reference(server: Server, start: int) -> Counter[str]:
    """CPU seconds of each of its parts, as many as all feeds would take."""
    some = range(start, server.feeds, PART) or range(1)
    alone = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))
    with CONSOLE.status(f"reference, {len(some)} feeds"), alone as pool:
        work = pool.submit(_done, [(feed, server.address(feed)) for feed in some])
        costs = await asyncio.wrap_future(work)
    return Counter({name: cost * server.feeds / len(some) for name, cost in costs.items()})


def _done(some: Sequence[tuple[int, str]]) -> dict[str, float]:
    """Fetching, feedparser and the digest of some feeds, and what each took."""
    words.load()
    costs, at = {}, time.process_time()

    def took(name: str) -> None:
        nonlocal at
        costs[name] = time.process_time() - at
        at = time.process_time()

    documents = asyncio.run(_fetched([address for _, address in some]))
    took("fetching")
    for body in documents:
        feedparser.parse(body)
    took("feedparser")
    articles = [
        article
        for (feed, _), body in zip(some, documents, strict=True)
        for article in read_feed(body, "", "http://x/", Feed(f"http://x/{feed}", "")).articles
    ]
    at = time.process_time()
    for article in articles:
        digest(article, SHANGHAI)
    took("the digest")
    return costs


async def _fetched(addresses: list[str]) -> list[bytes]:
    """The bytes at some addresses, by a plain client."""
    turn = asyncio.Semaphore(AT_ONCE)
    async with httpcore.AsyncConnectionPool(max_connections=AT_ONCE) as pool:

        async def one(address: str) -> bytes:
            async with turn:
                return (await pool.request("GET", address)).content

        return list(await asyncio.gather(*map(one, addresses)))
