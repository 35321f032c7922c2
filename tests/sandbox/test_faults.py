"""What goes wrong on purpose."""

import asyncio
from collections import Counter

import httpx
import pytest

from bot.sandbox import REFUSALS, Chat, Fault, Faults, Storm, World, create_app, flood, moved, serve
from tests.conftest import still
from tests.sandbox.calls import call


@pytest.fixture
def world() -> World:
    return World(still)


@pytest.fixture
def chat(world: World) -> Chat:
    return world.private_chat()


@pytest.mark.parametrize("after", [False, True])
async def test_a_cut_connection_in_process(world: World, chat: Chat, after: bool) -> None:
    faults = Faults([Fault(reset=True, after=after)])
    with pytest.raises(httpx.ReadError):
        await call(world, "sendMessage", faults, chat_id=chat.id, text="一")
    assert len(chat.messages) == len(world.traffic.sent) == int(after)


@pytest.mark.parametrize("after", [False, True])
async def test_a_cut_connection_over_a_socket(world: World, chat: Chat, after: bool) -> None:
    faults = Faults([Fault(reset=True, after=after)])
    sent = {"chat_id": chat.id, "text": "一"}
    async with (
        serve(world, create_app(world, faults)) as address,
        httpx.AsyncClient(base_url=address) as client,
    ):
        with pytest.raises(httpx.ReadError):
            await client.post("/bot1:SANDBOX/sendMessage", json=sent)
        assert len(chat.messages) == int(after)
        assert (await client.post("/bot1:SANDBOX/sendMessage", json=sent)).json()["ok"]


@pytest.mark.parametrize("after", [False, True])
async def test_an_answer_later_than_the_client_waits(world: World, chat: Chat, after: bool) -> None:
    faults = Faults([Fault(delay=60, after=after)])
    with pytest.raises(httpx.ReadTimeout):
        await call(world, "sendMessage", faults, seconds=0.01, chat_id=chat.id, text="一")
    assert len(chat.messages) == int(after)


async def test_slow_answers_end_with_the_world(world: World, chat: Chat) -> None:
    faults = Faults([Fault(delay=600)])
    asked = asyncio.create_task(call(world, "sendMessage", faults, chat_id=chat.id, text="一"))
    await asyncio.sleep(0)
    world.close()
    assert (await asked)["ok"]


@pytest.mark.parametrize("name", REFUSALS)
async def test_every_refusal_is_answered(world: World, chat: Chat, name: str) -> None:
    error = REFUSALS[name]()
    faults = Faults([Fault(error, "sendMessage", chat_id=chat.id)])
    other = world.private_chat()
    assert (await call(world, "sendMessage", faults, chat_id=other.id, text="一"))["ok"]
    answer = await call(world, "sendMessage", faults, chat_id=chat.id, text="一")
    assert (answer["error_code"], answer["description"]) == (error.code, str(error))
    assert chat.messages == {}


async def test_a_moved_group_says_where(world: World, chat: Chat) -> None:
    faults = Faults([Fault(moved(-1001000000009))])
    answer = await call(world, "sendMessage", faults, chat_id=chat.id, text="一")
    assert answer["parameters"] == {"migrate_to_chat_id": -1001000000009}


async def test_a_message_during_a_retry_after_is_a_violation(world: World, chat: Chat) -> None:
    faults = Faults([Fault(flood(3), chat_id=chat.id)])
    other = world.private_chat()
    for number in (chat.id, other.id):
        await call(world, "sendMessage", faults, chat_id=number, text="一")
    assert world.traffic.violations == 0
    await call(world, "sendMessage", faults, chat_id=chat.id, text="一")
    assert world.traffic.violations == 1


def met(storm: Storm, chats: list[int], times: int) -> Counter[str]:
    found: Counter[str] = Counter()
    for _ in range(times):
        for chat in chats:
            fault = storm.strike("sendMessage", {"chat_id": chat})
            found[_name(fault)] += 1
    return found


def _name(fault: Fault | None) -> str:
    if fault is None:
        return "none"
    return str(fault.error.code) if fault.error else f"reset {fault.after}"


def test_a_storm_has_the_shares_that_were_asked_for() -> None:
    storm = Storm(7, flood=0.1, server_error=0.05, reset=0.02)
    found = met(storm, list(range(100)), 100)
    assert found["429"] / 10_000 == pytest.approx(0.1, abs=0.01)
    assert found["502"] / 10_000 == pytest.approx(0.05, abs=0.01)
    assert found["reset True"] / 10_000 == pytest.approx(0.01, abs=0.005)
    assert found["reset False"] / 10_000 == pytest.approx(0.01, abs=0.005)


def test_a_storm_does_not_depend_on_the_order_of_chats() -> None:
    first, second = (Storm(7, flood=0.5) for _ in range(2))
    there = [(c, _name(first.strike("sendMessage", {"chat_id": c}))) for c in range(50)]
    back = [(c, _name(second.strike("sendMessage", {"chat_id": c}))) for c in reversed(range(50))]
    assert sorted(there) == sorted(back)
    assert first.strike("getMe", {}) is None


async def test_a_storm_in_the_way(world: World, chat: Chat) -> None:
    faults = Faults.storm(3, server_error=1.0)
    answer = await call(world, "sendMessage", faults, chat_id=chat.id, text="一")
    assert answer["error_code"] == 502
    assert (await call(world, "getMe", faults))["ok"]
