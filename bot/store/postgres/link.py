"""A connection of its own to PostgreSQL, for what must not wait behind the store's work.

Both ends notice within seconds that the other is gone: a lock must not outlive its holder.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import AsyncConnection

from bot.errors import StoreError

Link = AsyncConnection[tuple[object, ...]]

# The server lets go of a silent client after about six seconds.
_SERVER = (
    "-c tcp_keepalives_idle=2 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=2 "
    "-c tcp_user_timeout=6000 -c idle_in_transaction_session_timeout=10000"
)
# We notice a silent server after about four, which is before it lets go of us.
_CLIENT: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 1,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": 4000,
}


async def connected(url: str, name: str) -> Link:
    """A connection without transactions around its statements.

    Args:
        url: of the database.
        name: what it is for, as the server's list of connections shows it.

    Raises:
        StoreError: the server cannot be reached.
    """
    try:
        return await AsyncConnection.connect(
            url, autocommit=True, options=_SERVER, application_name=f"mailuo {name}", **_CLIENT
        )
    except psycopg.Error as error:
        raise StoreError(f"PostgreSQL cannot be reached: {error}") from error


class Line:
    """A link that is made when it is first used, and anew when it was lost.

    Args:
        url: of the database.
        name: what it is for.
    """

    def __init__(self, url: str, name: str) -> None:
        self._url = url
        self._name = name
        self._link: Link | None = None
        self._connecting = asyncio.Lock()

    async def all(self, sql: str, values: Sequence[object]) -> list[tuple[object, ...]]:
        """The rows that a statement gives; it must give some, or `RETURNING`.

        Raises:
            StoreError: the server cannot be reached, or the link was lost.
        """
        async with self._connecting:
            if self._link is None or self._link.closed:
                self._link = await connected(self._url, self._name)
        try:
            return await (await self._link.execute(sql.encode(), values)).fetchall()
        except psycopg.Error as error:
            raise StoreError(f"PostgreSQL does not answer: {error}") from error

    async def close(self) -> None:
        """Close it."""
        if self._link:
            await self._link.close()
