"""Runs the soak, prints a table, writes JSON."""

import argparse
import asyncio
import json
import math
import os
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from rich.progress import Progress

from benchmarks.delivery.common import CONSOLE, TOKEN, Result, Sandbox, conclude, sandbox, show
from benchmarks.feeds.common import Server, serving
from benchmarks.soak.samples import Sample, Trend, trend

FEEDS, CHATS, GROUPS = 24, 150, 10
READERS, PAUSE_SECONDS, PATIENCE_SECONDS = 4, 1.0, 20.0
WARM = 0.4  # of the samples: processes and threads start, a table is loaded when it is wanted
ENOUGH = 200  # messages an hour; a machine without time for them shows little
LEAK = 1.0  # MiB an hour; a run that cannot tell that there is none so large has shown nothing
STEP = 1.5  # MiB; a line is lifted so much by one MiB that Python's allocator takes midway
STORM = ("--storm", "7", "--shares", "flood=0.01,server_error=0.01,reset=0.005")
WISHES = ("/subscribe 全部 每小时", "/subscribe 通车 即时", "/subscribe 地震 每小时 简短")
QUESTIONS = (
    "/latest", "/timeline 通车", "/timeline 地震 图", "/search 市场", "/trends", "/trends 图",
    "/source", "/subscriptions", "/settings", "/links", "/help", "公司 增长", "/preview", "/now",
)  # fmt: skip


@asynccontextmanager
async def soaked(
    control: Sandbox, feeds: Server, database: Path, speed: float, leak: float
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The worker that is looked at, with its feeds in the settings."""
    settings = database.with_name("config.toml")
    listed = "\n".join(f'[[feeds]]\nurl = "{feeds.address(n)}"' for n in range(feeds.feeds))
    settings.write_text(f"[fetching]\nallowed_hosts = {feeds.hosts()}\n{listed}\n")
    environment = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "MAILUO_TELEGRAM_BASE_URL": f"{control.address}/bot",
        "MAILUO_DB": str(database),
        "MAILUO_CONFIG": str(settings),
        "MAILUO_PER_SECOND": "300",  # by the wall's clock
        "MAILUO_LOG_LEVEL": "error",
    }
    command = (sys.executable, "-m", "benchmarks.soak.worker", "--speed", str(speed))
    process = await asyncio.create_subprocess_exec(
        *command,
        *("--leak", str(leak)),
        env=os.environ | environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # the storm is in it
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


async def ask(control: Sandbox, chats: list[int], warm: asyncio.Event) -> None:
    """Readers subscribe; each question is asked once; then some ask for ever, each when it has its
    answer: on a machine that has no time, questions must not pile up."""
    for number, chat in enumerate(chats):
        # Few want each report at once: that many feeds would fill their chats.
        wish = WISHES[1] if number % 10 == 0 else WISHES[number % 2 * 2]
        await control.post("say", chats=[chat], text=wish)
    for chat, question in zip(chats, QUESTIONS, strict=False):
        await answered(control, chat, question)
    warm.set()
    await asyncio.gather(*(reader(control, chats[n::READERS], n) for n in range(READERS)))


async def reader(control: Sandbox, chats: list[int], seed: int) -> None:
    """One question after the other, each in one of some chats."""
    chance = random.Random(seed)
    while True:
        await answered(control, chance.choice(chats), chance.choice(QUESTIONS))
        await asyncio.sleep(chance.expovariate(1 / PAUSE_SECONDS))


async def answered(control: Sandbox, chat: int, question: str) -> None:
    """Ask, and wait for the answer."""
    since = (await control.sent(10**9))["count"]
    await control.post("say", chats=[chat], text=question)
    with suppress(TimeoutError):  # the storm may have swallowed it
        async with asyncio.timeout(PATIENCE_SECONDS):
            while all(one["chat_id"] != chat for one in (await control.sent(since))["sent"]):
                await asyncio.sleep(0.1)


async def watch(
    process: asyncio.subprocess.Process, seconds: float, kept: Path, warm: asyncio.Event
) -> list[Sample]:
    """What the worker says of itself for so long, once everything was asked for; its lines are
    written to a file as they come."""
    assert process.stdout is not None
    samples: list[Sample] = []
    begun = time.monotonic()
    with Progress(console=CONSOLE, transient=True) as progress, kept.open("wb", 0) as file:
        task = progress.add_task("soaking", total=seconds)
        while time.monotonic() - begun < seconds and (line := await process.stdout.readline()):
            if not warm.is_set():
                begun = time.monotonic()
                continue
            file.write(line)
            samples.append(Sample(**json.loads(line)))
            progress.update(task, completed=time.monotonic() - begun)
    if process.stdout.at_eof():
        sys.exit("the worker ended by itself; benchmarks.soak.worker, run by hand, says why")
    return samples


async def measure(
    hours: float, minutes: float, leak: float = 0.0, kept: Path | None = None
) -> Result:
    """So many hours of the worker's clock in so many minutes of the wall's.

    Args:
        hours: of the worker's clock.
        minutes: of the wall's.
        leak: MiB an hour that the worker is made to lose, to see that it is noticed.
        kept: where the samples are written as lines of JSON.
    """
    speed = hours * 60 / minutes
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "soak.db"
        async with sandbox(*STORM) as control, serving(FEEDS, "--moving") as feeds:
            made = await control.post("chats", private=CHATS, group=GROUPS)
            async with soaked(control, feeds, database, speed, leak) as process:
                warm = asyncio.Event()
                chats = made["private"] + made["group"]
                asking = asyncio.create_task(ask(control, chats, warm))
                samples = await watch(process, minutes * 60, kept or Path(os.devnull), warm)
                asking.cancel()
                await asyncio.wait([asking])
            sent = (await control.sent(10**9))["count"]
            size = database.stat().st_size / 2**20
    return reported(samples, hours, speed, sent, size)


def reported(samples: list[Sample], hours: float, speed: float, sent: int, size: float) -> Result:
    """What the samples show, those of the beginning aside."""
    result = Result(f"soak: {hours:g} hours, {speed:g} times as fast as the clock on the wall")
    least = round(ENOUGH * hours)
    result.add("messages sent", sent, f"{sent:,}", f"≥ {least:,}", sent >= least)
    result.add("database, MiB", size, f"{size:.1f}", "", True)
    kept = samples[int(len(samples) * WARM) :]
    _grows(result, "memory in use, MiB", kept, "used", STEP, LEAK)
    _grows(result, "memory held, MiB", kept, "memory", STEP, LEAK)
    _grows(result, "held by its processes, MiB", kept, "children", STEP, LEAK)
    _grows(result, "blocks of Python's allocator", kept, "blocks")
    _grows(result, "asyncio tasks", kept, "tasks")
    _grows(result, "open files", kept, "files")
    _grows(result, "threads", kept, "threads")
    largest = max(s.wal for s in kept)
    result.add("largest write-ahead log, MiB", largest, f"{largest:.1f}", "≤ 16", largest <= 16)
    return result


def _grows(
    result: Result,
    label: str,
    samples: list[Sample],
    name: str,
    step: float = 0.0,
    leak: float = math.inf,
) -> None:
    """Note whether something grows: by more than its noise, or than a step, or perhaps by `leak`
    in an hour."""
    values = [getattr(sample, name) for sample in samples]
    found: Trend = trend([s.hour for s in samples], values)
    shown = (
        f"{values[0]:,.1f} → {values[-1]:,.1f}; {found.slope:+,.2f} an hour "
        f"({found.least:+,.2f} … {found.most:+,.2f}), noise {found.noise:,.2f}"
    )
    span = samples[-1].hour - samples[0].hour
    steady = found.least <= 0 or found.slope * span <= max(found.noise, step)
    wanted = "≤ noise" if leak == math.inf else f"≤ noise, < {leak:g} an hour"
    result.add(label, found.slope, shown, wanted, steady and found.most < leak)


def main() -> None:
    """Soak; exit 1 when something grows."""
    parser = argparse.ArgumentParser("python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--hours", type=float, default=5.0, help="by the worker's clock")
    parser.add_argument("--minutes", type=float, default=5.0, help="by the wall's clock")
    parser.add_argument("--leak", type=float, default=0.0, help="MiB an hour that it is to find")
    parser.add_argument("--samples", type=Path, help="where to write the samples")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    result = asyncio.run(measure(given.hours, given.minutes, given.leak, given.samples))
    show(result)
    conclude([result], given.json)


if __name__ == "__main__":
    main()
