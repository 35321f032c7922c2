"""A worker among others: the locks it holds are set free with its connection, however it ends.

Advisory locks of a session: what somebody does alone is a lock by name, and that a worker lives is
a lock by its number. No clock and no guess at how long a silence means death, but for a network
that is cut: then the connection ends within seconds at both ends, at ours first.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import psycopg

from bot.errors import StoreError
from bot.store.postgres.link import Link, connected

TABLES = ("CREATE SEQUENCE workers AS int CYCLE",)
ALIVE, ALONE = 0x6D61, 0x6C75  # spaces of locks: workers by number, work by name
ASK_AGAIN_SECONDS = 0.5
HEARTBEAT_SECONDS = 1.0
SILENCE_SECONDS = 3.0  # without an answer the connection counts as lost


def dead(number: str) -> str:
    """A condition in SQL: the worker of a number does not live.

    Args:
        number: the column that holds it.
    """
    return f"""NOT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory'
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND classid = {ALIVE} AND objid = {number}::oid AND objsubid = 2 AND granted)"""


class Presence:
    """A worker that others can see; made by `present`.

    Attributes:
        number: no other worker has, or had, the same.
        lost: set when the connection, and with it every lock, is gone.
    """

    def __init__(self, link: Link, number: int) -> None:
        self._link = link
        self.number = number
        self.lost = asyncio.Event()

    async def take(self, name: str) -> bool:
        """Whether a piece of work is now ours alone, which it stays until `leave`.

        Raises:
            StoreError: the connection is lost.
        """
        sql = "SELECT pg_try_advisory_lock(%s, hashtext(%s))"
        return bool((await self._one(sql, ALONE, name))[0])

    async def leave(self, name: str) -> None:
        """Let others do it.

        Raises:
            StoreError: the connection is lost.
        """
        await self._one("SELECT pg_advisory_unlock(%s, hashtext(%s))", ALONE, name)

    async def alone(self, name: str, work: Callable[[], Awaitable[object]]) -> bool:
        """Do a piece of work unless another worker is at it; whether it was done."""
        if not await self.take(name):
            return False
        try:
            await work()
        finally:
            with suppress(StoreError):  # lost with the connection
                await self.leave(name)
        return True

    async def after_others(self, name: str, work: Callable[[], Awaitable[object]]) -> None:
        """Do a piece of work when nobody else is at it, however long that takes."""
        await self.turn(name)
        try:
            await work()
        finally:
            with suppress(StoreError):
                await self.leave(name)

    async def turn(self, name: str) -> None:
        """Wait until a piece of work is ours alone.

        Raises:
            StoreError: the connection is lost.
        """
        while True:
            if await self.take(name):
                return
            await asyncio.sleep(ASK_AGAIN_SECONDS)

    async def watch(self) -> None:
        """Ask the server again and again whether it is there; returns when it is not."""
        try:
            while True:
                await asyncio.wait_for(self._one("SELECT 1"), SILENCE_SECONDS)
                await asyncio.sleep(HEARTBEAT_SECONDS)
        except (StoreError, TimeoutError):
            self.lost.set()

    async def _one(self, sql: str, *values: object) -> tuple[object, ...]:
        try:
            row = await (await self._link.execute(sql.encode(), values)).fetchone()
        except psycopg.Error as error:
            self.lost.set()
            raise StoreError(f"the connection to PostgreSQL is lost: {error}") from error
        assert row is not None  # each of our statements gives one
        return row


@asynccontextmanager
async def present(url: str) -> AsyncIterator[Presence]:
    """Be a worker that others can see while the block runs.

    Raises:
        StoreError: the server cannot be reached.
    """
    link = await connected(url, "presence")
    try:
        row = await (await link.execute("SELECT nextval('workers')")).fetchone()
        assert row is not None
        presence = Presence(link, int(str(row[0])))
        await link.execute("SELECT pg_advisory_lock(%s, %s)", [ALIVE, presence.number])
        watching = asyncio.create_task(presence.watch())
        try:
            yield presence
        finally:
            watching.cancel()
    finally:
        await link.close()
