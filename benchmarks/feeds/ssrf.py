"""(d) Addresses that lead inside are refused before a byte is sent, by whatever way they come.

The table is that of the tests. Somebody listens on every address of this machine and counts; calls
to what is not this machine are counted where they would leave the bot.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import httpcore

from benchmarks.delivery.common import Result
from bot.model.feeds import Failed, Fetched
from bot.sources.fetch import Fetcher
from bot.sources.guard import Resolver
from tests.sources.hostile import HOSTILE, INSIDE, NOWHERE
from tests.sources.servers import PUBLIC, answering, names, redirecting, serving

LEAST = 40
AT = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Listener:
    """Somebody who is not to be called."""

    port: int = 0
    connections: int = 0
    bytes: int = 0

    async def called(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Count, and answer."""
        self.connections += 1
        self.bytes += len(await reader.read(65536))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret")
        writer.close()


class Network(httpcore.AnyIOBackend):
    """The network, on which one public address is a server here; all calls are noted."""

    def __init__(self, public: int = 0) -> None:
        super().__init__()
        self._public = public
        self.inside: list[str] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Call somebody."""
        if host == PUBLIC:
            host, port = "127.0.0.1", self._public
        else:
            self.inside.append(host)
        return await super().connect_tcp(host, port, 1.0, local_address, socket_options)


async def measure(feeds: int = 0) -> Result:
    """Every address of the table, by every way; `feeds` is of no matter here."""
    async with _listening() as listener:
        control = await _control(listener)
        before = listener.connections, listener.bytes
        counts: Counter[str] = Counter()
        for address in HOSTILE:
            counts += await _direct(address.format(port=listener.port))
        redirects = [a for a in HOSTILE if a not in NOWHERE]
        for address in redirects:
            counts += await _redirected(address.format(port=listener.port))
        for address in INSIDE:
            counts += await _named(address, listener.port)
        rebound = await _rebound(listener.port)
        got = listener.connections - before[0], listener.bytes - before[1]
    tried = len(HOSTILE) + len(redirects) + len(INSIDE)
    result = Result(f"SSRF: {tried} ways to what is not to be asked")
    for name, table in (
        ("addresses", HOSTILE),
        ("chains of redirects", redirects),
        ("names that lead there", INSIDE),
    ):
        least = LEAST if table is not INSIDE else 1
        good = counts[name] == len(table) >= least
        result.add(f"{name} refused", counts[name], str(counts[name]), str(len(table)), good)
    result.add("a name that answers differently the second time, refused", rebound,
               "yes" if rebound else "no", "yes", rebound)  # fmt: skip
    calls = counts["calls"]
    result.add("calls that left the bot for them", calls, str(calls), "0", calls == 0)
    result.add("connections to who listens inside", got[0], str(got[0]), "0", got[0] == 0)
    result.add("bytes that it got", got[1], str(got[1]), "0", got[1] == 0)
    result.add("the same, when its host is allowed", control, str(control), "> 0", control > 0)
    return result


@asynccontextmanager
async def _listening() -> AsyncIterator[Listener]:
    """Somebody on every address of this machine."""
    listener = Listener()
    running = await asyncio.start_server(listener.called, "0.0.0.0", 0)
    listener.port = running.sockets[0].getsockname()[1]
    sixth = await _also_sixth(listener)
    try:
        yield listener
    finally:
        for server in filter(None, (running, sixth)):
            server.close()


async def _also_sixth(listener: Listener) -> asyncio.Server | None:
    try:
        return await asyncio.start_server(listener.called, "::1", listener.port)
    except OSError:  # a machine without IPv6
        return None


async def _control(listener: Listener) -> int:
    """How many bytes come when the operator allows the host: so the counting works."""
    host = f"127.0.0.1:{listener.port}"
    async with Fetcher("bench", lambda: AT, [host]) as fetcher:
        assert isinstance(await fetcher.get(f"http://{host}/"), Fetched)
    return listener.bytes


async def _direct(address: str) -> Counter[str]:
    network = Network()
    async with _fetcher(names([PUBLIC]), network) as fetcher:
        refused = isinstance(await fetcher.get(address), Failed)
    return Counter(addresses=refused, calls=len(network.inside))


async def _redirected(address: str) -> Counter[str]:
    """By two redirects of public hosts."""
    to = address.encode().decode("latin-1")
    async with serving(redirecting((302, "http://two.example/"), (301, to))) as public:
        network = Network(public.port)
        async with _fetcher(names([PUBLIC]), network) as fetcher:
            refused = isinstance(await fetcher.get("http://one.example/feed"), Failed)
        refused = refused and len(public.asked) == 2
    return Counter({"chains of redirects": refused, "calls": len(network.inside)})


async def _named(address: str, port: int) -> Counter[str]:
    """By a name that has a public address too."""
    network = Network()
    async with _fetcher(names([PUBLIC, address]), network) as fetcher:
        refused = isinstance(await fetcher.get(f"http://news.example:{port}/"), Failed)
    return Counter({"names that lead there": refused, "calls": len(network.inside)})


async def _rebound(inside: int) -> bool:
    """Whether a name that is public when it is checked cannot be this machine when it is called."""
    async with serving(answering(body=b"feed")) as public:
        network = Network(public.port)
        async with _fetcher(names([PUBLIC], ["127.0.0.1"]), network) as fetcher:
            first = await fetcher.get(f"http://rebind.example:{inside}/feed")
            again = await fetcher.get(f"http://rebind.example:{inside}/feed")
    taken = isinstance(first, Fetched) and first.body == b"feed"
    return taken and isinstance(again, Failed) and not network.inside


def _fetcher(resolver: Resolver, network: Network) -> Fetcher:
    return Fetcher("bench", lambda: AT, resolver=resolver, backend=network)
