"""The store: real SQLite files, opened, upgraded, written and searched."""

import asyncio
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from bot.errors import StoreError
from bot.model import (
    Article,
    DatedEvent,
    Digest,
    Granularity,
    Query,
    Saved,
    Sentence,
    Sketch,
    Sketched,
    StoryChoice,
    When,
    Words,
)
from bot.store import Store, rows
from bot.store.engines import sqlite
from bot.store.engines.sqlite import SQLite
from bot.store.schema import migrations
from tests.writing import NOW, article

ALONE = StoryChoice(None, 0.0, "没有相近的报道")


async def save(store: Store, one: Article, words: str = "", choice: StoryChoice = ALONE) -> Saved:
    index = Words((), tuple(words.split()), tuple(words.split()))
    sketches = (Sketched(0, Sketch(words=index.keywords), index.keywords),)
    return await store.articles.save(one, Digest(None), index, choice, NOW, sketches)


async def found(store: Store, text: str, words: str = "") -> list[str]:
    query = Query(text, tuple(words.split()))
    return [a.article.title for a in await store.articles.search(query, 50)]


async def test_the_same_twice_changes_nothing(store: Store) -> None:
    one = article("第一段。")
    assert await save(store, one) == Saved(1, "new")
    assert await save(store, one) == Saved(1, "unchanged")
    assert len(await store.articles.revisions(1)) == 1
    assert await store.articles.hashes([one.key, "other"]) == {one.key: one.content_hash}


async def test_what_was_hashed_otherwise_is_no_revision(store: Store) -> None:
    one = article("第一段。")
    await save(store, replace(one, content_hash="of an older version", published_at_raw="昨天"))
    assert await save(store, one) == Saved(1, "unchanged")
    assert len(await store.articles.revisions(1)) == 1
    assert await store.articles.hashes([one.key]) == {one.key: one.content_hash}


async def test_a_changed_article_becomes_a_revision_and_the_old_one_is_kept(store: Store) -> None:
    one = article("初稿。")
    new = replace(article("定稿。"), key=one.key)
    await save(store, one, "初稿")
    assert await save(store, new, "定稿") == Saved(1, "updated")
    assert await store.articles.revisions(1) == [one, new]
    kept = await store.articles.get(1)
    assert kept is not None
    assert (kept.article, kept.revision, kept.story_id) == (new, 2, 1)
    assert await found(store, "定稿", "定稿") == ["一则消息"]
    assert await found(store, "初稿", "初稿") == []


async def test_newest_first_and_undated_last(store: Store) -> None:
    for title, day in (("旧", 1), ("新", 9), ("不详", None)):
        at = datetime(2021, 12, day, tzinfo=UTC) if day else None
        await save(store, article("同一个词。", title=title, at=at), "词")
    assert await found(store, "词", "词") == ["新", "旧", "不详"]
    assert await found(store, "") == ["新", "旧", "不详"]
    assert await store.articles.count(Query("词", ("词",))) == 3


async def test_all_words_must_be_there_and_else_the_text_itself(store: Store) -> None:
    await save(store, article("微信放开外链。", title="甲"), "微信 外链")
    await save(store, article("淘宝放开支付。", title="乙", outlet="虎嗅"), "淘宝 支付")
    assert await found(store, "微信外链", "微信 外链") == ["甲"]
    assert await found(store, "微信淘宝", "微信 淘宝") == []
    assert await found(store, "开支", "") == ["乙"]
    assert await found(store, "虎嗅", "虎嗅") == ["乙"]


HOSTILE = [
    '"', "''", "AND", "OR NOT", "NEAR(", "a*", "title:x", "^", "-", "(", "{}", "%", "_", "\\", "\0",
    "😀", "啊", "\ud800", "x" * 10_000, "；DROP TABLE articles", "C++", "4.5",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_queries_are_safe(store: Store, text: str) -> None:
    await save(store, article(f"这里有 {text[:50]} 一段。".replace("\ud800", "")), "一段")
    query = Query(text, (text,))
    assert len(await store.articles.search(query, 5)) <= 1
    assert await store.stories.count(query) <= 1


async def test_signs_without_words_are_found_as_they_stand(store: Store) -> None:
    await save(store, article("庆祝 😀 一下，涨 100%_。"), "庆祝")
    assert await found(store, "😀", "😀") == ["一则消息"]
    assert await found(store, "100%_") == ["一则消息"]
    assert await found(store, "100%x") == []


@given(st.text(max_size=30), st.lists(st.text(max_size=8), max_size=4))
def test_any_query_is_safe(tmp_path: Path, text: str, words: list[str]) -> None:
    async def ask() -> None:
        async with await Store.open(tmp_path / "a.db", word_engine="jieba") as store:
            await save(store, article("一段。"), "一段")
            query = Query(text, tuple(words))
            assert len(await store.articles.search(query, 5)) == await store.articles.count(query)

    asyncio.run(ask())


async def test_outlets_are_counted(store: Store) -> None:
    await save(store, article("甲。", outlet="cnBeta", title="甲"))
    await save(store, article("乙。", outlet="cnBeta", title="乙", at=None))
    await save(store, article("丙。", outlet="虎嗅", title="丙"))
    counts = await store.articles.outlets()
    assert [(c.outlet, c.articles) for c in counts] == [("cnBeta", 2), ("虎嗅", 1)]
    assert counts[0].latest_at == datetime(2021, 12, 2, 1, 0, tzinfo=UTC)
    assert len(await store.articles.of_outlet("CNBETA", 10)) == 2


async def test_stories_hold_their_articles(store: Store) -> None:
    first = await save(store, article("甲。", title="甲"), "微信 外链")
    joined = StoryChoice(1, 0.9, "共同关键词：微信")
    later = datetime(2021, 12, 5, tzinfo=UTC)
    await save(store, article("乙。", title="乙", at=later), "微信", joined)
    await save(store, article("丙。", title="丙"), "别的")
    assert first.id == 1
    stories = await store.stories.latest(None, 10)
    assert [[a.article.title for a in s.articles] for s in stories] == [["乙", "甲"], ["丙"]]
    assert [s.id for s in await store.stories.latest(Query("外链", ("外链",)), 10)] == [1]
    assert await store.stories.get(99) is None
    for number, story in ((0, stories[0]), (9, stories[1])):
        total, (listed,) = await store.stories.page(None, number, 1, 9)
        assert (total, listed.id, listed.outlets) == (2, story.id, 0)
        assert [a.id for a in listed.articles] == [a.id for a in story.articles]
    assert await store.stories.page(Query("没有", ("没有",)), 3, 5, 9) == (0, [])


async def test_candidates_share_keywords_within_the_window(store: Store) -> None:
    await save(store, article("甲。", title="甲"), "微信 外链 淘宝")
    await save(store, article("乙。", title="乙"), "微信")
    old = datetime(2020, 1, 1, tzinfo=UTC)
    await save(store, article("丙。", title="丙", at=old), "微信 外链 淘宝")
    await save(store, article("丁。", title="丁", at=None), "淘宝")
    since, until = NOW - timedelta(days=14), NOW
    got = await store.stories.candidates(["外链", "微信", "淘宝"], since, until)
    assert [c.article_id for c in got] == [1, 4, 2]


async def test_candidates_are_of_few_reports_of_a_story_and_of_others_behind_them(
    store: Store,
) -> None:
    for n in range(42):  # the first alone, all others in the second's story
        choice = StoryChoice(2, 1.0, "") if n > 1 else ALONE
        await save(store, article(f"第{n}篇。", title=str(n)), "大桥 通车", choice)
    got = await store.stories.candidates(["大桥", "通车"], None, None)
    assert [(c.article_id, c.story_id) for c in got] == [(42, 2), (41, 2), (40, 2), (1, 1)]


async def test_phrases_keep_their_number(where: Path | str) -> None:
    async with await Store.open(where, word_engine="jieba") as store:
        number = await store.phrases.remember("微信 外链", NOW)
        assert await store.phrases.remember("微信 外链", NOW) == number
        assert await store.phrases.remember("别的", NOW) != number
    async with await Store.open(where, word_engine="jieba") as store:
        assert await store.phrases.recall(number) == "微信 外链"
        assert await store.phrases.recall(999) is None


async def test_an_older_file_is_upgraded_and_keeps_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    names = [m.name for m in migrations.pending(Database(memory=True))]
    db = Database(path)
    migrations.apply(db, stop_before=names[1:])
    db.execute("INSERT INTO meta (name, value) VALUES ('word_engine', 'jieba')")
    db.execute("INSERT INTO stories (id) VALUES (7)")
    db.conn.commit()
    db.close()
    async with await Store.open(path, word_engine="jieba") as store:
        await store.phrases.remember("新表可用", NOW)
    rows_kept = sqlite3.connect(path).execute("SELECT id FROM stories").fetchall()
    assert rows_kept == [(7,)]
    assert [m.name for m in migrations.applied(Database(path))] == names


async def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    async with await Store.open(path, word_engine="jieba"):
        pass
    with sqlite3.connect(path) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('mailuo', 'm999_future', '2030')"
        )
    with pytest.raises(StoreError, match=r"newer than this program.*m999_future"):
        await Store.open(path, word_engine="jieba")


async def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(b"this is not a database, but long enough to look at" * 100)
    with pytest.raises(StoreError, match="not a healthy database"):
        await Store.open(path, word_engine="jieba")


async def test_another_word_engine_is_refused(where: Path | str) -> None:
    async with await Store.open(where, word_engine="jieba"):
        pass
    with pytest.raises(StoreError, match="made with the word engine jieba"):
        await Store.open(where, word_engine="rjieba")


async def test_a_failed_write_leaves_nothing(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "a.db", word_engine="jieba"):
        pass
    engine = SQLite(tmp_path / "a.db")

    def half(db: Database) -> None:
        db.execute("INSERT INTO stories (id) VALUES (1)")
        raise RuntimeError("the lights went out")

    with pytest.raises(RuntimeError):
        await engine.write(half)
    count = await engine.read(lambda db: db.execute("SELECT count(*) FROM stories").fetchone()[0])
    assert count == 0
    await engine.close()


async def test_two_stores_on_one_database_wait_for_each_other(where: Path | str) -> None:
    async with (
        await Store.open(where, word_engine="jieba") as one,
        await Store.open(where, word_engine="jieba") as other,
    ):
        stores = [one, other] * 20
        await asyncio.gather(
            *(save(s, article(f"第{n}篇。", title=str(n))) for n, s in enumerate(stores))
        )
        assert await one.articles.count(Query("")) == 40


async def test_the_event_loop_goes_on_while_the_store_writes(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "a.db", word_engine="jieba"):
        pass
    engine = SQLite(tmp_path / "a.db")
    beats = 0
    done = asyncio.Event()

    async def beat() -> None:
        nonlocal beats
        while not done.is_set():
            beats += 1
            await asyncio.sleep(0)

    heart = asyncio.create_task(beat())
    slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000) "
    await engine.write(lambda db: db.execute(slow + "SELECT max(i) FROM n").fetchone())
    done.set()
    await heart
    await engine.close()
    assert beats > 50


async def test_the_log_beside_the_file_stays_small(tmp_path: Path) -> None:
    engine = await sqlite.opened(tmp_path / "a.db")
    large = "INSERT INTO meta SELECT count(*), zeroblob(1000000) FROM meta"
    for _ in range(40):
        await engine.write(lambda db: db.executemany(large, [()]))
    log = (tmp_path / "a.db-wal").stat().st_size
    await engine.close()
    assert 8 * 2**20 < log < 16 * 2**20


SENTENCES = st.builds(Sentence, st.text(max_size=20), st.integers(0, 99), st.integers(0, 99))
WHENS = st.builds(
    When,
    st.dates(max_value=date(9000, 1, 1)),
    st.dates(),
    st.sampled_from(Granularity),
    st.booleans(),
)
DIGESTS = st.builds(
    Digest,
    st.none() | SENTENCES,
    st.lists(SENTENCES, max_size=3).map(tuple),
    st.lists(st.text(max_size=5), max_size=3).map(tuple),
    st.lists(
        st.builds(DatedEvent, WHENS, st.text(max_size=9), SENTENCES, st.floats(0, 1)), max_size=2
    ).map(tuple),
)


@given(DIGESTS)
def test_digests_come_back_as_they_went(digest: Digest) -> None:
    assert rows.digest_of(rows.digest_json(digest)) == digest


@given(st.lists(st.text(max_size=30), max_size=4), st.none() | st.datetimes())
def test_articles_come_back_as_they_went(texts: list[str], at: datetime | None) -> None:
    one = article(*texts, at=at.replace(tzinfo=UTC) if at else None)
    assert rows.article_of(rows.article_json(one)) == one
