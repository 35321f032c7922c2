"""Addresses without what follows their readers around, and without what stands before them."""

from urllib.parse import SplitResult, unquote, urlsplit

from bot.addresses import ascii_host, web
from bot.render.links.hosts import REDIRECTORS, TRACKER_PREFIXES, TRACKERS, TRACKERS_OF, above
from bot.render.links.names import is_figures

_MOST_REDIRECTORS = 5


def cleaned(address: str) -> str:
    """The address that a link really leads to, without trackers; '' if it must not be opened.

    A redirector is taken away only where the address behind it can be read in the query.
    """
    for _ in range(_MOST_REDIRECTORS):
        parts = _split(web(address))
        if parts is None:
            return ""
        target = _target(parts)
        if not target:
            return _without_trackers(parts).geturl()
        address = target
    return ""


def _split(url: str) -> SplitResult | None:
    """The address in its parts, the host in ASCII; None for one that could pass for another."""
    if not url or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    sent = host if is_figures(host) and ":" not in host else ascii_host(host)
    if not sent:
        return None
    return parts._replace(
        scheme=parts.scheme.lower(), netloc=sent if port is None else f"{sent}:{port}"
    )


def _target(parts: SplitResult) -> str:
    """The address that a known redirector carries; '' if there is none."""
    host = parts.hostname or ""
    path = parts.path.lower().rstrip("/")
    for name in above(host):
        for place in (name + path, name):
            for wanted in REDIRECTORS.get(place, ()):
                if found := _value(parts.query, wanted):
                    return found
    return ""


def _value(query: str, wanted: str) -> str:
    for part in query.split("&"):
        name, _, value = part.partition("=")
        found = unquote(value)
        if name.lower() == wanted and found.lower().startswith(("http://", "https://", "//")):
            return found
    return ""


def _without_trackers(parts: SplitResult) -> SplitResult:
    own = {
        name for host in above(parts.hostname or "") for name in TRACKERS_OF.get(host, "").split()
    }
    kept = [part for part in parts.query.split("&") if not _tracks(part, own)]
    fragment = "" if parts.fragment.lower().startswith(TRACKER_PREFIXES) else parts.fragment
    return parts._replace(query="&".join(kept), fragment=fragment)


def _tracks(part: str, own: set[str]) -> bool:
    name = unquote(part.partition("=")[0]).lower()
    return name in TRACKERS or name in own or name.startswith(TRACKER_PREFIXES)
