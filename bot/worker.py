"""The bot at work: python-telegram-bot on top of the house, started and stopped in order.

`answering` fetches updates until the block ends; `run` reads posts and sends digests besides.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telegram import Bot
from telegram.error import InvalidToken, NetworkError
from telegram.ext import Application, ApplicationBuilder, Defaults
from telegram.request import BaseRequest, HTTPXRequest

from bot import jobs
from bot.app import Clock, Feeding, House, feeding, opened, utc_now
from bot.chat import door, menus
from bot.chat.album import Album
from bot.chat.doors import Door
from bot.chat.feedback import FeedbackDoor
from bot.chat.feeds import FeedDoor
from bot.chat.life import Life
from bot.chat.limiter import Limiter
from bot.chat.links import LinkDoor
from bot.chat.menus import TelegramMenus
from bot.chat.processing import Processor
from bot.chat.receiving import Observed
from bot.chat.rights import TelegramRights
from bot.chat.sender import TelegramSender
from bot.chat.settings import SettingsDoor
from bot.chat.subscribing import SubscriptionDoor
from bot.config import Config
from bot.digest import words
from bot.errors import ConfigError
from bot.flow.account import Accounts
from bot.flow.answer import Answers
from bot.flow.deliver import Delivering, Delivery
from bot.flow.drawing import Drawing
from bot.flow.feedback import Opinions
from bot.flow.feeds import FeedDesk
from bot.flow.inline import Sharing
from bot.flow.links import LinkDesk
from bot.flow.pacing import Limits, Pace, Pacer
from bot.flow.pictures import Pictures
from bot.flow.question import Questions
from bot.flow.reports import ReportDesk, ReportNews
from bot.flow.retention import Retention
from bot.flow.settings import Panel, Preferences
from bot.flow.subscribe import Subscribing
from bot.flow.trends import Trending
from bot.flow.visit import Visits
from bot.flow.whose import Whose
from bot.flow.why import Why
from bot.hosting import POLLING, UNHOSTED, Hosted, hosted_by, receiving
from bot.model.meter import UNMEASURED, Meter
from bot.sources.watch import Watch
from bot.store import only_one

log = logging.getLogger(__name__)

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


Receiving = Callable[[Telegram, Config, Hosted], AbstractAsyncContextManager[None]]


@dataclass(frozen=True, slots=True)
class Company:
    """What a worker has in common with others on its database.

    Args:
        pacer: what its calls to Telegram wait for.
        processor: handles updates.
        updates: where they are put when they come.
        receiving: while they come.
    """

    pacer: Pace
    processor: Processor
    updates: asyncio.Queue[object]
    receiving: Receiving


@dataclass(frozen=True, slots=True)
class Answering:
    """The bot at work: python-telegram-bot's application, what empties the outbox, and what ends
    the coming of updates, which the rest may outlive for a while."""

    application: Telegram
    delivery: Delivery
    feeding: Feeding
    hush: Callable[[], Awaitable[None]]


def alone(config: Config, limits: Limits | None = None, meter: Meter = UNMEASURED) -> Company:
    """The only worker of its database, which shares nothing.

    Args:
        config: the settings.
        limits: of sending; by default Telegram's with the rate of the settings.
        meter: is told of updates.
    """
    pacer = Pacer(limits or Limits(per_second=config.delivery.per_second))
    return Company(pacer, Processor(UPDATES_AT_ONCE, meter), asyncio.Queue(), receiving)


def build(
    config: Config,
    company: Company,
    request: Requests = HTTPXRequest,
    meter: Meter = UNMEASURED,
) -> Telegram:
    """A python-telegram-bot application with our settings, not yet started.

    Args:
        config: the settings; the token must be set.
        company: the other workers.
        request: makes a transport for calls to Telegram; python-telegram-bot's own by default.
        meter: is told of polls, of updates, and when Telegram says to wait.

    Raises:
        ConfigError: there is no token.
    """
    token = config.telegram.token.get_secret_value()
    if not token:
        raise ConfigError(NO_TOKEN)
    builder: Any = ApplicationBuilder()  # its type changes with the limiter's
    builder = (
        builder.rate_limiter(Limiter(company.pacer, meter))
        .token(token)
        .base_url(config.telegram.base_url)
    )
    # A question that was deleted meanwhile is answered all the same.
    builder = builder.defaults(Defaults(allow_sending_without_reply=True))
    builder = builder.concurrent_updates(company.processor).update_queue(company.updates)
    polls = Observed(request(), lambda: meter.beat(POLLING))
    builder = builder.request(request()).get_updates_request(polls)
    application: Telegram = builder.build()
    return application


@asynccontextmanager
async def answering(
    house: House,
    request: Requests = HTTPXRequest,
    limits: Limits | None = None,
    hosted: Hosted = UNHOSTED,
    company: Company | None = None,
) -> AsyncIterator[Answering]:
    """The bot fetches updates and answers them while the block runs; nothing is delivered by
    itself.

    Args:
        house: an open house.
        request: as for `build`.
        limits: of sending; by default Telegram's with the rate of the settings.
        hosted: where updates are brought, if they are, and who is told what is done.
        company: the other workers, if there are any.

    Raises:
        ConfigError: there is no token, or Telegram does not know it, or the webhook.
    """
    settings = house.config.delivery
    company = company or alone(house.config, limits, hosted.meter)
    application = build(house.config, company, request, hosted.meter)
    await asyncio.to_thread(words.load)  # or the first reader would wait for it
    await _initialized(application)
    drawing = Drawing()
    sender = TelegramSender(application.bot)
    how = Delivering(settings.at_once, settings.repeats == "at_least_once")
    async with AsyncExitStack() as stack:
        stack.push_async_callback(application.shutdown)
        feeds = await stack.enter_async_context(feeding(house))
        _hang(house, feeds, drawing, application)
        await menus.tell_all(application.bot)
        await application.start()
        stack.push_async_callback(application.stop)
        stack.push_async_callback(drawing.close)  # first, for the others wait for what it draws
        coming = await stack.enter_async_context(AsyncExitStack())
        await coming.enter_async_context(company.receiving(application, house.config, hosted))
        delivery = Delivery(
            house.store, sender, company.pacer, house.clock, how, meter=hosted.meter
        )
        yield Answering(application, delivery, feeds, coming.aclose)


def _hang(house: House, feeds: Feeding, drawing: Drawing, application: Telegram) -> None:
    """Give the application everything that it may be asked."""
    store, username = house.store, application.bot.username
    visits = Visits(store, house.zone, house.clock)
    answers = Answers(store, house.lookup, username)
    pictures = Pictures(store, house.lookup, Trending(store), drawing)
    desk = FeedDesk(store, feeds.looking, house.operators, house.zone, house.clock)
    doors = (
        *_personal(house, application.bot, visits),
        Album(pictures, answers, visits),
        FeedbackDoor(Opinions(store), visits),
        FeedDoor(desk, visits),
    )
    sharing = Sharing(house.lookup, username)
    questions = Questions(answers, house.lookup, username)
    door.hang(application, answers, questions, sharing, doors, Life(store, visits), visits)


def _personal(house: House, bot: Bot, visits: Visits) -> Iterator[Door]:
    """The doors to what a chat has with us: only those who manage it may change that."""
    store, clock = house.store, house.clock
    whose = Whose(store, TelegramRights(bot), house.zone, clock)
    shown = TelegramMenus(bot)
    preferences = Preferences(store, shown, clock)
    yield SubscriptionDoor(
        Subscribing(store, house.publisher, whose, clock),
        Accounts(store, whose, preferences),
        Why(store, house.lookup),
        visits,
    )
    yield SettingsDoor(Panel(store, whose, preferences, shown), visits)
    yield LinkDoor(LinkDesk(store, whose), ReportDesk(store, house.lookup), visits)


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
        MailuoError: the port of the pages cannot be had.
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
        hosted_by(config, clock) as hosted,
        only_one(config.store.path),
        opened(config, clock) as house,
        answering(house, hosted=hosted) as bot,
        delivering(house, bot, hosted.meter),
        hosted.working(house, bot.application),
    ):
        log.info("answering as @%s", bot.application.bot.username)
        try:
            await asyncio.Event().wait()
        finally:
            await bot.hush()  # what comes now is for the next worker


@asynccontextmanager
async def delivering(
    house: House, bot: Answering, meter: Meter = UNMEASURED
) -> AsyncIterator[None]:
    """Posts are read, digests queued and sent while the block runs. For the only worker of a
    database."""
    news = ReportNews(house.store, house.operators, house.clock)
    await bot.delivery.begin()
    with (
        meter.expecting("scheduler", jobs.SILENT_SECONDS),
        meter.expecting("sending", jobs.SILENT_SECONDS),
    ):
        async with jobs.ticking(
            jobs.beating(meter),
            *reading(house, meter),
            jobs.polling(bot.feeding.polling, bot.feeding.trouble, meter),
            *jobs.sending(house.publisher, bot.delivery),
            jobs.reporting(news),
            jobs.tidying(retention(house)),
        ):
            yield


def retention(house: House) -> Retention:
    """What drops what is of no more use, as the settings have it."""
    days = house.config.store.full_text_days
    kept = timedelta(days=days) if days else None
    return Retention(house.store, kept, house.zone, house.clock, house.workers)


def reading(house: House, meter: Meter) -> Iterator[jobs.Job]:
    """What reads posts, as the settings have it."""
    settings = house.config.reading
    if settings.posts:
        yield jobs.reading(house.ingest, settings.posts, settings.every_seconds, meter)
    if settings.posts and settings.watch != "off":
        poll = True if settings.watch == "poll" else None
        yield jobs.watching(house.ingest, Watch(settings.posts, poll=poll), meter)
