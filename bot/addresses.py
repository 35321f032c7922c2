"""Web addresses: what is safe to open, with proxies before it taken away.

Used where articles are read and where links are shown; both refuse the same.
"""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote, urljoin, urlsplit

_DOTS = re.compile("[。．｡]")
_HOST = re.compile(
    r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])"
)
_LONGEST_HOST = 253
LONGEST = 4096  # characters; nobody links to more, and unwrapping stays quick
_CASELESS = re.compile(r"https?://[^/?#]*|rsshub://", re.IGNORECASE)
_PROXIED = re.compile(r"https?://[^/?#]+/\?(?:url=)?(https?(?::|%3A).+)", re.IGNORECASE)
# White space, and what is not seen: controls, zero-width and direction characters, surrogates.
_UNSEEN = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff]+"
)


def web(address: str) -> str:
    """The real address behind a link or picture; '' unless it is http or https with a host.

    `https://proxy/?http://real/a.jpg` becomes `http://real/a.jpg`. An address with a user name in
    it, which can pass for another host, is refused.
    """
    url = _UNSEEN.sub("", address[: LONGEST + 1])
    if len(url) > LONGEST:
        return ""
    if url.startswith("//"):
        url = "https:" + url
    while match := _PROXIED.fullmatch(url):
        inner = match[1]
        url = unquote(inner) if "%3a" in inner[:8].lower() else inner
    url = _UNSEEN.sub("", url)  # unwrapping may have uncovered some
    return url if _is_safe(url) else ""


def canonical(address: str) -> str:
    """An address of a feed with its scheme and host in small letters, and without a fragment: what
    is asked for is the same. A route of RSSHub has no host."""
    found = _CASELESS.match(address)
    if not found:
        return address
    return found[0].lower() + address[found.end() :].partition("#")[0]


def host(address: str) -> str:
    """The host of an address in ASCII; '' for one that must not be opened, or is in figures."""
    url = web(address)
    return ascii_host(urlsplit(url).hostname or "") if url else ""


@lru_cache(1024)  # there are far fewer outlets than articles
def ascii_host(host: str) -> str:
    """The name as browsers send it; '' for one that is none, or an address in figures."""
    plain = _DOTS.sub(".", unicodedata.normalize("NFKC", host)).lower().rstrip(".")
    if len(plain) > _LONGEST_HOST:
        return ""
    try:
        sent = plain if plain.isascii() else plain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return sent if _HOST.fullmatch(sent) else ""


def absolute(address: str, base: str) -> str:
    """An address as it is meant in a document at `base`; itself where nothing is to be joined."""
    if not base or not address.strip() or len(address) > LONGEST:
        return address
    try:
        return urljoin(base, _UNSEEN.sub("", address))
    except ValueError:
        return ""


def _is_safe(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(host) and "@" not in parts.netloc
