"""What the chat page asks of the sandbox. Only pages of this very server may ask."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.sandbox.world import Chat, Json, World

WAIT_SECONDS = 20.0
LONGEST_MESSAGE = 4096
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}

Handler = Callable[[World, Json], Awaitable[Json]]


def routes() -> list[Route]:
    """The page's routes."""
    return [
        Route("/page/state", _guarded(_state), methods=["POST"]),
        Route("/page/say", _guarded(_say), methods=["POST"]),
        Route("/page/press", _guarded(_press), methods=["POST"]),
        Route("/page/add", _guarded(_add), methods=["POST"]),
    ]


def _guarded(handler: Handler) -> Callable[[Request], Awaitable[JSONResponse]]:
    """Another site that a browser has open must not speak to the bot in the reader's name."""

    async def answer(request: Request) -> JSONResponse:
        host = request.headers.get("host", "")
        own = (None, f"http://{host}")
        is_json = request.headers.get("content-type", "").startswith("application/json")
        at_home = urlsplit(f"//{host}").hostname in _LOOPBACK
        if not (at_home and is_json and request.headers.get("origin") in own):
            return JSONResponse({"error": "not from here"}, 403)
        try:
            return JSONResponse(await handler(request.app.state.world, await request.json()))
        except (LookupError, ValueError, TypeError) as error:
            return JSONResponse({"error": str(error)}, 400)

    return answer


async def _state(world: World, asked: Json) -> Json:
    """Everything there is to see, once it is newer than what the page has."""
    if int(asked.get("version", -1)) >= world.version:
        await world.change(WAIT_SECONDS)
    return {
        "version": world.version,
        "bot": world.me(),
        "commands": _menu(world),
        "chats": [_seen(chat) for chat in world.chats.values()],
        "toasts": [
            {"id": number, "chat": c.chat.id, "text": c.text, "alert": c.alert}
            for number, c in world.callbacks.items()
            if c.answered and c.text
        ],
    }


def _menu(world: World) -> list[Any]:
    return world.commands.get(("default", "zh")) or world.commands.get(("default", ""), [])


def _seen(chat: Chat) -> Json:
    return {
        "id": chat.id,
        "kind": chat.kind,
        "title": chat.title,
        "person": chat.person.name,
        "messages": list(chat.messages.values()),
    }


async def _say(world: World, asked: Json) -> Json:
    text = str(asked["text"]).strip()[:LONGEST_MESSAGE]
    if not text:
        raise ValueError("nothing said")
    return {"message_id": world.chats[int(asked["chat"])].say(text)}


async def _press(world: World, asked: Json) -> Json:
    chat = world.chats[int(asked["chat"])]
    message = chat.messages[int(asked["message"])]
    rows = message["reply_markup"]["inline_keyboard"]
    button = rows[int(asked["row"])][int(asked["column"])]
    return {"callback": chat.press_data(button["callback_data"], message)}


async def _add(world: World, asked: Json) -> Json:
    """A group or another person."""
    count = len(world.chats) + 1
    chat = (
        world.group(f"读报群 {count}")
        if asked["kind"] == "group"
        else world.private_chat(f"读者 {count}")
    )
    return {"chat": chat.id}
