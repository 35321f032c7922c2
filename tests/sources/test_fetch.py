"""Fetching is polite, and survives whatever servers do: each comes to a result with a reason."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from bot.model.feeds import Failed, Fetched, FetchResult, Gone, NotModified, Validators
from bot.sources.fetch import Fetcher, Limits
from tests.conftest import still
from tests.sources.servers import (
    PUBLIC,
    Behaviour,
    Server,
    Wires,
    Writer,
    answering,
    names,
    redirecting,
    serving,
)

HERE = "http://news.example/feed"
QUICK = Limits(bytes=2**20, seconds=0.5)
KNOWN = Validators('"a1"', "Tue, 30 Nov 2021 15:51:14 GMT")


@asynccontextmanager
async def fetching(
    behave: Behaviour, limits: Limits = QUICK
) -> AsyncIterator[tuple[Server, Fetcher]]:
    """A server that is the whole network, and a fetcher on it."""
    async with serving(behave) as server:
        wires = Wires(server.port)
        fetcher = Fetcher(
            "Mailuo (+mailto:a@b.cn)", still, limits=limits, resolver=names([PUBLIC]), backend=wires
        )
        async with fetcher:
            yield server, fetcher


async def result(
    behave: Behaviour, validators: Validators | None = None, limits: Limits = QUICK
) -> FetchResult:
    async with fetching(behave, limits) as (_, fetcher):
        return await fetcher.get(HERE, validators)


def packed(body: bytes, encoding: str = "gzip") -> Behaviour:
    return answering(body=body, content_encoding=encoding)


# ---------------------------------------------------------------- polite


async def test_it_says_who_asks_what_it_knows_and_what_it_can_read() -> None:
    async with fetching(answering(body=b"x")) as (server, fetcher):
        await fetcher.get(HERE, KNOWN)
    asked = server.asked[0].decode()
    for line in (
        "GET /feed HTTP/1.1",
        "Host: news.example",
        "User-Agent: Mailuo (+mailto:a@b.cn)",
        "Accept-Encoding: gzip, deflate",
        'If-None-Match: "a1"',
        "If-Modified-Since: Tue, 30 Nov 2021 15:51:14 GMT",
    ):
        assert f"{line}\r\n" in asked


async def test_a_body_comes_with_what_to_ask_next_time() -> None:
    found = await result(
        answering(
            body=b"feed",
            content_type="text/xml",
            etag='W/"b2"',
            last_modified="Wed, 01 Dec 2021 00:00:00 GMT",
            cache_control="public, max-age=900",
        )
    )
    validators = Validators('W/"b2"', "Wed, 01 Dec 2021 00:00:00 GMT")
    assert found == Fetched(b"feed", "text/xml", HERE, "", validators, 900.0)


@pytest.mark.parametrize("rule", ["no-cache, max-age=900", "no-store", "max-age=soon", ""])
async def test_what_is_not_fresh_has_no_age(rule: str) -> None:
    found = await result(answering(cache_control=rule))
    assert isinstance(found, Fetched)
    assert found.max_age == 0


async def test_nothing_new_is_said_once_asked() -> None:
    behave = answering("304 Not Modified", cache_control="max-age=60", etag='"a1"')
    assert await result(behave, KNOWN) == NotModified("", Validators('"a1"'), 60.0)
    assert await result(behave) == Failed("HTTP 304", status=304)


async def test_a_validator_that_cannot_be_sent_is_not_kept() -> None:
    found = await result(answering(etag="x" * 5000, last_modified="\xe4\xf6"))
    assert isinstance(found, Fetched)
    assert found.validators == Validators("", "Ã¤Ã¶")


async def test_gone_is_gone() -> None:
    assert await result(answering("410 Gone")) == Gone()
    assert await result(redirecting((301, "/new"), then=answering("410 Gone"))) == Gone()
    passing = redirecting((302, "/new"), then=answering("410 Gone"))
    assert await result(passing) == Failed("HTTP 410", status=410)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120.0),
        ("Tue, 07 Dec 2021 04:05:00 GMT", 300.0),  # the clock stands at 04:00
        ("Tue, 07 Dec 2021 03:00:00 GMT", 0.0),
        ("soon", 0.0),
        ("-1", 0.0),
        ("9" * 400, 0.0),
    ],
)
async def test_a_server_may_ask_to_be_left_alone(said: str, seconds: float) -> None:
    assert await result(answering("429 Too Many", retry_after=said)) == Failed(
        "HTTP 429", seconds, 429
    )


@pytest.mark.parametrize(
    ("steps", "moved_to"),
    [
        ([(301, "/a")], "http://news.example/a"),
        ([(308, "http://b.example/"), (301, "/c#d")], "http://b.example/c"),
        ([(302, "/a")], ""),
        ([(301, "/a"), (302, "/b")], "http://news.example/a"),
        ([(307, "/a"), (301, "/b")], ""),
        ([(303, "?x=新")], ""),
    ],
)
async def test_a_move_for_good_is_told(steps: list[tuple[int, str]], moved_to: str) -> None:
    found = await result(redirecting(*steps))
    assert isinstance(found, Fetched)
    assert (found.body, found.moved_to) == (b"arrived", moved_to)


class Hub:
    """A server that answers when two ask it, and knows how many did at once."""

    def __init__(self) -> None:
        self.most = self._now = 0
        self._both = asyncio.Event()

    async def __call__(self, request: bytes, writer: Writer) -> None:
        self._now += 1
        self.most = max(self.most, self._now)
        if self._now == 2:
            self._both.set()
        await asyncio.wait_for(self._both.wait(), 5)
        self._now -= 1
        await answering(body=b"x")(request, writer)


@pytest.mark.parametrize("address", [HERE, "http://news.example./feed", "http://NEWS.example:8080"])
async def test_one_host_is_not_asked_for_much_at_once(address: str) -> None:
    hub = Hub()
    async with fetching(hub, Limits(per_host=2)) as (_, fetcher):
        asked = [fetcher.get(f"{at}/{i}") for i in range(4) for at in (HERE, address)]
        assert all(isinstance(one, Fetched) for one in await asyncio.gather(*asked))
    assert hub.most == 2


async def test_nor_is_a_host_that_many_others_lead_to() -> None:
    hub = Hub()

    async def behave(request: bytes, writer: Writer) -> None:
        away = answering("302 Found", location="http://hub.example/")
        await (hub if b"Host: hub." in request else away)(request, writer)

    async with fetching(behave, Limits(per_host=2)) as (_, fetcher):
        asked = [fetcher.get(f"http://n{i}.example/") for i in range(8)]
        assert all(isinstance(one, Fetched) for one in await asyncio.gather(*asked))
    assert hub.most == 2


async def test_hosts_that_lead_to_each_other_do_not_wait_for_each_other() -> None:
    async def behave(request: bytes, writer: Writer) -> None:
        to = "http://b.example/" if b"Host: a." in request else "http://a.example/"
        await answering("302 Found", location=to)(request, writer)

    async with fetching(behave, Limits(per_host=1, at_once=2)) as (_, fetcher):
        asked = [fetcher.get(f"http://{name}.example/") for name in "abab"]
        found = await asyncio.wait_for(asyncio.gather(*asked), 10)
    assert set(found) == {Failed("more than 5 redirects")}


async def test_all_redirects_together_have_so_much_time() -> None:
    async def behave(request: bytes, writer: Writer) -> None:
        await asyncio.sleep(QUICK.seconds * 0.6)
        await answering("302 Found", location=HERE)(request, writer)

    async with fetching(behave) as (server, fetcher):
        assert await fetcher.get(HERE) == Failed("no whole answer within 0.5 seconds")
    assert len(server.asked) <= 2  # or it would have followed five times


async def test_a_host_is_forgotten_when_nobody_asks_it() -> None:
    async with fetching(answering(body=b"x")) as (_, fetcher):
        await asyncio.gather(*(fetcher.get(f"http://n{i}.example/") for i in range(9)))
        assert len(fetcher._hosts) == 0


async def test_a_connection_that_never_begins_to_speak_is_closed() -> None:
    closed = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: Writer) -> None:
        while await reader.read(9999):
            pass
        closed.set()
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    at = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server, Fetcher("t", still, [at], Limits(seconds=1)) as fetcher:
        found = await fetcher.get(f"https://{at}/")
        assert isinstance(found, Failed)
        assert "no connection within 0.33 seconds" in found.reason
        await asyncio.wait_for(closed.wait(), 5)


# ---------------------------------------------------------------- packed


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(b"feed"), "gzip"),
        (gzip.compress(b"feed"), "X-GZip"),
        (gzip.compress(b"feed") + b"\0\0", "gzip"),
        (zlib.compress(b"feed"), "deflate"),
        (zlib.compress(b"feed")[2:-4], "deflate"),
        (b"feed", "identity"),
        (b"feed", ""),
    ],
    ids=["gzip", "x-gzip", "padded", "zlib", "bare deflate", "identity", "unnamed"],
)
async def test_a_packed_body_is_unpacked(body: bytes, encoding: str) -> None:
    found = await result(packed(body, encoding))
    assert isinstance(found, Fetched)
    assert found.body == b"feed"


@pytest.mark.parametrize(
    ("body", "encoding", "reason"),
    [
        (gzip.compress(b"\0" * 30 * 2**20, 9), "gzip", "larger than 1 MiB"),
        (zlib.compress(b"\0" * 30 * 2**20, 9), "deflate", "larger than 1 MiB"),
        (gzip.compress(b"feed" * 99)[:-9], "gzip", "cut off"),
        (b"feed", "gzip", "damaged"),
        (b"feed", "br", "not asked for"),
        (gzip.compress(gzip.compress(b"feed")), "gzip, gzip", "not asked for"),
    ],
    ids=["bomb", "deflate bomb", "cut", "damaged", "br", "twice"],
)
async def test_a_body_packed_badly_is_refused(body: bytes, encoding: str, reason: str) -> None:
    found = await result(packed(body, encoding), limits=Limits(bytes=2**20, seconds=10))
    assert isinstance(found, Failed)
    assert reason in found.reason


# ---------------------------------------------------------------- misbehaving


def sending(*pieces: bytes, ending: str = "close") -> Behaviour:
    """Some bytes, then the end, a reset, or nothing more at all."""

    async def behave(_: bytes, writer: Writer) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        if ending == "reset":
            writer.transport.abort()
        elif ending == "never":
            await asyncio.sleep(60)

    return behave


def endless(head: bytes, piece: bytes, pause: float = 0.0) -> Behaviour:
    async def behave(_: bytes, writer: Writer) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return behave


OK = b"HTTP/1.1 200 OK\r\n"
MISBEHAVING: dict[str, tuple[Behaviour, str]] = {
    "silent": (sending(ending="never"), "within 0.5 seconds"),
    "slow drip of the head": (endless(OK, b"x: y\r\n", 0.02), "within|not HTTP"),
    "slow drip of the body": (endless(OK + b"\r\n", b"x", 0.02), "within 0.5 seconds"),
    "endless head": (endless(OK, b"x: y\r\n" * 500), "not HTTP"),
    "endless body": (endless(OK + b"\r\n", b"x" * 65536), "larger than 1 MiB"),
    "endless chunks": (
        endless(OK + b"transfer-encoding: chunked\r\n\r\n", b"ffff\r\n" + b"x" * 65535 + b"\r\n"),
        "larger than 1 MiB",
    ),
    "closed at once": (sending(), "not HTTP|no connection"),
    "reset at once": (sending(ending="reset"), "no connection|not HTTP"),
    "reset in the middle": (
        sending(OK + b"content-length: 99\r\n\r\nx", ending="reset"),
        "no connection|not HTTP",
    ),
    "shorter than it said": (sending(OK + b"content-length: 99\r\n\r\nx"), "not HTTP"),
    "chunks never ended": (
        sending(OK + b"transfer-encoding: chunked\r\n\r\n5\r\nabcde\r\n"),
        "not HTTP",
    ),
    "a length that is none": (sending(OK + b"content-length: -1\r\n\r\nx"), "not HTTP"),
    "two lengths": (sending(OK + b"content-length: 1\r\ncontent-length: 2\r\n\r\nx"), "not HTTP"),
    "not HTTP": (sending(b"SSH-2.0-OpenSSH_9\r\n"), "not HTTP"),
    "500": (answering("500 Oops", b"x"), "HTTP 500"),
    "404": (answering("404 Not Found"), "HTTP 404"),
    "204": (answering("204 No Content"), "HTTP 204"),
    "206": (answering("206 Partial", b"x"), "HTTP 206"),
    "999": (answering("999 Odd"), "HTTP 999|not HTTP"),
    "a redirect to itself": (answering("302 Found", location=HERE), "more than 5 redirects"),
    "a redirect to nowhere": (answering("301 Moved"), "to nowhere"),
    "a redirect to no address": (answering("301 M", location="http://[1"), "host|address"),
    "a redirect to a mad port": (answering("301 M", location="http://a:99999/"), "port 99999"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISBEHAVING)
async def test_a_misbehaving_server_is_a_reason(name: str) -> None:
    behave, reason = MISBEHAVING[name]
    found = await result(behave)
    assert isinstance(found, Failed), found
    assert any(part in found.reason for part in reason.split("|")), found.reason


async def test_a_length_too_small_ends_the_body() -> None:
    found = await result(sending(OK + b"content-length: 4\r\n\r\nfeed and much more"))
    assert isinstance(found, Fetched)
    assert found.body == b"feed"


async def test_a_name_that_nobody_knows_is_a_reason() -> None:
    async def nobody(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    async with Fetcher("t", still, resolver=nobody) as fetcher:
        found = await fetcher.get(HERE)
    assert found == Failed("no connection: the name news.example is not known: no such name")


@pytest.mark.parametrize("to", ["http://xn--/", "http://xn--a.example/", "http://xn--i-7iq.ws/"])
async def test_a_host_that_cannot_be_read_is_asked_for_by_its_name(to: str) -> None:
    async with fetching(redirecting((302, to))) as (server, fetcher):
        for address in (HERE, to):
            found = await fetcher.get(address)
            assert isinstance(found, Fetched)
            assert found.url == to
        assert isinstance(await fetcher.step(to), Fetched)
    assert f"Host: {httpx.URL(to).netloc.decode()}\r\n".encode() in server.asked[1]


async def test_a_name_without_addresses_is_a_reason() -> None:
    async with Fetcher("t", still, resolver=names([])) as fetcher:
        assert await fetcher.get(HERE) == Failed("no connection: news.example has no address")


async def test_few_large_bodies_are_read_at_once() -> None:
    half, rest = OK + b"content-length: 3000\r\n\r\n" + b"x" * 2000, asyncio.Event()
    begun = 0

    async def behave(_: bytes, writer: Writer) -> None:
        nonlocal begun
        writer.write(half)
        await writer.drain()
        begun += 1
        if begun == 2:
            rest.set()
        await rest.wait()
        writer.write(b"x" * 1000)
        await writer.drain()

    limits = Limits(large=1000, large_at_once=1, seconds=10)
    async with fetching(behave, limits) as (_, fetcher):
        found = await asyncio.gather(*(fetcher.get(f"http://{n}.example/") for n in range(2)))
        assert [len(f.body) for f in found if isinstance(f, Fetched)] == [3000, 3000]
        assert not fetcher._large.locked()


async def test_bad_servers_do_not_hold_up_a_good_one() -> None:
    async with fetching(sending(ending="never"), QUICK) as (_, slow):
        stuck = asyncio.gather(*(slow.get(f"http://{i}.example/") for i in range(20)))
        assert isinstance(await result(answering(body=b"feed")), Fetched)
        assert all(isinstance(one, Failed) for one in await stuck)
