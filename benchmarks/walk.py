"""How long an article takes on its way in, against one jieba pass over the same text.

Ratios, not seconds, are what compares: machines differ, and jieba is the floor for anything on it.
"""

import argparse
import asyncio
import json
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import jieba
from rich.console import Console
from rich.table import Table

from bot import app
from bot.config import Config, StoreSettings
from bot.digest.article import digest
from bot.digest.index import index_words
from bot.digest.reading import read
from bot.digest.words import load
from bot.sources.posts import find_posts, read_post

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
ROUNDS = 20


def best(function: Callable[[], object]) -> float:
    """The least CPU seconds of some rounds."""
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        function()
        times.append(time.process_time() - started)
    return min(times)


async def ingest(posts: Path) -> float:
    """CPU seconds to read, digest and store all posts."""
    with tempfile.TemporaryDirectory() as folder:
        config = Config(store=StoreSettings(path=Path(folder) / "bench.db"))
        async with app.opened(config) as house:
            started = time.process_time()
            await house.ingest.posts([posts])
            return time.process_time() - started


def measure(posts: Path) -> dict[str, float]:
    """CPU seconds by step, for all the posts together."""
    load()
    files = find_posts([posts])
    articles = [read_post(path) for path in files]
    zone = app.ZoneInfo("Asia/Shanghai")
    texts = ["".join(block.text for block in a.blocks) for a in articles]
    readings = [read(a, zone) for a in articles]
    digests = [digest(a, zone) for a in articles]
    return {
        "one jieba pass (reference)": best(lambda: [jieba.lcut(t) for t in texts]),
        "reading the posts": best(lambda: [read_post(f) for f in files]),
        "digesting": best(lambda: [digest(a, zone) for a in articles]),
        "words for the index": best(
            lambda: [index_words(r, d) for r, d in zip(readings, digests, strict=True)]
        ),
        "all, into a new database": min(asyncio.run(ingest(posts)) for _ in range(3)),
    }


def main() -> None:
    """Print a table, write JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=Path, default=SEEDS)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    seconds = measure(arguments.posts)
    floor = seconds["one jieba pass (reference)"]
    table = Table("step", "CPU ms", "times jieba", title=f"The way in: {arguments.posts}")
    for step, value in seconds.items():
        table.add_row(step, f"{value * 1000:.1f}", f"{value / floor:.2f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    console = Console()
    console.print(table)
    console.print(f"peak memory {peak:.0f} MB")
    if arguments.json:
        ratios = {step: value / floor for step, value in seconds.items()}
        document = {"cpu_seconds": seconds, "times_jieba": ratios, "peak_mb": peak}
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        arguments.json.write_text(json.dumps(document, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
