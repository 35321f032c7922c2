"""Runs the measurements of several workers, prints a table, writes JSON."""

import argparse
import asyncio
from pathlib import Path

from benchmarks.delivery.common import Result, conclude, show
from benchmarks.workers import digesting, senders, takeover
from bot.digest import words
from tests import postgres

MEASURES = {
    "senders": senders.measure,
    "takeover": takeover.measure,
    "digesting": digesting.measure,
}


async def run(names: list[str]) -> list[Result]:
    """Measure, one after the other, on a server that writes to disk as a real one does."""
    words.load()
    results = []
    with postgres.running({}) as server:
        for name in names or MEASURES:
            results.append(await MEASURES[name](server))
            show(results[-1])
    return results


def main() -> None:
    """Run those that are named, or all; exit 1 when one misses what is wanted."""
    parser = argparse.ArgumentParser("python -m benchmarks.workers", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MEASURES, []])
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    results = asyncio.run(run(given.names))
    conclude(results, given.json)


if __name__ == "__main__":
    main()
