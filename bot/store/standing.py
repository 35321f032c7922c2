"""How a database file stands against this program, without changing it."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.errors import StoreError
from bot.store.engines.sqlite import File


@dataclass(frozen=True, slots=True)
class Standing:
    """Which migrations a file still lacks, by name."""

    missing: tuple[str, ...]


def standing(path: Path) -> Standing | None:
    """How a file stands; None where there is none, or an empty one.

    Raises:
        StoreError: it cannot be read.
    """
    if not path.exists() or not path.stat().st_size:
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            return Standing(tuple(File(file).unapplied()))
    except sqlite3.DatabaseError as error:
        raise StoreError(f"the file {path} cannot be read as a database: {error}") from error
