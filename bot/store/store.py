"""Opening the store: the file is made or upgraded, and its subjects are at hand."""

from pathlib import Path
from types import TracebackType

from bot.errors import StoreError
from bot.store.articles import Articles
from bot.store.bans import Bans
from bot.store.chats import Chats
from bot.store.engine import Database, Engine
from bot.store.engines import sqlite
from bot.store.feedback import Votes
from bot.store.feeds import Feeds
from bot.store.heard import Talk
from bot.store.links import Links
from bot.store.listing import Listing
from bot.store.outbox import Outbox
from bot.store.phrases import Phrases
from bot.store.reports import Reports
from bot.store.resuming import Resuming
from bot.store.retention import Retention
from bot.store.statistics import Counting
from bot.store.stories import Stories
from bot.store.subscriptions import Subscriptions
from bot.store.vitals import Vitals


class Store:
    """All that is kept, a subject each.

    Attributes:
        where: what it was opened by, so that another process can open the same.
    """

    def __init__(self, engine: Engine, where: Path | str) -> None:
        self._engine = engine
        self.where = where
        self.articles = Articles(engine)
        self.stories = Stories(engine)
        self.phrases = Phrases(engine)
        self.chats = Chats(engine)
        self.subscriptions = Subscriptions(engine)
        self.outbox = Outbox(engine)
        self.feeds = Feeds(engine)
        self.votes = Votes(engine)
        self.retention = Retention(engine)
        self.counting = Counting(engine)
        self.talk = Talk(engine)
        self.links = Links(engine)
        self.reports = Reports(engine)
        self.bans = Bans(engine)
        self.resuming = Resuming(engine)
        self.listing = Listing(engine)
        self.vitals = Vitals(engine)

    @property
    def name(self) -> str:
        """The database, for people: without a password."""
        return self._engine.name

    @classmethod
    async def open(cls, where: Path | str, *, word_engine: str) -> "Store":
        """Open a database; it is made, or upgraded, as needed.

        Args:
            where: the path of an SQLite file, or the address (a `str`) of a PostgreSQL database.
            word_engine: the name of what cuts Chinese into words. Index and query must use the
                same, so a database keeps the one it was made with.

        Raises:
            StoreError: it cannot be used, is newer than this program, or was made with another
                word engine.
        """
        engine = await connected(where)
        try:
            made_with = await engine.write(lambda db: _word_engine(db, word_engine))
            if made_with != word_engine:
                raise StoreError(
                    f"{engine.name} was made with the word engine {made_with}, not {word_engine}: "
                    f'set [words] engine = "{made_with}", or read the articles into a new one'
                )
        except BaseException:
            await engine.close()
            raise
        return cls(engine, where)

    def among(self, worker: int) -> None:
        """Share the database (PostgreSQL) with other workers; `worker` is our number."""
        from bot.store.postgres.outbox import SharedOutbox

        self.outbox = SharedOutbox(self._engine, worker)

    async def close(self) -> None:
        """Finish what is being written, and close the file."""
        await self._engine.close()

    async def __aenter__(self) -> "Store":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()


async def connected(where: Path | str) -> Engine:
    """What keeps the rows, made or brought to the present shape.

    Args:
        where: the path of an SQLite file, or the address (a `str`) of a PostgreSQL database.

    Raises:
        StoreError: it cannot be used, or is newer than this program.
    """
    if isinstance(where, Path):
        return await sqlite.opened(where)
    try:
        from bot.store.engines import postgres  # needs what SQLite does without
    except ImportError as error:
        raise StoreError(
            "a database on PostgreSQL needs psycopg: pip install 'mailuo[postgres]'"
        ) from error
    return await postgres.opened(where)


def _word_engine(db: Database, ours: str) -> str:
    """The name of the engine that a database was made with; ours for a new one."""
    db.execute(
        "INSERT INTO meta (name, value) VALUES ('word_engine', ?) ON CONFLICT DO NOTHING", [ours]
    )
    row = db.execute("SELECT value FROM meta WHERE name = 'word_engine'").fetchone()
    return str(row[0])
