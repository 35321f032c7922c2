"""The simulation of scaling: queues with known answers, and what it makes of a cost."""

import random
from itertools import accumulate, pairwise
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.scaling import queues
from benchmarks.scaling.costs import Cost, Costs
from benchmarks.scaling.plan import WAYS, Day, Way, disk, simulated

SIZES = {"chats": 100, "subscriptions": 200, "outbox": 2000, "told": 70, "all_articles": 8000}
NOTHING = Cost(0, 0)
COSTS = Costs(
    "none", Cost(0.01, 0.01), NOTHING, Cost(0.0005, 0.0004), Cost(0.0002, 0.0001),
    Cost(0.005, 0.004), Cost(0.01, 0.01), 4.0, SIZES,
)  # fmt: skip


@pytest.mark.parametrize("load", [0.3, 0.7, 0.9])
def test_what_comes_by_chance_waits_as_the_formula_says(load: float) -> None:
    chance = random.Random(5)
    arrivals = accumulate(chance.expovariate(load) for _ in range(200_000))
    assert fmean(queues.waits(arrivals, 1.0)) == pytest.approx(queues.wait(load, 1.0), rel=0.08)


def test_known_waits() -> None:
    assert queues.wait(0.5, 1.0) == 0.5  # half the wait of M/M/1, which is 1
    assert queues.wait(1.0, 1.0) == float("inf")
    assert queues.wait_first(0.0, 2.0) == 1.0  # half of what has begun
    assert list(queues.waits([0, 0, 0, 10], 2.0)) == [0, 2, 4, 0]


def test_the_slower_station_decides() -> None:
    """A burst of n leaves after (n - 1) of the slower and one of each: the fluid limit, exactly."""
    for queueing, sending in ((0.1, 0.5), (0.5, 0.1)):
        lots = queues.line([0.0] * 1000, queueing, sending)
        assert lots[-1].sent == pytest.approx(999 * 0.5 + 0.6)
    assert queues.most_waiting(queues.line([0.0] * 1000, 0.5, 0.1)) == 1
    assert queues.most_waiting(queues.line([0.0] * 1000, 0.0, 0.1)) == 1000


@given(
    st.lists(st.floats(0, 100), min_size=1, max_size=40).map(sorted),
    st.floats(0.01, 5),
    st.floats(0.01, 5),
)
def test_nothing_overtakes_and_nothing_is_early(
    due: list[float], queueing: float, sending: float
) -> None:
    lots = queues.line(due, queueing, sending)
    assert all(lot.due < lot.queued < lot.sent for lot in lots)
    for one, other in pairwise(lots):
        assert other.queued >= one.queued + queueing - 1e-9
        assert other.sent >= one.sent + sending - 1e-9


def test_a_million_chats_at_thirty_a_second_take_nine_hours() -> None:
    found = simulated(1_000_000, Way("", 30.0), COSTS)
    assert found.last == pytest.approx(1_000_000 / 30, rel=0.01)
    assert found.median == pytest.approx(found.last / 2, rel=0.01)
    assert found.senders == 1
    assert found.backlog > 950_000


def test_paid_it_is_the_processes_that_decide() -> None:
    found = simulated(1_000_000, Way("", 1000.0, paid=True), COSTS)
    assert found.last == pytest.approx(1000, rel=0.01)
    assert found.senders == 6  # 4 ms each: four cores' work, at 70%
    assert found.stars == 100_000
    slow = simulated(1_000_000, Way("", 10_000.0), COSTS)
    assert slow.last == pytest.approx(1_000_000 * 0.0005, rel=0.01)  # queueing is the slower then


def test_spread_over_longer_than_it_takes_nobody_waits() -> None:
    found = simulated(10_000, Way("", 30.0, hours=2), COSTS)
    assert found.late < 1
    assert found.last == pytest.approx(7200, rel=0.01)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_more_chats_never_take_less(way: Way) -> None:
    few, many = (simulated(chats, way, COSTS) for chats in (10_000, 1_000_000))
    assert few.last <= many.last
    assert few.disk < many.disk


def test_disk_by_hand() -> None:
    day = Day(articles=10)
    assert disk(1, COSTS, day) == 300 + 30 * 2000 + 90 * 4 * 70 + 365 * 10 * 8000
