"""Who may ask what is not the Bot API: pages of this very server, and programs of this machine."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.errors import ApiError
from bot.sandbox.updates import Json
from bot.sandbox.world import World

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}

Handler = Callable[[World, Json], Awaitable[Json]]


def post(path: str, handler: Handler) -> Route:
    """A route for JSON."""

    async def endpoint(request: Request) -> Response:
        return await answer(handler, request)

    return Route(path, endpoint, methods=["POST"])


async def answer(handler: Handler, request: Request) -> JSONResponse:
    """What a handler gives; what it does not find or understand is a 400."""
    is_json = request.headers.get("content-type", "").startswith("application/json")
    if not (is_json and is_at_home(request)):
        return JSONResponse({"error": "not from here"}, 403)
    try:
        return JSONResponse(await handler(request.app.state.world, await request.json()))
    except (LookupError, ValueError, TypeError, AttributeError, ApiError) as error:
        return JSONResponse({"error": str(error)}, 400)


def is_at_home(request: Request) -> bool:
    """Another site that a browser has open must not speak to the bot in the reader's name."""
    host = request.headers.get("host", "")
    own = (None, f"http://{host}")
    return urlsplit(f"//{host}").hostname in _LOOPBACK and request.headers.get("origin") in own
