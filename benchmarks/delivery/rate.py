"""(c) How much of the permitted rate is kept over 20,000 messages, the limit scaled up."""

import tempfile
import time
from pathlib import Path

from benchmarks.delivery.common import Result, config, queue, sandbox, wait_until_sent
from bot import app, worker

CHATS, EACH, SCALE = 4000, 5, 4
PERMITTED = 30 * SCALE
BURST = PERMITTED // 10  # tolerated: on a busy machine what was sent evenly arrives in bunches
KEPT = 0.985  # of the permitted rate that the settings ask for: Telegram counts when it arrives


async def measure() -> Result:
    """Messages a second against what is permitted, and how often it was too much."""
    with tempfile.TemporaryDirectory() as folder:
        limits = f"overall={PERMITTED},overall_burst={BURST},per_chat=1000,per_group=1000"
        async with sandbox("--limits", limits) as control:
            chats = (await control.post("chats", private=CHATS))["private"]
            settings = config(
                control.address, Path(folder) / "rate.db", per_second=PERMITTED * KEPT, at_once=32
            )
            async with app.opened(settings) as house:
                await queue(house.store, chats, EACH)
                async with worker.answering(house) as bot:
                    started = time.monotonic()
                    await bot.delivery.tick()
                    seconds = time.monotonic() - started
                await wait_until_sent(house.store, CHATS * EACH, "checking")
            refused = (await control.sent(CHATS * EACH))["refused"]
    share = CHATS * EACH / seconds / PERMITTED
    result = Result(f"rate: {CHATS * EACH:,} messages at {PERMITTED} a second (burst {BURST})")
    result.add("share of the permitted rate", share, f"{share:.1%}", "≥ 97%", share >= 0.97)
    result.add("429", refused, str(refused), "0", refused == 0)
    return result
