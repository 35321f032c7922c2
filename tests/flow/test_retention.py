"""Full texts are dropped after a time; what was shown of them stays, and stays traceable."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from bot import app
from bot.app import House
from bot.config import Config, StoreSettings, load
from bot.digest.kept import DROPPED, kept, shown
from bot.errors import ConfigError
from bot.flow.retention import LOT, Retention, bared
from bot.sources.posts import find_posts, read_post
from bot.store import rows
from bot.store.schema import migrations
from bot.store.store import Store
from tests.writing import NOW, SEEDS, SHANGHAI, article, is_verbatim, stored

DAYS = timedelta(days=30)
BODY = (
    "12月7日，新桥正式通车，全长三公里，双向六车道。",
    "市交通局局长王强在仪式上表示，大桥将两岸车程缩短到十分钟。",
    "大桥2018年3月动工，历时三年。",
    *(f"第{n}个桥墩旁的居民说，他们每天早上都在这里散步，看着施工队来来往往。" for n in range(40)),
    "岸边的茶馆老板养了一只名叫阿福的鹦鹉。",
)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@asynccontextmanager
async def house(config: Config, clock: Clock) -> AsyncIterator[tuple[House, Retention]]:
    async with app.opened(config, clock) as opened:
        yield opened, Retention(opened.store, DAYS, SHANGHAI, clock, opened.workers)


async def answers(opened: House) -> dict[str, Any]:
    """All that a reader or a script may ask of a few stories, but the flag that says so."""
    documents = opened.documents
    told: dict[str, Any] = {
        "latest": await documents.latest("", 20),
        "bridge": await documents.latest("新桥", 20),
        "timeline": await documents.timeline("", full=True),
        "outlets": await documents.source(""),
        "sources": [await documents.source(str(n)) for n in range(1, 7)],
        "search": await documents.search("通车", 10),
        "summary": await documents.summary([str(n) for n in range(1, 7)], 3),
        "why": await opened.arrangement.why_merged(1, 2),
    }
    found: dict[str, Any] = json.loads(json.dumps(told).replace(f'"{DROPPED}"', '""'))
    for source in found["sources"]:
        source["flags"] = [flag for flag in source["flags"] if flag]
    return found


async def test_answers_are_the_same_before_and_after(config: Config) -> None:
    clock = Clock()
    async with house(config, clock) as (opened, retention):
        await opened.ingest.posts([SEEDS])
        await opened.ingest.article(article(*BODY, title="新桥通车"))
        before = await answers(opened)
        clock.now += DAYS - timedelta(hours=1)
        assert await retention.tidy() == 0
        clock.now += timedelta(hours=2)
        assert await retention.tidy() == 6
        assert await answers(opened) == before
        assert await retention.tidy() == 0


async def test_the_text_is_gone_and_what_was_shown_is_traceable(config: Config) -> None:
    clock = Clock()
    async with house(config, clock) as (opened, retention):
        one = article(*BODY, title="新桥通车")
        await opened.ingest.article(replace(one, content_hash="a hash"))
        clock.now += 2 * DAYS
        await retention.tidy()
        left = await opened.lookup.article(1)
        assert left is not None
        texts = [block.text for block in left.article.blocks]
        assert all(text in BODY for text in texts)  # whole sentences, verbatim
        assert len(texts) < 20
        assert all(any(is_verbatim(s.text, t) for t in texts) for s in shown(left.digest))
        assert DROPPED in left.article.flags
        (document,) = await opened.store.articles.revisions(1)
        assert document == left.article
        found = await opened.documents.search("鹦鹉", 10)  # by its words, though not its sentence
        assert [a["id"] for a in found["articles"]] == [1]
    gone = next(text for text in BODY if text not in texts)
    assert _in_rows(config.store.path, texts[0])
    assert not _in_rows(config.store.path, gone)


def _in_rows(path: Path, text: str) -> bool:
    """Whether any table holds a text, however it is laid out there."""
    db = Database(path)
    found = any(text in str(row) for table in db.tables for row in table.rows)
    db.close()
    return found


async def test_reading_it_again_changes_nothing_and_an_edit_is_a_revision(config: Config) -> None:
    clock, one = Clock(), article(*BODY, title="新桥通车")
    async with house(config, clock) as (opened, retention):
        await opened.ingest.article(one)
        clock.now += 2 * DAYS
        await retention.tidy()
        bare = await opened.lookup.article(1)
        assert await opened.ingest.article(one) == "unchanged"
        assert await opened.lookup.article(1) == bare
        edited = replace(one, blocks=article("12月7日，旧桥封闭。").blocks, content_hash="other")
        assert await opened.ingest.article(edited) == "updated"
        assert await retention.tidy() == 0  # the new text is new
        now = await opened.lookup.article(1)
        assert now is not None
        assert (now.revision, DROPPED in now.article.flags) == (2, False)
        clock.now += 2 * DAYS
        assert await retention.tidy() == 1
        assert [len(r.blocks) < 20 for r in await opened.store.articles.revisions(1)] == [True] * 2


async def test_an_older_digest_is_not_made_anew_from_a_text_that_was_dropped(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, one = Clock(), article(*BODY, title="新桥通车")
    async with house(config, clock) as (opened, retention):
        await opened.ingest.article(one)
        clock.now += 2 * DAYS
        await retention.tidy()
        await opened.store._engine.write(
            lambda db: db.execute("UPDATE all_articles SET digest_version = 0")
        )
        assert await opened.ingest.article(one) == "unchanged"
        left = await opened.lookup.article(1)
        assert left is not None
        assert DROPPED in left.article.flags


async def test_many_are_dropped_in_lots_and_room_is_given_back(config: Config) -> None:
    clock = Clock()
    async with house(config, clock) as (opened, retention):
        many = [article(*BODY, title=f"第{n}座桥通车", outlet=f"{n}报") for n in range(3 * LOT)]
        await opened.ingest.articles(many)
        clock.now += 2 * DAYS
        lots = []
        drop = opened.store.retention.drop

        async def counted(articles: Any, now: datetime) -> None:
            lots.append(len(articles))
            await drop(articles, now)

        opened.store.retention.drop = counted  # type: ignore[method-assign]
        before = await _pages(opened)
        assert await retention.tidy() == 3 * LOT
        assert lots == [LOT] * 3
        assert await _pages(opened) < 0.85 * before


async def _pages(opened: House) -> int:
    return await opened.store._engine.read(
        lambda db: int(db.execute("PRAGMA page_count").fetchone()[0])
    )


async def test_a_text_that_changes_while_it_is_dropped_stays(config: Config) -> None:
    clock, one = Clock(), article(*BODY, title="新桥通车")
    async with house(config, clock) as (opened, _):
        await opened.ingest.article(one)
        (old,) = await opened.store.retention.with_text(clock.now + DAYS, LOT)
        await opened.ingest.article(replace(one, title="新桥今天通车", content_hash="other"))
        await opened.store.retention.drop(bared([old], SHANGHAI), clock.now)
        left = await opened.lookup.article(1)
        assert left is not None
        assert len(left.article.blocks) == len(BODY)


async def test_a_database_of_before_is_upgraded(tmp_path: Path) -> None:
    path, one = tmp_path / "old.db", article(*BODY, title="新桥通车")
    made, at = stored(1, one).digest, rows.instant(NOW)
    db = Database(path)
    migrations.apply(db, stop_before=["m006_retention"])
    db.execute("INSERT INTO stories (id) VALUES (7)")
    document, digest = rows.article_json(one), rows.digest_json(made)
    db.execute(
        """INSERT INTO articles (id, key, outlet, published_at, content_hash, revision, document,
           digest, plain, story_id, story_score, story_reason, first_seen_at, updated_at)
           VALUES (3, ?, '晨报', ?, 'x', 1, ?, ?, '', 7, 0.5, '', ?, ?)""",
        [one.key, at, document, digest, at, at],
    )
    db.execute("INSERT INTO revisions VALUES (3, 1, 'x', ?, ?)", [document, at])
    db.conn.commit()
    db.close()
    async with await Store.open(path, word_engine="jieba") as store:
        (old,) = await store.retention.with_text(NOW + DAYS, 10)
        assert (old.id, old.digest, old.revisions) == (3, made, ((1, one),))
        counted = await store.counting.all([], NOW)
        assert counted.kept.events == len(made.events) > 0
        assert await store.retention.give_back() == 0  # the file was not made for it


def test_every_sentence_that_the_seeds_show_is_kept() -> None:
    for path in find_posts([SEEDS]):
        made = stored(1, read_post(path))
        texts = [block.text for block in kept(made.article, made.digest).blocks]
        for sentence in shown(made.digest):
            assert any(is_verbatim(sentence.text, text) for text in texts)


def test_a_digest_that_counted_otherwise_loses_no_sentence() -> None:
    one = article("甲说好。乙说不好。", "丙没有说话。")
    made = stored(1, one).digest
    moved = replace(made, summary=tuple(replace(s, position=99) for s in made.summary))
    assert [b.text for b in kept(one, moved).blocks] == [b.text for b in kept(one, made).blocks]


def test_too_few_days_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="at least 14"):
        load(env={"MAILUO_FULL_TEXT_DAYS": "3"})
    assert load(env={"MAILUO_FULL_TEXT_DAYS": "90"}).store == StoreSettings(full_text_days=90)
