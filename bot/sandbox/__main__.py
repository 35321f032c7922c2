"""The sandbox as a process of its own: `python -m bot.sandbox --port 8081 --record sent.jsonl`.

A test that kills the worker finds in the record what was received. One line on standard output
tells the address as soon as it answers.
"""

import argparse
import asyncio
import signal
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import MailuoError
from bot.sandbox import Faults, Limits, Traffic, World, create_app, serve


def _pairs(text: str) -> dict[str, float]:
    """'overall=30,scale=20' as numbers."""
    pairs = (pair.split("=") for pair in text.split(",") if pair)
    return {name.strip(): float(number) for name, number in pairs}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m bot.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 for any that is free")
    parser.add_argument("--record", type=Path, help="gets a JSON line for each message sent")
    parser.add_argument("--limits", type=_pairs, help="overall=30,per_chat=1,per_group=20,scale=1")
    parser.add_argument("--storm", type=int, metavar="SEED", help="random faults")
    parser.add_argument(
        "--shares",
        type=_pairs,
        default="flood=0.1,server_error=0.05,reset=0.02",
        help="of the storm (default: %(default)s)",
    )
    return parser.parse_args()


def _limits(given: dict[str, float] | None) -> Limits | None:
    if given is None:
        return None
    bursts = {name: int(given.get(name, 0)) for name in ("burst", "overall_burst")}
    return Limits(**(given | bursts))  # type: ignore[arg-type]


async def _run(given: argparse.Namespace) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    faults = Faults() if given.storm is None else Faults.storm(given.storm, **given.shares)
    with ExitStack() as stack:
        record = (
            stack.enter_context(given.record.open("a", encoding="utf-8")) if given.record else None
        )
        traffic = Traffic(_limits(given.limits), record=record)
        world = World(lambda: datetime.now(UTC), traffic=traffic, keep_calls=False)
        async with serve(world, create_app(world, faults), given.port) as address:
            sys.stdout.write(f"{address}\n")
            sys.stdout.flush()
            await stop.wait()


def main() -> int:
    """Serve until a signal; 1 when the port is taken."""
    try:
        asyncio.run(_run(_arguments()))
    except MailuoError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
