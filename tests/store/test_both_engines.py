"""The same done to SQLite and to PostgreSQL gives the same, in whatever words."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Digest, Message, Query, Sketch, Sketched, StoryChoice, Words
from bot.model.delivery import (
    ChatSettings,
    Pace,
    ParcelState,
    Place,
    Publication,
    Rhythm,
    Scope,
    ScopeKind,
    Settlement,
    Size,
)
from bot.model.links import BanKind
from bot.store import Store
from bot.store.engine import Database
from tests.writing import NOW, article

HOUR = timedelta(hours=1)
# What is cut, folded, sorted, escaped or stored in a way of its own by one of the two.
ODD = [
    *("微信 外链 C++ c 4.5 5 4 x_y % \\ ' \" é É ß ſ İ ı ς Σ ﬁ 😀 Ⅷ ² ; :* & | ! <->".split()),
    *("e\u0301", "\0", "\ud800", "a\0b"),
]
WORDS = st.one_of(st.sampled_from(ODD), st.text(max_size=4))
TEXTS = st.lists(WORDS, max_size=4).map(" ".join)
OUTLETS = st.sampled_from(["晨报", "ZAKER", "zaker", "Éclair", "éclair", "%", "a_b"])
HOSTS = st.sampled_from(["a.com", "m.a.com", "nota.com", "x_a.com", ""])
TIMES = st.none() | st.integers(0, 900).map(lambda n: NOW - n * HOUR)
FEW = st.integers(1, 5)
CHATS = st.sampled_from([1, 2, -3])
SCOPES = st.one_of(
    st.just(Scope()),
    st.builds(Scope, st.just(ScopeKind.WORDS), WORDS),
    st.builds(Scope, st.just(ScopeKind.OUTLET), OUTLETS),
    st.builds(Scope, st.just(ScopeKind.CATEGORY), WORDS),
    st.builds(Scope, st.just(ScopeKind.STORY), FEW.map(str)),
)
STEPS = st.one_of(
    st.tuples(
        st.just("save"), st.integers(0, 9), TEXTS, st.lists(WORDS, max_size=4), OUTLETS, HOSTS,
        TIMES, st.none() | FEW,
    ),
    st.tuples(st.just("subscribe"), CHATS, st.integers(0, 1), SCOPES, st.booleans()),
    st.tuples(st.just("publish"), FEW),
    st.tuples(st.just("lease"), FEW, st.sampled_from(ParcelState)),
    st.tuples(st.just("ban"), st.sampled_from(BanKind), st.one_of(OUTLETS, HOSTS), st.booleans()),
    st.tuples(st.just("move"), CHATS, CHATS),
    st.tuples(st.just("close"), CHATS),
    st.tuples(st.just("pause"), CHATS),
    st.tuples(st.just("forget"), CHATS),
    st.tuples(st.just("join"), FEW, FEW),
    st.tuples(st.just("split"), FEW),
)  # fmt: skip
ALONE = StoryChoice(None, 0.0, "")


class Doing:
    """Does one step after the other to a store; says what came of each."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOW

    async def do(self, step: tuple[Any, ...]) -> object:
        self.now += timedelta(minutes=7)
        return await getattr(self, step[0])(*step[1:])

    async def save(
        self,
        key: int,
        text: str,
        words: list[str],
        outlet: str,
        host: str,
        at: datetime | None,
        story: int | None,
    ) -> object:
        known = story is not None and await self.store.stories.get(story)
        one = replace(
            article(text, title=" ".join(words), outlet=outlet, at=at),
            key=str(key),
            url=f"https://{host}/1" if host else "",
            categories=tuple(words[:1]),
        )
        sketch = Sketched(0, Sketch(words=tuple(words)), tuple(words))
        return await self.store.articles.save(
            one,
            Digest(None, keywords=tuple(words)),
            Words(tuple(words[:1]), tuple(words), tuple(words)),
            StoryChoice(story if known else None, 0.5, "因为"),
            self.now,
            [sketch],
        )

    async def subscribe(self, chat: int, topic: int, scope: Scope, waits: bool) -> object:
        place = Place(chat, topic)
        kept = await self.store.subscriptions.of_chat(chat)
        if any(s.place == place and s.scope.kind == scope.kind for s in kept):
            return None  # PostgreSQL would pass over a number
        await self.store.chats.put(ChatSettings(chat), self.now)
        return await self.store.subscriptions.put(
            place,
            scope,
            Rhythm(Pace.SLOT),
            Size.BRIEF,
            silent=waits,
            due_at=None if waits else self.now,
            now=self.now,
        )

    async def publish(self, story: int) -> object:
        newest = await self.store.articles.newest()
        await self.store.subscriptions.wake(newest, self.now)
        due = await self.store.subscriptions.due(self.now, 9)
        made = []
        for one in due:
            known = (await self.store.subscriptions.told(one.place, [story])).get(story)
            told = (story, known.article if known else 0, newest)
            made.append(Publication(one, (Message("一"),), (told,), newest, self.now + HOUR))
        return due, await self.store.subscriptions.publish(made, self.now)

    async def lease(self, limit: int, state: ParcelState) -> object:
        leased = await self.store.outbox.lease(self.now, limit, 60)
        later = self.now + HOUR if state is ParcelState.QUEUED else None
        await self.store.outbox.settle(
            [Settlement(p.id, state, self.now, next_at=later) for p, *_ in leased]
        )
        return leased

    async def ban(self, kind: BanKind, value: str, lifted: bool) -> object:
        if lifted:
            return await self.store.bans.remove(kind, value)
        return await self.store.bans.add(kind, value, self.now)

    async def move(self, old: int, new: int) -> object:
        if old != new:
            await self.store.chats.move(old, new)
        return await self.store.chats.some([old, new])

    async def close(self, chat: int) -> object:
        return await self.store.chats.close_topic(chat, 1)

    async def pause(self, chat: int) -> object:
        if resumed := await self.store.chats.resume(chat):
            return resumed
        return await self.store.chats.pause(chat, "blocked")

    async def forget(self, chat: int) -> object:
        return await self.store.chats.forget(chat)

    async def join(self, one: int, story: int) -> object:
        return await self.store.stories.join(one, story, ALONE, self.now)

    async def split(self, one: int) -> object:
        return await self.store.stories.split(one, ALONE, self.now)


async def seen(store: Store, words: list[str], scopes: list[Scope], now: datetime) -> list[object]:
    """All that a store says."""
    found: list[object] = []
    newest = await store.articles.newest()
    for word in words:
        for query in (Query(word, (word,)), Query(word), Query(word, tuple(words))):
            found += [
                await store.articles.search(query, 9),
                await store.articles.count(query),
                await store.stories.latest(query, 9),
                await store.stories.count(query),
                await store.stories.news(Scope(ScopeKind.WORDS, word), query, [], 0, newest),
                await store.stories.news(Scope(), Query(""), [query], 1, newest),
            ]
        found.append(await store.articles.of_outlet(word, 9))
    for scope in scopes:
        found.append(await store.stories.news(scope, Query(""), [], 0, newest))
    near = await store.stories.candidates(words, NOW - 99 * HOUR, None)
    return [
        *found,
        [(c.article_id, c.story_id, c.sketch, c.settled) for c in near],
        await store.stories.latest(None, 99),
        await store.articles.outlets(),
        await store.bans.listed(),
        await store.outbox.listed(list(ParcelState), 99),
        await store.outbox.counts(),
        await store.subscriptions.due(now, 99),
        await store.talk.between(NOW - 999 * HOUR, now),
        [_unordered(await store.chats.export(chat)) for chat in (1, 2, -3)],
        replace(await store.counting.all([], now), disk=None),  # type: ignore[arg-type]
    ]


def _unordered(export: dict[str, Any]) -> dict[str, list[str]]:
    """Rows in no order; only PostgreSQL has several workers to tell apart."""
    for row in export["outbox"]:
        row.pop("worker", None)
    return {table: sorted(map(repr, found)) for table, found in export.items()}


@asynccontextmanager
async def both(url: str) -> AsyncIterator[tuple[Store, Store]]:
    with tempfile.TemporaryDirectory() as folder:
        async with (
            await Store.open(Path(folder) / "a.db", word_engine="jieba") as one,
            await Store.open(url, word_engine="jieba") as other,
        ):
            await other._engine.write(_empty)
            yield one, other


def _empty(db: Database) -> None:
    sql = """SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'
             AND table_type = 'BASE TABLE' AND table_name NOT IN ('meta', 'migrations')"""
    tables = ", ".join(name for (name,) in db.execute(sql).fetchall())
    db.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")


@settings(max_examples=20)
@given(
    st.lists(STEPS, min_size=1, max_size=25),
    st.lists(WORDS, min_size=1, max_size=3),
    st.lists(SCOPES, max_size=3),
)
def test_the_same_steps_give_the_same(
    postgres_url: str, steps: list[tuple[Any, ...]], words: list[str], scopes: list[Scope]
) -> None:
    async def compare() -> None:
        async with both(postgres_url) as stores:
            one, other = map(Doing, stores)
            for step in steps:
                assert await one.do(step) == await other.do(step), step
            mine, theirs = [await seen(s, words, scopes, one.now) for s in stores]
            for number, (said, said_there) in enumerate(zip(mine, theirs, strict=True)):
                assert said == said_there, number

    asyncio.run(compare())


@settings(max_examples=30)
@given(st.lists(TEXTS, min_size=1, max_size=5), st.lists(WORDS, min_size=1, max_size=3))
def test_the_same_words_find_the_same(
    postgres_url: str, texts: list[str], asked: list[str]
) -> None:
    async def compare() -> None:
        async with both(postgres_url) as stores:
            found = []
            for store in stores:
                doing = Doing(store)
                for number, text in enumerate(texts):
                    await doing.save(number, "", text.split(" "), "晨报", "", None, None)
                queries = [Query("", tuple(asked)), *(Query("", (word,)) for word in asked)]
                queries += [Query("", (text,)) for text in texts]
                found.append([[a.id for a in await store.articles.search(q, 9)] for q in queries])
            assert found[0] == found[1]

    asyncio.run(compare())


MANY = " ".join("长" * 150 + str(n) for n in range(3_000))


@pytest.mark.parametrize("text", ["长" * 5_000, MANY])
async def test_very_long_words_and_very_many_are_kept(postgres_url: str, text: str) -> None:
    async with await Store.open(postgres_url, word_engine="jieba") as store:
        await Doing(store).save(1, "", text.split(" "), "晨报", "", None, None)
        assert await store.articles.count(Query("", (text.split(" ")[0],))) == 1
