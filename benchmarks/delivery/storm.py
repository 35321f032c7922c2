"""(b) A storm: 10% 429, 5% 5xx, 2% resets, with Telegram's limits in force."""

import asyncio
import json
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.delivery.common import CONSOLE, Result, config, queue, sandbox, wait_until_sent
from bot import app, worker
from bot.sandbox.traffic import most_within

PRIVATE, GROUPS, TO_EACH_GROUP = 900, 10, 25
LIMITS = "overall=30,overall_burst=3"
SHARES = "flood=0.1,server_error=0.05,reset=0.02"


async def measure() -> Result:
    """What is lost, what is sent too soon, what is sent too often."""
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "sent.jsonl"
        storm = ("--storm", "7", "--shares", SHARES)
        async with sandbox("--record", str(record), "--limits", LIMITS, *storm) as control:
            chats = await control.post("chats", private=PRIVATE, group=GROUPS)
            settings = config(control.address, Path(folder) / "storm.db")
            async with app.opened(settings) as house:
                await queue(house.store, chats["private"])
                await queue(house.store, chats["group"], TO_EACH_GROUP)
                async with worker.answering(house) as bot, worker.delivering(house, bot):
                    total = PRIVATE + GROUPS * TO_EACH_GROUP
                    await wait_until_sent(house.store, total, "through the storm")
            counted = await control.sent()
        lines = [json.loads(line) for line in record.open(encoding="utf-8")]
    per_chat = Counter(line["chat_id"] for line in lines)
    texts = {(line["chat_id"], line["text"]) for line in lines}
    wanted = PRIVATE + GROUPS * TO_EACH_GROUP
    lost, repeats = wanted - len(texts), len(lines) - len(texts)
    most = max(_busiest(lines, group) for group in chats["group"])
    result = Result(f"storm: {wanted:,} messages, {SHARES}")
    result.add("lost", lost, str(lost), "0", lost == 0)
    violations = counted["violations"]
    result.add(
        "sent in violation of a retry_after", violations, str(violations), "0", violations == 0
    )
    result.add("most in a group in any minute", most, str(most), "≤ 20", most <= 20)
    result.add("429 because of the limits", counted["refused"], str(counted["refused"]), "", True)
    result.add("repeats (resets after sending)", repeats, str(repeats), "", True)
    in_order = all(_ordered(lines, group) for group in chats["group"])
    result.add("groups in order", in_order, "yes" if in_order else "no", "yes", in_order)
    CONSOLE.log(f"{len(per_chat)} chats reached")
    await asyncio.sleep(0)
    return result


def _busiest(lines: list[dict[str, float]], chat: int) -> int:
    return most_within(60, sorted(line["at"] for line in lines if line["chat_id"] == chat))


def _ordered(lines: list[dict[str, str]], chat: int) -> bool:
    """Whether first copies arrived in the order in which they were queued."""
    texts = list(dict.fromkeys(line["text"] for line in lines if line["chat_id"] == chat))
    return texts == sorted(texts, key=lambda text: int(text.split()[1]))
