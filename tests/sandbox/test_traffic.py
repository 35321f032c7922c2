"""Limits as Telegram states them, and who does not keep to them."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import ApiError, Limits, Sent, Traffic, World
from tests.conftest import still
from tests.sandbox.calls import Hands, call


def limited(**limits: float) -> tuple[Traffic, Hands]:
    clock = Hands()
    return Traffic(Limits(**limits), clock), clock  # type: ignore[arg-type]


def passes(traffic: Traffic, chat: int, *, private: bool = True) -> int:
    """0, or the seconds to wait."""
    try:
        traffic.admit(chat, private=private)
    except ApiError as error:
        return error.parameters["retry_after"]
    return 0


def test_one_a_second_in_a_private_chat() -> None:
    traffic, clock = limited()
    assert [passes(traffic, 1), passes(traffic, 1), passes(traffic, 2)] == [0, 1, 0]
    clock.now += 1
    assert passes(traffic, 1) == 0
    assert traffic.refused == 1


def test_twenty_in_any_minute_of_a_group() -> None:
    traffic, clock = limited()
    for _ in range(20):
        assert passes(traffic, -5, private=False) == 0
        clock.now += 2
    assert passes(traffic, -5, private=False) == 20
    clock.now += 19
    assert passes(traffic, -5, private=False) == 1  # told to wait, it did not
    clock.now += 1
    assert passes(traffic, -5, private=False) == 0
    assert passes(traffic, -5, private=False) == 2


def test_one_a_second_in_a_group_too() -> None:
    traffic, clock = limited()
    assert [passes(traffic, -5, private=False) for _ in range(2)] == [0, 1]
    clock.now += 1
    assert passes(traffic, -5, private=False) == 0


def test_thirty_in_any_second_altogether() -> None:
    traffic, clock = limited()
    assert [passes(traffic, chat) for chat in range(31)] == [0] * 30 + [1]
    clock.now += 0.5
    assert passes(traffic, 40) == 1
    clock.now += 1
    assert passes(traffic, 40) == 0


def test_scale_and_burst() -> None:
    traffic, _ = limited(scale=10)
    assert [passes(traffic, 1) for _ in range(11)] == [0] * 10 + [1]
    traffic, _ = limited(overall=1, overall_burst=2)
    assert [passes(traffic, chat) for chat in range(4)] == [0, 0, 0, 1]
    traffic, _ = limited(burst=2)
    assert [passes(traffic, 1) for _ in range(4)] == [0, 0, 0, 1]


def test_a_whole_bot_is_held() -> None:
    clock = Hands()
    traffic = Traffic(clock=clock)
    traffic.hold_all(5)
    assert [passes(traffic, 1), passes(traffic, 2)] == [5, 5]
    clock.now += 5
    assert [passes(traffic, 1), passes(traffic, 3)] == [0, 0]


def test_violations_after_the_grace_of_those_on_their_way() -> None:
    clock = Hands()
    traffic = Traffic(clock=clock, grace=0.2)
    traffic.hold(1, 3)
    traffic.arrives(1)
    traffic.arrives(2)
    assert traffic.violations == 0
    clock.now += 2.9
    traffic.arrives(1)
    assert traffic.violations == 1
    clock.now += 0.1
    traffic.arrives(1)
    assert traffic.violations == 1


@given(st.lists(st.floats(0, 30), max_size=60))
def test_no_window_ever_holds_too_many(steps: list[float]) -> None:
    clock = Hands()
    traffic = Traffic(Limits(), clock)
    for step in steps:
        clock.now += step
        if passes(traffic, -5, private=False) == 0:
            traffic.note(-5, 0, 1, "", False)
    assert traffic.busiest(60) <= 20


def test_the_busiest_window() -> None:
    traffic = Traffic()
    traffic.sent = [Sent(1, 0, n, "", at, False) for n, at in enumerate((0.0, 1.0, 59.9, 60.0))]
    assert traffic.busiest(60) == 3
    assert traffic.busiest(60, [2]) == 0


async def test_what_goes_through_is_recorded_at_once() -> None:
    record = io.StringIO()
    world = World(still, traffic=Traffic(clock=lambda: 5.0, record=record))
    chat = world.group("论坛", forum=True)
    chat.say("好", thread=7)
    sent = {"chat_id": chat.id, "message_thread_id": 7, "disable_notification": True}
    await call(world, "sendMessage", **sent, text="字" * 100)
    line = {"chat_id": chat.id, "thread": 7, "message_id": 2, "text": "字" * 80}
    assert json.loads(record.getvalue()) == {**line, "at": 5.0, "silent": True}
    assert chat.silent == {2}


@pytest.mark.parametrize("kind", ["private", "group", "channel"])
async def test_limits_over_the_bot_api(kind: str) -> None:
    world = World(still, traffic=Traffic(Limits(per_group=1, overall=100), Hands()))
    make = {"private": world.private_chat, "group": world.group, "channel": world.channel}
    chat = make[kind]("读者")
    first, second = [await call(world, "sendMessage", chat_id=chat.id, text="一") for _ in "12"]
    assert first["ok"]
    assert second["parameters"] == {"retry_after": 1 if kind == "private" else 60}
    assert len(world.traffic.sent) == 1
