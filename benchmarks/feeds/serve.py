"""A server of made-up feeds, in a process of its own: `python -m benchmarks.feeds.serve`.

It answers on every address of this machine, so that each feed has a host of its own, and prints its
port. The path says how it behaves: `/feed/7` is a healthy feed, others are in `FAULTS`. With
`--moving` a healthy feed has one entry more each time it is asked.
"""

import argparse
import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from benchmarks.feeds.documents import document
from benchmarks.feeds.faulty import FAULTS


@dataclass(frozen=True, slots=True)
class Served:
    """A document as it goes over the wire, and what stands for it when nothing is new."""

    etag: str
    whole: bytes
    unchanged: bytes


def prepared(feed: int, feeds: int, now: datetime, first: int = 0) -> Served:
    """Both answers of a healthy feed."""
    body, kind = document(feed, feeds, now, first)
    etag = f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
    modified = format_datetime(now, usegmt=True)
    known = f"ETag: {etag}\r\nLast-Modified: {modified}\r\n"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{known}\r\n"
    return Served(etag, head.encode() + body, f"HTTP/1.1 304 Not Modified\r\n{known}\r\n".encode())


class Server:
    """Answers for all feeds."""

    def __init__(self, feeds: int, now: datetime, *, moving: bool = False) -> None:
        self._feeds = [prepared(n, feeds, now) for n in range(feeds)]
        self._now = now
        self._moving = moving
        self._first = [0] * feeds

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer requests on a connection until it ends."""
        try:
            while True:
                request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                _, kind, number = request.split(" ", 2)[1].split("/")
                if kind != "feed":
                    await FAULTS[kind].behave(writer)
                    break
                if self._moving:
                    self._move(int(number))
                self._answer(request, self._feeds[int(number)], writer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def _move(self, feed: int) -> None:
        self._first[feed] += 1
        self._feeds[feed] = prepared(feed, len(self._feeds), self._now, self._first[feed])

    def _answer(self, request: str, served: Served, writer: asyncio.StreamWriter) -> None:
        known = f"if-none-match: {served.etag}\r\n" in request.lower()
        writer.write(served.unchanged if known else served.whole)


async def serve(feeds: int, tell: Callable[[int], None], *, moving: bool = False) -> None:
    """Serve until cancelled, and tell the port."""
    server = Server(feeds, datetime.now(UTC), moving=moving)
    listening = await asyncio.start_server(server.connected, "0.0.0.0", 0, backlog=4096)
    tell(listening.sockets[0].getsockname()[1])
    await listening.serve_forever()


def main() -> None:
    """Serve some feeds until terminated."""
    parser = argparse.ArgumentParser("python -m benchmarks.feeds.serve", description=__doc__)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--moving", action="store_true")
    given = parser.parse_args()
    asyncio.run(serve(given.feeds, lambda port: print(port, flush=True), moving=given.moving))


if __name__ == "__main__":
    main()
