"""The Bot API on HTTP, /bot<token>/<method> and /file/bot<token>/<path>: the short way past all
routing, for a measurement sends tens of thousands of messages through it.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from bot.sandbox.core import Call
from bot.sandbox.errors import ApiError, CutError, bad
from bot.sandbox.faults import SENDING, Fault, Faults
from bot.sandbox.files import Upload
from bot.sandbox.methods import METHODS
from bot.sandbox.params import Params
from bot.sandbox.updates import Json
from bot.sandbox.world import World

BOT, FILE = "/bot", "/file/bot"
RESET = "sandbox.reset"  # the server's extension: a function that cuts the connection
_BY_NAME = {name.lower(): name for name in METHODS}
_OCTETS = "application/octet-stream"


class BotApi:
    """The Bot API on a world."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world = world
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application.

        Raises:
            CutError: the connection is to end without an answer, and there is none to be cut.
        """
        request = Request(scope, receive)
        path: str = scope["path"]
        try:
            answer = self._file(path) if path.startswith(FILE) else await self._call(path, request)
        except ClientDisconnect:
            return  # the bot was killed while it asked
        except CutError:
            cut: Callable[[], None] | None = scope.get("extensions", {}).get(RESET)
            if cut is None:
                raise
            cut()
            return
        await answer(scope, receive, send)

    async def _call(self, path: str, request: Request) -> Response:
        token, _, method = path.removeprefix(BOT).partition("/")
        name = _BY_NAME.get(method.lower(), "")
        params: Json = {}
        try:
            params = await _params(request)
            body = {"ok": True, "result": await self._carried_out(token, name, params)}
            status = 200
        except ApiError as error:
            body, status = error.answer(), error.code
        if name != "getUpdates":
            self._world.called(Call(name or method, params, body))
        return JSONResponse(body, status)

    async def _carried_out(self, token: str, name: str, params: Json) -> Any:
        """What the method gives, unless a fault strikes before or after.

        Raises:
            ApiError: what Telegram would answer.
            CutError: nothing is answered.
        """
        if token != self._world.token:
            raise ApiError(401, "Unauthorized")
        if not name:
            raise ApiError(404, "Not Found: method not found")
        chat_id = self._chat_id(name, params)
        if chat_id is not None:
            self._world.traffic.arrives(chat_id)
        fault = self._faults.strike(name, params)
        if fault and not fault.after:
            await self._strike(fault, chat_id)
        result = await METHODS[name][0](self._world, Params(params))
        if fault and fault.after:
            await self._strike(fault, chat_id)
        return result

    def _chat_id(self, name: str, params: Json) -> int | None:
        """The chat that a message is for; None for any other call."""
        chat = self._world.find(params.get("chat_id", "")) if name in SENDING else None
        return None if chat is None else chat.id

    async def _strike(self, fault: Fault, chat_id: int | None) -> None:
        """A fault, as far as it goes; one that only delays lets the call go on."""
        if fault.delay:
            await self._world.pause(fault.delay)
        if fault.reset:
            raise CutError("the sandbox cut the connection")
        if fault.error is None:
            return
        seconds = fault.error.parameters.get("retry_after")
        if seconds is not None and chat_id is not None:
            self._world.traffic.hold(chat_id, seconds)
        raise fault.error

    def _file(self, path: str) -> Response:
        token, _, name = path.removeprefix(FILE).partition("/")
        if token != self._world.token:
            return JSONResponse(ApiError(401, "Unauthorized").answer(), 401)
        try:
            return Response(self._world.files.get(name.removeprefix("files/")).data, 200)
        except ApiError:
            return JSONResponse(ApiError(404, "Not Found").answer(), 404)


async def _params(request: Request) -> Json:
    """Parameters from the address and the body, whatever form it has."""
    given: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        try:
            given |= dict(await request.json())
        except (ValueError, TypeError) as error:
            raise bad("can't parse request JSON object") from error
    elif kind.startswith("application/x-www-form-urlencoded"):
        body = (await request.body()).decode("utf-8", "replace")
        given |= dict(parse_qsl(body, keep_blank_values=True))
    elif kind.startswith("multipart/form-data"):
        async with request.form() as form:
            for name, value in form.items():
                given[name] = await _upload(value) if isinstance(value, UploadFile) else value
    return given


async def _upload(file: UploadFile) -> Upload:
    return Upload(file.filename or "file", file.content_type or _OCTETS, await file.read())
