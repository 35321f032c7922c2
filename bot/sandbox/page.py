"""What the chat page asks of the sandbox. Only pages of this very server may ask."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox import guard, hands, life
from bot.sandbox.chats import Chat
from bot.sandbox.core import Person
from bot.sandbox.errors import ApiError
from bot.sandbox.menus import commands_for
from bot.sandbox.updates import Json
from bot.sandbox.world import World

WAIT_SECONDS = 20.0
LONGEST_NAME = 40
MOST_CHATS = 100
MOST_MESSAGES = 300
_SHOWN_IN_PLACE = {b"\x89PNG": "image/png", b"\xff\xd8\xff\xe0": "image/jpeg"}
_SHOWN_IN_PLACE |= {b"\xff\xd8\xff\xe1": "image/jpeg"}


def routes() -> list[Route]:
    """The page's routes."""
    return [
        guard.post("/page/state", _state),
        guard.post("/page/say", _say),
        guard.post("/page/press", _press),
        guard.post("/page/add", _add),
        guard.post("/page/edit", hands.edit),
        guard.post("/page/inline", hands.ask),
        guard.post("/page/choose", hands.choose),
        guard.post("/page/follow", hands.follow),
        Route("/page/file/{file_id}", _file, methods=["GET"]),
    ]


async def _state(world: World, asked: Json) -> Json:
    """What there is to see, once it is newer than what the page has."""
    if int(asked.get("version", -1)) >= world.version:
        await world.change(WAIT_SECONDS)
    return {
        "version": world.version,
        "bot": world.me(),
        "chats": [_seen(world, chat) for chat in list(world.chats.values())[:MOST_CHATS]],
        "toasts": [
            {"id": number, "chat": c.chat_id, "text": c.text, "alert": c.alert}
            for number, c in world.callbacks.items()
            if c.answered and c.text
        ],
    }


def _seen(world: World, chat: Chat) -> Json:
    return {
        "id": chat.id,
        "kind": chat.kind,
        "title": chat.title,
        "people": [_person(chat, person) for person in _people(world, chat)],
        "commands": commands_for(world, chat, chat.person),
        "messages": [_message(chat, m) for m in list(chat.messages.values())[-MOST_MESSAGES:]],
    }


def _people(world: World, chat: Chat) -> list[Person]:
    members = chat.members.by_id
    return [p for p in world.people.values() if p.id in members and members[p.id].present]


def _person(chat: Chat, person: Person) -> Json:
    return {"id": person.id, "name": person.name, "status": chat.members.by_id[person.id].status}


def _message(chat: Chat, message: Json) -> Json:
    """A message, and what Telegram's apps know of it beside the Bot API."""
    silent = message["message_id"] in chat.silent
    return {**message, "by_bot": chat.by_bot(message), "silent": silent}


async def _say(world: World, asked: Json) -> Json:
    chat, text = world.chats[int(asked["chat"])], hands.words(asked)
    to = int(asked["reply_to"]) if asked.get("reply_to") else None
    return {"message_id": chat.say(text, by=hands.who(world, chat, asked), reply_to=to)}


async def _press(world: World, asked: Json) -> Json:
    chat = world.chats[int(asked["chat"])]
    message = chat.messages[int(asked["message"])]
    rows = message["reply_markup"]["inline_keyboard"]
    data = rows[int(asked["row"])][int(asked["column"])]["callback_data"]
    return {"callback": chat.press_data(data, message, by=hands.who(world, chat, asked))}


async def _add(world: World, asked: Json) -> Json:
    """A group that everybody joins, a channel, or another person, who joins every group."""
    name = str(asked["name"]).strip()[:LONGEST_NAME]
    if not name:
        raise ValueError("it needs a name")
    if asked["kind"] == "group":
        return {"chat": life.open_group(world, name, list(world.people.values())).id}
    if asked["kind"] == "channel":
        return {"chat": life.open_channel(world, name, next(iter(world.people.values()))).id}
    chat = world.private_chat(name)
    for group in world.chats.values():
        if group.kind == "group":
            life.person_becomes(group, chat.person, "member")
    return {"chat": chat.id}


async def _file(request: Request) -> Response:
    """A file that the bot sent: pictures in place, anything else only as a download."""
    if not guard.is_at_home(request):
        return Response("not from here", 403)
    world: World = request.app.state.world
    try:
        upload = world.files.get(request.path_params["file_id"])
    except ApiError as error:
        return Response(str(error), 404)
    kind = _SHOWN_IN_PLACE.get(upload.data[:4])
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
    if kind is None:
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(upload.name)}"
    return Response(upload.data, media_type=kind or "application/octet-stream", headers=headers)
