"""What is due among 2,000,000 subscriptions of 1,000,000 chats on PostgreSQL becomes digests in the
outbox; the reference is the same with 10,000 chats.

The server is of our own and keeps its defaults: a commit is on disk before it returns.
"""

import argparse
import asyncio
import resource
import statistics
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from benchmarks.delivery.common import Result, conclude, show
from bot.app import opened
from bot.config import Config, StoreSettings
from bot.digest import words
from bot.flow.publish import Publisher
from bot.model.delivery import ParcelState
from bot.store import Store, rows
from tests import postgres

MANY, FEW = 1_000_000, 10_000
DUE = {MANY: 50_000, FEW: 10_000}  # of a chat's two subscriptions one may be due
ROUNDS = 50
SEEDS = Path(__file__).parent.parent / "seeds"
NOW = datetime(2021, 12, 7, 4, tzinfo=UTC)
CHATS = "COPY chats (id, kind, title, zone, language, known_since) FROM STDIN"
SUBSCRIPTIONS = """COPY subscriptions (chat_id, topic, scope, value, pace, minute, days, size,
    silent, seen, digests, due_at, active, created_at) FROM STDIN"""


def load(url: str, chats: int) -> None:
    """Chats with two subscriptions each, of which some are due."""
    at, later = rows.instant(NOW - timedelta(hours=1)), rows.instant(NOW + timedelta(hours=9))
    every = chats // DUE[chats]
    slot = ("slot", 480, 127, "brief", 0, 0, 0)
    with psycopg.connect(url) as db:
        with db.cursor().copy(CHATS) as into:
            for chat in range(1, chats + 1):
                into.write_row((chat, "private", "", "Asia/Shanghai", "zh", at))
        with db.cursor().copy(SUBSCRIPTIONS) as into:
            for chat in range(1, chats + 1):
                when = at if chat % every == 0 else later
                into.write_row((chat, 0, "all", "", *slot, when, 1, at))
                into.write_row((chat, 0, "words", f"词{chat % 5000}", *slot, later, 1, at))
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("VACUUM ANALYZE")


async def publishing(url: str, chats: int) -> tuple[float, float, float]:
    """Milliseconds to find a hundred that are due; microseconds to queue each; MiB it took."""
    async with opened(Config(store=StoreSettings(url=url)), lambda: NOW) as house:
        await house.ingest.posts([SEEDS])
    load(url, chats)
    async with await Store.open(url, word_engine="jieba") as store:
        finding = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            assert len(await store.subscriptions.due(NOW, 100)) == 100
            finding.append(time.perf_counter() - started)
        before, started = _memory(), time.perf_counter()
        assert await Publisher(store, lambda: NOW).tick() == DUE[chats]
        took = time.perf_counter() - started
        queued = (await store.outbox.counts())[ParcelState.QUEUED]
        assert queued >= DUE[chats], queued
        return statistics.median(finding) * 1e3, took / DUE[chats] * 1e6, _memory() - before


def _memory() -> float:
    """The most that this process has needed so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def measure() -> Result:
    """First few chats, then many."""
    with postgres.running({}) as server:
        few = await publishing(server.fresh("few"), FEW)
        many = await publishing(server.fresh("many"), MANY)
    found, each, memory = many
    result = Result(f"PostgreSQL: {DUE[MANY]:,} due among {MANY:,} chats, against {FEW:,}")
    result.add(
        "time ratio, each digest",
        each / few[1],
        f"{each / few[1]:.2f}",
        "≤ 1.5",
        each / few[1] <= 1.5,
    )
    result.add("time ratio, finding 100", found / few[0], f"{found / few[0]:.2f}", "", True)
    result.add("ms to find 100", found, f"{found:.2f}", "", True)
    result.add("digests a second", 1e6 / each, f"{1e6 / each:,.0f}", "", True)
    result.add("MiB more at its height", memory, f"{memory:.0f}", "", True)
    return result


def main() -> None:
    """Print a table, write JSON; exit 1 when it is not as wanted."""
    parser = argparse.ArgumentParser("python -m benchmarks.postgres_due", description=__doc__)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    if postgres.binaries() is None:
        print("skipped: PostgreSQL is not installed; on Debian: apt install postgresql")
        return
    words.load()
    result = asyncio.run(measure())
    show(result)
    conclude([result], given.json)


if __name__ == "__main__":
    main()
