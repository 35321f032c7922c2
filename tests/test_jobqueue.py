"""The queue of what is to be read and digested, on a real server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest

from bot.flow.ingest import Ingest
from bot.flow.workers import Workers
from bot.jobqueue import MOST_ATTEMPTS, JobQueue, queued
from bot.model import Article, Block, BlockKind
from bot.store import Store
from bot.store.postgres import presence
from bot.store.postgres.presence import present
from tests import postgres
from tests.writing import NOW, SEEDS


@pytest.fixture
def url(postgres_server: postgres.Server) -> str:
    url = postgres_server.fresh()
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(presence.TABLES[0].encode())
    return url


@pytest.fixture
async def ingest(tmp_path: Path) -> AsyncIterator[Ingest]:
    async with (
        await Store.open(tmp_path / "queue.db", word_engine="jieba") as store,
        Workers() as workers,
    ):
        yield Ingest(store, ZoneInfo("Asia/Shanghai"), lambda: NOW, workers)


@asynccontextmanager
async def worker(url: str, ingest: Ingest) -> AsyncIterator[JobQueue]:
    """What a worker has of the queue."""
    async with present(url) as one, queued(url, ingest, one) as queue:
        yield queue


def jobs(url: str) -> list[tuple[str, str, int]]:
    """The jobs there are: queue, state and attempts."""
    sql = "SELECT queue_name, status::text, attempts FROM procrastinate_jobs ORDER BY id"
    with psycopg.connect(url) as db:
        return [(str(a).partition("@")[0], b, c) for a, b, c in db.execute(sql).fetchall()]


async def done(queue: JobQueue) -> None:
    """Work until nothing is left."""
    await queue._app.run_worker_async(
        wait=False, delete_jobs="successful", install_signal_handlers=False
    )


def article(number: int) -> Article:
    block = Block(BlockKind.TEXT, f"11月21日，第{number}座新桥正式通车，全长 3 公里。")
    return Article(f"k{number}", "h", "", f"第{number}座桥通车", "晨报", NOW, "", blocks=(block,))


async def test_files_are_handed_over_once_and_read_by_another(url: str, ingest: Ingest) -> None:
    async with worker(url, ingest) as finder, worker(url, ingest) as reader:
        handing = finder.handing()
        await handing.posts([SEEDS])
        assert {queue for queue, _, _ in jobs(url)} == {"posts"}
        before = len(jobs(url))
        await handing.posts([SEEDS])  # nothing changed
        assert len(jobs(url)) == before
        await done(reader)
        assert jobs(url) == []
        report = await ingest.posts([SEEDS])
        assert report.outcomes == {"unchanged": report.read}
        assert report.read > 0


async def test_a_file_that_changed_is_handed_over_again(
    url: str, ingest: Ingest, tmp_path: Path
) -> None:
    post = tmp_path / "a.md"
    post.write_text("---\ntitle: 桥\n---\n新桥通车了。", encoding="utf-8")
    async with worker(url, ingest) as queue:
        handing = queue.handing()
        await handing.files([post, tmp_path / "gone.md"])
        post.write_text("---\ntitle: 桥\n---\n新桥昨天通车了。", encoding="utf-8")
        await handing.files([post])
        assert len(jobs(url)) == 2


async def test_only_new_articles_are_handed_over(url: str, ingest: Ingest) -> None:
    async with worker(url, ingest) as queue:
        handing = queue.handing()
        await ingest.articles([article(1)])
        assert await handing.articles([article(1), article(2)]) == {"new": 1, "unchanged": 1}
        assert jobs(url) == [("articles", "todo", 0)]
        await done(queue)
        assert await handing.articles([article(1), article(2)]) == {"unchanged": 2}
        assert jobs(url) == []


async def test_a_job_done_twice_changes_nothing(url: str, ingest: Ingest) -> None:
    async with worker(url, ingest) as queue:
        await queue.handing().articles([article(1)])
        await queue.handing().articles([article(1)])
        await done(queue)
        assert await ingest.articles([article(1)]) == {"unchanged": 1}


def die(url: str) -> None:
    """What is left of a worker that was killed at a job."""
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(
            """WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat)
                             VALUES (now() - interval '1 hour') RETURNING id)
               UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM dead)"""
        )


async def test_the_job_of_a_dead_worker_is_given_to_another(url: str, ingest: Ingest) -> None:
    async with worker(url, ingest) as queue:
        await queue.handing().articles([article(1)])
        die(url)
        await done(queue)
        assert jobs(url) == [("articles", "doing", 0)]
        await queue.take_back()
        await done(queue)
        assert jobs(url) == []
        assert await ingest.articles([article(1)]) == {"unchanged": 1}


async def test_how_many_jobs_there_are(postgres_url: str, tmp_path: Path) -> None:
    async with (
        await Store.open(postgres_url, word_engine="jieba") as store,
        await Store.open(tmp_path / "a.db", word_engine="jieba") as file,
        Workers() as workers,
    ):
        ingest = Ingest(store, ZoneInfo("Asia/Shanghai"), lambda: NOW, workers)

        async def counted() -> dict[str, int]:
            return dict((await store.vitals.backlog(NOW)).jobs)

        assert await counted() == {}  # nobody has digested yet
        async with worker(postgres_url, ingest) as queue:
            assert await counted() == {"waiting": 0, "doing": 0, "failed": 0}
            await queue.handing().articles([article(1)])
            assert await counted() == {"waiting": 1, "doing": 0, "failed": 0}
            die(postgres_url)
            assert await counted() == {"waiting": 0, "doing": 1, "failed": 0}
            for _ in range(MOST_ATTEMPTS):
                await queue.take_back()
                die(postgres_url)
            await queue.take_back()
            assert await counted() == {"waiting": 0, "doing": 0, "failed": 1}
        assert (await file.vitals.backlog(NOW)).jobs == {}


async def test_a_job_that_kills_again_and_again_is_given_up(url: str, ingest: Ingest) -> None:
    async with worker(url, ingest) as queue:
        await queue.handing().articles([article(1)])
        for _ in range(MOST_ATTEMPTS + 1):
            die(url)
            await queue.take_back()
        assert [state for _, state, _ in jobs(url)] == ["failed"]
