"""Runs the measurements of feeds, prints a table, writes JSON."""

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from benchmarks.delivery.common import Result, conclude, show
from benchmarks.feeds import faults, latency, rounds, ssrf
from benchmarks.feeds.common import FEEDS
from bot import memory
from bot.digest import words

MEASURES: dict[str, Callable[[int], Awaitable[Result]]] = {
    "rounds": rounds.measure,
    "latency": latency.measure,
    "faults": faults.measure,
    "ssrf": ssrf.measure,
}


async def run(names: list[str], feeds: int) -> list[Result]:
    """Measure, one after the other."""
    memory.keep_loaded()  # as the worker does
    words.load()
    results = []
    for name in names or MEASURES:
        results.append(await MEASURES[name](feeds))
        show(results[-1])
    return results


def main() -> None:
    """Run those that are named, or all; exit 1 when one misses what is wanted."""
    parser = argparse.ArgumentParser("python -m benchmarks.feeds", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MEASURES, []])
    parser.add_argument("--feeds", type=int, default=FEEDS)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    results = asyncio.run(run(given.names, given.feeds))
    conclude(results, given.json)


if __name__ == "__main__":
    main()
