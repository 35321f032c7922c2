"""Leave by robots.txt, as RFC 9309 reads it."""

import threading
import tracemalloc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.fetch import Fetcher, Limits
from bot.sources.robots import Leave, Robots, Rules, rules_for
from tests.sources.servers import PUBLIC, Behaviour, Server, Wires, answering, names, serving
from tests.writing import NOW

AGENT = "Mailuo"
PAGE = "http://news.example/a/1.html"


def allowed(text: str, path: str, agent: str = AGENT) -> bool:
    return rules_for(text, agent).allow(path)


# Text, path, and whether it may be read.
CASES = {
    "nothing said": ("", "/a", True),
    "no word of us": ("User-agent: other\nDisallow: /", "/a", True),
    "everybody, us too": ("User-agent: *\nDisallow: /", "/a", False),
    "nothing forbidden": ("User-agent: *\nDisallow:", "/a", True),
    "the file itself is always allowed": ("User-agent: *\nDisallow: /", "/robots.txt", True),
    "our group, not everybody's": (
        "User-agent: *\nDisallow: /\n\nUser-agent: mailuo\nDisallow: /b",
        "/a",
        True,
    ),
    "ours forbids": (
        "User-agent: mailuo\nDisallow: /a\n\nUser-agent: *\nAllow: /",
        "/a/1",
        False,
    ),
    "an empty group of ours": (
        "User-agent: mailuo\nDisallow:\n\nUser-agent: *\nDisallow: /",
        "/a",
        True,
    ),
    "letters of any size": ("USER-AGENT: MAILUO\nDISALLOW: /a", "/a", False),
    "a version behind the name": ("User-agent: Mailuo/2.0\nDisallow: /a", "/a", False),
    "a longer name is another": ("User-agent: mailuobot\nDisallow: /a", "/a", True),
    "a group of several names": (
        "User-agent: other\nUser-agent: mailuo\nDisallow: /a",
        "/a",
        False,
    ),
    "a group ends with its rules": (
        "User-agent: mailuo\nDisallow: /a\nUser-agent: other\nDisallow: /b",
        "/b",
        True,
    ),
    "two groups of one name are one": (
        "User-agent: mailuo\nDisallow: /a\n\nUser-agent: mailuo\nDisallow: /b",
        "/a",
        False,
    ),
    "other lines do not end a group": (
        "User-agent: mailuo\nCrawl-delay: 5\nSitemap: http://x/y\n\nUser-agent: *\nDisallow: /a",
        "/a",
        False,
    ),
    "the longest match": (
        "User-agent: *\nDisallow: /news\nAllow: /news/public",
        "/news/public/1",
        True,
    ),
    "the longest match, whatever the order": (
        "User-agent: *\nAllow: /news\nDisallow: /news/closed\nAllow: /",
        "/news/closed/1",
        False,
    ),
    "as long: allowed": ("User-agent: *\nDisallow: /page\nAllow: /page", "/page", True),
    "the beginning of a path": ("User-agent: *\nDisallow: /fish", "/fishheads/yummy", False),
    "not in its middle": ("User-agent: *\nDisallow: /fish", "/a/fish", True),
    "paths have small and large letters": ("User-agent: *\nDisallow: /fish", "/Fish", True),
    "a folder is not the file": ("User-agent: *\nDisallow: /fish/", "/fish", True),
    "a star": ("User-agent: *\nDisallow: /*.php", "/a/b.php?c=1", False),
    "a star that fits nothing": ("User-agent: *\nDisallow: /*.php", "/a/b.html", True),
    "a star at the end": ("User-agent: *\nDisallow: /fish*", "/fish.html", False),
    "a star may be nothing": ("User-agent: *\nDisallow: /a*b", "/ab", False),
    "the end": ("User-agent: *\nDisallow: /*.php$", "/a.php", False),
    "not the end": ("User-agent: *\nDisallow: /*.php$", "/a.php?b", True),
    "the end without a star": ("User-agent: *\nDisallow: /a$", "/ab", True),
    "the end again": ("User-agent: *\nDisallow: /a$", "/a", False),
    "the last piece stands at the end too": ("User-agent: *\nDisallow: /*a$", "/a/b/a", False),
    "pieces do not overlap": ("User-agent: *\nDisallow: /ab*ba$", "/aba", True),
    "a query": ("User-agent: *\nDisallow: /*?print", "/a?print=1", False),
    "Chinese, escaped there": ("User-agent: *\nDisallow: /%e6%96%b0", "/新闻", False),
    "Chinese, written here": ("User-agent: *\nDisallow: /新闻", "/%E6%96%B0%E9%97%BB", False),
    "a tilde": ("User-agent: *\nDisallow: /%7eme", "/~me", False),
    "an escaped star is a star's sign": ("User-agent: *\nDisallow: /a%2Ab", "/a*b", False),
    "and nothing else": ("User-agent: *\nDisallow: /a%2Ab", "/axxb", True),
    "a comment": ("User-agent: * # all\nDisallow: /a # not\n# Allow: /a", "/a", False),
    "lines of any system": ("User-agent: *\r\nDisallow: /a\rDisallow: /b", "/b", False),
    "a mark at the beginning": ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
    "blanks": ("  User-agent :  *  \n  Disallow :  /a  ", "/a", False),
    "rules of nobody": ("Disallow: /\nUser-agent: other\nDisallow: /", "/a", True),
    "a page of HTML": ("<html><body>Disallow: /</body></html>", "/a", True),
}


@pytest.mark.parametrize(("text", "path", "may"), CASES.values(), ids=CASES.keys())
def test_what_may_be_read(text: str, path: str, may: bool) -> None:
    assert allowed(text, path) is may


@given(st.text(), st.text())
def test_no_file_and_no_path_is_too_odd(text: str, path: str) -> None:
    allowed(text, path)
    allowed(f"User-agent: *\nDisallow: {text}", path)


def test_a_pattern_of_many_stars_costs_its_length() -> None:
    text = "User-agent: *\nDisallow: /" + "*a" * 100_000 + "*b$"
    assert allowed(text, "/" + "a" * 4000)


def test_of_rules_for_others_nothing_is_kept() -> None:
    text = "".join(f"User-agent: a{'b' * n}\n" for n in range(1000)) + "Disallow: /\n" * 2000
    tracemalloc.start()
    assert allowed(text, "/")
    assert tracemalloc.get_traced_memory()[1] < 3 * 2**20
    tracemalloc.stop()


def test_a_rule_is_kept_once_however_often_its_group_names_us() -> None:
    assert rules_for("User-agent: mailuo\n" * 9 + "Disallow: /a", AGENT).rules == ((False, "/a"),)


# ---------------------------------------------------------------- asking


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@asynccontextmanager
async def asking(
    behave: Behaviour, clock: Callable[[], datetime]
) -> AsyncIterator[tuple[Server, Robots]]:
    async with serving(behave) as server:
        limits = Limits(bytes=2**20, seconds=5)
        resolver, wires = names([PUBLIC]), Wires(server.port)
        async with Fetcher(
            AGENT, clock, limits=limits, resolver=resolver, backend=wires
        ) as fetcher:
            yield server, Robots(fetcher, AGENT, clock)


@pytest.mark.parametrize(
    ("status", "may"),
    [
        ("404 Not Found", True),
        ("403 Forbidden", True),
        ("410 Gone", True),
        ("429 Too Many Requests", False),
        ("500 Oh No", False),
        ("503 Busy", False),
    ],
)
async def test_what_an_answer_without_a_file_means(status: str, may: bool) -> None:
    async with asking(answering(status), Clock()) as (_, robots):
        assert (await robots.allow(PAGE)).given is may


async def test_a_site_that_does_not_answer_refuses() -> None:
    async def silent(*_: object) -> None:
        pass

    async with asking(silent, Clock()) as (_, robots):
        assert not (await robots.allow(PAGE)).given


async def test_why_not_is_told_as_it_was() -> None:
    async with asking(answering(body=b"User-agent: *\nDisallow: /"), Clock()) as (_, robots):
        assert await robots.allow(PAGE) == Leave(False, "robots.txt forbids it")
    async with asking(answering("503 Busy"), Clock()) as (_, robots):
        leave = await robots.allow(PAGE)
        assert not leave.known
        assert leave.reason == "http://news.example/robots.txt cannot be had: HTTP 503"
        inside = await robots.allow("http://127.0.0.1:8000/1.html")
        assert (inside.given, inside.known) == (False, False)
        assert "forbids" not in inside.reason
        assert inside.reason.endswith("it is this machine")


async def test_a_site_is_asked_once_a_day_and_each_port_is_a_site() -> None:
    clock = Clock()
    async with asking(answering(body=b"User-agent: *\nDisallow: /b"), clock) as (server, robots):
        assert (await robots.allow(PAGE)).given
        assert not (await robots.allow("http://news.example/b/2.html")).given
        assert len(server.asked) == 1
        assert server.asked[0].startswith(b"GET /robots.txt ")
        await robots.allow("http://news.example:8080/a")
        assert len(server.asked) == 2
        clock.now += timedelta(hours=25)
        assert (await robots.allow(PAGE)).given
        assert len(server.asked) == 3


async def test_many_rules_do_not_hold_up_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    at_work: set[str] = set()

    def rules(text: str, agent: str) -> Rules:
        at_work.add(threading.current_thread().name)
        return Watched(rules_for(text, agent).rules)

    class Watched(Rules):
        def allow(self, target: str) -> bool:
            at_work.add(threading.current_thread().name)
            return Rules.allow(self, target)

    monkeypatch.setattr("bot.sources.robots.rules_for", rules)
    async with asking(answering(body=b"User-agent: *\nDisallow: /b"), Clock()) as (_, robots):
        assert (await robots.allow(PAGE)).given
    assert at_work
    assert threading.current_thread().name not in at_work


async def test_a_refusal_for_now_is_asked_about_after_an_hour() -> None:
    clock, answers = Clock(), [answering("500 Oh No"), answering("404 None")]

    async def behave(request: bytes, writer: object) -> None:
        await answers[0](request, writer)  # type: ignore[arg-type]

    async with asking(behave, clock) as (_, robots):
        assert not (await robots.allow(PAGE)).given
        del answers[0]
        assert not (await robots.allow(PAGE)).given
        clock.now += timedelta(hours=2)
        assert (await robots.allow(PAGE)).given


async def test_hosts_are_forgotten_and_not_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sources.robots.MOST_HOSTS", 4)
    async with asking(answering("404 None"), Clock()) as (server, robots):
        for number in range(20):
            assert (await robots.allow(f"http://h{number}.example/")).given
        assert len(robots._known) <= 5
        assert len(server.asked) == 20


async def test_rules_are_not_kept_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sources.robots.MOST_RULES", 100)
    body = "User-agent: *\n" + "".join(f"Disallow: /{n}/\n" for n in range(40))
    async with asking(answering(body=body.encode()), Clock()) as (_, robots):
        for number in range(20):
            assert (await robots.allow(f"http://h{number}.example/")).given
        assert sum(len(rules.rules) for rules, _ in robots._known.values()) <= 140


def test_rules_that_could_not_be_had_allow_nothing() -> None:
    assert not Rules(unknown="HTTP 503").allow("/")
