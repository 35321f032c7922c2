"""The clock's door: a few APScheduler ticks, without state of their own.

A tick asks the store or the sources what there is to do; nothing is remembered between two ticks,
so a missed one costs nothing.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.errors import MailuoError
from bot.flow.deliver import Delivery
from bot.flow.ingest import Ingest, Report
from bot.flow.poll import Polling
from bot.flow.publish import Publisher
from bot.flow.reports import ReportNews
from bot.flow.retention import Retention
from bot.flow.trouble import Trouble
from bot.model import Outcome, Rejection
from bot.model.meter import UNMEASURED, Meter
from bot.sources.watch import Watch

log = logging.getLogger(__name__)

WATCH_AGAIN_SECONDS = 5.0
POLL_SECONDS = 5.0
PUBLISH_SECONDS = 5.0
DELIVER_SECONDS = 1.0
REPORT_SECONDS = 60.0
TIDY_SECONDS = 3600.0
DRAIN_SECONDS = 7.0  # a little longer than the sender takes to finish
BEAT_SECONDS = 5.0
SILENT_SECONDS = 60.0  # of the scheduler, and of the sender, which beats also while it waits


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do again and again; the first time at once."""

    name: str
    every_seconds: float
    work: Callable[[], Awaitable[object]]


def reading(
    ingest: Ingest, posts: list[Path], every_seconds: float, meter: Meter = UNMEASURED
) -> Job:
    """Read files and folders of posts."""

    async def work() -> None:
        report = await ingest.posts(posts, whole_only=True)
        _tell(report, report.rejected, meter)

    return Job("reading the posts", every_seconds, work)


def watching(ingest: Ingest, watch: Watch, meter: Meter = UNMEASURED) -> Job:
    """Read posts as they come. It never ends; should it fail, it begins again."""

    async def work() -> None:
        async with aclosing(watch.whole()) as lots:
            async for lot in lots:
                report = await ingest.files(lot)
                _tell(report, [r for r in report.rejected if not _again(watch, r)], meter)

    return Job("watching the posts", WATCH_AGAIN_SECONDS, work)


def _again(watch: Watch, rejection: Rejection) -> bool:
    """Whether a file is tried again, for it may not be whole."""
    later = watch.again(Path(rejection.path))
    if later:
        log.info("left until it is whole: %s: %s", rejection.path, rejection.reason)
    return later


def _tell(report: Report, rejected: Iterable[Rejection], meter: Meter) -> None:
    _count(report.outcomes, rejected, meter)
    if report.outcomes["new"] or report.outcomes["updated"]:
        log.info("read %d posts: %s", report.read, dict(report.outcomes))


def _count(outcomes: Counter[Outcome], rejected: Iterable[Rejection], meter: Meter) -> None:
    for rejection in rejected:
        log.warning("rejected %s: %s", rejection.path, rejection.reason)
        meter.articles("rejected", 1)
    for outcome, count in outcomes.items():
        meter.articles(outcome, count)


def polling(polling: Polling, trouble: Trouble, meter: Meter = UNMEASURED) -> Job:
    """Ask the feeds that are due, and tell the operators of those that fail for long."""

    async def work() -> None:
        done = await polling.tick()
        _count(done.outcomes, done.rejected, meter)
        if done.outcomes["new"] or done.outcomes["updated"]:
            log.info("asked %d feeds: %s", done.asked, dict(done.outcomes))
        await trouble.tell()

    return Job("asking the feeds", POLL_SECONDS, work)


def sending(publisher: Publisher, delivery: Delivery) -> list[Job]:
    """Queue what is due, and send what is queued."""
    return [
        Job("queueing the digests", PUBLISH_SECONDS, publisher.tick),
        Job("sending", DELIVER_SECONDS, delivery.tick),
    ]


def reporting(news: ReportNews) -> Job:
    """Tell the operators of what readers report."""
    return Job("telling of reports", REPORT_SECONDS, news.tell)


def tidying(retention: Retention) -> Job:
    """Drop what is of no more use."""

    async def work() -> None:
        if dropped := await retention.tidy():
            log.info("dropped the full text of %d articles", dropped)

    return Job("tidying", TIDY_SECONDS, work)


def beating(meter: Meter) -> Job:
    """Show that the scheduler lives."""

    async def work() -> None:
        meter.beat("scheduler")

    return Job("beating", BEAT_SECONDS, work)


@asynccontextmanager
async def ticking(*jobs: Job) -> AsyncIterator[None]:
    """The jobs run while the block does; those under way at its end are told to stop, and waited
    for."""
    scheduler = AsyncIOScheduler(timezone=UTC)
    running: set[asyncio.Task[None]] = set()
    for job in jobs:
        scheduler.add_job(
            _tick,
            "interval",
            args=(job, running),
            name=job.name,
            seconds=job.every_seconds,
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a long tick is no news
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(set(running), timeout=DRAIN_SECONDS)


async def _tick(job: Job, running: set[asyncio.Task[None]]) -> None:
    """One tick, as a task of ours: APScheduler, too, cancels what it runs, at a moment of its own,
    and cancelled twice a job could not put things in order."""
    task = asyncio.create_task(_run(job))
    running.add(task)
    task.add_done_callback(running.discard)
    with suppress(asyncio.CancelledError):
        await asyncio.wait({task})


async def _run(job: Job) -> None:
    """An outer door, so whatever happens is logged and the next tick comes."""
    try:
        await job.work()
    except asyncio.CancelledError:
        log.info("%s was interrupted; it goes on at the next start", job.name)
    except MailuoError as error:
        log.error("%s failed: %s", job.name, error)
    except Exception:
        log.exception("%s failed", job.name)
