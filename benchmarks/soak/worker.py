"""The worker on a clock that runs ahead: `python -m benchmarks.soak.worker --speed 40`.

Settings come from the environment, as those of any worker. It prints a sample of itself as a line
of JSON every now and then.
"""

import argparse
import asyncio
import json
import signal
import sqlite3
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial

from benchmarks.soak.samples import taken
from bot import jobs, logs, worker
from bot.chat import commands, photos, processing
from bot.chat.answered import Answered
from bot.config import Config, load
from bot.flow import telling
from bot.flow.drawing import Drawing
from bot.store import recent, rows
from bot.store.engines import sqlite

EVERY_SECONDS = 3.0  # collecting garbage stops the worker for a moment


def running_ahead(speed: float) -> Callable[[], datetime]:
    """A clock that starts now and is so many times as fast as the wall's."""
    begin, since = datetime.now(UTC), time.monotonic()
    return lambda: begin + timedelta(seconds=(time.monotonic() - since) * speed)


async def sampling(config: Config, speed: float) -> None:
    """Print a sample now and then until cancelled."""
    since = time.monotonic()
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        hour = (time.monotonic() - since) * speed / 3600
        print(json.dumps(asdict(taken(hour, config.store.path))), flush=True)


class Frugal(sqlite.File):
    """A connection that holds 256 KiB of the file in memory, in place of two MiB."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA cache_size = -256")
        super().__init__(connection)


def remember_little() -> None:
    """What is remembered up to a number is full long before that number is reached by the clock on
    the wall: with small numbers, what still grows is a leak."""
    processing.REMEMBERED = 100
    photos._KNOWN = 10
    rows._RECENT = 50
    recent.MOST, telling.MOST = 50, 5
    vars(worker)["Drawing"] = partial(Drawing, most=2**20)
    vars(commands)["Answered"] = partial(Answered, 50)
    vars(sqlite)["File"] = Frugal
    vars(sqlite3)["connect"] = partial(sqlite3.connect, cached_statements=8)


async def run(config: Config, speed: float) -> None:
    """Work until a signal."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    watching = asyncio.create_task(sampling(config, speed))
    await worker.run(config, stop, running_ahead(speed))
    watching.cancel()


def main() -> None:
    """The settings of the environment, at some speed."""
    parser = argparse.ArgumentParser("python -m benchmarks.soak.worker", description=__doc__)
    parser.add_argument("--speed", type=float, default=40.0)
    speed = parser.parse_args().speed
    config = load()
    token = config.telegram.token.get_secret_value()
    logs.setup(config.log.level, config.log.format, [token])
    remember_little()
    for pace in ("REPORT_SECONDS", "TIDY_SECONDS"):  # what is rare by the wall's clock
        setattr(jobs, pace, getattr(jobs, pace) / speed)
    asyncio.run(run(config, speed))


if __name__ == "__main__":
    main()
