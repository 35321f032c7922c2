"""What only PostgreSQL has: a server that goes away, several that write, a password."""

import asyncio
from collections.abc import Callable

import psycopg
import pytest

from bot.errors import StoreError
from bot.model import Digest, Filed, Query, Sketch, Sketched, StoryChoice, Words
from bot.store import Find, Store
from bot.store.engine import Database
from bot.store.engines.postgres import PostgreSQL
from bot.store.engines.postgres_schema import MIGRATIONS
from bot.store.engines.translation import translated
from tests.writing import NOW, article

SECRET = "geheim"


async def opened(url: str) -> Store:
    return await Store.open(url, word_engine="jieba")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("SELECT '?' FROM a WHERE b = ? AND c = ?", "SELECT '?' FROM a WHERE b = $1 AND c = $2"),
        ("x = ?2 AND y = ?1", "x = $2 AND y = $1"),
        ("p LIKE ? ESCAPE '\\'", "p ILIKE $1 ESCAPE '\\'"),
        ("a.outlet = ? COLLATE NOCASE", "lower(a.outlet) = lower($1)"),
        (
            "json_extract(a.document, '$.title')",
            r"(replace(a.document, '\u0000', '\u0001')::json ->> 'title')",
        ),
    ],
)
def test_what_the_two_write_differently(ours: str, theirs: str) -> None:
    assert translated(ours) == theirs


async def test_several_that_open_an_empty_database_at_once_make_it_once(postgres_url: str) -> None:
    stores = await asyncio.gather(*(opened(postgres_url) for _ in range(4)))
    with psycopg.connect(postgres_url) as db:
        found = db.execute("SELECT name FROM migrations ORDER BY name").fetchall()
    assert [name for (name,) in found] == sorted(MIGRATIONS)
    for store in stores:
        await store.close()


async def test_a_newer_database_is_refused(postgres_url: str) -> None:
    await (await opened(postgres_url)).close()
    with psycopg.connect(postgres_url) as db:
        db.execute("INSERT INTO migrations VALUES ('p999_future', now())")
    with pytest.raises(StoreError, match=r"newer than this program.*p999_future"):
        await opened(postgres_url)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://u:{SECRET}@localhost:1/x",
        f"postgresql://u:{SECRET}@/x?host=/nowhere",
        f"postgresql://u:{SECRET}@/x?colour=red",
        f"u {SECRET}",
    ],
)
async def test_what_cannot_be_reached_is_named_without_its_password(
    url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.store.engines.postgres.WAIT_SECONDS", 0.3)
    with pytest.raises(StoreError) as caught:
        await opened(url)
    assert "postgresql://" in str(caught.value)
    assert SECRET not in str(caught.value) + caplog.text


async def test_a_connection_that_is_lost_is_made_anew(postgres_url: str) -> None:
    async with await opened(postgres_url) as store:
        number = await store.phrases.remember("一", NOW)
        with psycopg.connect(postgres_url, autocommit=True) as db:
            db.execute(
                """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                   WHERE datname = current_database() AND pid <> pg_backend_pid()"""
            )
        assert await store.phrases.recall(number) == "一"
        assert await store.phrases.remember("二", NOW) != number


async def test_one_that_is_lost_in_the_middle_keeps_nothing(postgres_url: str) -> None:
    async with await opened(postgres_url):
        pass
    engine = PostgreSQL(postgres_url)

    def broken(db: Database) -> None:
        db.execute("INSERT INTO stories (latest_at) VALUES (NULL)")
        db.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(StoreError, match="cannot be used"):
        await engine.write(broken)
    assert await engine.read(_stories) == 0
    await engine.close()


async def test_what_reads_cannot_write(postgres_url: str) -> None:
    async with await opened(postgres_url) as store:
        with pytest.raises(StoreError, match="read-only"):
            await store._engine.read(lambda db: db.insert("stories", {"latest_at": None}))


async def test_a_transaction_in_the_way_of_another_is_run_again(postgres_url: str) -> None:
    async with await opened(postgres_url) as store:
        for _ in range(2):
            await store._engine.write(lambda db: db.add("stories", {"latest_at": None}))
        met = asyncio.Barrier(2)
        loop = asyncio.get_running_loop()

        def crossing(one: int, other: int) -> Callable[[Database], None]:
            waited = False

            def cross(db: Database) -> None:
                nonlocal waited
                db.update("stories", one, {"settled": 1})
                if not waited:
                    waited = True
                    asyncio.run_coroutine_threadsafe(met.wait(), loop).result(30)
                db.update("stories", other, {"settled": 1})

            return cross

        write = store._engine.write
        await asyncio.gather(write(crossing(1, 2)), write(crossing(2, 1)))


async def test_two_that_file_at_once_decide_one_after_the_other(postgres_url: str) -> None:
    """Each joins the story that it finds; if they decided side by side, both would find none."""
    sketches = (Sketched(0, Sketch(words=("微信",)), ("微信",)),)

    def decide(one: Filed, find: Find) -> tuple[StoryChoice, tuple[Sketched, ...]]:
        found = find(["微信"], None, None)
        return StoryChoice(found[0].story_id if found else None, 1.0, ""), one.sketches

    async with await opened(postgres_url) as one, await opened(postgres_url) as other:
        await asyncio.gather(
            *(
                (one, other)[n % 2].articles.save_all([_filed(str(n), sketches)], decide, NOW)
                for n in range(12)
            )
        )
        assert await one.stories.count(None) == 1
        assert await one.articles.count(Query("")) == 12


def _filed(title: str, sketches: tuple[Sketched, ...]) -> Filed:
    return Filed(article("一段。", title=title), Digest(None), Words(), sketches)


def _stories(db: Database) -> int:
    return int(db.execute("SELECT count(*) FROM stories").fetchone()[0])
