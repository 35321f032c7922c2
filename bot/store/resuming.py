"""Delivery after a restore: what the lost database has sent meanwhile is not sent again.

A backup does not know what was sent after it was made. So one instant is taken for the last at
which the lost database sent, and all that it could have sent by then counts as sent.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.model.delivery import Pace, Rhythm, days_of
from bot.store import rows
from bot.store.backup import MADE
from bot.store.engine import Database, Engine

HELD = "waited when the backup was made; perhaps sent since"
_PERHAPS_SENT = "state = 'sending' OR (state = 'queued' AND next_at <= ?)"
_MOVED = "due_at = ?, told_until = ?, seen = (SELECT coalesce(max(id), 0) FROM all_articles)"


class Resuming:
    """Moves the outbox and the subscriptions of a backup on to a later instant."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def made_at(self) -> datetime | None:
        """When the backup was made that this database came from; None for one that is no backup."""
        sql = "SELECT value FROM meta WHERE name = ?"
        found = await self._engine.read(lambda db: db.execute(sql, [MADE]).fetchone())
        return datetime.fromisoformat(found[0]) if found else None

    async def hold(self, until: datetime) -> int:
        """Set messages aside that were perhaps sent up to an instant (UTC), as uncertain; how
        many."""
        sql = f"UPDATE outbox SET state = 'uncertain', error = ? WHERE {_PERHAPS_SENT}"
        return await self._counted(sql, HELD, rows.instant(until))

    async def drop(self, until: datetime) -> int:
        """Delete messages that were perhaps sent up to an instant (UTC); how many."""
        return await self._counted(f"DELETE FROM outbox WHERE {_PERHAPS_SENT}", rows.instant(until))

    async def told(self, until: datetime) -> int:
        """Those that follow the articles were told of all that was published up to an instant
        (UTC); how many."""
        at = rows.instant(until)
        where = "pace = 'instant' AND (due_at IS NULL OR due_at <= ?)"
        return await self._counted(f"UPDATE subscriptions SET {_MOVED} WHERE {where}", None, at, at)

    async def passed(self, until: datetime, limit: int) -> list[tuple[int, Rhythm, str]]:
        """Others whose slot came up to an instant (UTC): number, rhythm, and the chat's zone."""
        sql = """SELECT s.id, s.pace, s.minute, s.days, c.zone
                 FROM subscriptions s JOIN chats c ON c.id = s.chat_id
                 WHERE s.pace != 'instant' AND s.due_at <= ? ORDER BY s.due_at LIMIT ?"""

        def find(db: Database) -> list[tuple[int, Rhythm, str]]:
            return [
                (number, Rhythm(Pace(pace), minute, days_of(days)), zone)
                for number, pace, minute, days, zone in db.execute(
                    sql, [rows.instant(until), limit]
                ).fetchall()
            ]

        return await self._engine.read(find)

    async def move_on(self, due: Sequence[tuple[int, datetime | None]], until: datetime) -> None:
        """Give subscriptions their next slot; they were told of what was published up to an instant
        (UTC)."""
        changed = [(rows.instant_or_none(at), rows.instant(until), number) for number, at in due]
        sql = f"UPDATE subscriptions SET {_MOVED} WHERE id = ?"
        await self._engine.write(lambda db: db.executemany(sql, changed))

    async def _counted(self, sql: str, *parameters: str | None) -> int:
        return await self._engine.write(lambda db: int(db.execute(sql, list(parameters)).rowcount))
