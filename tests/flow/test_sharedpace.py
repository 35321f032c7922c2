"""The pace that several processes share, on a real server: its clock counts, and nobody else's."""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator

import psycopg
import pytest

from bot.flow.pacing import IN_A_ROW, Limits
from bot.flow.sharedpace import SharedPace
from bot.store.postgres import pace
from bot.store.postgres.pace import Pacebook
from tests import postgres
from tests.writing import ROOT

LIMITS = Limits(per_second=1000, chat_seconds=50)


@pytest.fixture
def url(postgres_server: postgres.Server) -> str:
    url = postgres_server.fresh()
    with psycopg.connect(url, autocommit=True) as db:
        for statement in pace.TABLES:
            db.execute(statement.encode())
    return url


@pytest.fixture
async def books(url: str) -> AsyncIterator[tuple[Pacebook, Pacebook]]:
    """What two workers have of the pace."""
    one, other = Pacebook(url), Pacebook(url)
    yield one, other
    await one.close()
    await other.close()


async def refused(pace: SharedPace, chat: int, *, answer: bool = False) -> float:
    """How long a message would have to wait for its chat; 0 for one that has its place."""
    waits: list[float] = []

    class AskedEnoughError(Exception):
        pass

    async def sleep(seconds: float) -> None:
        if seconds > 1:
            waits.append(seconds)
            raise AskedEnoughError
        await asyncio.sleep(seconds)

    pace._sleep = sleep
    try:
        await pace.turn(chat, answer=answer)
    except AskedEnoughError:
        return waits[0]
    return 0


async def test_a_chat_that_one_wrote_to_waits_for_the_other(
    books: tuple[Pacebook, Pacebook],
) -> None:
    one, other = (SharedPace(book, LIMITS) for book in books)
    assert await refused(one, 1) == 0
    assert 49 < await refused(other, 1) <= 50
    assert 49 < await other.waits(1) <= 50
    assert await refused(other, 2) == 0
    assert await other.waits(3) == 0


async def test_a_place_that_was_missed_costs_the_chat_nothing(
    books: tuple[Pacebook, Pacebook],
) -> None:
    late = [0.2]  # how late it wakes, the first time

    async def sleep(seconds: float) -> None:
        assert seconds < 1  # the chat need not wait again
        await asyncio.sleep(seconds + (late.pop() if late else 0.0))

    shared = SharedPace(books[0], Limits(per_second=20, chat_seconds=50), sleep=sleep)
    await shared.turn(1)
    await shared.turn(2)
    assert late == []
    assert 49 < await shared.waits(2) <= 50.2


async def test_answers_may_follow_on_each_other(books: tuple[Pacebook, Pacebook]) -> None:
    one, other = (SharedPace(book, LIMITS) for book in books)
    for pace_ in (one, other, one):
        assert await refused(pace_, 1, answer=True) == 0
    assert await refused(other, 1, answer=True) > 140


async def test_a_group_has_its_share_of_a_minute_and_some_of_it_is_for_answers(
    books: tuple[Pacebook, Pacebook],
) -> None:
    limits = Limits(per_second=1000, chat_seconds=0.0001)
    both = [SharedPace(book, limits) for book in books]
    for n in range(17):
        assert await refused(both[n % 2], -5) == 0
    assert await refused(both[0], -5) > 55
    for n in range(3):
        assert await refused(both[n % 2], -5, answer=True) == 0
    assert await refused(both[0], -5, answer=True) > 55


async def test_what_telegram_holds_is_held_for_all(books: tuple[Pacebook, Pacebook]) -> None:
    one, other = (SharedPace(book, LIMITS) for book in books)
    await one.hold(1, 30)
    await one.hold(1, 5)  # the longer counts
    assert 29 < await other.waits(1) <= 30
    assert await refused(other, 2) == 0


async def test_many_waits_in_a_row_hold_all_workers(books: tuple[Pacebook, Pacebook]) -> None:
    one, other = (SharedPace(book, LIMITS) for book in books)
    for chat in range(1, IN_A_ROW):
        await one.hold(chat, 10)
    one.let_through()
    for chat in range(1, IN_A_ROW):
        await one.hold(chat, 20)
    assert await other.waits(100) == 0
    await one.hold(IN_A_ROW, 20)
    assert 19 < await other.waits(100) <= 20


async def test_chats_are_forgotten(url: str, books: tuple[Pacebook, Pacebook]) -> None:
    book, _ = books
    shared = SharedPace(book, LIMITS)
    await shared.turn(1)
    await shared.turn(2)
    await shared.hold(3, 1000)
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("UPDATE pace SET sent = ARRAY[sent[1] - 200] WHERE chat = 1")
    await book.tidy()
    with psycopg.connect(url) as db:
        assert db.execute("SELECT chat FROM pace ORDER BY 1").fetchall() == [(0,), (2,), (3,)]


async def test_several_processes_keep_one_pace(url: str) -> None:
    """Together no faster than permitted, whatever the machine does to any of them."""
    per_second, each = 200, 60
    started = time.monotonic()
    processes = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.store.postgres.processes"),
            *(url, str(1000 * n), str(each), str(per_second)),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
        )
        for n in range(1, 4)
    ]
    printed = [(await process.communicate())[0] for process in processes]
    had = sorted(at for one in printed for at in json.loads(one))
    assert started < had[0]
    assert len(had) == 3 * each
    for n, at in enumerate(had):  # one that is late may have come just before the next
        within = sum(at <= later < at + 0.2 for later in had[n:])
        assert within <= 0.2 * per_second + 1 + 0.03 * per_second
