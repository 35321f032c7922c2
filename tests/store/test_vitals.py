"""What health and metrics ask of the store, of either engine."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.model import Message
from bot.model.delivery import ChatSettings, ParcelState, Place, Settlement
from bot.model.feeds import Feed
from bot.store import Store
from bot.store.standing import missing
from tests.writing import NOW

HOUR = timedelta(hours=1)


async def test_what_waits(store: Store) -> None:
    empty = await store.vitals.backlog(NOW)
    assert set(empty.outbox.values()) == {0}
    assert (empty.message_due_at, empty.subscription_due_at) == (None, None)
    for chat in (1, 2, 3):
        await store.chats.put(ChatSettings(chat), NOW)
        await store.outbox.notice(Place(chat), Message("一"), NOW - chat * HOUR)
    await store.chats.pause(3, "blocked")  # what it has does not wait for us
    lost = Settlement(1, ParcelState.DEAD, NOW)
    await store.outbox.settle([lost])
    backlog = await store.vitals.backlog(NOW)
    assert backlog.outbox == {"queued": 2, "sending": 0, "dead": 1, "uncertain": 0}
    assert backlog.message_due_at == NOW - 2 * HOUR
    assert (await store.vitals.backlog(NOW - 5 * HOUR)).message_due_at is None


async def test_feeds_by_state(store: Store) -> None:
    for name in "abc":
        await store.feeds.add(Feed(f"https://{name}.example", f"https://{name}.example"), NOW)
    _, failing, gone = await store.feeds.listed()
    failing = replace(failing, state=replace(failing.state, failing_since=NOW))
    gone = replace(gone, state=replace(gone.state, failing_since=NOW, gone=True))
    await store.feeds.settle([failing, gone])
    assert (await store.vitals.backlog(NOW)).feeds == {"ok": 1, "failing": 1, "gone": 1}


async def test_writing_nothing_leaves_the_disk_alone(store: Store, where: Path | str) -> None:
    await store.vitals.write_nothing()
    if not isinstance(where, Path):
        return
    files = sorted(where.parent.glob(f"{where.name}*"))
    before = [file.read_bytes() for file in files if not file.name.endswith("-shm")]
    await store.vitals.write_nothing()
    assert before == [file.read_bytes() for file in files if not file.name.endswith("-shm")]


async def test_how_a_database_stands(store: Store, where: Path | str) -> None:
    assert await store.vitals.unapplied() == []
    assert await missing(where) == []


async def test_no_database_stands_nowhere(where: Path | str) -> None:
    assert await missing(where) is None
    if isinstance(where, Path):
        assert not where.exists()  # noqa: ASYNC240
        sqlite3.connect(where).close()
        assert await missing(where) is None
