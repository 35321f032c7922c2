"""New rows of a transaction, numbered at once and written later: all those of a table together."""

from collections import deque
from collections.abc import Mapping
from typing import Any

from bot.store.engine import Database

# None refers to a later one.
_ORDER = ("stories", "all_articles", "joins", "heard", "sketches", "keywords")


class Adding:
    """Rows that are not in their tables before `write`.

    Args:
        db: within a transaction; nobody else adds to those tables before it ends.
        most: how many rows a table that numbers its rows gets at most.
    """

    def __init__(self, db: Database, most: Mapping[str, int]) -> None:
        self._db = db
        self._most = most
        self._numbers: dict[str, deque[int]] = {}
        self._rows: dict[str, list[Mapping[str, Any]]] = {}

    def number(self, table: str) -> int:
        """The number of a new row."""
        if table not in self._numbers:
            self._numbers[table] = deque(self._db.numbers(table, self._most[table]))
        return self._numbers[table].popleft()

    def add(self, table: str, row: Mapping[str, Any]) -> None:
        """A row, with its number where it has one; of a table all have the same columns."""
        self._rows.setdefault(table, []).append(row)

    def write(self) -> None:
        """Put the rows into their tables."""
        for table in _ORDER:
            self._db.insert_all(table, self._rows.pop(table, []))
