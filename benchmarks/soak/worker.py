"""The worker on a clock that runs ahead: `python -m benchmarks.soak.worker --speed 40`.

Settings come from the environment, as those of any worker. It prints a sample of itself as a line
of JSON every now and then.
"""

import argparse
import asyncio
import json
import signal
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial

from benchmarks.soak import children
from benchmarks.soak.allocators import MIB
from benchmarks.soak.samples import taken
from bot import jobs, logs, memory, worker
from bot.chat import commands, photos, processing
from bot.chat.answered import Answered
from bot.config import Config, load
from bot.flow import telling, workers
from bot.flow.drawing import Drawing

EVERY_SECONDS = 1.0  # collecting garbage stops the worker for a tenth of it
THREADS = 32  # asyncio starts no more of its own, each when it is first wanted
LOST_BYTES = 200


def running_ahead(speed: float) -> Callable[[], datetime]:
    """A clock that starts now and is so many times as fast as the wall's."""
    begin, since = datetime.now(UTC), time.monotonic()
    return lambda: begin + timedelta(seconds=(time.monotonic() - since) * speed)


async def sampling(config: Config, speed: float, leak: float) -> None:
    """Print a sample now and then until cancelled; lose so many MiB in each hour of the clock."""
    await asyncio.gather(*(asyncio.to_thread(time.sleep, 0.1) for _ in range(THREADS)))
    lost: list[bytes] = []
    since = time.monotonic()
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        hour = (time.monotonic() - since) * speed / 3600
        wanted = int(hour * leak * MIB / LOST_BYTES)
        lost += (bytes(LOST_BYTES) for _ in range(wanted - len(lost)))
        print(json.dumps(asdict(taken(hour, config.store.path))), flush=True)


def remember_little() -> None:
    """What is remembered up to a number is full long before that number is reached by the clock on
    the wall: with small numbers, what still grows is a leak."""
    processing.REMEMBERED = 100
    photos._KNOWN = 10
    telling.MOST = 5
    vars(worker)["Drawing"] = partial(Drawing, most=2**17)
    vars(commands)["Answered"] = partial(Answered, 50)
    vars(workers)["_begin"] = children.begin
    children.remember_little()


async def run(config: Config, speed: float, leak: float) -> None:
    """Work until a signal."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    watching = asyncio.create_task(sampling(config, speed, leak))
    await worker.run(config, stop, running_ahead(speed))
    watching.cancel()


def main() -> None:
    """The settings of the environment, at some speed."""
    parser = argparse.ArgumentParser("python -m benchmarks.soak.worker", description=__doc__)
    parser.add_argument("--speed", type=float, default=40.0)
    parser.add_argument("--leak", type=float, default=0.0)
    given = parser.parse_args()
    config = load()
    token = config.telegram.token.get_secret_value()
    logs.setup(config.log.level, config.log.format, [token])
    memory.one_heap()
    remember_little()
    for pace in ("REPORT_SECONDS", "TIDY_SECONDS"):  # what is rare by the wall's clock
        setattr(jobs, pace, getattr(jobs, pace) / given.speed)
    asyncio.run(run(config, given.speed, given.leak))


if __name__ == "__main__":
    main()
