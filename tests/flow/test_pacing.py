"""Pacing on a clock of the test's own: Telegram's limits hold for whatever is asked."""

import asyncio
import heapq
from collections.abc import Awaitable, Callable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.flow.pacing import IN_A_ROW, Limits, Pacer

LIMITS = Limits(per_second=30, chat_seconds=1, per_group=20, group_seconds=60)


class Time:
    """A clock that jumps to the next sleeper when all are asleep."""

    def __init__(self) -> None:
        self.now = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self._count += 1
        woken = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + seconds, self._count, woken))
        await woken

    async def run(self, *work: Awaitable[None]) -> None:
        tasks = [asyncio.ensure_future(one) for one in work]
        while not all(task.done() for task in tasks):
            for _ in range(3 * len(tasks) + 10):
                await asyncio.sleep(0)
            if self._sleepers and not all(task.done() for task in tasks):
                self.now, _, woken = heapq.heappop(self._sleepers)
                woken.set_result(None)
        for task in tasks:
            task.result()


def most_within(seconds: float, times: list[float]) -> int:
    """The most that fall into any stretch of so many seconds."""
    return max((sum(t <= u < t + seconds for u in times) for t in times), default=0)


def simulate(
    asked: list[tuple[int, bool, float]], limits: Limits = LIMITS
) -> list[tuple[float, int, bool]]:
    """When each of some messages (chat, whether an answer, when asked for) is let through."""

    async def run() -> list[tuple[float, int, bool]]:
        time = Time()
        pacer = Pacer(LIMITS, time, time.sleep)
        sent: list[tuple[float, int, bool]] = []

        async def one(chat: int, answer: bool, at: float) -> None:
            await time.sleep(at)
            await pacer.turn(chat, answer=answer)
            sent.append((time.now, chat, answer))

        await time.run(*(one(*a) for a in asked))
        return sent

    return asyncio.run(run())


MESSAGES = st.lists(
    st.tuples(st.sampled_from([1, 2, 3, -1, -2]), st.booleans(), st.floats(0, 90, allow_nan=False)),
    max_size=60,
)


@given(MESSAGES)
def test_no_window_holds_more_than_telegram_permits(asked: list[tuple[int, bool, float]]) -> None:
    sent = simulate(asked)
    assert len(sent) == len(asked)
    for group in (-1, -2):
        assert most_within(59.999, [at for at, chat, _ in sent if chat == group]) <= 20
    answers_aside = sum(answer for _, _, answer in sent)
    assert most_within(0.999, [at for at, _, _ in sent]) <= 31 + min(answers_aside, LIMITS.burst)


def test_a_broadcast_keeps_the_overall_rate_and_each_chats() -> None:
    sent = simulate([(chat, False, 0.0) for chat in range(1, 101)] * 2)
    times = sorted(at for at, _, _ in sent)
    assert most_within(0.9999, times) <= 31
    for chat in range(1, 101):
        mine = sorted(at for at, c, _ in sent if c == chat)
        assert all(b - a >= 0.999 for a, b in pairwise(mine))


def test_a_group_has_twenty_a_minute_wherever_the_minute_begins() -> None:
    """What AIORateLimiter's fixed windows let pass (python-telegram-bot issue 3772)."""
    sent = simulate([(-7, False, 0.0)] * 45)
    times = sorted(at for at, _, _ in sent)
    assert most_within(59.999, times) <= 20


def test_answers_in_a_group_find_room_behind_a_broadcast() -> None:
    sent = simulate([(-7, False, 0.0)] * 40 + [(-7, True, 30.0)] * 3)
    answered = [at for at, _, answer in sent if answer]
    assert max(answered) < 40


def test_answers_go_ahead_of_a_broadcast() -> None:
    sent = simulate([(chat, False, 0.0) for chat in range(1, 301)] + [(999, True, 1.0)])
    at = next(at for at, chat, _ in sent if chat == 999)
    assert at <= 1.0 + 1 / 30


def test_a_wait_holds_only_its_chat() -> None:
    """What one RetryAfter does to AIORateLimiter: all wait, and any other request ends it (issue
    5338)."""

    async def run() -> list[tuple[float, int]]:
        time = Time()
        pacer = Pacer(LIMITS, time, time.sleep)
        await pacer.hold(1, 30.0)
        sent: list[tuple[float, int]] = []

        async def one(chat: int) -> None:
            await pacer.turn(chat)
            pacer.let_through()
            sent.append((time.now, chat))

        await time.run(*(one(chat) for chat in (1, 2, 3, 1)))
        return sent

    sent = asyncio.run(run())
    assert [chat for at, chat in sent if at < 1] == [2, 3]
    assert all(at >= 30 for at, chat in sent if chat == 1)


def test_a_wait_that_comes_while_another_message_waits_its_turn_holds_it_too() -> None:
    async def run() -> float:
        time = Time()
        pacer = Pacer(Limits(per_second=0.1), time, time.sleep)
        pacer.take(2)  # the place of the first ten seconds
        sent: list[float] = []

        async def one() -> None:
            await pacer.turn(1)
            sent.append(time.now)

        async def told() -> None:
            await time.sleep(5)
            await pacer.hold(1, 60)

        await time.run(one(), told())
        return sent[0]

    assert asyncio.run(run()) >= 65


async def held(pacer: Pacer, then: Callable[[], None] = lambda: None) -> float:
    for chat in range(1, IN_A_ROW):
        await pacer.hold(chat, 10)
    then()
    await pacer.hold(IN_A_ROW, 20)
    return pacer.delay(1000)


async def test_many_waits_in_a_row_are_for_the_bot() -> None:
    time = Time()
    assert await held(Pacer(LIMITS, time)) == 20


async def test_a_message_let_through_shows_that_waits_are_for_their_chats() -> None:
    pacer = Pacer(LIMITS, Time())
    assert await held(pacer, pacer.let_through) == 0
