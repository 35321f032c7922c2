"""One SQLite file: a thread that writes and a few that read, never the event loop.

sqlite-utils is synchronous, so everything runs on threads of our own. A write is one transaction;
a read sees what was committed when it began. A commit is on disk before it returns: what was sent
must not be forgotten with the power.
"""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from bot.errors import StoreError

T = TypeVar("T")

READERS = 4
BUSY_SECONDS = 10.0


class Engine:
    """Runs functions on a database file.

    Args:
        path: the file; its folder must exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store-writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="store-reader")
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []

    async def write(self, function: Callable[[Database], T]) -> T:
        """Run a function on the writer's connection, in one transaction.

        Raises:
            StoreError: the database cannot be used; nothing of the function was kept.
        """
        return await self._run(self._writer, self._in_transaction, function)

    async def read(self, function: Callable[[Database], T]) -> T:
        """Run a function that changes nothing on one of the readers' connections.

        Raises:
            StoreError: the database cannot be used.
        """
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
            db.conn.rollback()
            raise
        db.conn.commit()
        return result

    def _reading(self, function: Callable[[Database], T]) -> T:
        return function(self._connection(query_only=True))

    def _connection(self, *, query_only: bool) -> Database:
        """The connection of the present thread."""
        if not hasattr(self._local, "db"):
            connection = sqlite3.connect(
                self._path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            self._connections.append(connection)
            # Only a new file takes it, before all else: dropped texts give their room back.
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA query_only = {int(query_only)}")
            self._local.db = Database(connection)
        db: Database = self._local.db
        return db
