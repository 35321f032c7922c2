"""Stopping a worker: quickly, without losing or repeating anything; and its logs on the way."""

import asyncio
import json
import signal
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.model import Message
from bot.model.delivery import ChatSettings, ParcelState, Place
from bot.sandbox import Fault, Faults, World, create_app, serve
from bot.store import Store
from tests.test_worker import process

SECONDS = 180.0
RUN = [sys.executable, "-m", "bot", "run"]
TOKEN = "123456789:" + "AbC-_" * 7
CHATS, SOME = 100, 30


def now() -> datetime:
    return datetime.now(UTC)


async def queue(database: Path, chats: list[int]) -> None:
    """A message for each chat."""
    long_ago = now() - timedelta(days=1)
    async with await Store.open(database, word_engine="jieba") as store:
        for chat in chats:
            await store.chats.put(ChatSettings(chat), long_ago)
            await store.outbox.notice(Place(chat), Message("新桥正式通车"), long_ago)


async def counts(database: Path) -> dict[ParcelState, int]:
    async with await Store.open(database, word_engine="jieba") as store:
        return await store.outbox.counts()


async def sent(world: World, count: int) -> None:
    while len(world.traffic.sent) < count:
        await world.change(SECONDS)


async def test_in_the_middle_of_a_broadcast(tmp_path: Path) -> None:
    """Told to stop, it ends within ten seconds; what it had not sent, the next one sends."""
    world, database = World(now, token=TOKEN), tmp_path / "mailuo.db"
    chats = [world.private_chat().id for _ in range(CHATS)]
    await queue(database, chats)
    settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "MAILUO_POSTS": "", "MAILUO_LOG_LEVEL": "debug"}
    async with serve(world, create_app(world)) as address, asyncio.timeout(SECONDS):
        async with process(RUN, address, tmp_path, **settings) as first:
            reading = asyncio.create_task(first.communicate())
            await sent(world, SOME)
            started = time.monotonic()
            first.send_signal(signal.SIGTERM)
            _, err = await reading
            seconds = time.monotonic() - started
        assert first.returncode == 0
        assert seconds < 10
        left = await counts(database)
        assert left[ParcelState.SENT] == len(world.traffic.sent) < CHATS
        assert left.get(ParcelState.SENDING, 0) == 0  # the leases are given back
        assert left[ParcelState.QUEUED] == CHATS - left[ParcelState.SENT]
        async with process(RUN, address, tmp_path, **settings) as second:
            reading = asyncio.create_task(second.communicate())
            await sent(world, CHATS)
            second.send_signal(signal.SIGTERM)
            await reading
    assert Counter(one.chat_id for one in world.traffic.sent) == Counter(chats)
    _are_json_without_a_token(err.decode())


def _are_json_without_a_token(said: str) -> None:
    assert "AbC-_AbC" not in said
    assert "sendMessage" in said  # the requests were logged, for it was told to say everything
    for line in said.splitlines():
        event = json.loads(line)
        assert datetime.fromisoformat(event["timestamp"]).utcoffset() == timedelta(0)
        assert event["level"] in ("debug", "info", "warning", "error", "critical")
        assert event["logger"]


async def test_updates_under_way_are_answered_and_confirmed(tmp_path: Path) -> None:
    faults = Faults([Fault(delay=1.0, method="sendMessage")])
    world = World(now)
    chat = world.private_chat()
    async with (
        serve(world, create_app(world, faults)) as address,
        process(RUN, address, tmp_path, MAILUO_POSTS="") as worker,
        asyncio.timeout(SECONDS),
    ):
        chat.say("/help")
        while faults.planned[0].times:  # the answer is on its way
            await world.change(0.05)
        worker.send_signal(signal.SIGTERM)
        await worker.communicate()
        assert worker.returncode == 0
        assert chat.last()["text"].startswith("怎么用")
        assert world.updates.waiting(0) == []


async def test_a_second_signal_ends_at_once(tmp_path: Path) -> None:
    """A message is under way that gets no answer."""
    faults = Faults([Fault(delay=60.0, method="sendMessage", times=9)])
    world, database = World(now), tmp_path / "mailuo.db"
    await queue(database, [world.private_chat().id])
    async with (
        serve(world, create_app(world, faults)) as address,
        process(RUN, address, tmp_path, MAILUO_POSTS="") as worker,
        asyncio.timeout(SECONDS),
    ):
        while faults.planned[0].times == 9:
            await world.change(0.05)
        worker.send_signal(signal.SIGTERM)
        await asyncio.sleep(1.2)  # two of the same moment count as one
        started = time.monotonic()
        worker.send_signal(signal.SIGTERM)
        _, err = await worker.communicate()
    assert worker.returncode == 128 + signal.SIGTERM
    assert time.monotonic() - started < 2
    assert b"told to stop again" in err
    assert (await counts(database))[ParcelState.SENDING] == 1  # the next worker sees to it
