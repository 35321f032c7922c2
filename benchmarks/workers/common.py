"""What the measurements of several workers share: worker processes of a role, on one database."""

import asyncio
import os
import sys
from pathlib import Path

from benchmarks.delivery.common import TOKEN


class Worker:
    """A worker process.

    Args:
        process: it.
        log: what it says.
    """

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self.process = process
        self._log = log

    def said(self, words: str) -> bool:
        """Whether its log holds some words."""
        return words in self._log.read_text(encoding="utf-8")

    async def until_said(self, words: str, seconds: float = 300) -> None:
        """Wait until its log holds some words."""
        async with asyncio.timeout(seconds):
            while not self.said(words):
                if self.process.returncode is not None:
                    raise RuntimeError(self._log.read_text(encoding="utf-8")[-2000:])
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """End it as a power failure would."""
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> None:
        """Ask it to end."""
        self.process.terminate()
        await self.process.wait()


async def started(
    address: str, url: str, role: str, log: Path, words: str = "is at work", **environment: str
) -> Worker:
    """A worker of a role, at work.

    Args:
        address: of the sandbox.
        url: of the database.
        role: its role.
        log: where it says what it does.
        words: what it says when it is at work.
        environment: further settings.
    """
    env = {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "MAILUO_TELEGRAM_BASE_URL": f"{address}/bot",
        "MAILUO_DB_URL": url,
        "MAILUO_LOG_LEVEL": "info",
        "MAILUO_CONFIG": "",
        **environment,
    }
    with log.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run", "--role", role), env=env, stderr=file
        )
    worker = Worker(process, log)
    await worker.until_said(words)
    return worker
