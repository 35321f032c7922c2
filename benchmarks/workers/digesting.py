"""(c) Reading and digesting posts with two workers against one, on this machine's processors."""

import asyncio
import os
import tempfile
import time
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import psycopg

from benchmarks.delivery.common import Result, sandbox
from benchmarks.feeds.newsroom import entries
from benchmarks.workers.common import started
from bot.store import Store
from tests.postgres import Server

POSTS, WANTED = 1500, 1.7
FEEDS = 300
ROUNDS = 4  # of each; the machine is not equally quick all the time
ENDS = 100  # articles at the beginning and the end that are not timed: between, all are at it


async def measure(server: Server) -> Result:
    """Articles a second."""
    rates = {}
    with tempfile.TemporaryDirectory() as folder:
        posts = Path(folder) / "posts"
        expected = write(posts)
        for workers in (1, 2) * ROUNDS:
            rate = await _rate(server.fresh(), posts, expected, workers, Path(folder))
            rates[workers] = max(rate, rates.get(workers, 0.0))
    ratio = rates[2] / rates[1]
    where = f"on {os.cpu_count()} processors, best of {ROUNDS}"
    result = Result(f"digesting {expected:,} posts {where}")
    for workers, rate in rates.items():
        result.add(f"articles a second, {workers} workers", rate, f"{rate:.1f}", "", True)
    result.add("ratio", ratio, f"{ratio:.2f}", f"≥ {WANTED}", ratio >= WANTED)
    return result


def write(folder: Path) -> int:
    """Posts of our own invention, no two the same; how many."""
    folder.mkdir()
    now = datetime(2026, 11, 1, tzinfo=UTC)
    told = (one for feed in range(FEEDS) for one in entries(feed, FEEDS, now))
    posts = {(one.title, one.at): one for one in islice(told, POSTS)}
    for number, one in enumerate(posts.values()):
        text = f"---\ntitle: {one.title}\ndate: {one.at:%Y-%m-%d %H:%M:%S}\n---\n{one.html}\n"
        (folder / f"{number}.md").write_text(text, encoding="utf-8")
    return len(posts)


async def _rate(url: str, posts: Path, expected: int, workers: int, folder: Path) -> float:
    """Articles a second while all workers are at it."""
    async with await Store.open(url, word_engine="jieba"):
        pass
    async with sandbox() as control:
        env = {"MAILUO_POSTS": str(posts), "MAILUO_WATCH": "off"}
        running = [
            await started(control.address, url, "ingest", folder / f"{n}.log", **env)
            for n in range(workers)
        ]
        first = await _until(url, ENDS)
        begun = time.monotonic()
        last = await _until(url, expected - ENDS)
        seconds = time.monotonic() - begun
        for worker in running:
            await worker.stop()
    return (last - first) / seconds


async def _until(url: str, stored: int) -> int:
    """How many articles are stored, once there are so many."""
    with psycopg.connect(url, autocommit=True) as db:
        async with asyncio.timeout(900):
            while True:
                row = db.execute("SELECT count(*) FROM all_articles").fetchone()
                assert row is not None
                if (count := int(row[0])) >= stored:
                    return count
                await asyncio.sleep(0.1)
