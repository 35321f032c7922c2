"""Subscriptions and the outbox: one transaction, unique keys, one indexed query."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Digest, Message, Query, StoryChoice, Words
from bot.model.delivery import (
    ChatSettings,
    Pace,
    ParcelState,
    Place,
    Publication,
    Quiet,
    Rhythm,
    Scope,
    ScopeKind,
    Settlement,
    Size,
    Subscription,
    days_mask,
    days_of,
)
from bot.store import Store
from tests.writing import NOW, article

DAILY = Rhythm(Pace.SLOT, 480)
HELLO = Message("<b>一</b>")
SOON = NOW + timedelta(hours=1)


async def subscribed(store: Store, chat: int = 1, value: str = "", **how: object) -> Subscription:
    if not await store.chats.get(chat):
        await store.chats.put(ChatSettings(chat), NOW)
    scope = Scope(ScopeKind.WORDS, value) if value else Scope()
    settings = {"silent": False, "due_at": NOW, "now": NOW} | how
    return await store.subscriptions.put(Place(chat), scope, DAILY, Size.BRIEF, **settings)  # type: ignore[arg-type]


async def reported(store: Store, title: str, story: int | None = None, *words: str) -> int:
    one = replace(article("一段。", title=title), key=title, categories=("科技",))
    found = await store.articles.save(
        one, Digest(None), Words((), words, words), StoryChoice(story, 0, ""), NOW
    )
    return found.id


def digest_of(subscription: Subscription, *stories: tuple[int, int, int]) -> Publication:
    return Publication(subscription, (HELLO, HELLO), stories, 7, SOON)


async def test_a_chat_that_is_forgotten_meanwhile_is_known_again(store: Store) -> None:
    await subscribed(store)
    await store.chats.forget(1)
    made = await store.subscriptions.put(
        Place(1), Scope(), DAILY, Size.BRIEF, silent=False, due_at=NOW, now=NOW
    )
    assert await store.chats.get(1) == ChatSettings(1)
    assert [one.id for one in await store.subscriptions.of_chat(1)] == [made.id]


async def test_a_digest_is_queued_and_its_subscription_advanced_in_one(store: Store) -> None:
    one = await subscribed(store)
    assert await store.subscriptions.publish([digest_of(one, (5, 0, 7))], NOW) == 1
    (kept,) = await store.subscriptions.of_chat(1)
    assert (kept.seen, kept.digests, kept.due_at) == (7, 1, SOON)
    parcels = await store.outbox.listed([ParcelState.QUEUED], 10)
    assert [(p.subscription, p.digest, p.part) for p in parcels] == [(1, 1, 1), (1, 1, 2)]
    assert (await store.subscriptions.told(Place(1), [5, 6]))[5].article == 7


async def test_the_same_digest_is_not_queued_twice(store: Store) -> None:
    one = await subscribed(store)
    made = [store.subscriptions.publish([digest_of(one)], NOW) for _ in range(5)]
    assert sorted(await asyncio.gather(*made)) == [0, 0, 0, 0, 1]
    assert len(await store.outbox.listed([ParcelState.QUEUED], 10)) == 2


async def test_the_same_story_is_not_told_by_two_that_did_not_know_of_each_other(
    store: Store,
) -> None:
    one, other = await subscribed(store), await subscribed(store, value="微信")
    assert await store.subscriptions.publish([digest_of(one, (5, 0, 7))], NOW) == 1
    assert await store.subscriptions.publish([digest_of(other, (5, 0, 7))], NOW) == 0


async def test_what_was_changed_meanwhile_is_passed_over(store: Store) -> None:
    one, other = await subscribed(store), await subscribed(store, 2)
    await store.subscriptions.remove(one.id)
    await store.chats.move(2, -1002)
    assert await store.subscriptions.publish([digest_of(one), digest_of(other)], NOW) == 0
    assert await store.outbox.counts() == {}


async def test_a_fault_in_the_middle_leaves_nothing_half_done(store: Store) -> None:
    one, other = await subscribed(store), await subscribed(store, 2)
    broken = digest_of(one, (5, 0, None))  # type: ignore[arg-type]
    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError)):
        await store.subscriptions.publish([digest_of(other), broken], NOW)
    for chat in (1, 2):
        (kept,) = await store.subscriptions.of_chat(chat)
        assert (kept.digests, kept.due_at) == (0, NOW)
    assert await store.outbox.counts() == {}


@pytest.mark.parametrize("where", ["sqlite"], indirect=True)
async def test_due_is_one_indexed_query(store: Store, tmp_path: Path) -> None:
    await subscribed(store)
    with closing(sqlite3.connect(tmp_path / "a.db")) as db:
        plan = db.execute(
            """EXPLAIN QUERY PLAN SELECT * FROM subscriptions s
               WHERE s.active = 1 AND s.due_at <= ? ORDER BY s.due_at, s.id LIMIT ?""",
            ["9", 1],
        ).fetchall()
    assert [step[3].split()[:5] for step in plan] == [
        ["SEARCH", "s", "USING", "INDEX", "subscriptions_due"]
    ]


async def test_due_leaves_out_the_paused_and_those_that_wait(store: Store) -> None:
    await subscribed(store, 1, due_at=SOON)
    await subscribed(store, 2, due_at=NOW - timedelta(seconds=1))
    await subscribed(store, 3)
    await subscribed(store, 4)
    await store.chats.pause(4, "blocked")
    assert [s.place.chat for s in await store.subscriptions.due(NOW, 10)] == [2, 3]
    await store.chats.resume(4)
    assert len(await store.subscriptions.due(NOW, 10)) == 3
    assert len(await store.subscriptions.due(NOW, 1)) == 1


async def test_those_that_wait_for_an_article_are_woken_by_one(store: Store) -> None:
    one = await subscribed(store, due_at=None)
    await store.subscriptions.wake(0, NOW)
    assert await store.subscriptions.due(NOW, 10) == []
    newest = await reported(store, "甲")
    await store.subscriptions.wake(newest, NOW)
    assert [s.id for s in await store.subscriptions.due(NOW, 10)] == [one.id]


async def test_subscribing_begins_with_the_next_article(store: Store) -> None:
    newest = await reported(store, "甲")
    assert (await subscribed(store)).seen == newest
    await reported(store, "乙")
    again = await subscribed(store, silent=True)
    assert (again.seen, again.silent) == (newest, True)  # nothing is skipped by a change


async def test_news_of_a_scope(store: Store) -> None:
    first = await reported(store, "甲", None, "微信", "淘宝")
    await reported(store, "乙", None, "微信")
    newest = await reported(store, "丙", 1, "抖音")
    wechat, taobao, empty = (Query(w, (w,) if w else ()) for w in ("微信", "淘宝", ""))
    words = Scope(ScopeKind.WORDS, "微信")
    for scope, wanted, unwanted, after, found in (
        (Scope(), empty, [], 0, [1, 2]),
        (Scope(), empty, [], first, [1, 2]),
        (Scope(), empty, [], newest, []),
        (words, wechat, [], 0, [2, 1]),
        (words, wechat, [taobao], 0, [2]),
        (Scope(ScopeKind.WORDS, "-微信"), empty, [wechat], 0, [1]),
        (Scope(ScopeKind.OUTLET, "晨报"), empty, [], 0, [1, 2]),
        (Scope(ScopeKind.OUTLET, "晚报"), empty, [], 0, []),
        (Scope(ScopeKind.CATEGORY, "科技"), empty, [], first, [1, 2]),
        (Scope(ScopeKind.CATEGORY, "财经"), empty, [], 0, []),
        (Scope(ScopeKind.STORY, "1"), empty, [], first, [1]),
    ):
        assert await store.stories.news(scope, wanted, unwanted, after, newest) == found, scope


async def test_a_chat_that_moved_keeps_its_subscriptions(store: Store) -> None:
    one = await subscribed(store, -5)
    await subscribed(store, -5, "微信")
    await subscribed(store, -1005)  # known already, and subscribed to the same
    await store.subscriptions.publish([digest_of(one, (5, 0, 7))], NOW)
    await store.chats.move(-5, -1005)
    assert [s.scope.value for s in await store.subscriptions.of_chat(-1005)] == ["微信", ""]
    assert await store.subscriptions.of_chat(-5) == []
    assert {p.place.chat for p in await store.outbox.listed([ParcelState.QUEUED], 9)} == {-1005}
    assert 5 in await store.subscriptions.told(Place(-1005), [5])


async def test_settings_are_kept(store: Store) -> None:
    settings = ChatSettings(1, "group", "群", "Asia/Tokyo", "en", Quiet(1380, 420))
    await store.chats.put(settings, NOW)
    assert await store.chats.get(1) == settings
    await store.chats.put(replace(settings, quiet=None), NOW)
    assert await store.chats.get(1) == replace(settings, quiet=None)
    assert await store.chats.get(2) is None


async def test_unsubscribing_withdraws_what_was_not_sent(store: Store) -> None:
    one = await subscribed(store)
    await store.subscriptions.publish([digest_of(one)], NOW)
    await store.subscriptions.remove(one.id)
    assert await store.outbox.counts() == {}


async def test_sent_parcels_are_dropped_in_time(store: Store) -> None:
    one = await subscribed(store)
    await store.subscriptions.publish([digest_of(one, (5, 0, 7))], NOW)
    (leased,) = await store.outbox.lease(NOW, 9, 60)
    await store.outbox.settle([Settlement(leased[0].id, ParcelState.SENT, NOW, message_id=3)])
    await store.outbox.tidy(NOW)
    assert (await store.outbox.counts())[ParcelState.SENT] == 1
    await store.outbox.tidy(SOON)
    assert await store.outbox.counts() == {ParcelState.QUEUED: 1}
    assert 5 in await store.subscriptions.told(Place(1), [5])


@given(st.sets(st.integers(0, 6)))
def test_weekdays_as_bits(days: set[int]) -> None:
    assert set(days_of(days_mask(sorted(days)))) == days
