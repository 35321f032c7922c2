"""Addresses of pictures: as any other, and no placeholders."""

from urllib.parse import urlsplit

from bot.addresses import web

_PLACEHOLDERS = ("picsum.photos", "placeholder.com", "placehold.it", "placekitten.com")


def picture(address: str) -> str:
    """As `web`, and '' for services that serve a random picture."""
    url = web(address)
    host = urlsplit(url).hostname or "" if url else ""
    return "" if any(host == p or host.endswith("." + p) for p in _PLACEHOLDERS) else url
