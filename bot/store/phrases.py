"""Phrases: what readers asked for, by number."""

from datetime import datetime

from bot.store.engine import Database, Engine
from bot.store.rows import instant, number, storable


class Phrases:
    """A button's 64 bytes name a phrase by its number, also after a restart."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def remember(self, text: str, now: datetime) -> int:
        """The number of a phrase; the same phrase has the same number for ever."""
        phrase = storable(text)
        found = await self._engine.read(lambda db: _number(db, phrase))
        if found is not None:
            return found
        return await self._engine.write(lambda db: _remember(db, phrase, now))

    async def recall(self, phrase: int) -> str | None:
        """The phrase of a number, or None."""

        def find(db: Database) -> str | None:
            row = db.execute("SELECT text FROM phrases WHERE id = ?", [number(phrase)]).fetchone()
            return str(row[0]) if row else None

        return await self._engine.read(find)


def _number(db: Database, text: str) -> int | None:
    row = db.execute("SELECT id FROM phrases WHERE text = ?", [text]).fetchone()
    return int(row[0]) if row else None


def _remember(db: Database, text: str, now: datetime) -> int:
    db.execute(
        "INSERT INTO phrases (text, remembered_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [text, instant(now)],
    )
    remembered = _number(db, text)
    assert remembered is not None  # it was just put there
    return remembered
