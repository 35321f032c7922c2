"""The clock's door: a few APScheduler ticks, without state of their own.

A tick asks the store or the sources what there is to do; nothing is remembered between two ticks,
so a missed one costs nothing.
"""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.errors import MailuoError
from bot.flow.ingest import Ingest

log = logging.getLogger(__name__)


@contextmanager
def ticking(ingest: Ingest, posts: list[Path], every_seconds: float) -> Iterator[None]:
    """The ticks run while the block does.

    Args:
        ingest: reads posts into the store.
        posts: files and folders of posts to read again and again; the first time at once.
        every_seconds: how long to wait between two readings.
    """
    scheduler = AsyncIOScheduler(timezone=UTC)
    if posts:
        scheduler.add_job(
            _read,
            "interval",
            args=(ingest, posts),
            seconds=every_seconds,
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


async def _read(ingest: Ingest, posts: list[Path]) -> None:
    """One reading; an outer door, so whatever happens is logged and the next tick comes."""
    try:
        report = await ingest.posts(posts)
    except asyncio.CancelledError:
        log.info("reading was interrupted; it goes on at the next start")
    except MailuoError as error:
        log.error("the posts could not be read: %s", error)
    except Exception:
        log.exception("reading the posts failed")
    else:
        for rejection in report.rejected:
            log.warning("rejected %s: %s", rejection.path, rejection.reason)
        if report.outcomes["new"] or report.outcomes["updated"]:
            log.info("read %d posts: %s", report.read, dict(report.outcomes))
