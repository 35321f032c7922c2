"""Ways in which a feed's server goes wrong, each with words of the reason that must be told."""

import asyncio
import gzip
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache

Writer = asyncio.StreamWriter

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
_START = b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>'
_BLOCK = b"<item><title>x</title></item>" * 2000
_FOR_EVER = 3600.0


@dataclass(frozen=True, slots=True)
class Fault:
    """What a server does, and what the operator must read of it."""

    behave: Callable[[Writer], Awaitable[None]]
    told: tuple[str, ...]  # one of these stands in the reason


async def _slow(writer: Writer) -> None:
    """Accepts and says nothing."""
    await asyncio.sleep(_FOR_EVER)


async def _drip(writer: Writer) -> None:
    """A byte at a time, always soon enough for a limit between two bytes."""
    writer.write(_HEAD + b"\r\n")
    for at in range(int(_FOR_EVER)):
        writer.write(_START[at % len(_START) :][:1])
        await writer.drain()
        await asyncio.sleep(0.5)


async def _reset(writer: Writer) -> None:
    """Breaks the connection in the middle."""
    writer.write(_HEAD + b"Content-Length: 100000\r\n\r\n" + _START)
    await writer.drain()
    own: socket.socket = writer.get_extra_info("socket")
    own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def _short(writer: Writer) -> None:
    """Announces more than it sends."""
    writer.write(_HEAD + b"Content-Length: 100000\r\n\r\n" + _START)
    await writer.drain()


async def _broken(writer: Writer) -> None:
    """500."""
    writer.write(b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n")
    await writer.drain()


async def _loop(writer: Writer) -> None:
    """Redirects to itself."""
    writer.write(b"HTTP/1.1 302 Found\r\nLocation: ?again\r\nContent-Length: 0\r\n\r\n")
    await writer.drain()


async def _endless(writer: Writer) -> None:
    """A body that never ends."""
    writer.write(_HEAD + b"\r\n" + _START)
    while True:
        writer.write(_BLOCK)
        await writer.drain()


async def _bomb(writer: Writer) -> None:
    """A hundred kilobytes that unpack to a hundred megabytes."""
    packed = _packed()
    length = f"Content-Length: {len(packed)}\r\nContent-Encoding: gzip\r\n\r\n"
    writer.write(_HEAD + length.encode() + packed)
    await writer.drain()


@cache
def _packed() -> bytes:
    return gzip.compress(_START + b" " * (100 * 2**20))


async def _entities(writer: Writer) -> None:
    """A document of entities that would grow beyond all memory."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = f'<!DOCTYPE r [<!ENTITY l0 "ha">{laughs}]><rss><channel>&l9;</channel></rss>'.encode()
    writer.write(_HEAD + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
    await writer.drain()


async def _garbage(writer: Writer) -> None:
    """Speaks something else."""
    writer.write(b"220 ready\r\n" + bytes(range(256)) * 10)
    await writer.drain()


FAULTS = {
    "slow": Fault(_slow, ("no whole answer within",)),
    "drip": Fault(_drip, ("no whole answer within",)),
    "reset": Fault(_reset, ("no connection", "cut off", "not HTTP")),
    "short": Fault(_short, ("not HTTP", "cut off")),
    "broken": Fault(_broken, ("HTTP 500",)),
    "loop": Fault(_loop, ("redirects",)),
    "endless": Fault(_endless, ("larger than",)),
    "bomb": Fault(_bomb, ("larger than",)),
    "entities": Fault(_entities, ("entities",)),
    "garbage": Fault(_garbage, ("not HTTP",)),
}
