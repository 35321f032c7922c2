"""Workers that see each other, on a real server: who works alone, and what a dead one leaves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import psycopg
import pytest

from bot.errors import StoreError
from bot.store.postgres import inbox, pace, presence
from bot.store.postgres.inbox import Inbox
from bot.store.postgres.presence import Presence, present
from tests import postgres


@pytest.fixture
def url(postgres_server: postgres.Server) -> str:
    """A database with the tables of several workers."""
    url = postgres_server.fresh()
    with psycopg.connect(url, autocommit=True) as db:
        for statement in (*presence.TABLES, *inbox.TABLES, *pace.TABLES):
            db.execute(statement.encode())
    return url


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


def cut_off(url: str, worker: Presence) -> None:
    """What the server does when a worker's machine is gone."""
    sql = """SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'
             AND classid = %s AND objid = %s"""
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(sql, [presence.ALIVE, worker.number])


def dead(url: str, number: int) -> None:
    """Wait until the server has ended a worker's session, which it does on its own time."""
    with psycopg.connect(url, autocommit=True) as db:
        for sql in ("SELECT pg_advisory_lock(%s, %s)", "SELECT pg_advisory_unlock(%s, %s)"):
            db.execute(sql, [presence.ALIVE, number])


async def test_one_of_two_does_a_work(url: str) -> None:
    async with present(url) as one, present(url) as other:
        assert one.number != other.number
        assert await one.take("receiving")
        assert not await other.take("receiving")
        assert await other.take("tidying")
        await one.leave("receiving")
        assert await other.take("receiving")


async def test_what_is_done_alone_is_left_also_when_it_fails(url: str) -> None:
    async def fail() -> None:
        raise ZeroDivisionError

    async with present(url) as one, present(url) as other:
        with pytest.raises(ZeroDivisionError):
            await one.alone("tidying", fail)
        did = []
        assert await other.alone("tidying", lambda: asyncio.sleep(0, did.append(1)))
        assert did == [1]


async def test_the_locks_of_one_that_ends_are_free(url: str) -> None:
    async with present(url) as other:
        async with present(url) as one:
            await one.take("receiving")
        await asyncio.to_thread(dead, url, one.number)
        assert await other.take("receiving")


async def test_one_that_is_cut_off_notices(url: str) -> None:
    async with present(url) as one:
        cut_off(url, one)
        async with asyncio.timeout(5):
            await one.lost.wait()
        with pytest.raises(StoreError):
            await one.take("receiving")


async def test_an_update_is_received_once(url: str, stack: AsyncExitStack) -> None:
    one, other = Inbox(url, 1), Inbox(url, 2)
    for box in (one, other):
        stack.push_async_callback(box.close)
    assert await one.receive(7, "{}")
    assert not await other.receive(7, "{}")
    assert not await one.receive(7, "{}")


async def test_updates_of_the_dead_are_taken_over_unless_handled(
    url: str, stack: AsyncExitStack
) -> None:
    async with present(url) as other:
        theirs = Inbox(url, other.number)
        stack.push_async_callback(theirs.close)
        async with present(url) as one:
            ours = Inbox(url, one.number)
            stack.push_async_callback(ours.close)
            for number in (3, 2, 1):
                await ours.receive(number, f"body {number}")
            await ours.handled(2)
            assert await theirs.take_over() == []  # it lives
        await asyncio.to_thread(dead, url, one.number)
        assert await theirs.take_over() == [(1, "body 1"), (3, "body 3")]
        await ours.handled(1)  # too late: it is not its any more
        third = Inbox(url, 99)
        stack.push_async_callback(third.close)
        assert await third.take_over() == []  # the one that took them lives


async def test_what_was_handled_long_ago_is_forgotten(url: str, stack: AsyncExitStack) -> None:
    box = Inbox(url, 1)
    stack.push_async_callback(box.close)
    for number in (1, 2, 3):
        await box.receive(number, "")
    await box.handled(1)
    await box.handled(2)
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("UPDATE updates SET received_at = now() - interval '3 days' WHERE id <> 2")
    await box.tidy()
    with psycopg.connect(url) as db:
        assert db.execute("SELECT id FROM updates ORDER BY id").fetchall() == [(2,), (3,)]
