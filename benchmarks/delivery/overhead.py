"""(d) Throughput without limits, against a bare loop of Bot.send_message on as many connections."""

import asyncio
import tempfile
import time
from pathlib import Path

from telegram import Bot

from benchmarks.delivery.common import TOKEN, Result, Sandbox, config, queue, sandbox
from bot import app, worker
from bot.chat.reply import arguments
from bot.flow.pacing import Limits
from bot.model import Message

MESSAGES, AT_ONCE, ROUNDS = 2500, 16, 3
NO_LIMITS = Limits(per_second=1e6, chat_seconds=0, per_group=10**6, group_seconds=0)
TEXT = Message("<b>第 1 件</b>\n新桥正式通车，全长 3 公里。")


async def bare(control: Sandbox, chats: list[int]) -> float:
    """Seconds of a loop that only sends."""
    waiting = iter(chats)

    async def loop(bot: Bot) -> None:
        for chat in waiting:
            await bot.send_message(chat, **arguments(TEXT))

    async with Bot(TOKEN, base_url=f"{control.address}/bot") as bot:
        started = time.monotonic()
        await asyncio.gather(*(loop(bot) for _ in range(AT_ONCE)))
        return time.monotonic() - started


async def ours(control: Sandbox, chats: list[int], database: Path) -> float:
    """Seconds of emptying the outbox."""
    settings = config(control.address, database, at_once=AT_ONCE)
    async with app.opened(settings) as house:
        await queue(house.store, chats)
        async with worker.answering(house, limits=NO_LIMITS) as bot:
            started = time.monotonic()
            await bot.delivery.tick()
            return time.monotonic() - started


async def measure() -> Result:
    """The best of some rounds, taken in turn."""
    times: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        async with sandbox() as control:
            chats = (await control.post("chats", private=MESSAGES))["private"]
            for number in range(ROUNDS):
                reference = await bare(control, chats)
                times.append((reference, await ours(control, chats, Path(folder) / f"{number}.db")))
    reference, own = (min(column) for column in zip(*times, strict=True))
    ratio = reference / own
    result = Result(f"overhead: {MESSAGES:,} messages, {AT_ONCE} at once, no limits")
    result.add("throughput against a bare loop", ratio, f"{ratio:.2f}", "≥ 0.8", ratio >= 0.8)
    result.add("messages a second", MESSAGES / own, f"{MESSAGES / own:.0f}", "", True)
    result.add("of the bare loop", MESSAGES / reference, f"{MESSAGES / reference:.0f}", "", True)
    return result
