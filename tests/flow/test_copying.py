"""Everything goes from SQLite to a real PostgreSQL and back, and is the same."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import app
from bot.config import Config, StoreSettings
from bot.digest import words
from bot.errors import StoreError
from bot.flow.moving import copied
from bot.model import Message, Method, Vote, VoteKind
from bot.model.delivery import (
    ChatSettings,
    Pace,
    Place,
    Publication,
    Rhythm,
    Scope,
    ScopeKind,
    Size,
)
from bot.model.feeds import Feed
from bot.model.links import BanKind, LinkKind, LinkRule
from bot.model.reports import About, Complaint
from bot.sources.posts import find_posts, read_post
from bot.store import Store, only_one
from bot.store.copying import OWN, TABLES, WORKERS, Sum
from tests.conftest import still
from tests.store.tables import asked, columns
from tests.writing import ARTICLES, NOW, SEEDS

READER, GROUP = 7_531_902_468, -100_864_209_753
# What an engine keeps for itself; of the index, `words` is what we see.
OURS = (
    {"_sqlite_migrations", "migrations", "sqlite_sequence", "words"}
    | WORKERS
    | {f"words_{part}" for part in ("config", "content", "data", "docsize", "idx")}
)


def quiet(done: int, total: int) -> None:
    """Nobody watches."""


@pytest.fixture
async def source(tmp_path: Path) -> Path:
    """A file with something in every table, and numbers that were given and are free again."""
    path = tmp_path / "source.db"
    async with app.opened(Config(store=StoreSettings(path=path)), still) as house:
        await house.ingest.posts([SEEDS, ARTICLES])
        article = read_post(find_posts([SEEDS])[0])
        await house.ingest.article(replace(article, title="改过的标题", content_hash="another"))
        await _fill(house.store)
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE stories SET merged_into = 9 WHERE id = 2")  # to a later one
        db.execute("UPDATE all_articles SET reprint_of = 5 WHERE id = 3")
        db.execute("UPDATE joins SET with_article = 4 WHERE article_id = 1")
        db.commit()
    return path


async def _fill(store: Store) -> None:
    outlet = (await store.articles.outlets())[0].outlet
    await store.bans.add(BanKind.SOURCE, outlet, NOW)
    await store.bans.add(BanKind.DOMAIN, "example.com", NOW)
    for story, chat in enumerate((READER, GROUP), 1):
        await store.chats.put(ChatSettings(chat, title="读报群 📰\0"), NOW)
        await store.links.set(chat, LinkKind.VIDEO, LinkRule.HIDE)
        made = [
            await store.subscriptions.put(
                Place(chat, 3), Scope(ScopeKind.WORDS, value), Rhythm(Pace.INSTANT), Size.BRIEF,
                silent=True, due_at=NOW, now=NOW,
            )
            for value in ("微信", "地震 -台湾", "最后")
        ]  # fmt: skip
        sent = Publication(made[0], (Message("一"),), ((1, 0, 1),), 0, None)
        assert await store.subscriptions.publish([sent], NOW)
        await store.subscriptions.remove(made[-1].id)  # the highest number is free
        vote = Vote(story, Method.BRIEF, 1, VoteKind.UP)
        await store.votes.press(vote, READER, chat, "标题", ["晨报"], NOW)
        complaint, since = Complaint(About.SUMMARY, story), NOW - timedelta(hours=1)
        await store.reports.add(complaint, chat, READER, NOW, since, 9)
    await store.feeds.add(Feed("http://a.cn/", "http://a.cn/", added_by=READER), NOW)
    await store.phrases.remember("微信 外链", NOW)


async def contents(where: Path | str) -> dict[str, list[Any]]:
    """All rows of all tables, with their columns in the order of their names."""
    async with await Store.open(where, word_engine="jieba") as store:
        names = {
            table: sorted(name for name in found if (table, name) not in OWN)
            for table, found in (await columns(store)).items()
            if table not in OURS
        }
        return {
            table: sorted(await asked(store, f"SELECT {', '.join(found)} FROM {table}"), key=repr)
            for table, found in names.items()
        }


async def found(where: Path | str, *queries: str) -> list[list[str]]:
    async with await Store.open(where, word_engine="jieba") as store:
        return [
            [one.article.key for one in await store.articles.search(words.query(query), 100)]
            for query in queries
        ]


async def test_there_and_back(source: Path, postgres_url: str, tmp_path: Path) -> None:
    there = await copied(source, postgres_url, force=False, tick=quiet)
    assert [table.name for table in there] == [table.name for table in TABLES]
    assert [table for table in there if not (table.same and table.rows)] == []
    back = tmp_path / "back.db"
    again = await copied(postgres_url, back, force=False, tick=quiet)
    assert [(t.name, t.sum) for t in again] == [(t.name, t.sum) for t in there]
    assert await contents(source) == await contents(postgres_url) == await contents(back)
    queries = ("微信", "地震", "12 亿元", "人工智能 公司", "没有这个词")
    hits = await found(source, *queries)
    assert any(hits)
    assert await found(postgres_url, *queries) == hits
    assert await found(back, *queries) == hits


async def test_numbers_are_never_given_twice(
    source: Path, postgres_url: str, tmp_path: Path
) -> None:
    back = tmp_path / "back.db"
    await copied(source, postgres_url, force=False, tick=quiet)
    await copied(postgres_url, back, force=False, tick=quiet)
    given = []
    for where in (source, postgres_url, back):
        async with await Store.open(where, word_engine="jieba") as store:
            made = await store.subscriptions.put(
                Place(READER), Scope(), Rhythm(Pace.HOURLY), Size.BRIEF,
                silent=False, due_at=NOW, now=NOW,
            )  # fmt: skip
            given.append(made.id)
            await store.phrases.remember("又一个", NOW)
            assert await store.articles.newest() == 40
    assert given == [7, 7, 7]


async def test_a_target_that_holds_something(source: Path, postgres_url: str) -> None:
    await copied(source, postgres_url, force=False, tick=quiet)
    before = await contents(postgres_url)
    with pytest.raises(StoreError, match=r"not empty .*--force"):
        await copied(source, postgres_url, force=False, tick=quiet)
    assert await contents(postgres_url) == before
    tables = await copied(source, postgres_url, force=True, tick=quiet)
    assert all(table.same for table in tables)
    assert await contents(postgres_url) == before


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_what_is_stopped_leaves_nothing(
    source: Path, tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    target: Path | str = tmp_path / "t.db"
    if kind == "postgres":
        target = str(request.getfixturevalue("postgres_url"))

    def stop(done: int, total: int) -> None:
        if done > total / 3:
            raise StoreError("stopped")

    with pytest.raises(StoreError, match="stopped"):
        await copied(source, target, force=False, tick=stop)
    held = await contents(target)
    assert {table for table, rows in held.items() if rows} == {"meta"}
    tables = await copied(source, target, force=False, tick=quiet)  # and is not in the way
    assert all(table.same for table in tables)


async def test_a_row_that_is_not_the_same_is_noticed(source: Path, tmp_path: Path) -> None:
    target, spoilt = tmp_path / "t.db", []

    def spoil(done: int, total: int) -> None:
        if done > total / 2 and not spoilt:  # all is there, and is being compared
            with closing(sqlite3.connect(target)) as db:
                spoilt.append(db.execute("UPDATE feeds SET title = 'x'").rowcount)
                spoilt.append(db.execute("DELETE FROM reports WHERE id = 1").rowcount)
                db.commit()

    tables = await copied(source, target, force=False, tick=spoil)
    assert spoilt == [1, 1]
    differing = {t.name: (t.rows, t.rows_there) for t in tables if not t.same}
    assert differing == {"feeds": (1, 1), "reports": (2, 1)}


async def test_not_while_a_worker_runs(source: Path, postgres_url: str, tmp_path: Path) -> None:
    async with only_one(source):
        with pytest.raises(StoreError, match="a worker runs"):
            await copied(source, postgres_url, force=False, tick=quiet)
    async with await Store.open(postgres_url, word_engine="jieba"):
        with pytest.raises(StoreError, match="stop the workers") as refused:
            await copied(source, postgres_url, force=False, tick=quiet)
    assert "postgres@" not in str(refused.value)
    with pytest.raises(StoreError, match="no database"):
        await copied(tmp_path / "nowhere.db", postgres_url, force=False, tick=quiet)
    assert not (tmp_path / "nowhere.db").exists()
    with pytest.raises(StoreError, match="into itself"):
        await copied(source, source, force=True, tick=quiet)


async def test_what_readers_wrote_is_not_left_behind(postgres_url: str, tmp_path: Path) -> None:
    async with await Store.open(postgres_url, word_engine="jieba") as store:
        await store._engine.write(
            lambda db: (
                db.execute("INSERT INTO updates (id, body, worker) VALUES (7, '{}', 1)") and None
            )
        )
    target = tmp_path / "b.db"
    with pytest.raises(StoreError, match=r"holds 1 updates .*mailuo run"):
        await copied(postgres_url, target, force=False, tick=quiet)
    async with await Store.open(postgres_url, word_engine="jieba") as store:
        await store._engine.write(
            lambda db: db.execute("UPDATE updates SET handled = true") and None
        )
    assert all(t.same for t in await copied(postgres_url, target, force=False, tick=quiet))


async def test_no_table_is_left_out(source: Path, postgres_url: str) -> None:
    for where in (source, postgres_url):
        async with await Store.open(where, word_engine="jieba") as store:
            assert set(await columns(store)) - OURS == {t.name for t in TABLES} - {"words"}


_rows = st.tuples(st.integers(), st.text(), st.none() | st.floats(allow_nan=False))


@given(st.lists(_rows, max_size=8), st.randoms(), _rows)
def test_the_sum_is_of_the_rows_in_any_order(
    some: list[tuple[Any, ...]], chance: Any, other: tuple[Any, ...]
) -> None:
    mixed = some.copy()
    chance.shuffle(mixed)
    assert total(some) == total(mixed)
    assert total([*some, other]) != total(some)
    if some and other != some[0]:
        assert total([other, *some[1:]]) != total(some)


def total(some: list[tuple[Any, ...]]) -> Sum:
    result = Sum()
    for row in some:
        result = result.with_row(row)
    return result
