"""What tests and measurements ask of a sandbox that runs as a process of its own."""

import asyncio
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.sandbox import guard, life
from bot.sandbox.chats import Chat
from bot.sandbox.errors import REFUSALS, flood, moved
from bot.sandbox.faults import Fault, Faults, Storm
from bot.sandbox.traffic import Limits
from bot.sandbox.updates import Json
from bot.sandbox.world import World

_MAKERS: dict[str, Callable[[World, int], Chat]] = {
    "private": lambda world, n: world.private_chat(f"读者{n}"),
    "group": lambda world, n: world.group(f"读报群{n}"),
    "supergroup": lambda world, n: world.group(f"读报大群{n}", supergroup=True),
    "forum": lambda world, n: world.group(f"读报论坛{n}", forum=True),
    "channel": lambda world, n: world.channel(f"频道{n}", f"channel{n}"),
}


def routes() -> list[Route]:
    """The routes; their bodies are told by the functions below."""
    return [
        guard.post("/sandbox/chats", _chats),
        guard.post("/sandbox/say", _say),
        guard.post("/sandbox/press", _press),
        guard.post("/sandbox/happens", _happens),
        guard.post("/sandbox/limits", _limits),
        Route("/sandbox/faults", _faults, methods=["POST"]),
        Route("/sandbox/sent", _sent, methods=["GET"]),
    ]


async def _chats(world: World, asked: Json) -> Json:
    """New chats: {"private": 1500, "group": 400, "channel": 100}; their ids by kind."""
    made: dict[str, list[int]] = {}
    for kind, count in asked.items():
        make, start = _MAKERS[kind], len(world.chats)
        made[kind] = [make(world, start + n).id for n in range(int(count))]
        await asyncio.sleep(0)
    return made


async def _say(world: World, asked: Json) -> Json:
    """The same words in one chat or in many: {"chats": [ids], "text": …, "thread": id or absent}.

    The numbers of the messages.
    """
    thread = asked.get("thread")
    said = [chat.say(str(asked["text"]), thread=thread) for chat in _named(world, asked)]
    return {"message_ids": said}


async def _press(world: World, asked: Json) -> Json:
    """A button of the bot's last message: {"chats": [ids], "label": …}; the presses' numbers."""
    return {"callbacks": [chat.press(str(asked["label"])) for chat in _named(world, asked)]}


async def _happens(world: World, asked: Json) -> Json:
    """Something happens to chats: {"chats": [ids], "what": one of `life.EVENTS`, its arguments}."""
    arguments = {k: v for k, v in asked.items() if k not in ("chat", "chats", "what")}
    event = life.EVENTS[str(asked["what"])]
    results = [event(world, chat, **arguments) for chat in _named(world, asked)]
    return {"results": results}


async def _limits(world: World, asked: Json) -> Json:
    """The limits from now on: {"limits": fields of `Limits` or null, "hold_all": seconds}."""
    if "limits" in asked:
        given = asked["limits"]
        world.traffic.limits = None if given is None else Limits(**given)
    world.traffic.hold_all(float(asked.get("hold_all", 0)))
    world.traffic.grace = float(asked.get("grace", world.traffic.grace))
    return {}


async def _faults(request: Request) -> JSONResponse:
    """Faults from now on: {"planned": [{"refusal": name, …fields of Fault}], "storm": {…} or null}.

    `refusal` is a name in `errors.REFUSALS`; `retry_after` its seconds, `migrate_to` a supergroup.
    What is not named stays as it is.
    """
    faults: Faults = request.app.state.faults

    async def change(_: World, asked: Json) -> Json:
        if "planned" in asked:
            faults.planned = [_fault(**one) for one in asked["planned"]]
        if "storm" in asked:
            faults.weather = Storm(**asked["storm"]) if asked["storm"] else None
        return {}

    return await guard.answer(change, request)


def _fault(
    refusal: str = "", retry_after: int | None = None, migrate_to: int | None = None, **fields: Any
) -> Fault:
    if migrate_to is not None:
        return Fault(moved(migrate_to), **fields)
    if not refusal:
        return Fault(**fields)
    error = REFUSALS[refusal]()
    if retry_after is not None:
        error = flood(retry_after)
    return Fault(error, **fields)


async def _sent(request: Request) -> JSONResponse:
    """What went through from a number on (?since=0), and the counts."""
    if not guard.is_at_home(request):
        return JSONResponse({"error": "not from here"}, 403)
    world: World = request.app.state.world
    since = int(request.query_params.get("since", "0"))
    traffic = world.traffic
    return JSONResponse(
        {
            "sent": [one._asdict() for one in traffic.sent[since:]],
            "count": len(traffic.sent),
            "violations": traffic.violations,
            "refused": traffic.refused,
        }
    )


def _named(world: World, asked: Json) -> list[Chat]:
    numbers = asked["chats"] if "chats" in asked else [asked["chat"]]
    return [world.chats[int(number)] for number in numbers]
