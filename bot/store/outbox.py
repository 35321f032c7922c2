"""The outbox: messages that wait, are being sent, were sent, or never can be.

A chat's messages leave in the order in which they were queued: only the first that is open may be
leased.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.model import Message
from bot.model.delivery import Parcel, ParcelState, Place, Quiet, Settlement
from bot.store import rows
from bot.store.engine import Database, Engine

_COLUMNS = """o.id, o.chat_id, o.topic, o.subscription_id, o.digest, o.part, o.message, o.silent,
              o.urgent, o.attempts, o.state, o.error, o.next_at, o.settled_at, o.message_id"""
INTERRUPTED = "interrupted while it was being sent"


class Outbox:
    """Parcels under way."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def lease(
        self, now: datetime, limit: int, seconds: float
    ) -> list[tuple[Parcel, str, Quiet | None]]:
        """Take parcels to send, each the first open one of its chat, longest waiting first.

        Args:
            now: UTC.
            limit: how many at most.
            seconds: how long they are ours; then another may take them.

        Returns:
            Each with its chat's zone and quiet hours.
        """
        at, until = rows.instant(now), rows.instant(now + timedelta(seconds=seconds))
        if not await self._engine.read(lambda db: ready(db, at, 1)):
            return []

        def take(db: Database) -> list[tuple[Parcel, str, Quiet | None]]:
            found = ready(db, at, limit)
            db.execute(
                f"""UPDATE outbox SET state = 'sending', next_at = ?
                    WHERE id IN ({rows.marks(found)})""",
                [until, *(row[0] for row in found)],
            )
            return [leased(row) for row in found]

        return await self._engine.write(take)

    async def settle(self, settlements: Sequence[Settlement]) -> None:
        """Write down what became of parcels, in one transaction.

        A parcel that is to be sent later holds those that its chat has behind it.
        """

        await self._engine.write(lambda db: settle(db, settlements))

    async def recover(self, now: datetime, *, repeat: bool, everything: bool = False) -> int:
        """Parcels whose sending was interrupted: queue them again, or leave them as uncertain.

        Args:
            now: UTC; leases that ended before are taken back.
            repeat: whether a parcel that may have been sent is sent again.
            everything: also leases that have not ended: right only when no other sender lives.

        Returns:
            How many there were.
        """
        state = ParcelState.QUEUED if repeat else ParcelState.UNCERTAIN
        at = rows.instant(now)
        where = "state = 'sending'" + ("" if everything else " AND next_at <= ?")
        parameters = [] if everything else [at]

        def any_interrupted(db: Database) -> bool:
            sql = f"SELECT 1 FROM outbox WHERE {where} LIMIT 1"
            return db.execute(sql, parameters).fetchone() is not None

        def recover(db: Database) -> int:
            found = db.execute(
                f"""UPDATE outbox SET state = ?, next_at = ?, error = ?, attempts = attempts + 1
                    WHERE {where}""",
                [state, at, INTERRUPTED, *parameters],
            )
            return int(found.rowcount)

        return await self._engine.write(recover) if await self._engine.read(any_interrupted) else 0

    async def notice(self, place: Place, message: Message, now: datetime) -> None:
        """Queue a word of the bot's own, at most one a second and place."""

        def queue(db: Database) -> None:
            at = rows.instant(now)
            db.execute(
                """INSERT INTO outbox (chat_id, topic, subscription_id, digest, part,
                       message, silent, urgent, state, next_at, queued_at)
                   VALUES (?, ?, 0, ?, 0, ?, 0, 0, 'queued', ?, ?) ON CONFLICT DO NOTHING""",
                [
                    *(place.chat, place.topic, int(now.timestamp())),
                    *(rows.message_json(message), at, at),
                ],
            )

        await self._engine.write(queue)

    async def listed(self, states: Sequence[ParcelState], limit: int) -> list[Parcel]:
        """Parcels in some states, oldest first."""
        sql = f"""SELECT {_COLUMNS} FROM outbox o
                  WHERE o.state IN ({rows.marks(states)}) ORDER BY o.id LIMIT ?"""
        return await self._engine.read(
            lambda db: [_parcel(row) for row in db.execute(sql, [*states, limit]).fetchall()]
        )

    async def of_digest(self, subscription: int, digest: int) -> list[Parcel]:
        """The parts of a digest that are still kept."""
        sql = f"""SELECT {_COLUMNS} FROM outbox o
                  WHERE o.subscription_id = ? AND o.digest = ? ORDER BY o.part"""
        found = [subscription, digest]
        return await self._engine.read(
            lambda db: [_parcel(row) for row in db.execute(sql, found).fetchall()]
        )

    async def counts(self) -> dict[ParcelState, int]:
        """How many parcels are in each state."""

        def count(db: Database) -> dict[ParcelState, int]:
            found = db.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall()
            return {ParcelState(state): n for state, n in found}

        return await self._engine.read(count)

    async def retry(self, parcels: Sequence[int], now: datetime) -> int:
        """Queue parcels again that are dead or uncertain; all of them for no numbers."""
        where = "state IN ('dead', 'uncertain')"
        if parcels:
            where += f" AND id IN ({rows.marks(parcels)})"

        def retry(db: Database) -> int:
            sql = f"UPDATE outbox SET state = 'queued', attempts = 0, next_at = ? WHERE {where}"
            return int(db.execute(sql, [rows.instant(now), *map(rows.number, parcels)]).rowcount)

        return await self._engine.write(retry)

    async def tidy(self, before: datetime) -> None:
        """Drop parcels that were sent before an instant; what was told stays known."""

        def drop(db: Database) -> None:
            sql = "DELETE FROM outbox WHERE state = 'sent' AND settled_at < ?"
            db.execute(sql, [rows.instant(before)])

        await self._engine.write(drop)


def settle(db: Database, settlements: Sequence[Settlement]) -> None:
    """Write down what became of parcels."""
    db.executemany(
        """UPDATE outbox SET state = ?, error = ?, message_id = ?, settled_at = ?,
               next_at = coalesce(?, next_at), attempts = attempts + ? WHERE id = ?""",
        [
            (
                *(s.state, rows.storable(s.error), s.message_id, rows.instant(s.at)),
                *(rows.instant_or_none(s.next_at), int(s.attempted), s.parcel),
            )
            for s in settlements
        ],
    )
    db.executemany(
        """UPDATE outbox SET next_at = ? WHERE state = 'queued' AND next_at < ?
               AND chat_id = (SELECT chat_id FROM outbox WHERE id = ?)""",
        [(at, at, s.parcel) for s in settlements if (at := rows.instant_or_none(s.next_at))],
    )


def leased(row: tuple[Any, ...]) -> tuple[Parcel, str, Quiet | None]:
    """A row of `ready` as a parcel with its chat's zone and quiet hours."""
    return _parcel(row[:15]), *_hours(row[15:])


def ready(db: Database, now: str, limit: int, lock: str = "") -> list[tuple[Any, ...]]:
    """Rows of `_COLUMNS` with zone and quiet hours that may be sent.

    Args:
        db: the database.
        now: as it is stored.
        limit: how many at most.
        lock: what ends the statement.
    """
    sql = f"""SELECT {_COLUMNS}, c.zone, c.quiet_since, c.quiet_until
              FROM outbox o JOIN chats c ON c.id = o.chat_id AND c.paused = ''
              WHERE o.state = 'queued' AND o.next_at <= ? AND NOT EXISTS (
                  SELECT 1 FROM outbox e WHERE e.chat_id = o.chat_id AND e.id < o.id
                  AND e.state IN ('queued', 'sending'))
              ORDER BY o.next_at, o.id LIMIT ? {lock}"""
    return list(db.execute(sql, [now, limit]).fetchall())


def _hours(row: tuple[Any, ...]) -> tuple[str, Quiet | None]:
    zone, since, until = row
    return zone, None if since is None else Quiet(since, until)


def _parcel(row: tuple[Any, ...]) -> Parcel:
    number, chat, topic, subscription, digest, part, message, silent, urgent = row[:9]
    attempts, state, error, next_at, settled_at, message_id = row[9:]
    state = ParcelState(state)
    sent = settled_at if state is ParcelState.SENT else None
    return Parcel(
        number,
        Place(chat, topic),
        subscription,
        digest,
        part,
        rows.message_of(message),
        bool(silent),
        bool(urgent),
        attempts,
        state,
        error,
        datetime.fromisoformat(next_at),
        datetime.fromisoformat(sent) if sent else None,
        message_id,
    )
