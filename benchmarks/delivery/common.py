"""What the measurements share: a sandbox process, a worker process, a queue to empty."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

import httpx
from rich.console import Console
from rich.progress import Progress, track
from rich.table import Table

from bot.config import Config, DeliverySettings, StoreSettings, Telegram
from bot.model import Message
from bot.model.delivery import ChatSettings, Place
from bot.store import Store

TOKEN = "1:SANDBOX"
CONSOLE = Console(stderr=True)


@dataclass(slots=True)
class Result:
    """What one measurement found: a row for each thing it must show."""

    title: str
    rows: list[tuple[str, str, str, bool]] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)

    def add(self, name: str, value: float, shown: str, wanted: str, good: bool) -> None:
        """Note a figure, what is wanted of it, and whether it is so."""
        self.rows.append((name, shown, wanted, good))
        self.figures[name] = value


class Sandbox:
    """The control side of a sandbox process."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._client = httpx.AsyncClient(base_url=address, timeout=60)

    async def post(self, path: str, **asked: Any) -> Any:
        """Ask for something."""
        answer = await self._client.post(f"/sandbox/{path}", json=asked)
        answer.raise_for_status()
        return answer.json()

    async def sent(self, since: int = 0) -> dict[str, Any]:
        """What went through, and the counts."""
        answer = await self._client.get("/sandbox/sent", params={"since": since})
        found: dict[str, Any] = answer.json()
        return found

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


@asynccontextmanager
async def sandbox(*arguments: str) -> AsyncIterator[Sandbox]:
    """A local Bot API in a process of its own while the block runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.sandbox", *arguments, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    control = Sandbox((await process.stdout.readline()).decode().strip())
    try:
        yield control
    finally:
        await control.close()
        process.terminate()
        await process.wait()


def config(address: str, database: Path, **delivery: Any) -> Config:
    """Settings of a bot that talks to a sandbox."""
    return Config(
        telegram=Telegram.model_validate({"token": TOKEN, "base_url": f"{address}/bot"}),
        store=StoreSettings(path=database),
        delivery=DeliverySettings(**delivery),
    )


async def worker(address: str, database: Path, **environment: str) -> asyncio.subprocess.Process:
    """The worker as an operator runs it."""
    env = {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "MAILUO_TELEGRAM_BASE_URL": f"{address}/bot",
        "MAILUO_DB": str(database),
        "MAILUO_LOG_LEVEL": "error",
        "MAILUO_CONFIG": "",
        **environment,
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=env, stderr=asyncio.subprocess.DEVNULL
    )


async def queue(store: Store, chats: Sequence[int], each: int = 1) -> None:
    """Queue some messages for each of some chats."""
    start = datetime.now(UTC) - timedelta(days=1)
    for chat in track(chats, "queueing", console=CONSOLE, transient=True):
        await store.chats.put(ChatSettings(chat), start)
        for n in range(each):
            text = Message(f"<b>第 {n + 1} 件</b>\n新桥正式通车，全长 3 公里。")
            await store.outbox.notice(Place(chat), text, start + timedelta(seconds=n))


async def wait_until_sent(store: Store, total: int, label: str, seconds: float = 900) -> None:
    """Wait until the outbox says that so many were sent."""
    with Progress(console=CONSOLE, transient=True) as progress:
        task = progress.add_task(label, total=total)
        async with asyncio.timeout(seconds):
            while True:
                counts = await store.outbox.counts()
                done = sum(n for state, n in counts.items() if state == "sent")
                progress.update(task, completed=done)
                if done >= total:
                    return
                await asyncio.sleep(0.25)


def show(result: Result) -> None:
    """Print one result."""
    table = Table("", "measured", "wanted", "", title=result.title, title_justify="left")
    for name, shown, wanted, good in result.rows:
        table.add_row(name, shown, wanted, "" if not wanted else "ok" if good else "MISSED")
    Console().print(table)


def conclude(results: Sequence[Result], path: Path | None) -> NoReturn:
    """Write the figures as JSON if a path is given; exit 1 when one misses what is wanted."""
    if path:
        _write(results, path)
    sys.exit(not all(good for result in results for *_, good in result.rows))


def _write(results: Sequence[Result], path: Path) -> None:
    """Write the figures as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {result.title: result.figures for result in results}
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False), encoding="utf-8")
