"""What the worker's processes do in the soak beside their work."""

import json
import sqlite3
import threading
import time
from functools import partial

from pydantic import TypeAdapter

from benchmarks.soak.samples import empty_caches
from bot.flow import workers
from bot.store import recent, signs
from bot.store.engines import sqlite

EVERY_SECONDS = 3.0
STRINGS = 200_000  # some share a place


class Frugal(sqlite.File):
    """A connection that holds 256 KiB of the file in memory, in place of two MiB."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA cache_size = -256")
        super().__init__(connection)


def remember_little() -> None:
    """The store remembers little, in whichever process it is open; a table of short strings that
    pydantic has read, of which it has 16,384, is full from the beginning."""
    TypeAdapter(list[str]).validate_json(json.dumps([f"full {n}" for n in range(STRINGS)]))
    recent.MOST, signs.remembered = 20, signs.Remembered(50)
    vars(sqlite)["File"] = Frugal
    vars(sqlite3)["connect"] = partial(sqlite3.connect, cached_statements=8)


def begin(engine: str) -> None:
    """The first thing in such a process, in place of the bot's; its caches, too, are emptied."""
    remember_little()
    workers._begin(engine)
    threading.Thread(target=_forget, daemon=True).start()


def _forget() -> None:
    while True:
        time.sleep(EVERY_SECONDS)
        empty_caches()
