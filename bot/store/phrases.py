"""Phrases: what readers asked for, by number."""

from datetime import datetime, timedelta

from bot.store.engine import Database, Engine
from bot.store.rows import instant, number, storable

_FRESH = timedelta(days=1)  # a phrase is written anew once a day, not each time


class Phrases:
    """A button's 64 bytes name a phrase by its number, also after a restart."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def remember(self, text: str, now: datetime) -> int:
        """The number of a phrase; the same phrase has the same number while it is kept, which is
        for long after it was last remembered."""
        phrase = storable(text)
        found = await self._engine.read(lambda db: _number(db, phrase, since=now - _FRESH))
        if found is not None:
            return found
        return await self._engine.write(lambda db: _remember(db, phrase, now))

    async def recall(self, phrase: int) -> str | None:
        """The phrase of a number, or None."""

        def find(db: Database) -> str | None:
            row = db.execute("SELECT text FROM phrases WHERE id = ?", [number(phrase)]).fetchone()
            return str(row[0]) if row else None

        return await self._engine.read(find)


def _number(db: Database, text: str, since: datetime) -> int | None:
    """The number of a phrase that was remembered since an instant."""
    sql = "SELECT id FROM phrases WHERE text = ? AND remembered_at >= ?"
    row = db.execute(sql, [text, instant(since)]).fetchone()
    return int(row[0]) if row else None


def _remember(db: Database, text: str, now: datetime) -> int:
    row = db.execute(
        """INSERT INTO phrases (text, remembered_at) VALUES (?, ?)
           ON CONFLICT (text) DO UPDATE SET remembered_at = excluded.remembered_at RETURNING id""",
        [text, instant(now)],
    ).fetchone()
    return int(row[0])
