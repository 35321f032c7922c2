"""Measures, simulates, prints both tables, writes JSON."""

import argparse
import asyncio
import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.scaling.costs import Cost, Costs, measured
from benchmarks.scaling.plan import WAYS, Day, Outcome, digesting, simulated
from bot.config import Config, StoreSettings
from bot.digest import words
from tests import postgres

MEASURED, CHATS = 2000, (10_000, 1_000_000, 10_000_000)


async def costs_of(chats: int) -> list[Costs]:
    """What SQLite costs; and PostgreSQL, where it is installed, with its own defaults."""
    words.load()
    with tempfile.TemporaryDirectory() as folder:
        settings = Config(store=StoreSettings(path=Path(folder) / "scaling.db"))
        found = [await measured(settings, "SQLite", chats)]
    if postgres.binaries() is None:
        print("PostgreSQL is not measured: it is not on this machine")
        return found
    with postgres.running({}) as server:
        settings = Config.model_validate({"store": {"url": server.fresh()}})
        return [*found, await measured(settings, "PostgreSQL", chats)]


def show_costs(costs: Costs) -> None:
    """What one of each costs."""
    table = Table("of one", "CPU, ms", "wall, ms", title=f"Measured: {costs.engine}")
    for name in ("article", "due", "queue", "settle", "send", "answer"):
        cost: Cost = getattr(costs, name)
        table.add_row(name, f"{cost.cpu * 1000:.2f}", f"{cost.wall * 1000:.2f}")
    for name, size in costs.sizes.items():
        table.add_row(f"row of {name}", f"{size:,.0f} bytes", "")
    Console(width=110).print(table)


def show(outcomes: list[Outcome], day: Day, costs: Costs) -> None:
    """What follows."""
    table = Table(
        "chats", "way", "last at", "median", "95%", "backlog", "cores", "senders", "rows/s",
        "answers", "GiB", "Stars/day",
        title=f"{costs.engine}: a digest a day, {costs.stories:g} stories in it; "
        f"{day.articles:,.0f} articles a day keep {digesting(costs, day):.4f} cores busy; GiB "
        "after a year",
    )  # fmt: skip
    for o in outcomes:
        table.add_row(
            f"{o.chats:,}", o.way.name, duration(o.last), duration(o.median), duration(o.late),
            f"{o.backlog:,}", f"{o.cores:.2f}", str(o.senders), f"{o.writes:,.0f}",
            f"{o.answers:.2f}", f"{o.disk:,.1f}", f"{o.stars:,.0f}",
        )  # fmt: skip
    Console(width=150).print(table)


def duration(seconds: float) -> str:
    """Seconds as people say them."""
    for unit, size in (("d", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds:.1f} s"


def main() -> None:
    """Measure, then simulate."""
    parser = argparse.ArgumentParser("python -m benchmarks.scaling", description=__doc__)
    parser.add_argument("--chats", type=int, default=MEASURED, help="to measure with")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    document: dict[str, Any] = {}
    engines, day = asyncio.run(costs_of(given.chats)), Day()
    for costs in engines:
        show_costs(costs)
        outcomes = [simulated(chats, way, costs, day) for chats in CHATS for way in WAYS]
        show(outcomes, day, costs)
        document[costs.engine] = {
            "costs": asdict(costs),
            "outcomes": [asdict(one) for one in outcomes],
        }
    if given.json:
        given.json.parent.mkdir(parents=True, exist_ok=True)
        given.json.write_text(json.dumps(document, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
