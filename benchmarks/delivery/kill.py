"""(a) A digest for 2,000 chats; the worker is killed with SIGKILL 20 times, and started again."""

import asyncio
import json
import random
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.progress import Progress

from benchmarks.delivery.common import CONSOLE, Result, sandbox, wait_until_sent, worker
from bot.digest.article import digest
from bot.digest.index import index_words
from bot.digest.reading import read
from bot.model import Article, Block, BlockKind, StoryChoice
from bot.model.delivery import ChatSettings, Pace, Place, Rhythm, Scope, Size
from bot.store import Store

CHATS, KILLS, AT_ONCE, PER_SECOND = 2000, 20, 16, 60


async def prepare(store: Store, chats: list[int]) -> None:
    """Everybody subscribes; then something happens."""
    now = datetime.now(UTC)
    for chat in chats:
        await store.chats.put(ChatSettings(chat), now)
        await store.subscriptions.put(
            Place(chat), Scope(), Rhythm(Pace.HOURLY), Size.BRIEF,
            silent=False, due_at=now - timedelta(minutes=1), now=now,
        )  # fmt: skip
    block = Block(BlockKind.TEXT, "11月21日，新桥正式通车，全长 3 公里，总投资 12 亿元。")
    article = Article("k", "h", "bridge.md", "新桥通车", "晨报", now, "", blocks=(block,))
    made = digest(article, ZoneInfo("Asia/Shanghai"))
    choice = StoryChoice(None, 0, "")
    await store.articles.save(article, made, index_words(read(article), made), choice, now)


async def measure() -> Result:
    """How many chats go without the digest, and how many get it twice."""
    chance = random.Random(20)
    with tempfile.TemporaryDirectory() as folder:
        database, record = Path(folder) / "kill.db", Path(folder) / "sent.jsonl"
        async with sandbox("--record", str(record)) as control:
            chats = (await control.post("chats", private=CHATS))["private"]
            async with await Store.open(database, word_engine="jieba") as store:
                await prepare(store, chats)
            while_sending = await _killed(control.address, database, record, chance)
        counts = Counter(json.loads(line)["chat_id"] for line in record.open(encoding="utf-8"))
    missing = sum(chat not in counts for chat in chats)
    repeats = sum(count - 1 for count in counts.values())
    result = Result(f"kill: {CHATS:,} chats, {KILLS} kills, {AT_ONCE} in flight")
    result.add("chats without the digest", missing, str(missing), "0", missing == 0)
    bound = KILLS * AT_ONCE
    result.add("repeats", repeats, str(repeats), f"≤ {bound} (kills × in flight)", repeats <= bound)
    worst = max(counts.values())
    result.add("most copies that a chat got", worst, str(worst), "", True)
    result.add("kills while it was sending", while_sending, str(while_sending), "", True)
    return result


async def _killed(address: str, database: Path, record: Path, chance: random.Random) -> int:
    """Run the worker, kill it again and again, then let it finish."""
    settings = {"MAILUO_PER_SECOND": str(PER_SECOND), "MAILUO_AT_ONCE": str(AT_ONCE)}
    while_sending = 0
    with Progress(console=CONSOLE, transient=True) as progress:
        for _ in progress.track(range(KILLS), description="killing"):
            process = await worker(address, database, **settings)
            before = record.stat().st_size
            while record.stat().st_size == before:  # it takes a while to start
                await asyncio.sleep(0.05)
            await asyncio.sleep(chance.uniform(0.0, 1.2))
            size = record.stat().st_size
            process.kill()
            await process.wait()
            while_sending += record.stat().st_size >= size > before
    process = await worker(address, database, **settings)
    async with await Store.open(database, word_engine="jieba") as store:
        await wait_until_sent(store, CHATS, "finishing")
    process.terminate()
    await process.wait()
    return while_sending
