"""Runs the measurements of delivery, prints a table, writes JSON."""

import argparse
import asyncio
from pathlib import Path

from benchmarks.delivery import due, kill, latency, overhead, rate, storm
from benchmarks.delivery.common import Result, conclude, show
from bot.digest import words

MEASURES = {
    "kill": kill.measure,
    "storm": storm.measure,
    "rate": rate.measure,
    "overhead": overhead.measure,
    "latency": latency.measure,
    "due": due.measure,
}


async def run(names: list[str]) -> list[Result]:
    """Measure, one after the other."""
    words.load()
    results = []
    for name in names or MEASURES:
        results.append(await MEASURES[name]())
        show(results[-1])
    return results


def main() -> None:
    """Run those that are named, or all; exit 1 when one misses what is wanted."""
    parser = argparse.ArgumentParser("python -m benchmarks.delivery", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MEASURES, []])
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    results = asyncio.run(run(given.names))
    conclude(results, given.json)


if __name__ == "__main__":
    main()
