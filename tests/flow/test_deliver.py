"""The outbox emptied by a sender of the test's own, which answers as Telegram may."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta

import pytest
from telegram.error import RetryAfter

from bot.chat.limiter import BROADCAST, Limiter, waiting_seconds
from bot.config import Config
from bot.flow import deliver
from bot.flow.deliver import MOST_ATTEMPTS, Delivering, Delivery, Settling
from bot.flow.pacing import Limits, Pacer
from bot.model import Message
from bot.model.delivery import (
    ChatSettings,
    Gone,
    Moved,
    NoTopic,
    Outcome,
    ParcelState,
    Place,
    Quiet,
    Refused,
    Retry,
    Sent,
    Settlement,
    Unreadable,
    Wait,
)
from bot.store import Store
from tests.conftest import BOTH
from tests.writing import NOW, UNLIMITED

NO_REPEATS = Delivering(repeat=False)


class Telegram:
    """Answers as it was told, then that all is well; keeps what was sent."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = deque(outcomes)
        self.sent: list[tuple[Place, str]] = []
        self.tried = 0
        self.before: Callable[[], Awaitable[None]] | None = None

    async def __call__(self, place: Place, message: Message, *, silent: bool) -> Outcome:
        self.tried += 1
        if self.before:
            await self.before()
        outcome = self.outcomes.popleft() if self.outcomes else Sent(self.tried)
        if isinstance(outcome, Sent):
            self.sent.append((place, message.text))
        return outcome


class Post:
    """A store with some parcels, a sender, and a clock."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOW
        self.telegram = Telegram()

    def clock(self) -> datetime:
        return self.now

    def delivery(self, how: Delivering | None = None) -> Delivery:
        return Delivery(
            self.store, self.telegram, Pacer(UNLIMITED), self.clock, how, chance=lambda: 1.0
        )

    async def queue(self, *texts: str, chat: int = 1, topic: int = 0, **settings: object) -> None:
        if not await self.store.chats.get(chat):
            await self.store.chats.put(ChatSettings(chat, **settings), self.now)  # type: ignore[arg-type]
        for text in texts:
            await self.store.outbox.notice(Place(chat, topic), Message(text), self.now)
            self.now += timedelta(seconds=1)

    async def tick(self, how: Delivering | None = None, later: float = 0) -> list[str]:
        self.now += timedelta(seconds=later)
        before = len(self.telegram.sent)
        await self.delivery(how).tick()
        return [text for _, text in self.telegram.sent[before:]]

    async def states(self) -> dict[str, int]:
        return {str(state): n for state, n in (await self.store.outbox.counts()).items()}


@pytest.fixture
async def post(config: Config) -> AsyncIterator[Post]:
    async with await Store.open(config.store.where, word_engine="jieba") as store:
        yield Post(store)


@BOTH
async def test_a_chats_messages_arrive_in_their_order(post: Post) -> None:
    await post.queue("一", "二", "三")
    await post.queue("甲", chat=2)
    assert sorted(await post.tick()) == sorted(["一", "二", "三", "甲"])
    assert [t for p, t in post.telegram.sent if p.chat == 1] == ["一", "二", "三"]
    assert await post.states() == {"sent": 4}
    assert await post.tick() == []


@BOTH
async def test_what_waits_holds_what_stands_behind_it(post: Post) -> None:
    await post.queue("一", "二")
    await post.queue("甲", chat=2)
    post.telegram.outcomes += [Wait(30)]
    assert await post.tick() == ["甲"]
    assert await post.tick(later=29) == []
    assert await post.tick(later=2) == ["一", "二"]


@pytest.mark.parametrize("uncertain", [True, False])
async def test_what_did_not_work_is_tried_again_ever_later(post: Post, uncertain: bool) -> None:
    await post.queue("一")
    post.telegram.outcomes += [Retry("502", uncertain)] * 3
    assert [await post.tick(later=0), await post.tick(later=1), await post.tick(later=1)] == [
        []
    ] * 3
    assert post.telegram.tried == 2  # after one second, then after two
    assert await post.tick(later=1) == []
    assert await post.tick(later=4) == ["一"]


async def test_the_operator_may_want_no_repeats(post: Post) -> None:
    await post.queue("一", "二")
    post.telegram.outcomes += [Retry("timed out", uncertain=True), Retry("refused")]
    assert await post.tick(NO_REPEATS) == []
    assert await post.tick(NO_REPEATS, later=2) == ["二"]  # it had surely not been sent
    assert await post.states() == {"uncertain": 1, "sent": 1}


async def test_a_worker_that_died_while_sending(post: Post) -> None:
    await post.queue("一", "二")
    leased = await post.store.outbox.lease(post.now, 10, 300)
    assert [parcel.message.text for parcel, _, _ in leased] == ["一"]
    assert await post.tick() == []  # another might be sending it
    await post.delivery().begin()  # no: this is the only worker
    assert await post.tick() == ["一", "二"]


@BOTH
async def test_a_lease_ends(post: Post) -> None:
    await post.queue("一")
    await post.store.outbox.lease(post.now, 10, 300)
    assert await post.tick(later=299) == []
    assert await post.tick(later=2) == ["一"]


async def test_a_worker_that_died_and_no_repeats(post: Post) -> None:
    await post.queue("一", "二")
    await post.store.outbox.lease(post.now, 10, 300)
    await post.delivery(NO_REPEATS).begin()
    assert await post.tick(NO_REPEATS) == ["二"]
    assert await post.states() == {"uncertain": 1, "sent": 1}
    assert await post.store.outbox.retry([], post.now) == 1
    assert await post.tick(NO_REPEATS) == ["一"]


@BOTH
async def test_a_chat_that_is_gone_is_paused_with_all_it_has(post: Post) -> None:
    await post.queue("一", "二")
    post.telegram.outcomes += [Gone("Forbidden: bot was blocked by the user")]
    assert await post.tick() == []
    assert await post.tick(later=10**6) == []
    assert post.telegram.tried == 1
    assert await post.store.chats.resume(1)
    assert not await post.store.chats.resume(1)
    assert await post.tick() == ["一", "二"]


async def test_a_group_that_moved_takes_its_queue_along(post: Post) -> None:
    await post.queue("一", "二", chat=-5)
    post.telegram.outcomes += [Moved(-1005)]
    assert await post.tick() == ["一", "二"]
    assert {place.chat for place, _ in post.telegram.sent} == {-1005}
    assert await post.store.chats.get(-5) is None


@BOTH
async def test_a_group_that_moved_where_we_are_known_already(post: Post) -> None:
    await post.queue("旧", chat=-5)
    await post.queue("新", chat=-1005)
    post.telegram.outcomes += [Moved(-1005)]
    assert sorted(await post.tick()) == sorted(["新", "旧"])
    assert {place.chat for place, _ in post.telegram.sent} == {-1005}


async def test_a_closed_topic_falls_back_to_the_general_one(post: Post) -> None:
    await post.queue("一", chat=-5, topic=9)
    post.telegram.outcomes += [NoTopic("TOPIC_CLOSED")]
    assert await post.tick() == ["一"]
    assert post.telegram.sent == [(Place(-5), "一")]
    post.telegram.outcomes += [NoTopic("TOPIC_CLOSED")]
    await post.queue("二", chat=-5)
    assert await post.tick() == []  # the general topic is closed too
    settings = await post.store.chats.get(-5)
    assert settings is not None
    assert settings.paused == "TOPIC_CLOSED"


async def test_marks_that_telegram_cannot_read_are_left_out(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    await post.queue("<b>一 &lt;二&gt;</b>")
    post.telegram.outcomes += [Unreadable("can't parse entities")]
    assert await post.tick() == ["一 <二>"]
    assert "a defect" in caplog.text


async def test_what_can_never_be_sent_is_put_aside_and_can_be_tried_again(post: Post) -> None:
    await post.queue("一", "二")
    post.telegram.outcomes += [Refused("message is too long")]
    assert await post.tick() == ["二"]
    (dead,) = await post.store.outbox.listed([ParcelState.DEAD], 10)
    assert (dead.message.text, dead.error, dead.attempts) == ("一", "message is too long", 1)
    assert await post.store.outbox.retry([dead.id], post.now) == 1
    assert await post.tick() == ["一"]


async def test_it_is_given_up_at_last(post: Post) -> None:
    await post.queue("一")
    post.telegram.outcomes += [Retry("502")] * MOST_ATTEMPTS
    for _ in range(MOST_ATTEMPTS):
        await post.tick(later=301)
    assert await post.states() == {"dead": 1}


async def test_quiet_hours_hold_what_is_late(post: Post) -> None:
    await post.queue("一", quiet=Quiet(12 * 60, 13 * 60))  # it is noon
    assert await post.tick() == []
    assert await post.tick(later=3600) == ["一"]


@BOTH
async def test_an_interrupted_tick_finishes_what_it_began_and_returns_the_rest(post: Post) -> None:
    for chat in range(1, 6):
        await post.queue("一", chat=chat)
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def wait() -> None:
        begun.set()
        await go_on.wait()

    post.telegram.before = wait
    tick = asyncio.create_task(post.delivery(Delivering(at_once=2)).tick())
    await begun.wait()
    tick.cancel()
    await asyncio.sleep(0)
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await tick
    assert await post.states() == {"sent": 2, "queued": 3}


async def test_what_waits_for_its_turn_goes_back(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real limiter and pace, at one message in half an hour."""
    monkeypatch.setattr(deliver, "FINISH_SECONDS", 0.05)
    pacer, asked, called = Pacer(Limits(per_second=1 / 1800)), asyncio.Event(), []
    limiter = Limiter(pacer)

    async def call() -> bool:
        called.append(True)
        asked.set()
        return True

    async def send(place: Place, message: Message, *, silent: bool) -> Outcome:
        data = {"chat_id": place.chat}
        try:
            await limiter.process_request(call, (), {}, "sendMessage", data, BROADCAST)
        except RetryAfter as error:
            return Wait(waiting_seconds(error))
        return Sent(1)

    for chat in range(1, 6):
        await post.queue("新闻", chat=chat)
    how = Delivering(repeat=False)
    tick = asyncio.create_task(Delivery(post.store, send, pacer, post.clock, how).tick())
    await asked.wait()
    tick.cancel()
    await asyncio.wait({tick})
    counts = await post.store.outbox.counts()
    assert counts == {ParcelState.SENT: 1, ParcelState.QUEUED: 4}
    assert len(called) == 1


async def test_no_more_are_under_way_than_asked(post: Post) -> None:
    for chat in range(1, 30):
        await post.queue("一", chat=chat)
    under_way = most = 0

    async def count() -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0)
        under_way -= 1

    post.telegram.before = count
    await post.tick(Delivering(at_once=3))
    assert most == 3
    assert await post.states() == {"sent": 29}


class Ledger:
    """A store of which nothing but the outbox is there; keeps what came in one transaction."""

    def __init__(self) -> None:
        self.outbox = self
        self.transactions: list[list[int]] = []

    async def settle(self, settlements: list[Settlement]) -> None:
        self.transactions.append([s.parcel for s in settlements])


async def test_what_is_settled_while_it_rests_shares_a_transaction() -> None:
    ledger, rested = Ledger(), asyncio.Event()

    async def rest(seconds: float) -> None:
        await rested.wait()

    settling = Settling(ledger, rest)  # type: ignore[arg-type]
    first, second, third = (Settlement(n, ParcelState.SENT, NOW) for n in (1, 2, 3))
    await settling.settle(first)  # at once, for nobody knows what comes
    others = asyncio.gather(settling.settle(second), settling.settle(third))
    for _ in range(9):
        await asyncio.sleep(0)
    assert ledger.transactions == [[1]]
    rested.set()
    await others
    assert ledger.transactions == [[1], [2, 3]]
