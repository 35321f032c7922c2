"""The sandbox on HTTP: the Bot API under /bot<token>/<method>, the chat page under /."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.errors import MailuoError
from bot.sandbox import page
from bot.sandbox.errors import ApiError, bad
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.methods import METHODS
from bot.sandbox.params import Params
from bot.sandbox.world import Call, Json, World

_BY_NAME = {name.lower(): name for name in METHODS}
_STATIC = Path(__file__).parent / "static"


def create_app(world: World, faults: Faults | None = None) -> Starlette:
    """The sandbox as an ASGI application.

    Args:
        world: what it acts on.
        faults: what goes wrong; tests add to it while they run.
    """
    routes = [
        Route("/bot{token}/{method}", _answer, methods=["GET", "POST"]),
        *page.routes(),
        Mount("/", StaticFiles(directory=_STATIC, html=True)),
    ]
    app = Starlette(routes=routes)
    app.state.world = world
    app.state.faults = faults or Faults()
    return app


@asynccontextmanager
async def serve(world: World, app: Starlette, port: int = 0) -> AsyncIterator[str]:
    """Serve on the loopback interface while the block runs; gives the address.

    Args:
        world: is closed at the end, so that nobody waits.
        app: from `create_app`.
        port: 0 for any that is free.

    Raises:
        MailuoError: the port is taken.
    """
    settings = uvicorn.Config(
        app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=2
    )
    server = _Server(settings)
    listening = _listening(port)
    task = asyncio.create_task(server.serve([listening]))
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        world.close()
        server.should_exit = True
        await task
        listening.close()


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        raise MailuoError(f"port {port} is taken; choose another with --port") from error


class _Server(uvicorn.Server):
    """Signals are the command line's business."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _answer(request: Request) -> Response:
    world: World = request.app.state.world
    name = _BY_NAME.get(request.path_params["method"].lower(), "")
    params: Json = {}
    try:
        params = await _params(request)
        body = {"ok": True, "result": await _carried_out(request, name, params)}
        status = 200
    except ApiError as error:
        body, status = error.answer(), error.code
    if name != "getUpdates":
        world.calls.append(Call(name or request.path_params["method"], params, body))
    return JSONResponse(body, status)


async def _carried_out(request: Request, name: str, params: Json) -> Any:
    """What the method gives, unless a fault strikes before or after.

    Raises:
        ApiError: what Telegram would answer.
    """
    world: World = request.app.state.world
    if request.path_params["token"] != world.token:
        raise ApiError(401, "Unauthorized")
    if not name:
        raise ApiError(404, "Not Found: method not found")
    fault: Fault | None = request.app.state.faults.strike(name, params)
    if fault and not fault.after:
        raise fault.error
    result = await METHODS[name][0](world, Params(params))
    if fault:
        raise fault.error
    return result


async def _params(request: Request) -> Json:
    """Parameters from the address and the body, whatever form it has."""
    given: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        try:
            given |= dict(await request.json())
        except (ValueError, TypeError) as error:
            raise bad("can't parse request JSON object") from error
    elif kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        async with request.form() as form:
            given |= {k: v for k, v in form.items() if not isinstance(v, UploadFile)}
    return given
