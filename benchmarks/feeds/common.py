"""What the measurements share: the server of feeds, and where its feeds are."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

FEEDS = 1000


@dataclass(frozen=True, slots=True)
class Server:
    """A running server of feeds."""

    port: int
    process: int
    feeds: int

    def host(self, feed: int) -> str:
        """The address of this machine that is a feed's own, as an operator would allow it."""
        return f"127.1.{feed // 250}.{feed % 250 + 1}:{self.port}"

    def address(self, feed: int, kind: str = "feed") -> str:
        """Where a feed is that behaves in some way."""
        return f"http://{self.host(feed)}/{kind}/{feed}"

    def hosts(self) -> list[str]:
        """The hosts of all feeds."""
        return [self.host(feed) for feed in range(self.feeds)]


@asynccontextmanager
async def serving(feeds: int) -> AsyncIterator[Server]:
    """So many feeds, served while the block runs."""
    command = ("-m", "benchmarks.feeds.serve", "--feeds", str(feeds))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        yield Server(int(await process.stdout.readline()), process.pid, feeds)
    finally:
        process.terminate()
        await process.wait()
