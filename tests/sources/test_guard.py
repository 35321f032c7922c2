"""What must not be asked is refused before a byte is sent, whatever it hides behind."""

import asyncio
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import NoReturn

import pytest

from bot.model.feeds import Failed, Fetched
from bot.sources.fetch import Fetcher
from bot.sources.guard import Guard, GuardedBackend, Refused, forbidden
from tests.conftest import still
from tests.sources.hostile import HOSTILE, INSIDE, NOWHERE
from tests.sources.servers import PUBLIC, Handshakes, Wires, answering, names, redirecting, serving

OUTSIDE = (
    f"{PUBLIC} 8.8.8.8 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1".split()
)


def test_the_tables_are_as_long_as_they_should_be() -> None:
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("address", HOSTILE)
async def test_a_hostile_address_is_refused_before_a_byte_is_sent(address: str) -> None:
    async with serving(answering(body=b"secret")) as server:
        wires = Wires(server.port)
        fetcher = Fetcher("t", still, resolver=names([PUBLIC]), backend=wires)
        async with fetcher:
            result = await fetcher.get(address.format(port=server.port))
        assert isinstance(result, Failed)
        assert result.reason
        assert [server.connections, wires.called] == [0, []]


@pytest.mark.parametrize("address", [a for a in HOSTILE if a not in NOWHERE])
async def test_a_redirect_to_it_is_not_followed(address: str) -> None:
    async with serving(answering(body=b"secret")) as target:
        to = address.format(port=target.port)
        steps = (302, "http://two.example/"), (301, to.encode().decode("latin-1"))
        async with serving(redirecting(*steps)) as start:
            wires = Wires(start.port)
            fetcher = Fetcher("t", still, resolver=names([PUBLIC]), backend=wires)
            async with fetcher:
                result = await fetcher.get("http://one.example/feed")
            assert isinstance(result, Failed), result
            assert len(start.asked) == 2
            assert target.connections == 0
            assert wires.called == [PUBLIC, PUBLIC]


@pytest.mark.parametrize("address", INSIDE)
async def test_a_name_that_leads_inside_is_refused(address: str) -> None:
    assert forbidden(address)
    async with serving(answering(body=b"secret")) as server:
        wires = Wires(server.port)
        # one public address beside it does not make it better
        fetcher = Fetcher("t", still, resolver=names([PUBLIC, address]), backend=wires)
        async with fetcher:
            result = await fetcher.get(f"https://news.example:{server.port}/")
        assert isinstance(result, Failed)
        assert "news.example is" in result.reason
        assert wires.called == []


@pytest.mark.parametrize("address", OUTSIDE)
def test_the_open_internet_is_open(address: str) -> None:
    assert forbidden(address) == ""


async def test_a_name_that_answers_twice_differently_gains_nothing() -> None:
    async with serving(answering(body=b"feed")) as server:
        wires = Wires(server.port)
        resolver = names([PUBLIC], ["127.0.0.1"])
        fetcher = Fetcher("t", still, resolver=resolver, backend=wires)
        async with fetcher:
            once = await fetcher.get("http://rebind.example/feed")
            again = await fetcher.get("http://rebind.example/feed")
        assert isinstance(once, Fetched)
        assert once.body == b"feed"
        assert wires.called == [PUBLIC]  # the address that was checked, not the name again
        assert b"Host: rebind.example\r\n" in server.asked[0]
        assert again == Failed("no connection: rebind.example is 127.0.0.1: it is this machine")


async def test_names_that_nobody_answers_for_hold_up_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(1))  # where the questions of readers are worked on
    hangs, answered = asyncio.Event(), threading.Event()

    def hanging(*_: object, **__: object) -> NoReturn:
        loop.call_soon_threadsafe(hangs.set)
        answered.wait(60)
        raise socket.gaierror(-3, "no answer")

    monkeypatch.setattr("socket.getaddrinfo", hanging)
    async with Fetcher("t", still) as fetcher:
        asked = asyncio.create_task(fetcher.get("http://dead.example/"))
        await hangs.wait()
        try:
            await asyncio.wait_for(asyncio.to_thread(int), 5)
        finally:
            answered.set()
        assert isinstance(await asked, Failed)


async def test_encryption_speaks_to_the_name_while_the_call_goes_to_the_address() -> None:
    wires = Handshakes()
    async with Fetcher("t", still, resolver=names([PUBLIC]), backend=wires) as fetcher:
        result = await fetcher.get("https://news.example/feed")
    assert result == Failed("no connection: the certificate is not of this name")
    assert wires.called == [(PUBLIC, "news.example")]


async def test_an_allowed_host_is_asked_and_no_other() -> None:
    async with serving(answering(body=b"feed")) as server, serving(answering()) as other:
        fetcher = Fetcher("t", still, allowed=[f"127.0.0.1:{server.port}"])
        async with fetcher:
            assert isinstance(await fetcher.get(f"http://127.0.0.1:{server.port}/"), Fetched)
            assert isinstance(await fetcher.get(f"http://127.0.0.1:{other.port}/"), Failed)
            assert isinstance(await fetcher.get(f"http://127.1:{server.port}/"), Failed)
        assert other.connections == 0


async def test_a_redirect_from_outside_does_not_reach_an_allowed_host() -> None:
    async with serving(answering(body=b"secret")) as inside:
        home = f"127.0.0.1:{inside.port}"
        async with serving(redirecting((301, f"http://{home}/api"))) as outside:
            wires = Wires(outside.port)
            fetcher = Fetcher("t", still, [home], resolver=names([PUBLIC]), backend=wires)
            async with fetcher:
                result = await fetcher.get("http://news.example/")
        assert result == Failed("a redirect from outside to an allowed host")
        assert inside.connections == 0


async def test_an_allowed_name_may_lead_inside() -> None:
    async with serving(answering(body=b"feed")) as server:
        fetcher = Fetcher("t", still, ["rsshub.lan"], resolver=names(["127.0.0.1"]))
        async with fetcher:
            found = await fetcher.get(f"http://RSSHub.lan:{server.port}/zhihu")
    assert isinstance(found, Fetched)


async def test_no_socket_of_the_machine_is_opened() -> None:
    with pytest.raises(Refused):
        await GuardedBackend(Guard()).connect_unix_socket("/run/docker.sock")
