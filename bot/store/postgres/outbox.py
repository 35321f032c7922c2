"""The outbox where several send: each parcel under way is known by who has it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.model.delivery import Parcel, ParcelState, Quiet, Settlement
from bot.store import rows
from bot.store.engine import Database, Engine
from bot.store.outbox import INTERRUPTED, Outbox, leased, ready, settle
from bot.store.postgres.presence import dead


class SharedOutbox(Outbox):
    """Parcels under way, of all workers.

    Args:
        engine: PostgreSQL.
        worker: our number.
    """

    def __init__(self, engine: Engine, worker: int) -> None:
        super().__init__(engine)
        self._worker = worker

    async def lease(
        self, now: datetime, limit: int, seconds: float
    ) -> list[tuple[Parcel, str, Quiet | None]]:
        """As of one worker; parcels that another is just taking are passed over."""
        at, until = rows.instant(now), rows.instant(now + timedelta(seconds=seconds))
        if not await self._engine.read(lambda db: ready(db, at, 1)):
            return []

        def take(db: Database) -> list[tuple[Parcel, str, Quiet | None]]:
            found = ready(db, at, limit, db.unlocked("o"))
            db.execute(
                "UPDATE outbox SET state = 'sending', next_at = ?, worker = ? WHERE id = ANY(?)",
                [until, self._worker, [row[0] for row in found]],
            )
            return [leased(row) for row in found]

        return await self._engine.write(take)

    async def settle(self, settlements: Sequence[Settlement]) -> None:
        """As of one worker; what was taken back meanwhile is not ours to settle."""

        def settle_ours(db: Database) -> None:
            sql = """SELECT id FROM outbox WHERE id = ANY(?) AND state = 'sending' AND worker = ?
                     ORDER BY id FOR UPDATE"""
            parcels = [s.parcel for s in settlements]
            ours = {number for (number,) in db.execute(sql, [parcels, self._worker]).fetchall()}
            settle(db, [s for s in settlements if s.parcel in ours])

        await self._engine.write(settle_ours)

    async def recover(self, now: datetime, *, repeat: bool, everything: bool = False) -> int:
        """What dead workers had, and what was leased too long: as of one worker; never all."""
        state = ParcelState.QUEUED if repeat else ParcelState.UNCERTAIN
        at = rows.instant(now)
        where = f"state = 'sending' AND (next_at <= ? OR {dead('worker')})"

        def any_interrupted(db: Database) -> bool:
            sql = f"SELECT 1 FROM outbox WHERE {where} LIMIT 1"
            return db.execute(sql, [at]).fetchone() is not None

        def recover(db: Database) -> int:
            sql = f"""UPDATE outbox SET state = ?, next_at = ?, error = ?, attempts = attempts + 1
                      WHERE {where}"""
            return db.execute(sql, [state, at, INTERRUPTED, at]).rowcount

        return await self._engine.write(recover) if await self._engine.read(any_interrupted) else 0
