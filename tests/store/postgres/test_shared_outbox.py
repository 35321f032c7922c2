"""The outbox where several workers send, and writes that are made once for an update."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import psycopg
import pytest

from bot.errors import StoreError
from bot.model import Message
from bot.model.delivery import (
    ChatSettings,
    Parcel,
    ParcelState,
    Place,
    Rhythm,
    Scope,
    ScopeKind,
    Settlement,
    Size,
)
from bot.model.delivery import Pace as Often
from bot.store import Store
from bot.store.postgres.inbox import Inbox
from bot.store.postgres.once import HANDLING, Handling
from bot.store.postgres.presence import Presence, present
from tests.writing import NOW


@asynccontextmanager
async def worker(url: str) -> AsyncIterator[tuple[Store, Presence]]:
    """A worker's store."""
    async with await Store.open(url, word_engine="jieba") as store, present(url) as presence:
        store.among(presence.number)
        yield store, presence


async def queue(store: Store, chats: range, each: int = 1) -> None:
    for chat in chats:
        await store.chats.put(ChatSettings(chat), NOW)
        for n in range(each):
            await store.outbox.notice(Place(chat), Message(f"{n}"), NOW + timedelta(seconds=n))


async def take(store: Store, limit: int, after: float = 10) -> list[Parcel]:
    leased = await store.outbox.lease(NOW + timedelta(seconds=after), limit, 300)
    return [parcel for parcel, _, _ in leased]


def sent(parcel: Parcel) -> Settlement:
    return Settlement(parcel.id, ParcelState.SENT, NOW, message_id=1)


async def test_no_parcel_is_taken_by_two(postgres_url: str) -> None:
    async with worker(postgres_url) as (one, _), worker(postgres_url) as (other, _):
        await queue(one, range(1, 41), each=2)
        lots = await asyncio.gather(*(take(store, 10) for store in (one, other) * 4))
        taken = [parcel.id for lot in lots for parcel in lot]
        assert len(taken) == len(set(taken))
        taken += [parcel.id for parcel in await take(one, 100)]
        assert len(taken) == len(set(taken)) == 40  # the second of each chat waits for the first


async def test_the_parcels_of_the_living_are_left_to_them(postgres_url: str) -> None:
    async with worker(postgres_url) as (one, _), worker(postgres_url) as (other, _):
        await queue(one, range(1, 4))
        assert len(await take(one, 2)) == 2
        assert await other.outbox.recover(NOW, repeat=True) == 0
        assert await other.outbox.recover(NOW, repeat=True, everything=True) == 0


@pytest.mark.parametrize(("repeat", "state"), [(True, "queued"), (False, "uncertain")])
async def test_what_a_dead_worker_was_sending_is_taken_back(
    postgres_url: str, repeat: bool, state: str
) -> None:
    async with worker(postgres_url) as (other, _):
        async with worker(postgres_url) as (one, presence):
            await queue(one, range(1, 4))
            leased = await take(one, 2)
        await asyncio.to_thread(gone, postgres_url, presence.number)
        assert await other.outbox.recover(NOW, repeat=repeat) == 2
        found = await other.outbox.listed([ParcelState(state)], 10)
        assert {parcel.id for parcel in leased} <= {parcel.id for parcel in found}


async def test_what_was_leased_too_long_is_taken_back(postgres_url: str) -> None:
    async with worker(postgres_url) as (one, _), worker(postgres_url) as (other, _):
        await queue(one, range(1, 2))
        await take(one, 1)
        assert await other.outbox.recover(NOW + timedelta(seconds=400), repeat=True) == 1


async def test_a_late_word_of_one_who_was_taken_for_dead_changes_nothing(
    postgres_url: str,
) -> None:
    async with worker(postgres_url) as (one, _), worker(postgres_url) as (other, _):
        await queue(one, range(1, 2))
        [parcel] = await take(one, 1)
        await other.outbox.recover(NOW + timedelta(seconds=400), repeat=True)
        [again] = await take(other, 1, after=500)
        await one.outbox.settle([Settlement(parcel.id, ParcelState.QUEUED, NOW, NOW)])
        assert (await other.outbox.counts()) == {ParcelState.SENDING: 1}
        await other.outbox.settle([sent(again)])
        assert (await other.outbox.counts()) == {ParcelState.SENT: 1}


def gone(url: str, number: int) -> None:
    """Wait until the server has ended a worker's session."""
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("SELECT pg_advisory_lock(%s, %s)", [0x6D61, number])
        db.execute("SELECT pg_advisory_unlock(%s, %s)", [0x6D61, number])


async def subscribed(store: Store) -> int:
    subscription = await store.subscriptions.put(
        Place(1), Scope(ScopeKind.WORDS, "桥"), Rhythm(Often.HOURLY), Size.BRIEF,
        silent=False, due_at=NOW, now=NOW,
    )  # fmt: skip
    return subscription.id


def handled(url: str) -> bool:
    with psycopg.connect(url) as db:
        row = db.execute("SELECT handled FROM updates").fetchone()
    return bool(row and row[0])


async def test_a_write_that_may_not_be_repeated_settles_its_update(postgres_url: str) -> None:
    async with worker(postgres_url) as (store, presence):
        number = await subscribed(store)
        box = Inbox(postgres_url, presence.number)
        await box.receive(7, "{}")
        HANDLING.set(Handling(7, presence.number))
        await store.chats.put(ChatSettings(1, title="新"), NOW)
        assert not handled(postgres_url)  # that may be done again
        await store.subscriptions.remove(number)
        assert handled(postgres_url)
        await box.close()


async def test_an_update_that_was_taken_over_has_no_effect_here(postgres_url: str) -> None:
    async with worker(postgres_url) as (store, presence):
        number = await subscribed(store)
        box = Inbox(postgres_url, presence.number + 1)  # of another
        await box.receive(7, "{}")
        HANDLING.set(Handling(7, presence.number))
        with pytest.raises(StoreError):
            await store.subscriptions.remove(number)
        assert await store.subscriptions.get(number) is not None
        await box.close()
