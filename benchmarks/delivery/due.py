"""(f) Finding what is due among 100,000 subscriptions and among 1,000, the same number due."""

import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.progress import track

from benchmarks.delivery.common import CONSOLE, Result
from bot.model.delivery import ChatSettings, Pace, Place, Rhythm, Scope, ScopeKind, Size
from bot.store import Store

MANY, FEW, DUE, ROUNDS, TO_A_CHAT = 100_000, 1_000, 100, 200, 20
NOW = datetime(2026, 1, 1, tzinfo=UTC)


async def filled(path: Path, total: int) -> Store:
    """A store with so many subscriptions, of which `DUE` are due."""
    store = await Store.open(path, word_engine="jieba")
    every = total // DUE
    for number in track(range(total), f"{total:,} subscriptions", console=CONSOLE, transient=True):
        chat = number // TO_A_CHAT + 1
        if number % TO_A_CHAT == 0:
            await store.chats.put(ChatSettings(chat), NOW)
        offset = timedelta(hours=-1) if number % every == 0 else timedelta(seconds=number + 1)
        await store.subscriptions.put(
            Place(chat), Scope(ScopeKind.WORDS, str(number)), Rhythm(Pace.SLOT), Size.BRIEF,
            silent=False, due_at=NOW + offset, now=NOW,
        )  # fmt: skip
    return store


async def measure() -> Result:
    """The median of some rounds, taken in turn."""
    with tempfile.TemporaryDirectory() as folder:
        stores = [await filled(Path(folder) / f"{total}.db", total) for total in (MANY, FEW)]
        times: list[list[float]] = [[], []]
        for _ in range(ROUNDS):
            for store, found in zip(stores, times, strict=True):
                started = time.perf_counter()
                due = await store.subscriptions.due(NOW, 1000)
                found.append(time.perf_counter() - started)
                assert len(due) == DUE
        for store in stores:
            await store.close()
    many, few = map(statistics.median, times)
    result = Result(f"due: {DUE} among {MANY:,} against among {FEW:,}")
    result.add("time ratio", many / few, f"{many / few:.2f}", "≤ 3", many / few <= 3)
    result.add("ms among the many", many * 1000, f"{many * 1000:.2f}", "", True)
    return result
