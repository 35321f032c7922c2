"""Several workers on one PostgreSQL database: each has a role, and all see each other.

A worker that dies leaves its locks, and others take up its work: receiving updates, those it had
in hand, what it was sending, what it was digesting. On SQLite there is one worker, which does all.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import replace
from enum import StrEnum
from functools import partial

from bot import jobs, worker
from bot.app import Clock, House, feeding, opened, utc_now
from bot.chat.once import OnceProcessor, Written
from bot.chat.receiving import Telegram
from bot.config import Config
from bot.errors import StoreError
from bot.flow.pacing import Limits
from bot.flow.reports import ReportNews
from bot.flow.sharedpace import SharedPace
from bot.hosting import Hosted, hosted_by, receiving
from bot.jobqueue import POSTS, JobQueue, queued
from bot.jobs import Job
from bot.store.postgres.inbox import Inbox
from bot.store.postgres.pace import Pacebook
from bot.store.postgres.presence import Presence, present

log = logging.getLogger(__name__)

BEGIN_AGAIN_SECONDS = 2.0
TAKE_OVER_SECONDS = 1.0
DIGEST_AGAIN_SECONDS = 5.0


class Role(StrEnum):
    """What a worker does."""

    ALL = "all"
    UPDATES = "updates"  # receives what readers write, and answers
    SEND = "send"  # empties the outbox
    INGEST = "ingest"  # reads, digests, queues what is due, tidies


async def run(config: Config, stop: asyncio.Event, role: Role, clock: Clock = utc_now) -> None:
    """A worker among others until told to stop; it begins anew when the database was lost.
    Meanwhile its pages stay, and say so.

    Raises:
        ConfigError: a setting is missing or wrong.
        StoreError: the database cannot be used.
        MailuoError: the port of the pages cannot be had.
    """
    async with hosted_by(config, clock) as hosted:
        await _again_and_again(config, hosted, stop, role, clock)


async def _again_and_again(
    config: Config, hosted: Hosted, stop: asyncio.Event, role: Role, clock: Clock
) -> None:
    stopping, begun = asyncio.create_task(stop.wait()), False
    try:
        while not stop.is_set():
            try:
                await _until_lost(config, hosted, stopping, role, clock)
            except StoreError as error:
                if not begun:
                    raise
                log.error("waiting for the database: %s", error)
            begun = True
            await asyncio.wait({stopping}, timeout=BEGIN_AGAIN_SECONDS)
    finally:
        stopping.cancel()


async def _until_lost(
    config: Config, hosted: Hosted, stopping: asyncio.Task[bool], role: Role, clock: Clock
) -> None:
    """Work until told to stop, or cut off from the database."""
    async with opened(config, clock) as house, present(_url(config)) as presence:
        house.store.among(presence.number)
        work = asyncio.create_task(_work(house, hosted, role, presence))
        lost = asyncio.create_task(presence.lost.wait())
        await asyncio.wait({work, stopping, lost}, return_when=asyncio.FIRST_COMPLETED)
        if lost.done():
            log.error("the connection to the database is lost; all is left to others meanwhile")
        lost.cancel()
        work.cancel()
        # Whoever waited for the turn to receive learns of the loss, too.
        after_all = (StoreError,) if presence.lost.is_set() else ()
        with suppress(asyncio.CancelledError, *after_all):
            await work


async def _work(house: House, hosted: Hosted, role: Role, presence: Presence) -> None:
    async with AsyncExitStack() as stack:
        work: list[Job] = [jobs.beating(hosted.meter)]
        if role is Role.INGEST:
            await stack.enter_async_context(hosted.working(house))
        else:
            work += await stack.enter_async_context(_bot(house, hosted, role, presence))
        if role in (Role.ALL, Role.INGEST):
            work += await stack.enter_async_context(_ingest(house, hosted, presence))
        with hosted.meter.expecting("scheduler", jobs.SILENT_SECONDS):
            async with jobs.ticking(*work):
                log.info("worker %d is at work: %s", presence.number, role)
                await asyncio.Event().wait()


@asynccontextmanager
async def _bot(
    house: House, hosted: Hosted, role: Role, presence: Presence
) -> AsyncIterator[list[Job]]:
    """What talks to Telegram: receives and answers, or sends, or both."""
    url, rate = _url(house.config), house.config.delivery.per_second
    book, inbox = Pacebook(url), Inbox(url, presence.number)
    updates = Written(inbox)
    company = worker.Company(
        SharedPace(book, Limits(per_second=rate)),
        OnceProcessor(worker.UPDATES_AT_ONCE, hosted.meter, inbox, updates),
        updates,
        partial(in_turn, presence) if role is not Role.SEND else nothing_comes,
    )
    async with AsyncExitStack() as stack:
        stack.push_async_callback(book.close)
        stack.push_async_callback(inbox.close)
        bot = await stack.enter_async_context(
            worker.answering(house, hosted=hosted, company=company)
        )
        await stack.enter_async_context(hosted.working(house, bot.application))
        work = [_alone(presence, "tidying the pace", jobs.TIDY_SECONDS, book.tidy)]
        if role is not Role.SEND:
            take_over = partial(updates.take_over, bot.application.bot)
            work.append(Job("taking over updates", TAKE_OVER_SECONDS, take_over))
            work.append(_alone(presence, "tidying updates", jobs.TIDY_SECONDS, inbox.tidy))
        if role is not Role.UPDATES:
            stack.enter_context(hosted.meter.expecting("sending", jobs.SILENT_SECONDS))
            work.append(jobs.sending(house.publisher, bot.delivery)[-1])
        yield work
        await bot.hush()


@asynccontextmanager
async def _ingest(house: House, hosted: Hosted, presence: Presence) -> AsyncIterator[list[Job]]:
    """What finds articles and hands them over, what digests them, and what they lead to."""
    async with queued(_url(house.config), house.ingest, presence) as queue:
        handing = replace(house, ingest=queue.handing())
        async with feeding(handing) as feeds:
            news = ReportNews(house.store, house.operators, house.clock)
            found = [
                *worker.reading(handing, hosted.meter),
                jobs.polling(feeds.polling, feeds.trouble, hosted.meter),
                Job("queueing the digests", jobs.PUBLISH_SECONDS, house.publisher.tick),
                jobs.reporting(news),
                jobs.tidying(worker.retention(house)),
            ]
            yield [*_each_alone(presence, found), *_digesting(queue)]


def _digesting(queue: JobQueue) -> Iterator[Job]:
    yield Job("digesting", DIGEST_AGAIN_SECONDS, queue.work)
    yield Job("taking back jobs", DIGEST_AGAIN_SECONDS, queue.take_back)


def _each_alone(presence: Presence, found: list[Job]) -> Iterator[Job]:
    """Jobs of which each is done by one worker at a time; those of files, by one of a machine."""
    for job in found:
        of_files = job.name.endswith("the posts")
        name = f"{job.name}: {POSTS}" if of_files else job.name
        yield replace(job, work=partial(presence.alone, name, job.work))


def _alone(
    presence: Presence, name: str, every_seconds: float, work: Callable[[], Awaitable[object]]
) -> Job:
    return Job(name, every_seconds, partial(presence.alone, name, work))


@asynccontextmanager
async def nothing_comes(_: Telegram, __: Config, ___: Hosted) -> AsyncIterator[None]:
    """In the place of receiving, for a worker that only sends."""
    yield


@asynccontextmanager
async def in_turn(
    presence: Presence, application: Telegram, config: Config, hosted: Hosted
) -> AsyncIterator[None]:
    """Updates come once no other worker fetches them; a webhook may bring them to any number."""
    if hosted.webhook:
        async with receiving(application, config, hosted):
            yield
        return

    async def receive() -> None:
        await presence.turn("receiving updates")
        async with receiving(application, config, hosted):
            log.info("worker %d receives the updates", presence.number)
            await asyncio.Event().wait()

    task = asyncio.create_task(receive())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _url(config: Config) -> str:
    return config.store.url.get_secret_value()
