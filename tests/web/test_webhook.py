"""Updates brought by Telegram: who may bring them, and that none is lost on the way."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Route

from bot.chat import receiving
from bot.config import Config, Web, load, with_web
from bot.errors import ConfigError, ReadError
from bot.hosting import hosted_by
from bot.sandbox import Fault, Faults, World, create_app, serve
from bot.web import webhook
from bot.web.webhook import HEADER, MOST_BYTES, Webhook, secret
from tests.conftest import still
from tests.test_worker import process
from tests.web.hosts import config, free_port, running

SECONDS = 120.0
SECRET = secret("1:SANDBOX")
JSON = {"content-type": "application/json"}
KNOWN = {HEADER: SECRET, **JSON}


class Door:
    """A webhook without a bot behind it."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.door = Webhook(SECRET)
        self.door.hand_to(self._take)
        routes = [Route("/hook", self.door.knock, methods=["POST"])]
        transport = httpx.ASGITransport(Starlette(routes=routes))
        self._client = httpx.AsyncClient(transport=transport, base_url="http://bot")

    async def _take(self, document: dict[str, Any]) -> bool:
        if "update_id" not in document:
            raise ReadError("no update")
        self.taken.append(document)
        return True

    async def knock(self, content: Any, method: str = "POST", **headers: str) -> int:
        given = {**KNOWN, **{name.replace("_", "-"): text for name, text in headers.items()}}
        answer = await self._client.request(method, "/hook", content=content, headers=given)
        return answer.status_code


async def test_who_may_come_in() -> None:
    door = Door()
    update = b'{"update_id": 1}'
    assert await door.knock(update) == 200
    assert door.taken == [{"update_id": 1}]
    for wrong in ("", "x", SECRET[:-1], SECRET + "0", SECRET.upper(), "é" * 64):
        headers = [(HEADER.encode(), wrong.encode()), (b"content-type", b"application/json")]
        answer = await door._client.post("/hook", content=update, headers=headers)
        assert answer.status_code == 403
    assert (await door._client.post("/hook", content=update, headers=JSON)).status_code == 403
    assert await door.knock(update, "GET") == 405
    assert await door.knock(update, content_type="text/plain") == 415
    assert await door.knock(update, content_type="application/json; charset=utf-8") == 200
    assert len(door.taken) == 2


async def test_how_much_may_be_brought() -> None:
    door = Door()
    fits = json.dumps({"update_id": 1, "x": "x" * (MOST_BYTES - 100)}).encode()
    assert await door.knock(fits) == 200
    assert await door.knock(fits + b" " * 100) == 413
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield b" " * 65536

    async with asyncio.timeout(SECONDS):
        assert await door.knock(endless()) == 413  # no length was told; it is not read on for ever
    assert read <= MOST_BYTES // 65536 + 2
    assert await door.knock(b"{}", content_length="9" * 30) == 413
    assert len(door.taken) == 1


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"1", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"a":' + b"9" * 9999],
    ids=lambda body: repr(body[:14]),
)  # fmt: skip
async def test_what_is_no_update(body: bytes) -> None:
    door = Door()
    assert await door.knock(body) == 400
    assert door.taken == []


async def test_nobody_takes_updates_yet() -> None:
    door = Door()
    door.door.hand_to(None)
    assert await door.knock(b'{"update_id": 1}') == 503


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
HOSTILE = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from([
            "update_id", "message", "callback_query", "inline_query", "my_chat_member", "chat",
            "id", "from", "text", "date", "entities", "type", "message_id", "data", "offset",
            "length",
        ]), inner, max_size=6,
    ), max_leaves=20,
)  # fmt: skip


@given(HOSTILE, st.booleans())
async def test_hostile_json_is_never_our_failure(document: Any, numbered: bool) -> None:
    """The real reader behind the door; what it accepts is not handled here."""

    class Processor:
        def expect(self, _: int) -> tuple[asyncio.Future[None], bool]:
            done = asyncio.get_running_loop().create_future()
            done.set_result(None)
            return done, False

    class Application:
        bot = None

    door = Door()
    door.door.hand_to(receiving.Inbox(Application(), Processor()).take)  # type: ignore[arg-type]
    if numbered and isinstance(document, dict):
        document["update_id"] = 7
    body = json.dumps(document).encode("utf-8", "surrogatepass")
    assert await door.knock(body) in (200, 400)


@pytest.fixture
def world() -> World:
    return World(still)


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
async def address(world: World, faults: Faults) -> AsyncIterator[str]:
    async with serve(world, create_app(world, faults)) as address:
        yield address


@pytest.fixture
def hooked(address: str, tmp_path: Path) -> Config:
    port = free_port()
    return config(address, tmp_path, port, f"http://127.0.0.1:{port}/hook")


async def test_the_bot_answers_what_it_is_brought(world: World, hooked: Config) -> None:
    chat = world.private_chat()
    async with asyncio.timeout(SECONDS), running(hooked) as it:
        chat.say("/start")
        assert (await chat.answer(SECONDS))["text"]
        assert world.webhook is not None
        assert world.webhook.url == hooked.web.webhook
        assert world.webhook.secret == SECRET
        while world.updates.waiting(0):  # confirmed only once it was handled
            await world.updates.changed.wait(0.1)
        before = len(world.calls)
        forged = world.private_chat()
        message = {"message_id": 1, "date": 0, "chat": {"id": forged.id, "type": "private"},
                   "from": {"id": forged.id, "is_bot": False, "first_name": "x"}, "text": "/start",
                   "entities": [{"type": "bot_command", "offset": 0, "length": 6}]}  # fmt: skip
        update = {"update_id": 99, "message": message}
        for headers in (JSON, {**JSON, HEADER: "0" * 64}):
            answer = await it.client.post("/hook", json=update, headers=headers)
            assert answer.status_code == 403
        assert len(world.calls) == before
        for _ in range(2):  # Telegram may bring one twice; it is handled once
            assert (await it.client.post("/hook", json=update, headers=KNOWN)).status_code == 200
        assert [c.method for c in world.calls[before:]] == ["sendMessage"]
        status, said = await it.get("/healthz")
        assert (status, set(said["parts"])) == (200, {"updates", "scheduler", "sending", "writer"})
    assert all(call.method != "getUpdates" for call in world.calls)


async def test_switching_either_way_loses_nothing(
    world: World, hooked: Config, address: str, tmp_path: Path
) -> None:
    polled = config(address, tmp_path)
    chats = [world.private_chat() for _ in range(4)]
    async with asyncio.timeout(SECONDS):
        for settings, chat in zip((hooked, polled, hooked, polled), chats, strict=True):
            chat.say("/help")  # while nobody listens
            async with running(settings):
                await chat.answer(SECONDS)
                assert bool(world.webhook) == bool(settings.web.webhook)
    answered = [c.params["chat_id"] for c in world.calls if c.method == "sendMessage"]
    assert list(map(int, answered)) == [chat.id for chat in chats]  # and nothing is told twice


async def test_what_is_not_handled_is_brought_again(
    world: World, faults: Faults, hooked: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow handler: Telegram hears 503, brings the update again, and it is handled once."""
    monkeypatch.setattr(receiving, "PATIENT_SECONDS", 0.05)
    faults.planned = [Fault(delay=1.0, method="sendMessage")]
    chat = world.private_chat()
    async with asyncio.timeout(SECONDS), running(hooked):
        chat.say("/help")
        await chat.answer(SECONDS)
        while world.updates.waiting(0):
            await world.updates.changed.wait(0.1)
    assert world.webhook is not None
    assert "503" in world.webhook.last_error
    assert [c.method for c in world.calls].count("sendMessage") == 1


async def test_the_web_process_of_the_procfile(world: World, address: str, tmp_path: Path) -> None:
    """As a platform starts it: with PORT; stopped while an update is on its way."""
    port, chat = free_port(), world.private_chat()
    hook = {"MAILUO_WEBHOOK": f"http://127.0.0.1:{port}/hook", "PORT": str(port)}
    command = [sys.executable, "-m", "honcho", "-f", "Procfile", "start", "web"]
    async with (
        asyncio.timeout(SECONDS),
        process(command, address, tmp_path, MAILUO_POSTS="", **hook) as honcho,
    ):
        chat.say("/help")
        assert (await chat.answer(SECONDS))["text"].startswith("怎么用")
        assert world.webhook is not None  # so that nobody else can have brought it
        honcho.send_signal(signal.SIGTERM)
        out, err = await honcho.communicate()
    assert "Traceback" not in (out + err).decode()


async def test_a_webhook_needs_a_port(hooked: Config) -> None:
    settings = hooked.model_copy(update={"web": Web(webhook="https://bot.example.org")})
    with pytest.raises(ConfigError, match="needs a port"):
        async with hosted_by(settings, still):
            pass


def test_the_address_of_a_webhook() -> None:
    assert Web(webhook="https://a.example").webhook == "https://a.example/telegram"
    assert Web(webhook="https://a.example/x/y").webhook == "https://a.example/x/y"
    for wrong in ("a.example", "ftp://a.example", "https://", "https://a.example/?x=1"):
        with pytest.raises(ConfigError, match=r"web\.webhook"):
            with_web(Config(), webhook=wrong)
    assert with_web(Config(), port=None, host="0.0.0.0").web == Web(host="0.0.0.0")
    hook = {"MAILUO_WEBHOOK": "https://a.example"}
    assert load(env={"PORT": "5000"}).web.port == 0  # honcho sets it for whatever it starts
    assert load(env={"PORT": "5000", **hook}).web.port == 5000
    assert load(env={"PORT": "5000", "MAILUO_PORT": "7", **hook}).web.port == 7
    with pytest.raises(ConfigError, match=r"web\.port"):
        load(env={"PORT": "x", **hook})


def test_the_secret_does_not_tell_the_token() -> None:
    assert webhook.secret("1:A") != webhook.secret("1:B")
    assert "SANDBOX" not in SECRET
    assert len(SECRET) == 64
