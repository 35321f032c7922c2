"""Which addresses may be asked: nothing inside the operator's own network, whatever leads there.

The name is resolved once, every address it has is checked, and the connection goes to the very
address that was checked, so that a name that changes its answer (DNS rebinding) gains nothing.
Encryption still speaks to the name. This file sends nothing but what the pool above it sends.
"""

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import httpcore
import httpx

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
IP = ipaddress.IPv4Address | ipaddress.IPv6Address

LONGEST = 4096  # characters of an address
INSIDE = ("it is this machine", "it is of a private network")  # what an operator may allow
_PORTS = (80, 443)  # below 1024; others there belong to mail, files and shells
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")
# Globally routed by the books, and yet a cloud's own, which tells each of its machines secrets.
_METADATA = tuple(map(ipaddress.ip_network, ("168.63.129.16/32", "192.0.0.0/24")))
_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,126}\.?", re.IGNORECASE)


# Of its own: names that nobody answers for would fill asyncio's, where readers' questions wait too.
_RESOLVING = ThreadPoolExecutor(16, "resolve")


class Refused(httpcore.ConnectError):
    """A connection that may not be made; nothing was sent."""


async def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, as the system knows them."""
    loop = asyncio.get_running_loop()
    ask = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    found = await loop.run_in_executor(_RESOLVING, ask)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Guard:
    """Decides by addresses (`url`) and by what they resolve to (`address`).

    Args:
        allowed: hosts of the operator's own network, `host` or `host:port`, that may be asked
            all the same, such as an RSSHub of their own.
    """

    def __init__(self, allowed: Collection[str] = ()) -> None:
        self._allowed = {host.lower() for host in allowed}

    def allows(self, host: str, port: int) -> bool:
        """Whether the operator named this host."""
        name = host.lower().strip("[]").rstrip(".")
        return bool({name, f"{name}:{port}", f"[{name}]:{port}"} & self._allowed)

    def url(self, url: httpx.URL) -> str:
        """Why an address may not be asked, before its name is resolved; '' when it may."""
        host, port = host_of(url), port_of(url)
        if url.scheme not in ("http", "https"):
            return "only http and https are fetched"
        if not host:
            return "the address names no host"
        if url.userinfo:
            return "the address holds a user name or password"
        if len(str(url)) > LONGEST:
            return "the address is too long"
        if self.allows(host, port):
            return ""
        literal = literal_address(host)
        if not literal and not _NAME.fullmatch(host):
            return "the address names no host"
        if (port < 1024 and port not in _PORTS) or port > 65535:
            return f"port {port} is not one of the web"
        return forbidden(literal) if literal else ""

    def addresses(self, host: str, port: int, found: Iterable[str]) -> None:
        """Raises:
        Refused: one of the addresses of a name may not be asked.
        """
        if self.allows(host, port):
            return
        for address in found:
            if reason := forbidden(address):
                raise Refused(f"{host} is {address}: {reason}")


def host_of(url: httpx.URL) -> str:
    """The host that an address means, as it is asked for: `url.host` would read what is behind
    `xn--`, and fail where that is nothing, or a sign (❤) that is registered all the same."""
    return url.raw_host.decode("ascii", "replace")


def port_of(url: httpx.URL) -> int:
    """The port that an address means."""
    return {"https": 443}.get(url.scheme, 80) if url.port is None else url.port


def literal_address(host: str) -> str:
    """The address that a host is, in any of the ways of writing one (2130706433, 0x7f.1); or ''."""
    name = host.strip("[]").rstrip(".")
    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(name)) if name[:1].isdigit() else ""
    except (OSError, UnicodeError):
        return ""


def forbidden(address: str) -> str:
    """Why an address may not be asked; '' when it is one of the open Internet."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "no address"
    for inner in (ip, *_inside(ip)):
        if reason := _reason(inner):
            return reason
    return ""


def _inside(ip: IP) -> Iterable[IP]:
    """The addresses that an address of IPv6 leads to."""
    if isinstance(ip, ipaddress.IPv4Address):
        return
    if ip.ipv4_mapped:
        yield ip.ipv4_mapped
    if ip.sixtofour:
        yield ip.sixtofour
    if ip in _NAT64 or ip in _COMPATIBLE:
        yield ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip.teredo:
        yield from ip.teredo


def _reason(ip: IP) -> str:
    if ip.is_loopback:
        return INSIDE[0]
    if ip.is_link_local or any(ip in network for network in _METADATA):
        return "it is of the local network or a cloud's own"
    if ip.is_multicast or ip.is_unspecified:
        return "it is nobody's"
    mapped = isinstance(ip, ipaddress.IPv6Address) and (ip.ipv4_mapped or ip in _NAT64)
    site_local = isinstance(ip, ipaddress.IPv6Address) and ip.is_site_local
    if site_local or (not mapped and (not ip.is_global or ip.is_reserved)):
        return INSIDE[1]
    return ""


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to addresses that were checked, and to no others.

    Args:
        guard: which those are.
        resolver: how a name becomes addresses.
        inner: what connects.
    """

    def __init__(
        self,
        guard: Guard,
        resolver: Resolver = resolve,
        inner: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._guard = guard
        self._resolve = resolver
        self._inner = inner or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface's own
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Raises:
        Refused: the host has an address that may not be asked.
        httpcore.ConnectError: it has none, or none answers.
        """
        error: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in await self._checked(host, port):
            try:
                return await self._inner.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
        raise error

    async def _checked(self, host: str, port: int) -> Sequence[str]:
        literal = literal_address(host)
        try:
            found = [literal] if literal else await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            why = getattr(error, "strerror", None) or error
            raise httpcore.ConnectError(f"the name {host} is not known: {why}") from error
        self._guard.addresses(host, port, found)
        return found

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface's own
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Raises:
        Refused: always.
        """
        raise Refused("a socket of this machine")

    async def sleep(self, seconds: float) -> None:
        """Wait between attempts."""
        await self._inner.sleep(seconds)
