"""A connection of its own to PostgreSQL, for what must not wait behind the store's work.

Both ends notice within seconds that the other is gone: a lock must not outlive its holder.
"""

from typing import LiteralString

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
_CLIENT = {
    "connect_timeout": 5,
    "keepalives_idle": 1,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": 4000,
}


async def connected(url: str, name: LiteralString) -> Link:
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
