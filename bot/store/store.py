"""Opening the store: the file is made or upgraded, and its subjects are at hand."""

from pathlib import Path
from types import TracebackType

from sqlite_utils import Database

from bot.errors import StoreError
from bot.store.articles import Articles
from bot.store.bans import Bans
from bot.store.chats import Chats
from bot.store.engine import Engine
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
from bot.store.schema import migrations
from bot.store.statistics import Counting
from bot.store.stories import Stories
from bot.store.subscriptions import Subscriptions


class Store:
    """All that is kept, a subject each."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
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

    @classmethod
    async def open(cls, path: Path, *, word_engine: str) -> "Store":
        """Open a database file; it is made, or upgraded, as needed.

        Args:
            path: the file.
            word_engine: the name of what cuts Chinese into words. Index and query must use the
                same, so a file keeps the one it was made with.

        Raises:
            StoreError: the file cannot be used, is newer than this program, or was made with
                another word engine.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"the folder {path.parent} cannot be made: {error.strerror}"
            ) from error
        engine = Engine(path)
        try:
            await engine.write(_migrate)
            made_with = await engine.write(lambda db: _word_engine(db, word_engine))
            if made_with != word_engine:
                raise StoreError(
                    f"{path} was made with the word engine {made_with}, not {word_engine}: set "
                    f'[words] engine = "{made_with}", or read the articles into a new file'
                )
        except BaseException:
            await engine.close()
            raise
        return cls(engine)

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


def _migrate(db: Database) -> None:
    ours = {m.name for m in migrations.pending(Database(memory=True))}
    newer = {m.name for m in migrations.applied(db)} - ours
    if newer:
        raise StoreError(
            f"the database is newer than this program (it has {', '.join(sorted(newer))}): "
            "upgrade the program"
        )
    migrations.apply(db)


def _word_engine(db: Database, ours: str) -> str:
    """The name of the engine that a file was made with; ours for a new one."""
    db.execute("INSERT OR IGNORE INTO meta (name, value) VALUES ('word_engine', ?)", [ours])
    row = db.execute("SELECT value FROM meta WHERE name = 'word_engine'").fetchone()
    return str(row[0])
