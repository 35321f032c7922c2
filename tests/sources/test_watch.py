"""Folders under watch, on the real file system; when a file is whole is the test's to say."""

import asyncio
import errno
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import pytest

from bot.sources import watch as watching
from bot.sources.watch import Watch, remote

SECONDS = 30.0  # until a test gives up; none takes that long


class Clock:
    """Stands still until told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Flying(Clock):
    """Every look at it is a minute later, so whatever was seen twice the same is whole."""

    def __call__(self) -> float:
        self.now += 60.0
        return self.now


class Looking:
    """A watch, and the posts that it gave."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self._lots: AsyncGenerator[list[Path], None] = watch.whole()

    async def next(self) -> list[str]:
        async with asyncio.timeout(SECONDS):
            return sorted(path.name for path in await anext(self._lots))

    async def until(self, *names: str) -> list[str]:
        """All that is given until these have come."""
        given: list[str] = []
        while not set(names) <= set(given):
            given += await self.next()
        return given


@asynccontextmanager
async def looking(*roots: Path, poll: bool = False, clock: Clock | None = None) -> AsyncIterator[Looking]:
    """A watch that has begun: a first file was seen by it."""
    looks = Looking(Watch(roots, poll=poll, tick=clock or Flying()))
    async with aclosing(looks._lots):
        yield looks


async def begun(looks: Looking, folder: Path) -> None:
    """Wait until the watch is in place: a file that is written again and again is seen."""

    async def write() -> None:
        for number in range(10_000):
            (folder / "begun.md").write_text(str(number))
            await asyncio.sleep(0.1)

    writing = asyncio.create_task(write())
    try:
        await looks.until("begun.md")
    finally:
        writing.cancel()


@pytest.fixture(params=[False, True], ids=["told", "polling"])
def poll(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(watching, "POLL_SECONDS", 0.1)
    return bool(request.param)
