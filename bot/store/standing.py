"""How a database stands against this program, without changing it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import StoreError
from bot.store.engine import Database
from bot.store.engines.sqlite import File


async def missing(where: Path | str) -> list[str] | None:
    """The migrations that a database still lacks; None where there is none.

    Args:
        where: the path of an SQLite file, or the address of a PostgreSQL database.

    Raises:
        StoreError: it cannot be read.
    """
    return _of_file(where) if isinstance(where, Path) else await _of_server(where)


def _of_file(path: Path) -> list[str] | None:
    if not path.exists() or not path.stat().st_size:
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            return File(file).unapplied()
    except sqlite3.DatabaseError as error:
        raise StoreError(f"the file {path} cannot be read as a database: {error}") from error


async def _of_server(url: str) -> list[str] | None:
    try:
        from bot.store.engines import postgres  # needs what SQLite does without
    except ImportError:
        return None  # whoever opens it says what is to be installed
    engine = postgres.PostgreSQL(url)
    try:
        return await engine.read(lambda db: db.unapplied() if _made(db) else None)
    finally:
        await engine.close()


def _made(db: Database) -> bool:
    return db.execute("SELECT to_regclass('migrations')").fetchone()[0] is not None
