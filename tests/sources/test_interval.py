"""How often a feed is asked: between ten minutes and a day, never sooner than it likes."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.sources.interval import (
    FIRST,
    LONGEST,
    SHORTEST,
    after_answer,
    wait,
    wait_after_failure,
)

seconds = st.floats(0, 1e9)


def never() -> float:
    return 0.0


def follow(every: float, hours: float) -> list[float]:
    """The intervals of a feed that brings something every so often."""
    at, seen, interval, intervals = 0.0, 0, 0.0, []
    while at < hours * 3600:
        interval = after_answer(interval, changed=int(at // every) > seen)
        seen = int(at // every)
        intervals.append(interval)
        at += wait(interval, never)
    return intervals


def test_a_new_feed_is_asked_after_half_an_hour() -> None:
    assert after_answer(0, changed=True) == after_answer(0, changed=False) == FIRST == 1800


def test_a_busy_feed_is_soon_asked_every_ten_minutes() -> None:
    assert follow(every=300, hours=12)[3:] == [SHORTEST] * len(follow(every=300, hours=12)[3:])


def test_a_sleeping_feed_is_asked_once_a_day_in_the_end() -> None:
    assert follow(every=1e9, hours=24 * 10)[-1] == LONGEST


def test_a_feed_of_every_four_hours_is_asked_about_as_often() -> None:
    intervals = follow(every=4 * 3600, hours=24 * 14)[20:]
    assert 3600 < sum(intervals) / len(intervals) < 5 * 3600


def test_what_the_feed_and_its_server_ask_for_is_a_least() -> None:
    assert wait(600, never, ttl=3600) == 3600
    assert wait(600, never, max_age=1200) == 1200
    assert wait(600, never, ttl=60, max_age=60) == 600
    assert wait(600, never, ttl=1e9) == LONGEST


def test_failures_double_the_wait_up_to_a_day() -> None:
    waits = [wait_after_failure(600, n, never) for n in range(1, 12)]
    assert waits[:4] == [600, 1200, 2400, 4800]
    assert waits[-1] == LONGEST
    assert wait_after_failure(0, 1, never) == FIRST
    assert wait_after_failure(600, 10**9, never) == LONGEST


def test_a_server_that_asks_for_peace_gets_it() -> None:
    assert wait_after_failure(600, 1, never, retry_after=7200) == 7200


@given(seconds, st.integers(0, 10**6), seconds, seconds, st.integers())
def test_no_wait_is_shorter_than_ten_minutes_or_much_longer_than_a_day(
    interval: float, failures: int, ttl: float, asked: float, seed: int
) -> None:
    chance = Random(seed).random
    for waited in (
        wait(interval, chance, ttl=ttl, max_age=asked),
        wait_after_failure(interval, failures, chance, retry_after=asked),
    ):
        assert SHORTEST <= waited < LONGEST * 1.1
