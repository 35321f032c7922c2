"""The queue of what is to be read and digested, in the database; for several workers.

A job whose worker died is given to another. A job that has killed or failed so many that nobody
should try it again is kept as failed, and logged.
"""

import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import wraps
from pathlib import Path
from typing import Any

from procrastinate import App, PsycopgConnector, RetryStrategy
from procrastinate.jobs import Status
from procrastinate.tasks import Task
from procrastinate.types import JSONValue

from bot.flow.handing import Handing
from bot.flow.ingest import Ingest, Report
from bot.model import Article
from bot.store import rows
from bot.store.postgres.presence import Presence

log = logging.getLogger(__name__)
logging.getLogger("procrastinate").setLevel(logging.CRITICAL)  # it would print whole articles

ARTICLES = "articles"
POSTS = f"posts@{socket.gethostname()[:24]}"  # whose files no other machine has
HEARTBEAT_SECONDS = 3.0
SILENT_SECONDS = 10.0  # without a heartbeat a worker counts as dead
MOST_ATTEMPTS = 5
AGAIN_SECONDS = 5
DRAIN_SECONDS = 5.0
TOGETHER = 200  # jobs queued in one transaction


class JobQueue:
    """The queue; made by `queued`.

    Args:
        app: procrastinate's.
        ingest: reads and digests.
    """

    def __init__(self, app: App, ingest: Ingest) -> None:
        self._app = app
        self._ingest = ingest
        retry = RetryStrategy(max_attempts=MOST_ATTEMPTS, wait=AGAIN_SECONDS)
        self._posts = app.task(name="read", queue=POSTS, retry=retry)(_told(self.read))
        self._articles = app.task(name="digest", queue=ARTICLES, retry=retry)(_told(self.digest))

    async def read(self, paths: list[str]) -> None:
        """The work of a piece of post files."""
        _tell(await self._ingest.files([Path(path) for path in paths]))

    async def digest(self, documents: list[str]) -> None:
        """The work of a piece of articles."""
        articles = [rows.article_of(document) for document in documents]
        outcomes = await self._ingest.articles(articles)
        log.info("digested %d articles: %s", len(articles), dict(outcomes))

    def handing(self) -> Handing:
        """What finds the work, and hands it over to the queue."""
        return Handing(self._ingest, self._give_files, self._give_articles)

    async def work(self) -> None:
        """Take jobs, one after the other, until cancelled; the one under way is seen to its end."""
        await self._app.run_worker_async(
            queues=[POSTS, ARTICLES],
            concurrency=1,
            delete_jobs="successful",
            install_signal_handlers=False,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=SILENT_SECONDS,
            shutdown_graceful_timeout=DRAIN_SECONDS,
        )

    async def take_back(self) -> None:
        """Give the jobs of dead workers to others."""
        manager = self._app.job_manager
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
            if job.attempts + 1 < MOST_ATTEMPTS:
                await manager.retry_job(job)
                log.warning("job %s of a worker that ended is done again", job.id)
            else:
                await manager.finish_job(job, Status.FAILED, delete_job=False)
                log.error("job %s, which ends its workers, is given up", job.id)

    async def _give_files(self, files: Sequence[Sequence[Path]]) -> None:
        await _defer(self._posts, "paths", [[str(p.absolute()) for p in piece] for piece in files])

    async def _give_articles(self, articles: Sequence[Sequence[Article]]) -> None:
        documents = [[rows.article_json(one) for one in piece] for piece in articles]
        await _defer(self._articles, "documents", documents)


@asynccontextmanager
async def queued(url: str, ingest: Ingest, presence: Presence) -> AsyncIterator[JobQueue]:
    """The queue, its tables made if need be, while the block runs.

    Args:
        url: of the database.
        ingest: reads and digests.
        presence: sees to it that one worker makes the tables.
    """
    app = App(connector=PsycopgConnector(conninfo=url, min_size=1, max_size=4))
    async with app.open_async():
        await presence.after_others("making the queue", lambda: _made(app))
        yield JobQueue(app, ingest)


async def _made(app: App) -> None:
    found = await app.connector.execute_query_one_async(
        "SELECT to_regclass('procrastinate_jobs') IS NOT NULL AS made"
    )
    if not found["made"]:
        await app.schema_manager.apply_schema_async()


def _told(work: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """The work of a job, which logs why it failed; an outer door."""

    @wraps(work)
    async def told(**given: list[str]) -> None:
        try:
            await work(**given)
        except Exception:
            log.exception("a job failed; it is tried again, %d times at most", MOST_ATTEMPTS)
            raise

    return told


async def _defer(task: Task[Any, Any, Any], name: str, pieces: Sequence[list[str]]) -> None:
    for n in range(0, len(pieces), TOGETHER):
        given: list[dict[str, JSONValue]] = [{name: [*one]} for one in pieces[n : n + TOGETHER]]
        await task.batch_defer_async(*given)


def _tell(report: Report) -> None:
    for rejection in report.rejected:
        log.warning("rejected %s: %s", rejection.path, rejection.reason)
    if report.outcomes["new"] or report.outcomes["updated"]:
        log.info("read %d posts: %s", report.read, dict(report.outcomes))
