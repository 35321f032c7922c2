"""What tests and measurements ask of a sandbox that runs by itself."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.sandbox import Faults, World, create_app
from bot.sandbox.transport import InProcess
from tests.conftest import still
from tests.sandbox.calls import call, updates
from tests.writing import ROOT


@pytest.fixture
def world() -> World:
    return World(still)


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
async def client(world: World, faults: Faults) -> AsyncIterator[httpx.AsyncClient]:
    transport = InProcess(create_app(world, faults))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as opened:
        yield opened


async def ask(client: httpx.AsyncClient, what: str, /, **asked: Any) -> Any:
    answer = await client.post(f"/sandbox/{what}", json=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_many_chats_at_once_that_all_say_something(
    world: World, client: httpx.AsyncClient
) -> None:
    made = await ask(client, "chats", private=1500, group=300, supergroup=100, channel=50, forum=50)
    assert len(world.chats) == 2000
    assert [len(made[kind]) for kind in ("private", "group", "channel")] == [1500, 300, 50]
    said = await ask(client, "say", chats=made["private"], text="/subscribe 微信 每天 08:00")
    assert len(said["message_ids"]) == 1500
    assert len(await updates(world, limit=100)) == 100


async def test_things_happen(world: World, client: httpx.AsyncClient) -> None:
    (group,) = (await ask(client, "chats", group=1))["group"]
    await ask(client, "happens", chat=group, what="block")
    await ask(client, "happens", chat=group, what="bot_becomes", status="member")
    (person,) = (await ask(client, "happens", chat=group, what="join", name="甲"))["results"]
    assert world.people[person].name == "甲"
    (moved,) = (await ask(client, "happens", chat=group, what="upgrade"))["results"]
    assert world.chats[group].moved_to == moved
    assert [next(iter(update)) for update in await updates(world)] == [
        "my_chat_member",
        "my_chat_member",
        "message",
        "message",
    ]


async def test_faults_and_limits(world: World, client: httpx.AsyncClient, faults: Faults) -> None:
    chat = world.private_chat()
    sent = {"chat_id": chat.id, "text": "一"}

    async def code() -> int:
        return (await client.post("/bot1:SANDBOX/sendMessage", json=sent)).status_code

    planned = [{"refusal": "flood", "retry_after": 7}, {"refusal": "blocked", "times": 2}]
    await ask(client, "faults", planned=[*planned, {"migrate_to": -1001, "after": True}])
    assert [await code() for _ in range(5)] == [429, 403, 403, 400, 200]
    await ask(client, "faults", storm={"seed": 1, "server_error": 1.0})
    assert await code() == 502
    await ask(client, "faults", storm=None)
    await ask(client, "limits", limits={"per_chat": 1})
    world.traffic.hold(chat.id, 0)
    assert [await code(), await code()] == [200, 429]
    await ask(client, "limits", limits=None)
    answer = (await client.get("/sandbox/sent?since=1")).json()
    assert (answer["count"], len(answer["sent"]), answer["refused"]) == (3, 2, 1)
    assert answer["violations"] == 5


async def test_presses(world: World, client: httpx.AsyncClient) -> None:
    chat = world.private_chat()
    keys = {"inline_keyboard": [[{"text": "按我", "callback_data": "x"}]]}
    await call(world, "sendMessage", chat_id=chat.id, text="一", reply_markup=keys)
    await ask(client, "press", chat=chat.id, label="按")
    assert (await updates(world))[-1]["callback_query"]["data"] == "x"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("chats", {"castle": 1}),
        ("say", {"chat": 5, "text": "好"}),
        ("happens", {"chat": 5, "what": "nothing"}),
        ("limits", {"limits": {"speed": 1}}),
        ("faults", {"planned": [{"refusal": "none such"}]}),
    ],
)
async def test_what_makes_no_sense_is_refused(
    client: httpx.AsyncClient, path: str, body: dict[str, Any]
) -> None:
    assert (await client.post(f"/sandbox/{path}", json=body)).status_code == 400


async def test_no_other_site_may_ask(client: httpx.AsyncClient) -> None:
    evil = {"Origin": "https://evil.example"}
    assert (await client.get("/sandbox/sent", headers=evil)).status_code == 403
    answer = await client.post("/sandbox/faults", json={"planned": []}, headers=evil)
    assert answer.status_code == 403


async def test_a_process_of_its_own_records_what_it_received(tmp_path: Path) -> None:
    record = tmp_path / "sent.jsonl"
    options = ["--record", str(record), "--limits", "per_chat=1", "--storm", "1"]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.sandbox",
        *options,
        "--shares",
        "flood=0",
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    address = (await process.stdout.readline()).decode().strip()
    async with httpx.AsyncClient(base_url=address) as client:
        (chat,) = (await ask(client, "chats", private=1))["private"]
        sent = {"chat_id": chat, "text": "一"}
        answers = [await client.post("/bot1:SANDBOX/sendMessage", json=sent) for _ in "12"]
        assert [answer.status_code for answer in answers] == [200, 429]
        lines = record.read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["chat_id"] for line in lines] == [chat]
    process.terminate()
    assert await process.wait() == 0


async def test_a_taken_port_is_one_sentence() -> None:
    command = (sys.executable, "-m", "bot.sandbox", "--port")
    pipes = {"stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.PIPE}
    first = await asyncio.create_subprocess_exec(*command, "0", cwd=ROOT, **pipes)
    assert first.stdout is not None
    port = (await first.stdout.readline()).decode().strip().rpartition(":")[2]
    second = await asyncio.create_subprocess_exec(*command, port, cwd=ROOT, **pipes)
    _, said = await second.communicate()
    first.terminate()
    await first.communicate()
    assert second.returncode == 1
    assert said.decode().startswith(f"port {port} is taken")
