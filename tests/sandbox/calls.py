"""Calls to the local Bot API without a socket, and what its tests share."""

from typing import Any

import httpx

from bot.sandbox import Faults, World, create_app
from bot.sandbox.transport import InProcess

BASE = "http://127.0.0.1/bot1:SANDBOX/"
PIXEL = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde"
    b"\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\x03\x01\x01\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82"
)


async def call(
    world: World, method: str, faults: Faults | None = None, seconds: float = 5.0, **params: Any
) -> Any:
    """What is answered to a call with JSON."""
    transport = InProcess(create_app(world, faults))
    async with httpx.AsyncClient(transport=transport, timeout=seconds) as client:
        return (await client.post(BASE + method, json=params)).json()


async def upload(world: World, method: str, name: str, file: tuple[Any, ...], **params: Any) -> Any:
    """What is answered to a call with a file."""
    transport = InProcess(create_app(world))
    async with httpx.AsyncClient(transport=transport) as client:
        return (await client.post(BASE + method, data=params, files={name: file})).json()


async def refused(world: World, method: str, **params: Any) -> str:
    """Code and words of a refusal."""
    answer = await call(world, method, **params)
    assert answer["ok"] is False
    return f"{answer['error_code']} {answer['description']}"


async def updates(world: World, offset: int = 0, **params: Any) -> list[dict[str, Any]]:
    """The updates that wait, without their numbers."""
    found = (await call(world, "getUpdates", offset=offset, **params))["result"]
    return [{k: v for k, v in update.items() if k != "update_id"} for update in found]


def keyboard(**button: Any) -> dict[str, Any]:
    """One button."""
    return {"inline_keyboard": [[{"text": "按", **button}]]}


class Hands:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now
