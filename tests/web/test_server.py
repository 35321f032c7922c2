"""How an application is served."""

import socket
from typing import Any

import httpx
from starlette.responses import PlainTextResponse
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from bot.web.server import serving


async def test_the_second_part_of_an_answer_does_not_wait_for_the_first() -> None:
    at_once = []

    class Looked(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            connection = transport.get_extra_info("socket")
            at_once.append(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    app = PlainTextResponse("到了")
    served = serving(app, "127.0.0.1", 0, option="", http=Looked)
    async with served as address, httpx.AsyncClient() as client:
        assert (await client.get(address)).text == "到了"
    assert all(at_once)
    assert at_once
