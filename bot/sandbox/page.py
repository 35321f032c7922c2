"""What the chat page asks of the sandbox. Only pages of this very server may ask."""

from typing import Any

from starlette.routing import Route

from bot.sandbox import guard
from bot.sandbox.chats import Chat
from bot.sandbox.updates import Json
from bot.sandbox.world import World

WAIT_SECONDS = 20.0
LONGEST_MESSAGE = 4096


def routes() -> list[Route]:
    """The page's routes."""
    return [
        guard.post("/page/state", _state),
        guard.post("/page/say", _say),
        guard.post("/page/press", _press),
        guard.post("/page/add", _add),
    ]


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
            {"id": number, "chat": c.chat_id, "text": c.text, "alert": c.alert}
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
