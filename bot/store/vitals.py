"""Whether the store works and what waits in it: what health and metrics ask, all of it quick."""

from datetime import datetime
from typing import Any

from bot.model.delivery import ParcelState
from bot.model.statistics import Backlog
from bot.store import rows
from bot.store.engine import Database, Engine

# How many were sent is a counter's business: counting them would walk all that are kept.
_WAITING = (ParcelState.QUEUED, ParcelState.SENDING, ParcelState.DEAD, ParcelState.UNCERTAIN)


class Vitals:
    """Says how the store is."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def write_nothing(self) -> None:
        """Go the whole way of a write, to see that it is open; the disk is not touched.

        Raises:
            StoreError: the database cannot be written to.
        """
        await self._engine.write(lambda db: None)

    async def unapplied(self) -> list[str]:
        """The migrations that the database still lacks.

        Raises:
            StoreError: the database cannot be read.
        """
        return await self._engine.read(lambda db: db.unapplied())

    async def backlog(self, now: datetime) -> Backlog:
        """What waits.

        Args:
            now: UTC; by it messages and subscriptions are due.

        Raises:
            StoreError: the database cannot be read.
        """
        at = rows.instant(now)

        def look(db: Database) -> Backlog:
            return Backlog(
                {str(state): _count(db, state) for state in _WAITING},
                _at(db, _MESSAGE, at),
                _at(db, _SUBSCRIPTION, at),
                _feeds(db),
                db.jobs(),
            )

        return await self._engine.read(look)


_MESSAGE = """SELECT o.next_at FROM outbox o JOIN chats c ON c.id = o.chat_id AND c.paused = ''
              WHERE o.state = 'queued' AND o.next_at <= ? ORDER BY o.next_at LIMIT 1"""
_SUBSCRIPTION = """SELECT due_at FROM subscriptions WHERE active = 1 AND due_at <= ?
                   ORDER BY due_at LIMIT 1"""


def _count(db: Database, state: ParcelState) -> int:
    # Written out, not a parameter: each state has an index that holds it and no other.
    aside = state in (ParcelState.DEAD, ParcelState.UNCERTAIN)
    of_index = " AND state IN ('dead', 'uncertain')" if aside else ""
    return int(_one(db, f"SELECT count(*) FROM outbox WHERE state = '{state}'{of_index}"))


def _feeds(db: Database) -> dict[str, int]:
    failing = _one(db, "SELECT count(*) FROM feeds WHERE failing_since IS NOT NULL AND gone = 0")
    gone = _one(db, "SELECT count(*) FROM feeds WHERE gone = 1")
    every = _one(db, "SELECT count(*) FROM feeds")
    return {"ok": every - failing - gone, "failing": failing, "gone": gone}


def _one(db: Database, sql: str) -> Any:
    return db.execute(sql).fetchone()[0]


def _at(db: Database, sql: str, now: str) -> datetime | None:
    found = db.execute(sql, [now]).fetchone()
    return datetime.fromisoformat(found[0]) if found else None
