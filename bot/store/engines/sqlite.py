"""One SQLite file: a thread that writes and a few that read, never the event loop.

sqlite-utils is synchronous, so everything runs on threads of our own. A write is one transaction;
a read sees what was committed when it began. A commit is on disk before it returns: what was sent
must not be forgotten with the power.
"""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database as Library

from bot.errors import StoreError
from bot.store import schema
from bot.store.engine import Condition, Cursor, Database, Engine

T = TypeVar("T")

READERS = 4
BUSY_SECONDS = 10.0
_PAGES = 256  # given back at a time: 1 MiB, some milliseconds
_CACHE = 8192  # KiB of pages for the writer, who looks far and wide for what an article is like
_LOG = 3000  # pages of the write-ahead log, 12 MiB: what is written again and again is moved once
_SPARE = 20  # one free page in so many stays, for what comes next


class SQLite(Engine):
    """Runs functions on a database file.

    Args:
        path: the file; its folder must exist.
    """

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self._path = path
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store-writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="store-reader")
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []

    async def write(self, function: Callable[[Database], T], *, once: bool = False) -> T:
        """Run a function on the writer's connection, in one transaction."""
        return await self._run(self._writer, self._in_transaction, function)

    async def read(self, function: Callable[[Database], T]) -> T:
        """Run a function that changes nothing on one of the readers' connections."""
        return await self._run(self._readers, self._reading, function)

    async def close(self) -> None:
        """End the threads after what they are doing, and close the file."""
        for pool in (self._readers, self._writer):
            await asyncio.to_thread(pool.shutdown)
        for connection in self._connections:
            connection.close()
        self._connections.clear()

    async def _run(
        self,
        pool: ThreadPoolExecutor,
        way: Callable[[Callable[[Database], T]], T],
        function: Callable[[Database], T],
    ) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, way, function)
        except (sqlite3.OperationalError, sqlite3.NotSupportedError) as error:
            raise StoreError(f"the database {self._path} cannot be used: {error}") from error
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
                raise  # a bug of ours, not a fault of the file
            raise StoreError(f"the file {self._path} is not a healthy database: {error}") from error

    def _in_transaction(self, function: Callable[[Database], T]) -> T:
        db = self._connection(query_only=False)
        db.execute("BEGIN IMMEDIATE")  # two processes wait for each other instead of failing late
        try:
            result = function(db)
        except BaseException:
            db.connection.rollback()
            raise
        db.connection.commit()
        return result

    def _reading(self, function: Callable[[Database], T]) -> T:
        return function(self._connection(query_only=True))

    def _connection(self, *, query_only: bool) -> "File":
        """The connection of the present thread."""
        if not hasattr(self._local, "db"):
            connection = sqlite3.connect(
                self._path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            self._connections.append(connection)
            # Only a new file takes it, before all else: dropped texts give their room back.
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG}")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA query_only = {int(query_only)}")
            if not query_only:
                connection.execute(f"PRAGMA cache_size = -{_CACHE}")
            self._local.db = File(connection)
        db: File = self._local.db
        return db


class File(Database):
    """A connection to the file. Whoever writes is alone."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Cursor:
        """Run a statement."""
        return self.connection.execute(sql, parameters)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement once for each row of parameters."""
        self.connection.executemany(sql, rows)

    def alone(self, what: str) -> None:
        """There is one writer."""

    def unhurried(self) -> None:
        """A file has one way of ending a transaction."""

    def hold(self, chats: Iterable[int]) -> None:
        """There is one writer."""

    def unlocked(self, table: str) -> str:
        """There is one writer."""
        return ""

    def indexable(self, title: str, body: str) -> tuple[Any, ...]:
        """FTS5 finds the tokens in them."""
        return title, body

    def index(self, words: Mapping[int, tuple[Any, ...]]) -> None:
        """Put the words of some articles in place of what was there."""
        self.executemany("DELETE FROM words WHERE rowid = ?", [(article,) for article in words])
        sql = "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)"
        self.executemany(sql, [(article, *said) for article, said in words.items()])

    def matching(self, words: Sequence[str]) -> Condition:
        """All words as quoted FTS5 strings."""
        return "words MATCH ?", [" ".join('"' + w.replace('"', '""') + '"' for w in words)]

    def last_number(self, table: str) -> int:
        """A table without AUTOINCREMENT goes on behind its highest row."""
        given = "SELECT seq FROM sqlite_sequence WHERE name = ?"
        sql = f"SELECT max(coalesce(({given}), 0), coalesce((SELECT max(id) FROM {table}), 0))"
        return int(self.execute(sql, [table]).fetchone()[0])

    def numbers(self, table: str, count: int) -> Iterable[int]:
        """Those behind the last: there is one writer."""
        last = self.last_number(table)
        return range(last + 1, last + 1 + count)

    def numbered(self, table: str, last: int) -> None:
        """Only a table with AUTOINCREMENT remembers."""
        sql = "SELECT sql FROM sqlite_master WHERE name = ?"
        if "AUTOINCREMENT" in self.execute(sql, [table]).fetchone()[0]:
            self.execute("DELETE FROM sqlite_sequence WHERE name = ?", [table])
            self.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", [table, last])

    def others(self) -> int:
        """A file does not know; a worker locks it (`instance.py`)."""
        return 0

    def in_hand(self) -> int:
        """The only worker keeps them in memory."""
        return 0

    def disk(self) -> tuple[int, int]:
        """How many bytes the file has, and how many of them are free."""
        page = self._pragma("page_size")
        return page * self._pragma("page_count"), page * self._pragma("freelist_count")

    def give_back(self) -> int:
        """A file that was not made for it (`auto_vacuum`) keeps them, for new articles."""
        before, pages = self._pragma("freelist_count"), self._pragma("page_count")
        if self._pragma("auto_vacuum") != 2 or before <= pages // _SPARE:
            return 0
        self.execute(f"PRAGMA incremental_vacuum({_PAGES})").fetchall()
        return before - self._pragma("freelist_count")

    def jobs(self) -> dict[str, int]:
        """The only worker needs no queue."""
        return {}

    def unapplied(self) -> list[str]:
        """The names of the migrations that the file still lacks."""
        return [m.name for m in schema.migrations.pending(Library(self.connection))]

    def _pragma(self, name: str) -> int:
        return int(self.execute(f"PRAGMA {name}").fetchone()[0])


async def opened(path: Path) -> SQLite:
    """A file, made or upgraded as needed.

    Raises:
        StoreError: it cannot be used, or is newer than this program.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the folder {path.parent} cannot be made: {error.strerror}") from error
    engine = SQLite(path)
    try:
        await engine.write(_migrate)
    except BaseException:
        await engine.close()
        raise
    return engine


def _migrate(db: Database) -> None:
    assert isinstance(db, File)
    library = Library(db.connection)
    ours = {m.name for m in schema.migrations.pending(Library(memory=True))}
    newer = {m.name for m in schema.migrations.applied(library)} - ours
    if newer:
        raise StoreError(
            f"the database is newer than this program (it has {', '.join(sorted(newer))}): "
            "upgrade the program"
        )
    schema.migrations.apply(library)
