"""What keeps the rows: SQLite or PostgreSQL, behind the same few words.

The subjects (`articles.py`, `outbox.py`, …) write one SQL for both: placeholders are `?`, instants
are texts, truths are 0 and 1, what can be null says where it sorts. What the two do differently has
a method here.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

T = TypeVar("T")

Condition = tuple[str, list[Any]]

FILING = "filing"  # what must be done alone: deciding which story an article is in


class Cursor(Protocol):
    """What a statement found or did."""

    @property
    def rowcount(self) -> int:
        """How many rows it changed."""
        ...

    @property
    def description(self) -> Sequence[Sequence[Any]] | None:
        """Its columns, each with its name first."""
        ...

    def fetchone(self) -> Any:
        """The next row as a tuple, or None."""
        ...

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        ...

    def __iter__(self) -> Iterator[Any]: ...


class Database(ABC):
    """A connection, lent to a function for one transaction."""

    @abstractmethod
    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Cursor:
        """Run a statement."""

    @abstractmethod
    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement once for each row of parameters."""

    @abstractmethod
    def alone(self, what: str) -> None:
        """Until the transaction ends, nobody else does what is named; waits for who does."""

    @abstractmethod
    def unhurried(self) -> None:
        """What this transaction writes need not be on disk when it ends, only before anything that
        is written later: for what would be read again."""

    @abstractmethod
    def hold(self, chats: Iterable[int]) -> None:
        """Until the transaction ends, nobody else changes some chats or queues for them."""

    @abstractmethod
    def unlocked(self, table: str) -> str:
        """What ends a SELECT that takes rows of a table (by its name in it) for this transaction,
        passing over those that another has taken."""

    @abstractmethod
    def indexable(self, title: str, body: str) -> tuple[Any, ...]:
        """The words of an article, with spaces between, as `index` takes them."""

    @abstractmethod
    def index(self, words: Mapping[int, tuple[Any, ...]]) -> None:
        """Put the words of some articles in place of what was there."""

    @abstractmethod
    def matching(self, words: Sequence[str]) -> Condition:
        """A condition on the table `words`: articles that hold all of some words."""

    @abstractmethod
    def last_number(self, table: str) -> int:
        """The highest number that a table ever gave to a row of its own; 0 for none."""

    @abstractmethod
    def numbers(self, table: str, count: int) -> Iterable[int]:
        """So many numbers for rows that are put into a table before the transaction ends."""

    @abstractmethod
    def numbered(self, table: str, last: int) -> None:
        """Numbers up to one are never given again by a table."""

    @abstractmethod
    def others(self) -> int:
        """How many other connections of ours use the database, as far as the engine can see."""

    @abstractmethod
    def in_hand(self) -> int:
        """How many updates were received from Telegram, and are not handled yet."""

    @abstractmethod
    def disk(self) -> tuple[int, int]:
        """How many bytes are in use on disk, free ones among them, and how many are free."""

    @abstractmethod
    def give_back(self) -> int:
        """Give some free pages back to the file system; how many."""

    @abstractmethod
    def jobs(self) -> dict[str, int]:
        """How many jobs of digesting are queued, by state: waiting, doing and failed. Nothing where
        there is no queue."""

    @abstractmethod
    def unapplied(self) -> list[str]:
        """The names of the migrations that it still lacks."""

    def insert(self, table: str, fields: Mapping[str, Any]) -> None:
        """Put a new row into a table."""
        self.execute(_insert(table, fields), list(fields.values()))

    def insert_all(self, table: str, rows: Sequence[Mapping[str, Any]], conflict: str = "") -> None:
        """Put new rows, all of the same columns, into a table.

        Args:
            conflict: the clause that says what to do with one that is there.
        """
        if rows:
            sql = f"{_insert(table, rows[0])} {conflict}"
            self.executemany(sql, [[*row.values()] for row in rows])

    def add(self, table: str, fields: Mapping[str, Any]) -> int:
        """Put a new row into a table that numbers its rows; its number."""
        made = self.execute(f"{_insert(table, fields)} RETURNING id", list(fields.values()))
        return int(made.fetchone()[0])

    def update(self, table: str, number: int, fields: Mapping[str, Any]) -> None:
        """Change some columns of the row of a number."""
        changes = ", ".join(f"{name} = ?" for name in fields)
        self.execute(f"UPDATE {table} SET {changes} WHERE id = ?", [*fields.values(), number])


class Engine(ABC):
    """Runs functions on a database, never on the event loop."""

    name: str  # of the database, for people; without a password

    @abstractmethod
    async def write(self, function: Callable[[Database], T], *, once: bool = False) -> T:
        """Run a function in one transaction. It may be run again, when others were in its way.

        Args:
            function: what to do.
            once: it may not be done twice for one update from a reader, as nearly all else may: so
                that update is then handled, also if the worker dies before it has answered.

        Raises:
            StoreError: the database cannot be used; nothing of the function was kept.
        """

    @abstractmethod
    async def read(self, function: Callable[[Database], T]) -> T:
        """Run a function that changes nothing.

        Raises:
            StoreError: the database cannot be used.
        """

    @abstractmethod
    async def close(self) -> None:
        """Finish what is being done, and let go of the database."""


def _insert(table: str, fields: Mapping[str, Any]) -> str:
    return f"INSERT INTO {table} ({', '.join(fields)}) VALUES ({', '.join('?' * len(fields))})"
