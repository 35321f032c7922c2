"""A PostgreSQL database: a few connections, each lent to a thread, never the event loop.

Several processes may write at once. What must be decided by one after the other takes a lock that
ends with the transaction (`alone`, `hold`); a transaction that was in another's way is run again.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.types.numeric import Int8Dumper
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from bot.errors import StoreError
from bot.parts import parts
from bot.store.engine import Condition, Cursor, Database, Engine
from bot.store.engines import postgres_schema
from bot.store.engines.tokens import GAP, query, tokens, vector
from bot.store.engines.translation import translated
from bot.store.postgres.once import HANDLING, marking

T = TypeVar("T")
Connection = psycopg.Connection[tuple[Any, ...]]

READERS = 4
WRITERS = 4
WAIT_SECONDS = 10.0  # for a connection
ATTEMPTS = 8  # at a transaction that another was in the way of
_CLASS = 0x6D61696C  # of all our advisory locks: "mail"
# Another transaction was in the way. One that put the same row there just now is found at the next
# attempt.
_IN_THE_WAY = (
    psycopg.errors.SerializationFailure,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.UniqueViolation,
)
_OURS = (psycopg.IntegrityError, psycopg.ProgrammingError, psycopg.DataError)  # bugs, not faults
_TOGETHER = 500  # rows of one statement, which may have 65,535 parameters
_JOBS = {"waiting": "todo", "doing": "doing", "failed": "failed"}  # our words, procrastinate's
# Long texts are packed while others wait to file theirs; not every server knows the quicker way.
_QUICK_PACKING = """SELECT set_config(name, 'lz4', false) FROM pg_settings
    WHERE name = 'default_toast_compression' AND 'lz4' = ANY(enumvals)"""
_SIDE_BY_SIDE = "(strpos(' ' || title || ' ', ?) > 0 OR strpos(' ' || body || ' ', ?) > 0)"

logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # we say it ourselves, when it matters


class PostgreSQL(Engine):
    """Runs functions on a PostgreSQL database.

    Args:
        url: its address, `postgresql://user:password@host/name`.

    Raises:
        StoreError: it is no such address.
    """

    def __init__(self, url: str) -> None:
        self.name = named(url)
        self._url = url
        self._threads = ThreadPoolExecutor(READERS + WRITERS, thread_name_prefix="store")
        self._writers = self._pool(WRITERS, read_only=False)
        self._readers = self._pool(READERS, read_only=True)

    async def write(self, function: Callable[[Database], T], *, once: bool = False) -> T:
        """Run a function in one transaction; again, when others were in its way."""
        handling = HANDLING.get() if once else None
        return await self._run(self._in_transaction, marking(handling, function))

    async def read(self, function: Callable[[Database], T]) -> T:
        """Run a function that changes nothing; each statement sees what was committed before."""
        return await self._run(self._reading, function)

    async def close(self) -> None:
        """End the threads after what they are doing, and the connections."""
        await asyncio.to_thread(self._threads.shutdown)
        for pool in (self._readers, self._writers):
            await asyncio.to_thread(pool.close)

    def _pool(self, size: int, *, read_only: bool) -> ConnectionPool[Connection]:
        def configure(connection: Connection) -> None:
            connection.adapters.register_dumper(int, Int8Dumper)  # one plan for all sizes
            connection.execute(f"SET default_transaction_read_only = {read_only}")
            # A plan that is kept is one for the tables as they were: nearly empty, with a new bot.
            connection.execute("SET plan_cache_mode = force_custom_plan")
            connection.execute(_QUICK_PACKING)

        return ConnectionPool(
            self._url,
            min_size=0,
            max_size=size,
            timeout=WAIT_SECONDS,
            reconnect_timeout=WAIT_SECONDS,
            open=True,
            check=ConnectionPool.check_connection,
            configure=configure,
            kwargs={
                "autocommit": True,
                "cursor_factory": psycopg.RawCursor,
                "application_name": "mailuo",
            },
        )

    async def _run(
        self, way: Callable[[Callable[[Database], T]], T], function: Callable[[Database], T]
    ) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, way, function)

    def _in_transaction(self, function: Callable[[Database], T]) -> T:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with self._connection(self._writers) as connection, connection.transaction():
                    return function(Server(connection))
            except _IN_THE_WAY:
                if attempt == ATTEMPTS:
                    raise
        raise AssertionError("unreachable")

    def _reading(self, function: Callable[[Database], T]) -> T:
        with self._connection(self._readers) as connection:
            return function(Server(connection))

    @contextmanager
    def _connection(self, pool: ConnectionPool[Connection]) -> Iterator[Connection]:
        try:
            with pool.connection() as connection:
                yield connection
        except (PoolTimeout, PoolClosed) as error:
            raise StoreError(
                f"the database {self.name} cannot be reached: {self._reason()}"
            ) from error
        except (*_OURS, *_IN_THE_WAY):
            raise
        except psycopg.Error as error:
            raise StoreError(f"the database {self.name} cannot be used: {error}") from error

    def _reason(self) -> str:
        """Why no connection is to be had, in the server's words."""
        try:
            psycopg.connect(self._url, connect_timeout=3).close()
        except psycopg.Error as error:
            return str(error).strip()
        return f"none was free within {WAIT_SECONDS:.0f} seconds"


class Server(Database):
    """A connection to the server."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Cursor:
        """Run a statement."""
        return self.connection.execute(translated(sql).encode(), parameters)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement once for each row of parameters, in one go."""
        with self.connection.cursor() as cursor:
            cursor.executemany(translated(sql).encode(), rows)

    def insert_all(self, table: str, rows: Sequence[Mapping[str, Any]], conflict: str = "") -> None:
        """In few statements: each of many would wait for its plan."""
        for part in parts(rows, _TOGETHER):
            mark = f"({', '.join('?' * len(part[0]))})"
            values = ", ".join([mark] * len(part))
            self.execute(
                f"INSERT INTO {table} ({', '.join(part[0])}) VALUES {values} {conflict}",
                [value for row in part for value in row.values()],
            )

    def alone(self, what: str) -> None:
        """Until the transaction ends, nobody else does what is named; waits for who does."""
        self.execute("SELECT pg_advisory_xact_lock(?::integer, hashtext(?))", [_CLASS, what])

    def unhurried(self) -> None:
        """The log is one: whatever is on disk, all before it is."""
        self.execute("SET LOCAL synchronous_commit = off")

    def hold(self, chats: Iterable[int]) -> None:
        """Until the transaction ends, nobody else changes some chats or queues for them."""
        self.execute(
            "SELECT 1 FROM chats WHERE id = ANY(?) ORDER BY id FOR NO KEY UPDATE",
            [sorted(set(chats))],
        )

    def unlocked(self, table: str) -> str:
        """Rows that another transaction has taken are passed over."""
        return f"FOR NO KEY UPDATE OF {table} SKIP LOCKED"

    def indexable(self, title: str, body: str) -> tuple[Any, ...]:
        """The tokens of both, and all of them as a `tsvector`."""
        parts = tokens(title), tokens(body)
        return *map(GAP.join, parts), vector([*parts[0], *parts[1]])

    def index(self, words: Mapping[int, tuple[Any, ...]]) -> None:
        """Put the words of some articles in place of what was there."""
        rows = [
            {"rowid": article, "title": title, "body": body, "terms": terms}
            for article, (title, body, terms) in words.items()
        ]
        there = """ON CONFLICT (rowid) DO UPDATE SET title = excluded.title,
                   body = excluded.body, terms = excluded.terms"""
        self.insert_all("words", rows, there)

    def matching(self, words: Sequence[str]) -> Condition:
        """The tokens of all words by the index; those of one word must stand side by side."""
        phrases = [found for word in words if (found := tokens(word))]
        if not phrases:
            return "FALSE", []
        all_ = query(token for phrase in phrases for token in phrase)
        where, parameters = "terms @@ ?::tsquery", [all_]
        for phrase in (phrase for phrase in phrases if len(phrase) > 1):
            where += f" AND {_SIDE_BY_SIDE}"
            parameters += [f" {GAP.join(phrase)} "] * 2
        return where, parameters

    def last_number(self, table: str) -> int:
        """The sequence of its numbers knows."""
        sql = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM"
        return int(self.execute(f"{sql} {self._sequence(table)}").fetchone()[0])

    def numbers(self, table: str, count: int) -> Iterable[int]:
        """The sequence of its numbers gives each once, whatever becomes of it."""
        sql = "SELECT nextval(pg_get_serial_sequence(?, 'id')) FROM generate_series(1, ?)"
        return sorted(number for (number,) in self.execute(sql, [table, count]).fetchall())

    def numbered(self, table: str, last: int) -> None:
        """The sequence of its numbers goes on behind."""
        self.execute(
            "SELECT setval(?::regclass, ?, ?)", [self._sequence(table), max(last, 1), last > 0]
        )

    def _sequence(self, table: str) -> str:
        found = self.execute("SELECT pg_get_serial_sequence(?, 'id')", [table]).fetchone()
        return str(found[0])

    def others(self) -> int:
        """By the name that our connections give themselves."""
        sql = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
                 AND application_name LIKE 'mailuo%' AND pid <> pg_backend_pid()"""
        return int(self.execute(sql).fetchone()[0])

    def in_hand(self) -> int:
        """Several workers write them down."""
        sql = "SELECT count(*) FROM updates WHERE NOT handled"
        return int(self.execute(sql).fetchone()[0])

    def disk(self) -> tuple[int, int]:
        """How many bytes the database has; what is free in it, it fills again itself."""
        sql = "SELECT pg_database_size(current_database())"
        return int(self.execute(sql).fetchone()[0]), 0

    def give_back(self) -> int:
        """The server's own upkeep does that."""
        return 0

    def jobs(self) -> dict[str, int]:
        """Those of procrastinate, whose tables the first worker that digests makes."""
        made = self.execute("SELECT to_regclass('procrastinate_jobs') IS NOT NULL").fetchone()
        if not made[0]:
            return {}
        sql = "SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status"
        counts = dict(self.execute(sql).fetchall())
        return {name: counts.get(status, 0) for name, status in _JOBS.items()}

    def unapplied(self) -> list[str]:
        """The names of the migrations that the database still lacks."""
        return postgres_schema.unapplied(self)


async def opened(url: str) -> PostgreSQL:
    """A database, made or upgraded as needed; two that open it at once wait for each other.

    Raises:
        StoreError: it cannot be used, or is newer than this program.
    """
    engine = PostgreSQL(url)
    try:
        await engine.write(_migrate)
    except BaseException:
        await engine.close()
        raise
    return engine


def _migrate(db: Database) -> None:
    db.alone("schema")
    postgres_schema.migrate(db)


def named(url: str) -> str:
    """A database's address without user and password.

    Raises:
        StoreError: it is no address.
    """
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise StoreError(  # without the words of the library, which may hold the password
            "[store] url is no address of a PostgreSQL database: write "
            "postgresql://user:password@host/name"
        ) from None
    host = parts.get("host") or "localhost"
    port = f":{parts['port']}" if parts.get("port") else ""
    return f"postgresql://{host}{port}/{parts.get('dbname') or parts.get('user') or ''}"
