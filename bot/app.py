"""The one file that knows everything: puts the parts together, starts and stops them in order.

`opened` is enough for the command line: store, digest and walks, no Telegram. `answering` adds a
python-telegram-bot application on top and fetches updates until the block ends.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from telegram.error import InvalidToken, NetworkError
from telegram.ext import Application, ApplicationBuilder
from telegram.request import BaseRequest

from bot import jobs
from bot.chat import door
from bot.chat.life import Life
from bot.chat.limiter import Limiter
from bot.chat.links import LinkDoor
from bot.chat.rights import TelegramRights
from bot.chat.sender import TelegramSender
from bot.chat.subscribing import SubscriptionDoor
from bot.config import Config, token_problem
from bot.digest import words
from bot.errors import ConfigError, MailuoError
from bot.flow.account import Accounts
from bot.flow.answer import Answers
from bot.flow.arrange import Arrangement
from bot.flow.deliver import Delivering, Delivery
from bot.flow.documents import Documents
from bot.flow.ingest import Ingest
from bot.flow.links import LinkDesk
from bot.flow.lookup import Lookup
from bot.flow.pacing import Limits, Pacer
from bot.flow.publish import Publisher
from bot.flow.reports import ReportDesk, ReportNews
from bot.flow.subscribe import Subscribing
from bot.flow.visit import Visits
from bot.flow.whose import Whose
from bot.flow.why import Why
from bot.flow.workers import Workers
from bot.store import Store, only_one

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Telegram = Application[Any, Any, Any, Any, Any, Any]

Requests = Callable[[], BaseRequest]

RETRY_SECONDS = 5.0
UPDATES_AT_ONCE = 32
NO_TOKEN = (
    "there is no bot token. Write to @BotFather in Telegram, send /newbot, and put the token that "
    "it gives you into the environment as TELEGRAM_BOT_TOKEN or into the config file as "
    "[telegram] token. To try the bot without one: make demo"
)
BAD_TOKEN = (
    "Telegram does not know this bot token. Ask @BotFather for the present one (/mybots, API Token)"
)


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
    clock: Clock


@dataclass(frozen=True, slots=True)
class Answering:
    """The bot at work: python-telegram-bot's application, and what empties the outbox."""

    application: Telegram
    delivery: Delivery


@asynccontextmanager
async def opened(config: Config, clock: Clock = utc_now) -> AsyncIterator[House]:
    """The house with its store open; closed when the block ends.

    Raises:
        StoreError: the database file cannot be used.
    """
    words.use_engine(config.words.engine)
    zone = ZoneInfo(config.reading.zone)
    async with (
        await Store.open(config.store.path, word_engine=words.engine()) as store,
        Workers() as workers,
    ):
        lookup = Lookup(store, zone)
        ingest = Ingest(store, zone, clock, workers)
        publisher = Publisher(store, clock)
        arrangement = Arrangement(store, clock)
        documents = Documents(lookup, zone)
        yield House(config, store, ingest, lookup, documents, publisher, arrangement, clock)


def build(config: Config, pacer: Pacer, request: Requests | None = None) -> Telegram:
    """A python-telegram-bot application with our settings, not yet started.

    Args:
        config: the settings; the token must be set.
        pacer: what its calls wait for.
        request: makes a transport for calls to Telegram; python-telegram-bot's own by default.

    Raises:
        ConfigError: there is no token.
    """
    token = config.telegram.token.get_secret_value()
    if not token:
        raise ConfigError(NO_TOKEN)
    builder: Any = ApplicationBuilder()  # its type changes with the limiter's
    builder = builder.rate_limiter(Limiter(pacer)).token(token).base_url(config.telegram.base_url)
    builder = builder.concurrent_updates(UPDATES_AT_ONCE)
    if request:
        builder = builder.request(request()).get_updates_request(request())
    application: Telegram = builder.build()
    return application


@asynccontextmanager
async def answering(
    house: House, request: Requests | None = None, limits: Limits | None = None
) -> AsyncIterator[Answering]:
    """The bot fetches updates and answers them while the block runs; nothing is delivered by
    itself.

    Args:
        house: an open house.
        request: as for `build`.
        limits: of sending; by default Telegram's with the rate of the settings.

    Raises:
        ConfigError: there is no token, or Telegram does not know it.
    """
    settings = house.config.delivery
    pacer = Pacer(limits or Limits(per_second=settings.per_second))
    application = build(house.config, pacer, request)
    await asyncio.to_thread(words.load)  # or the first reader would wait for it
    await _initialized(application)
    _hang(house, application)
    sender = TelegramSender(application.bot)
    how = Delivering(settings.at_once, settings.repeats == "at_least_once")
    async with AsyncExitStack() as stack:
        stack.push_async_callback(application.shutdown)
        await door.tell_commands(application.bot)
        await application.start()
        stack.push_async_callback(application.stop)
        updater = application.updater
        assert updater is not None  # only a webhook builds without
        await updater.start_polling(
            bootstrap_retries=-1,
            allowed_updates=door.UPDATES,
            error_callback=door.polling_failed,
        )
        stack.push_async_callback(updater.stop)
        yield Answering(application, Delivery(house.store, sender, pacer, house.clock, how))


def _hang(house: House, application: Telegram) -> None:
    """Give the application everything that it may be asked."""
    store, clock, zone = house.store, house.clock, ZoneInfo(house.config.reading.zone)
    visits = Visits(store, zone, clock)
    answers = Answers(store, house.lookup, application.bot.username)
    whose = Whose(store, TelegramRights(application.bot), zone, clock)
    subscriptions = SubscriptionDoor(
        Subscribing(store, house.publisher, whose, clock),
        Accounts(store, whose, clock),
        Why(store, house.lookup),
        visits,
    )
    links = LinkDoor(LinkDesk(store, whose), ReportDesk(store, house.lookup), visits)
    door.hang(application, answers, subscriptions, links, Life(store), visits)


async def _initialized(application: Telegram) -> None:
    """Greet Telegram, as often as it takes: a worker may start before its network."""
    while True:
        try:
            await application.initialize()
        except InvalidToken as error:
            raise ConfigError(BAD_TOKEN) from error
        except NetworkError as error:
            log.warning("Telegram cannot be reached, trying again: %s", error)
            await asyncio.sleep(RETRY_SECONDS)
        else:
            return


async def run(config: Config, stop: asyncio.Event, clock: Clock = utc_now) -> None:
    """The worker: read the posts, answer readers, until told to stop.

    Raises:
        ConfigError: a setting is missing or wrong.
        StoreError: the database file cannot be used.
    """
    work = asyncio.create_task(_work(config, clock))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    work.cancel()  # closes what was opened, in order; also when it still waits for its network
    with suppress(asyncio.CancelledError):
        await work


async def _work(config: Config, clock: Clock) -> None:
    async with (
        only_one(config.store.path),
        opened(config, clock) as house,
        answering(house) as bot,
        delivering(house, bot),
    ):
        log.info("answering as @%s", bot.application.bot.username)
        await asyncio.Event().wait()


@asynccontextmanager
async def delivering(house: House, bot: Answering) -> AsyncIterator[None]:
    """Posts are read, digests queued and sent while the block runs. For the only worker of a
    database."""
    reading = house.config.reading
    operators = house.config.telegram.operators
    news = ReportNews(house.store, operators, ZoneInfo(reading.zone), house.clock)
    await bot.delivery.begin()
    posts = [jobs.reading(house.ingest, reading.posts, reading.every_seconds)]
    async with jobs.ticking(
        *(posts if reading.posts else []),
        *jobs.sending(house.publisher, bot.delivery),
        jobs.reporting(news),
        jobs.tidying(house.store, house.clock),
    ):
        yield


@dataclass(frozen=True, slots=True)
class Finding:
    """What `check` found of one thing."""

    good: bool
    text: str


async def check(config: Config) -> list[Finding]:
    """Look at what an operator usually gets wrong; nothing is sent anywhere."""
    return [
        _check_token(config),
        await _check_store(config),
        *map(_check_posts, config.reading.posts),
    ]


def _check_token(config: Config) -> Finding:
    problem = token_problem(config.telegram.token.get_secret_value())
    if problem is None:
        return Finding(True, "the bot token has the right form")
    return Finding(False, f"bot token: {problem}. {NO_TOKEN if 'none' in problem else BAD_TOKEN}")


async def _check_store(config: Config) -> Finding:
    try:
        async with opened(config) as house:
            outlets = await house.lookup.outlets()
    except MailuoError as error:
        return Finding(False, str(error))
    count = sum(outlet.articles for outlet in outlets)
    return Finding(True, f"the database {config.store.path} is healthy and holds {count} articles")


def _check_posts(path: Path) -> Finding:
    if path.exists():
        return Finding(True, f"posts are read from {path}")
    return Finding(False, f"[reading] posts: {path} does not exist")
