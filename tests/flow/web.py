"""A web of one server on this machine: a page for each path, some of which misbehave."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tests.sources.servers import Behaviour, Server, Writer, answering, serving

OK = b"HTTP/1.1 200 OK\r\n"


@dataclass
class Site:
    """A page: what answers there."""

    behave: Behaviour

    @staticmethod
    def faults() -> dict[str, "Site"]:
        """Servers that are slow, reset, lie, loop, are endless or hold no feed, by their paths."""
        bomb = gzip.compress(b"\0" * 2_000_000)
        return {
            "/slow": Site(_never),
            "/drip": Site(_drip),
            "/reset": Site(_reset),
            "/lies": Site(answering(body=b"<rss/>", content_length="9999")),
            "/500": Site(answering("500 Oops")),
            "/404": Site(answering("404 No")),
            "/410": Site(answering("410 Gone")),
            "/loop": Site(answering("302 Found", location="/loop")),
            "/nowhere": Site(answering("302 Found")),
            "/inside": Site(answering("302 Found", location="http://127.0.0.1:1/")),
            "/huge": Site(answering(body=b"<rss>" + b" " * 400_000)),
            "/bomb": Site(answering(body=bomb, content_encoding="gzip")),
            "/garbage": Site(_garbage),
            "/page": Site(answering(body=b"<html><body>news</body></html>")),
            "/empty": Site(answering()),
        }


def feed(
    *titles: str,
    text: str = "",
    etag: str = '"1"',
    name: str = "晨报",
    date: str = "Thu, 02 Dec 2021 09:00:00 +0800",
    link: str = "http://news.example.cn/",
) -> Site:
    """A feed with an entry for each title that knows when nothing is new.

    Args:
        titles: of its entries; the GUID of each.
        text: of each; something about the title where it is empty.
        etag: of the document; none where it is empty.
        name: of the feed.
        date: of each entry.
        link: where each entry's page lies, followed by its number.
    """
    items = "".join(
        f"<item><title>{t}</title><guid>{t}</guid><link>{link}{n}</link>"
        f"<pubDate>{date}</pubDate><description>"
        f"{text or f'{t}。记者12月2日从有关方面获悉，{t}。'}</description></item>"
        for n, t in enumerate(titles)
    )
    body = f'<rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'.encode()

    async def behave(request: bytes, writer: Writer) -> None:
        if etag and f"If-None-Match: {etag}\r\n".encode() in request:
            await answering("304 Not Modified", etag=etag)(request, writer)
        elif etag:
            await answering(body=body, etag=etag)(request, writer)
        else:
            await answering(body=body)(request, writer)

    return Site(behave)


class Web:
    """What was asked of the server, and where its pages are."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._change = asyncio.Event()

    @property
    def hosts(self) -> list[str]:
        return [f"127.0.0.1:{self._server.port}"]

    @property
    def asked(self) -> list[bytes]:
        return self._server.asked

    @property
    def paths(self) -> list[str]:
        return [_path(request) for request in self._server.asked]

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self._server.port}{path}"

    def tell(self) -> None:
        self._change.set()

    async def asked_again(self) -> None:
        """Wait for the next request."""
        self._change.clear()
        async with asyncio.timeout(60):
            await self._change.wait()


@asynccontextmanager
async def serving_web(pages: dict[str, Site]) -> AsyncIterator[Web]:
    """The pages, which may change while the block runs."""
    webs: list[Web] = []

    async def behave(request: bytes, writer: Writer) -> None:
        webs[0].tell()
        page = pages.get(_path(request)) or Site(answering("404 Not Found"))
        await page.behave(request, writer)

    async with serving(behave) as server:
        webs.append(Web(server))
        yield webs[0]


def _path(request: bytes) -> str:
    return request.split(b" ", 2)[1].decode()


async def _never(_: bytes, writer: Writer) -> None:
    await asyncio.sleep(60)


async def _drip(_: bytes, writer: Writer) -> None:
    writer.write(OK + b"content-length: 100000\r\n\r\n")
    while True:
        writer.write(b"<")
        await writer.drain()
        await asyncio.sleep(0.02)


async def _reset(_: bytes, writer: Writer) -> None:
    writer.write(OK + b"content-length: 99\r\n\r\n<rss>")
    await writer.drain()
    writer.transport.abort()


async def _garbage(_: bytes, writer: Writer) -> None:
    writer.write(b"\x16\x03\x01\x02\x00\x01 what?\r\n\r\n")
    await writer.drain()
