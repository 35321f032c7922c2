"""Looking into a store's tables, whichever engine keeps them."""

from typing import Any

from bot.store import Store
from bot.store.engine import Database

_SQLITE = """SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.sql LIKE 'CREATE TABLE%'"""
_POSTGRES = """SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name <> 'articles'"""


async def columns(store: Store) -> dict[str, list[str]]:
    """The columns of each table."""

    def find(db: Database) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        sql = _SQLITE if "SQLite" in type(store._engine).__name__ else _POSTGRES
        for table, column in db.execute(sql).fetchall():
            found.setdefault(table, []).append(column)
        return found

    return await store._engine.read(find)


async def asked(store: Store, sql: str) -> list[Any]:
    """What a statement finds."""
    return await store._engine.read(lambda db: db.execute(sql).fetchall())
