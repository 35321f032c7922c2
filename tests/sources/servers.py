"""Servers that misbehave, on this machine, and a network on which names lead to them."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager

import httpcore

Writer = asyncio.StreamWriter
Behaviour = Callable[[bytes, Writer], Awaitable[None]]  # what was asked, and where to answer
TLS = b"\x16"  # how it begins
PUBLIC = "93.184.215.14"


class Server:
    """A server of one behaviour that remembers what it was asked."""

    def __init__(self, behave: Behaviour) -> None:
        self._behave = behave
        self.asked: list[bytes] = []
        self.connections = 0
        self.port = 0

    async def answer(self, reader: asyncio.StreamReader, writer: Writer) -> None:
        self.connections += 1
        try:
            first = await reader.readexactly(1)
            if first == TLS:
                return  # as who speaks only HTTP
            request = first + await reader.readuntil(b"\r\n\r\n")
            self.asked.append(request)
            await self._behave(request, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def serving(behave: Behaviour) -> AsyncIterator[Server]:
    """A server on a port of this machine."""
    server = Server(behave)
    running = await asyncio.start_server(server.answer, "127.0.0.1", 0)
    server.port = running.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        running.close()


def answering(status: str = "200 OK", body: bytes = b"", **headers: str) -> Behaviour:
    """Always the same answer; underscores in names of fields stand for hyphens."""
    fields = {"content_length": str(len(body)), "connection": "close"} | headers
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())

    async def behave(_: bytes, writer: Writer) -> None:
        writer.write(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)
        await writer.drain()

    return behave


def redirecting(*steps: tuple[int, str], then: Behaviour | None = None) -> Behaviour:
    """A redirect for each request in turn, then another behaviour."""
    left = list(steps)
    last = then or answering(body=b"arrived")

    async def behave(request: bytes, writer: Writer) -> None:
        if not left:
            return await last(request, writer)
        status, to = left.pop(0)
        return await answering(f"{status} Moved", location=to)(request, writer)

    return behave


class Wires(httpcore.AnyIOBackend):
    """A network whose every public address is one server here; it remembers who was called."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self._port = port
        self.called: list[str] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface's own
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        self.called.append(host)
        return await super().connect_tcp("127.0.0.1", self._port, timeout, None, socket_options)


def names(*answers: Sequence[str]) -> Callable[[str, int], Awaitable[Sequence[str]]]:
    """A resolver that answers in turn, the last answer for ever."""
    left = list(answers)

    async def resolver(host: str, port: int) -> Sequence[str]:
        return left.pop(0) if len(left) > 1 else left[0]

    return resolver


class Handshakes(httpcore.AsyncNetworkBackend):
    """A network on which every encryption fails; it remembers who was called by which name."""

    def __init__(self) -> None:
        self.called: list[tuple[str, str | None]] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface's own
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        return _Unencrypted(host, self.called)


class _Unencrypted(httpcore.AsyncNetworkStream):
    def __init__(self, host: str, called: list[tuple[str, str | None]]) -> None:
        self._host = host
        self._called = called

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface's own
    ) -> httpcore.AsyncNetworkStream:
        self._called.append((self._host, server_hostname))
        raise httpcore.ConnectError("the certificate is not of this name")

    async def aclose(self) -> None:
        pass
