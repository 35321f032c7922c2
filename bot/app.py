"""The parts put together that need no Telegram: store, digest, walks, feeds.

`opened` is enough for the command line; `worker` puts the bot on top.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from zoneinfo import ZoneInfo

from bot.config import Config
from bot.digest import words
from bot.flow.arrange import Arrangement
from bot.flow.documents import Documents
from bot.flow.ingest import Ingest
from bot.flow.looking import Looking
from bot.flow.lookup import Lookup
from bot.flow.operators import Operators
from bot.flow.poll import Asking, Polling
from bot.flow.publish import Publisher
from bot.flow.trouble import Trouble
from bot.flow.workers import Workers
from bot.model.feeds import Feed
from bot.sources import fulltext
from bot.sources.extraction import Extractor
from bot.sources.fetch import Fetcher
from bot.sources.fetch import Limits as FetchLimits
from bot.sources.fulltext import FullText
from bot.sources.robots import Robots
from bot.store import Store

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock that everything is given unless a test gives another."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class House:
    """The parts that need no Telegram, put together."""

    config: Config
    store: Store
    ingest: Ingest
    lookup: Lookup
    documents: Documents
    publisher: Publisher
    arrangement: Arrangement
    workers: Workers
    operators: Operators
    clock: Clock

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose days count where a chat has not chosen its own."""
        return ZoneInfo(self.config.reading.zone)


@dataclass(frozen=True, slots=True)
class Feeding:
    """What asks feeds, and what looks at them before they are added."""

    polling: Polling
    looking: Looking
    trouble: Trouble


@asynccontextmanager
async def opened(config: Config, clock: Clock = utc_now) -> AsyncIterator[House]:
    """The house with its store open; closed when the block ends.

    Raises:
        StoreError: the database file cannot be used.
    """
    words.use_engine(config.words.engine)
    zone = ZoneInfo(config.reading.zone)
    async with (
        await Store.open(config.store.where, word_engine=words.engine()) as store,
        Workers() as workers,
    ):
        lookup = Lookup(store, zone)
        ingest = Ingest(store, zone, clock, workers)
        publisher = Publisher(store, clock)
        arrangement = Arrangement(store, clock)
        documents = Documents(lookup, zone)
        operators = Operators(store, config.telegram.operators, zone, clock)
        yield House(
            config,
            store,
            ingest,
            lookup,
            documents,
            publisher,
            arrangement,
            workers,
            operators,
            clock,
        )


@asynccontextmanager
async def feeding(house: House) -> AsyncIterator[Feeding]:
    """Feeds can be asked while the block runs; those of the settings are read from now on.

    Raises:
        ConfigError: one is to be read with full text, for which something is not installed.
    """
    config, store, clock = house.config, house.store, house.clock
    settings = config.fetching
    await store.feeds.configure(_configured(config), clock())
    agent, limits = _agent(settings.contact), FetchLimits(at_once=settings.at_once)
    if any(feed.full_text for feed in config.feeds):
        fulltext.ready()
    async with (
        Fetcher(agent, clock, settings.allowed_hosts, limits) as fetcher,
        Fetcher(agent, clock, limits=limits) as pages,  # entries link to what they like
        Extractor() as extractor,
    ):
        robots = Robots(pages, agent, clock)
        full = FullText(pages, robots, extractor)
        how = Asking(settings.at_once, settings.rsshub, full.whole)
        polling = Polling(store, fetcher, house.ingest, clock, how)
        looking = Looking(fetcher, house.workers, robots, settings.rsshub)
        after = timedelta(hours=settings.tell_after_hours)
        yield Feeding(polling, looking, Trouble(store, house.operators, after, clock))


def _configured(config: Config) -> list[Feed]:
    zone = config.reading.zone
    return [
        Feed(feed.url, feed.url, feed.outlet, feed.zone or zone, feed.full_text)
        for feed in config.feeds
    ]


def _agent(contact: str) -> str:
    return f"Mailuo/{version('mailuo')}" + (f" (+{contact})" if contact else "")
