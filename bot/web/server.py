"""An ASGI application on a socket of ours, while a block runs."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from bot.errors import MailuoError

GRACE_SECONDS = 2


class Server(uvicorn.Server):
    """Signals are the command line's business."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


@asynccontextmanager
async def serving(
    app: ASGIApp, host: str, port: int, *, option: str, **settings: Any
) -> AsyncIterator[str]:
    """Serve while the block runs; gives the address.

    Args:
        app: what is served.
        host: the interface; 0.0.0.0 for all.
        port: 0 for any that is free.
        option: where the operator chooses the port, for the words when it is taken.
        settings: of uvicorn, beside ours.

    Raises:
        MailuoError: the port cannot be had.
    """
    listening = _listening(host, port, option)
    config = uvicorn.Config(
        app,
        ws="none",
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        **settings,
    )
    server = Server(config)
    task = asyncio.create_task(server.serve([listening]))
    try:
        yield f"http://{host}:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task
        listening.close()


def _listening(host: str, port: int, option: str) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        raise MailuoError(
            f"port {port} is taken, or not permitted ({error.strerror}): "
            f"choose another with {option}"
        ) from error
    # Connections inherit it. Head and body of an answer are two writes, and the second would wait
    # 40 ms for the first to be acknowledged; asyncio sees to it only on sockets of its own.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
