"""The sandbox on HTTP: the Bot API, the chat page under /, what tests ask under /sandbox."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from bot.sandbox import control, page
from bot.sandbox.api import BOT, FILE, RESET, BotApi
from bot.sandbox.faults import Faults
from bot.sandbox.webhook import bringing
from bot.sandbox.world import World
from bot.web.server import serving

_STATIC = Path(__file__).parent / "static"
_NO_LINGER = struct.pack("ii", 1, 0)  # closing sends RST rather than FIN
_KEEP_ALIVE = 75  # seconds: longer than any client waits before it uses a connection again


class Sandbox(Starlette):
    """The Bot API past all routing; the rest by routes."""

    def __init__(self, world: World, faults: Faults) -> None:
        static = Mount("/", StaticFiles(directory=_STATIC, html=True))
        super().__init__(routes=[*page.routes(), *control.routes(), static])
        self.state.world = world
        self.state.faults = faults
        self._api = BotApi(world, faults)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application."""
        if scope["type"] == "http" and scope["path"].startswith((BOT, FILE)):
            await self._api(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def create_app(world: World, faults: Faults | None = None) -> Starlette:
    """The sandbox as an ASGI application.

    Args:
        world: what it acts on.
        faults: what goes wrong; tests add to it while they run.
    """
    return Sandbox(world, faults or Faults())


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
    how = {"http": _Connection, "timeout_keep_alive": _KEEP_ALIVE}
    async with serving(app, "127.0.0.1", port, option="--port", **how) as address, bringing(world):
        try:
            yield address
        finally:
            world.close()


class _Connection(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
    """A connection that what it serves can cut."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        inner: ASGIApp = self.config.loaded_app

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            cut = False

            def reset() -> None:
                nonlocal cut
                cut = True
                _cut(transport)

            scope.setdefault("extensions", {})[RESET] = reset
            await inner(scope, receive, send)
            while cut and (await receive())["type"] != "http.disconnect":
                pass

        self.app = app


def _cut(transport: asyncio.Transport) -> None:
    """End a connection at once, as a crashed peer or a firewall would."""
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
    transport.abort()
