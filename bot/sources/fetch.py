"""Asking a server for a document: politely, and never further than the guard lets it.

What a server does is a result, not an exception: `Fetched`, `NotModified`, `Gone` or `Failed` with
a reason for the operator. How often to ask is not decided here (`interval`).
"""

import asyncio
import re
import ssl
from collections.abc import Callable, Collection
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from types import TracebackType
from weakref import WeakValueDictionary

import httpcore
import httpx

from bot.errors import ReadError
from bot.model.feeds import Failed, Fetched, FetchResult, Gone, NotModified, Redirect, Validators
from bot.sources.guard import Guard, GuardedBackend, Resolver, host_of, port_of, resolve
from bot.sources.unpack import Unpacker

FEEDS = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9,"
    " application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5"
)
PAGES = "text/html, application/xhtml+xml, */*;q=0.5"
_PERMANENT = (301, 308)
_REDIRECTS = (*_PERMANENT, 302, 303, 307)
_LONGEST_VALIDATOR = 1000  # characters; longer ones are not sent back
_PRINTABLE = re.compile(r"[\x20-\x7e\xa0-\xff]+")
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost; bytes are counted both packed and unpacked."""

    bytes: int = 10 * 2**20
    seconds: float = 30.0  # for all, redirects included; not for waiting for a host's turn
    redirects: int = 5
    at_once: int = 64
    per_host: int = 2
    large: int = 2**20  # bytes from which on a body counts as large …
    large_at_once: int = 4  # … and only so many are read at once: memory is bounded by both


@dataclass(frozen=True, slots=True)
class _Way:
    """How far a request has come; `moved_to` grows while all redirects are permanent."""

    url: httpx.URL
    seconds: float  # that are left for the rest
    moved_to: str = ""
    permanent: bool = True

    @property
    def connecting(self) -> float:
        """Seconds for connecting, a limit of its own: where httpcore is cancelled in it, the socket
        stays open."""
        return self.seconds / 3


class _Headers(dict[str, str]):
    """Header fields by name in small letters; '' for those that are not there."""

    def __missing__(self, name: str) -> str:
        return ""


class Fetcher:
    """Fetches documents; to be used as a context, which closes its connections.

    Args:
        agent: who asks, with an address where a server's owner can complain.
        clock: UTC, to read dates in `Retry-After`.
        allowed: hosts of the operator's own network that may be asked.
        limits: what one request may cost.
        resolver: how names become addresses.
        backend: what connects to addresses; the network where it is None.
    """

    def __init__(
        self,
        agent: str,
        clock: Callable[[], datetime],
        allowed: Collection[str] = (),
        limits: Limits = Limits(),
        resolver: Resolver = resolve,
        backend: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._agent = agent.encode("ascii", "ignore").decode().replace("\n", " ")
        self._clock = clock
        self._limits = limits
        self._guard = Guard(allowed)
        self._at_once = asyncio.Semaphore(limits.at_once)
        self._large = asyncio.Semaphore(limits.large_at_once)
        self._hosts = WeakValueDictionary[str, asyncio.Semaphore]()  # those that are being asked
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=_trusted(),
            max_connections=limits.at_once,
            max_keepalive_connections=limits.at_once // 4,
            keepalive_expiry=30.0,
            network_backend=GuardedBackend(self._guard, resolver, backend),
        )

    async def __aenter__(self) -> "Fetcher":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._pool.aclose()

    async def get(
        self, address: str, validators: Validators | None = None, accept: str = FEEDS
    ) -> FetchResult:
        """Ask for a document, waiting for a turn at each host that is asked.

        Args:
            address: http or https.
            validators: of the document we have, so that the server may say that it is the newest.
            accept: the media types wanted.
        """
        headers = self._headers(validators or Validators(), accept)
        answer: FetchResult | _Way = self._start(address)
        for _ in range(self._limits.redirects + 1):
            if not isinstance(answer, _Way):
                return answer
            answer = await self._step(answer, headers)
        if isinstance(answer, _Way):
            return Failed(f"more than {self._limits.redirects} redirects")
        return answer

    async def step(self, address: str, accept: str = PAGES) -> FetchResult | Redirect:
        """As `get`, without following a redirect: for who must ask for leave before each step."""
        way = self._start(address)
        if not isinstance(way, _Way):
            return way
        answer = await self._step(way, self._headers(Validators(), accept))
        return Redirect(str(answer.url)) if isinstance(answer, _Way) else answer

    def _start(self, address: str) -> _Way | Failed:
        try:
            url = httpx.URL(address)
        except (httpx.InvalidURL, UnicodeError, ValueError, TypeError):
            return Failed("the address is not one")
        reason = self._guard.url(url)
        return Failed(reason) if reason else _Way(url, self._limits.seconds)

    async def _step(self, way: _Way, headers: dict[str, str]) -> FetchResult | _Way:
        """One request in its host's turn: its result, or where it leads, if that may be asked.

        Nobody keeps a turn while waiting for another host's.
        """
        host = host_of(way.url).rstrip(".")
        turn = self._hosts.setdefault(host, asyncio.Semaphore(self._limits.per_host))
        async with turn, self._at_once:
            answer = await self._in_time(way, headers)
        if not isinstance(answer, _Way):
            return answer
        reason = self._guard.url(answer.url) or self._inwards(way.url, answer.url)
        return Failed(reason) if reason else answer

    async def _in_time(self, way: _Way, headers: dict[str, str]) -> FetchResult | _Way:
        time = asyncio.get_running_loop().time
        end = time() + way.seconds
        try:
            async with asyncio.timeout_at(end):
                answer = await self._ask(way, headers)
        except TimeoutError:
            return Failed(f"no whole answer within {self._limits.seconds:g} seconds")
        except httpcore.TimeoutException:
            return Failed(f"no connection within {way.connecting:.2g} seconds")
        except httpcore.NetworkError as error:
            return Failed(f"no connection: {_words(error)}")
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            return Failed(f"the answer is not HTTP: {_words(error)}")
        except ReadError as error:
            return Failed(str(error))
        return replace(answer, seconds=end - time()) if isinstance(answer, _Way) else answer

    def _inwards(self, before: httpx.URL, after: httpx.URL) -> str:
        """Why a redirect may not be followed that leads from outside to the operator's own host."""
        ours = [self._guard.allows(host_of(url), port_of(url)) for url in (before, after)]
        return "a redirect from outside to an allowed host" if ours == [False, True] else ""

    async def _ask(self, way: _Way, headers: dict[str, str]) -> FetchResult | _Way:
        """One request: its result, or where it leads."""
        url = way.url
        target = httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        host = url.netloc.decode("ascii")
        limits = {"timeout": {"connect": way.connecting}}
        async with self._pool.stream(
            "GET", target, headers=[*headers.items(), ("Host", host)], extensions=limits
        ) as response:
            said = _Headers(
                (name.decode("latin-1").lower(), value.decode("latin-1"))
                for name, value in response.headers
            )
            if response.status != 200:
                return self._otherwise(response.status, said, way, headers)
            body = await self._body(response, said)
        return Fetched(
            body,
            said["content-type"],
            str(url),
            way.moved_to,
            _validators(said),
            _max_age(said),
        )

    async def _body(self, response: httpcore.Response, said: _Headers) -> bytes:
        """Raises ReadError when it is too large, damaged or cut off."""
        unpacker = Unpacker(said["content-encoding"], self._limits.bytes)
        async with AsyncExitStack() as turn:
            waited = False
            async for piece in response.aiter_stream():
                for _ in unpacker.feed(piece):
                    if not waited and unpacker.held > self._limits.large:
                        await turn.enter_async_context(self._large)
                        waited = True
                    await asyncio.sleep(0)  # readers go first
            return unpacker.body()

    def _otherwise(
        self, status: int, said: _Headers, way: _Way, headers: dict[str, str]
    ) -> FetchResult | _Way:
        """What an answer other than 200 comes to."""
        if status in _REDIRECTS:
            return _next(way, said["location"], permanent=status in _PERMANENT)
        if status == 304 and ("If-None-Match" in headers or "If-Modified-Since" in headers):
            return NotModified(way.moved_to, _validators(said), _max_age(said))
        if status == 410 and way.permanent:
            return Gone()
        return Failed(f"HTTP {status}", _retry_after(said["retry-after"], self._clock()), status)

    def _headers(self, validators: Validators, accept: str) -> dict[str, str]:
        headers = {
            "User-Agent": self._agent,
            "Accept": accept,
            "Accept-Encoding": "gzip, deflate",
        }
        if validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified
        return headers


@cache
def _trusted() -> ssl.SSLContext:
    """Whom to trust; reading it costs as much CPU as some dozens of requests."""
    return httpx.create_ssl_context()


def _next(way: _Way, location: str, *, permanent: bool) -> FetchResult | _Way:
    if not location:
        return Failed("a redirect to nowhere")
    try:
        url = way.url.join(location.encode("latin-1").decode("utf-8", "replace"))
    except (httpx.InvalidURL, UnicodeError, ValueError, TypeError):
        return Failed("a redirect to what is no address")
    url = url.copy_with(fragment=None)
    so_far = way.permanent and permanent
    return replace(way, url=url, moved_to=str(url) if so_far else way.moved_to, permanent=so_far)


def _validators(said: _Headers) -> Validators:
    return Validators(_sendable(said["etag"]), _sendable(said["last-modified"]))


def _sendable(value: str) -> str:
    usable = len(value) <= _LONGEST_VALIDATOR and _PRINTABLE.fullmatch(value)
    return value if usable else ""


def _max_age(said: _Headers) -> float:
    rule = said["cache-control"].lower()
    match = _MAX_AGE.search(rule)
    return float(match[1]) if match and "no-cache" not in rule and "no-store" not in rule else 0.0


def _retry_after(value: str, now: datetime) -> float:
    """Seconds from now, given as a number or a date; 0 when it is neither, or past."""
    if re.fullmatch(r"\s*\d{1,9}\s*", value):
        return float(value)
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    return max(0.0, ((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds())


def _words(error: Exception) -> str:
    return (str(error) or "it was cut off")[:200]
