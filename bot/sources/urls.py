"""Addresses as articles hold them: proxies unwrapped, unsafe ones and placeholders refused."""

import re
from urllib.parse import unquote, urljoin, urlsplit

from bot.sources.text import visible

LONGEST = 4096  # characters; nobody links to more, and unwrapping stays quick
_PROXIED = re.compile(r"https?://[^/?#]+/\?(?:url=)?(https?(?::|%3A).+)", re.IGNORECASE)
_PLACEHOLDERS = ("picsum.photos", "placeholder.com", "placehold.it", "placekitten.com")


def web(address: str) -> str:
    """The real address behind a link or picture; '' unless it is http or https with a host.

    `https://proxy/?http://real/a.jpg` becomes `http://real/a.jpg`. An address with a user name in
    it, which can pass for another host, is refused.
    """
    url = "".join(visible(address[: LONGEST + 1]).split())
    if len(url) > LONGEST:
        return ""
    if url.startswith("//"):
        url = "https:" + url
    while match := _PROXIED.fullmatch(url):
        inner = match[1]
        url = unquote(inner) if "%3a" in inner[:8].lower() else inner
    url = "".join(visible(url).split())  # unwrapping may have uncovered some
    return url if _is_safe(url) else ""


def absolute(address: str, base: str) -> str:
    """An address as it is meant in a document at `base`; itself where nothing is to be joined."""
    if not base or not address.strip() or len(address) > LONGEST:
        return address
    try:
        return urljoin(base, "".join(visible(address).split()))
    except ValueError:
        return ""


def _is_safe(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(host) and "@" not in parts.netloc


def picture(address: str) -> str:
    """As `web`, and '' for services that serve a random picture."""
    url = web(address)
    host = urlsplit(url).hostname or "" if url else ""
    return "" if any(host == p or host.endswith("." + p) for p in _PLACEHOLDERS) else url
