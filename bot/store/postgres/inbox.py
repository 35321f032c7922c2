"""Updates from when Telegram brought them until they are handled.

python-telegram-bot asks for the next ones, and so tells Telegram to forget those it has, before it
handles them: a worker that dies would lose what it had in hand. So they are written down first. An
update that comes again is known by its number; those of a dead worker are handled by another.
"""

from datetime import timedelta

from bot.store.postgres.link import Line
from bot.store.postgres.once import MARK
from bot.store.postgres.presence import dead

# `id` is Telegram's; `worker` handles it, or died over it.
TABLES = (
    """CREATE TABLE updates (
        id bigint PRIMARY KEY,
        body text NOT NULL,
        worker int NOT NULL,
        handled bool NOT NULL DEFAULT false,
        received_at timestamptz NOT NULL DEFAULT now()
    )""",
    "CREATE INDEX updates_open ON updates (worker) WHERE NOT handled",
)
KEPT = timedelta(days=2)  # Telegram itself keeps updates for one


class Inbox:
    """The updates.

    Args:
        url: of the database. It has a connection of its own, made anew when it is lost.
        worker: our number.
    """

    def __init__(self, url: str, worker: int) -> None:
        self._line = Line(url, "inbox")
        self.worker = worker

    async def receive(self, update: int, body: str) -> bool:
        """Write an update down; False when it is known, so that it is not ours to handle.

        Raises:
            StoreError: the connection is lost.
        """
        sql = """INSERT INTO updates (id, body, worker) VALUES (%s, %s, %s)
                 ON CONFLICT DO NOTHING RETURNING id"""
        return bool(await self._line.all(sql, [update, body, self.worker]))

    async def handled(self, update: int) -> None:
        """An update has been handled."""
        await self._line.all(MARK.format("%s", "%s") + " RETURNING id", [update, self.worker])

    async def under_way(self, update: int) -> bool:
        """Whether an update was received, and is not handled yet.

        Raises:
            StoreError: the connection is lost.
        """
        return bool(
            await self._line.all("SELECT 1 FROM updates WHERE id = %s AND NOT handled", [update])
        )

    async def take_over(self) -> list[tuple[int, str]]:
        """The updates of dead workers that were not handled: ours from now on, oldest first."""
        sql = f"""UPDATE updates SET worker = %s
                  WHERE NOT handled AND worker <> %s AND {dead("worker")} RETURNING id, body"""
        return sorted(
            (int(str(number)), str(body))
            for number, body in await self._line.all(sql, [self.worker, self.worker])
        )

    async def tidy(self) -> None:
        """Forget what was handled long ago."""
        sql = "DELETE FROM updates WHERE handled AND received_at < now() - %s RETURNING id"
        await self._line.all(sql, [KEPT])

    async def close(self) -> None:
        """Close the connection."""
        await self._line.close()
