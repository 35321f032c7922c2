"""All rows from one database into another, whatever keeps them; and whether they are the same.

The tables go in the order of their references, some rows at a time, in one transaction of the
target: it holds everything in the end, or what it held before. What is compared is a sum over the
hashes of all rows, so their order, which the engines see differently, does not matter.
"""

import asyncio
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.errors import StoreError
from bot.model.moving import TableCopy
from bot.store.engine import Database, Engine
from bot.store.engines.tokens import GAP, tokens

Tick = Callable[[int, int], None]  # rows done, rows in all; what it raises ends the work
Row = tuple[Any, ...]
Pull = Callable[[Callable[[Database], Any]], Any]  # asks the source from the target's thread

ROWS = 200  # at a time: articles are some 50 kB each
_SUM = 2**128


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its key, by which it is walked, a column that refers to its own rows, and whether
    it gives its rows their numbers."""

    name: str
    key: tuple[str, ...]
    itself: str = ""
    numbers: bool = False


# Each after those that it refers to. A test holds the list complete.
TABLES = (
    Table("meta", ("name",)),
    Table("stories", ("id",), itself="merged_into", numbers=True),
    Table("all_articles", ("id",), itself="reprint_of", numbers=True),
    Table("revisions", ("article_id", "number")),
    Table("joins", ("article_id",)),
    Table("sketches", ("id",), numbers=True),
    Table("keywords", ("sketch_id",)),
    Table("newest", ("word",)),
    Table("heard", ("at", "article_id")),
    Table("hidden", ("article_id",)),
    Table("words", ("rowid",)),
    Table("phrases", ("id",), numbers=True),
    Table("chats", ("id",)),
    Table("links", ("chat_id", "target")),
    Table("subscriptions", ("id",), numbers=True),
    Table("told", ("chat_id", "topic", "story_id")),
    Table("outbox", ("id",), numbers=True),
    Table("feeds", ("id",), numbers=True),
    Table("votes", ("voter", "story_id")),
    Table("reports", ("id",), numbers=True),
    Table("bans", ("kind", "value")),
)
WORDS = ("rowid", "title", "body")  # of the index; the rest is each engine's own
# What several workers share on PostgreSQL stays behind: who leased a message, tables of theirs.
OWN = {("outbox", "worker")}
WORKERS = {"pace", "updates"}


@dataclass(frozen=True, slots=True)
class Sum:
    """How many rows, and the sum of their hashes."""

    rows: int = 0
    value: int = 0

    def with_row(self, row: Row) -> "Sum":
        """One row more."""
        text = json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=bytes.hex)
        made = hashlib.blake2b(text.encode(), digest_size=16).digest()
        return Sum(self.rows + 1, (self.value + int.from_bytes(made)) % _SUM)


async def copied(source: Engine, target: Engine, *, force: bool, tick: Tick) -> list[TableCopy]:
    """Copy a database into another one, then read the other and compare.

    Args:
        source: nobody writes to it meanwhile.
        target: an empty one.
        force: whether what the target holds is deleted before.
        tick: is told how far it is; twice the rows: they are copied, then compared.

    Returns:
        Each table with its counts and sums on both sides.

    Raises:
        StoreError: the target is not empty, or one of them cannot be used; the target is unchanged.
    """
    loop = asyncio.get_running_loop()

    def pull(function: Callable[[Database], Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(source.read(function), loop).result()

    total = 2 * await source.read(lambda db: sum(_count(db, table) for table in TABLES))
    steps = _Steps(tick, total)
    sent = await target.write(lambda db: _copy(pull, db, force, steps))
    return [
        TableCopy(
            table.name, *_shown(sent[table.name]), *_shown(await _read_back(target, table, steps))
        )
        for table in TABLES
    ]


class _Steps:
    """Counts what is done."""

    def __init__(self, tick: Tick, total: int) -> None:
        self._tick, self._total, self._done = tick, total, 0

    def __call__(self, rows: int) -> None:
        self._done += rows
        self._tick(self._done, self._total)


def _copy(pull: Pull, db: Database, force: bool, steps: _Steps) -> dict[str, Sum]:
    _emptied(db, force)
    sums = {}
    for table in TABLES:
        names = _columns(db, table)
        if missing := set(names) ^ set(pull(partial(_columns, table=table))):
            raise StoreError(
                f"the two databases differ in {table.name}: {', '.join(sorted(missing))}"
            )
        sums[table.name] = _copy_table(pull, db, table, names, steps)
    return sums


def _copy_table(
    pull: Pull,
    db: Database,
    table: Table,
    names: Sequence[str],
    steps: _Steps,
) -> Sum:
    total, later = Sum(), []
    after: Row | None = None
    while found := pull(partial(_page, table=table, names=names, after=after)):
        after = _key(found[-1], table, names)
        for row in found:
            total = total.with_row(_canonical(row, table))
        _insert(db, table, names, found)
        later += _references(found, table, names)
        steps(len(found))
    if later:  # rows that refer to others of their table, when all are there
        db.executemany(f"UPDATE {table.name} SET {table.itself} = ? WHERE id = ?", later)
    if table.numbers:
        db.numbered(table.name, pull(lambda s: s.last_number(table.name)))
    return total


def _insert(db: Database, table: Table, names: Sequence[str], found: Sequence[Row]) -> None:
    if table.name == "words":
        db.index({article: db.indexable(title, body) for article, title, body in found})
        return
    if table.itself:
        at = names.index(table.itself)
        found = [(*row[:at], None, *row[at + 1 :]) for row in found]
    marks = ", ".join("?" * len(names))
    db.executemany(f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})", found)


def _references(found: Sequence[Row], table: Table, names: Sequence[str]) -> list[Row]:
    if not table.itself:
        return []
    at, number = names.index(table.itself), names.index("id")
    return [(row[at], row[number]) for row in found if row[at] is not None]


async def _read_back(engine: Engine, table: Table, steps: _Steps) -> Sum:
    names = await engine.read(lambda db: _columns(db, table))
    total = Sum()
    after: Row | None = None
    while found := await engine.read(partial(_page, table=table, names=names, after=after)):
        after = _key(found[-1], table, names)
        for row in found:
            total = total.with_row(_canonical(row, table))
        steps(len(found))
    return total


def _page(db: Database, table: Table, names: Sequence[str], after: Row | None) -> list[Row]:
    """Rows in the order of their key."""
    key = ", ".join(table.key)
    marks = ", ".join("?" * len(table.key))
    where = f"WHERE ({key}) > ({marks})" if after else ""
    sql = f"SELECT {', '.join(names)} FROM {table.name} {where} ORDER BY {key} LIMIT {ROWS}"
    return [tuple(row) for row in db.execute(sql, after or ()).fetchall()]


def _columns(db: Database, table: Table) -> list[str]:
    """The columns that are copied, in the order of their names."""
    if table.name == "words":
        return list(WORDS)
    found = db.execute(f"SELECT * FROM {table.name} LIMIT 0").description or ()
    return sorted(column[0] for column in found if (table.name, column[0]) not in OWN)


def _key(row: Row, table: Table, names: Sequence[str]) -> Row:
    return tuple(row[names.index(name)] for name in table.key)


def _canonical(row: Row, table: Table) -> Row:
    """A row as both engines tell it: of the index, what it finds."""
    if table.name != "words":
        return row
    article, title, body = row
    return article, GAP.join(tokens(title)), GAP.join(tokens(body))


def _emptied(db: Database, force: bool) -> None:
    """Raises StoreError for a target that holds something that must not be deleted."""
    held = [t.name for t in TABLES if t.name != "meta" and _count(db, t)]
    if held and not force:
        raise StoreError(
            f"the target is not empty (it has {', '.join(held)}); --force deletes what it holds"
        )
    for table in reversed(TABLES):
        if table.itself:
            db.execute(f"UPDATE {table.name} SET {table.itself} = NULL")
        db.execute(f"DELETE FROM {table.name}")


def _count(db: Database, table: Table) -> int:
    return int(db.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0])


def _shown(total: Sum) -> tuple[int, str]:
    return total.rows, f"{total.value:032x}"
