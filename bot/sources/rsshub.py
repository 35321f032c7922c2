"""RSSHub's routes, `rsshub://zhihu/hot`, as addresses at the instances that serve them."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.errors import ReadError

SCHEME = "rsshub://"
PUBLIC = ("https://rsshub.app",)


def is_route(address: str) -> bool:
    """Whether an address names a route, not a place."""
    return address.strip().lower().startswith(SCHEME)


def addresses(address: str, instances: Sequence[str] = PUBLIC) -> list[str]:
    """Where a feed can be read, in the order to try; an ordinary address is its own only one.

    Args:
        address: of a feed, perhaps a route.
        instances: the operator's RSSHub first, then those to fall back on; a query that one of
            them holds (an access key) goes with every route.

    Raises:
        ReadError: a route of no name, or no instance to ask.
    """
    if not is_route(address):
        return [address]
    route, _, query = address.strip()[len(SCHEME) :].strip("/").partition("?")
    if not route or ".." in route.split("/"):
        raise ReadError(f"{address} names no route; write it as rsshub://zhihu/hot")
    if not instances:
        raise ReadError("no RSSHub instance is set, so rsshub:// cannot be read")
    return [_at(instance, route, query) for instance in dict.fromkeys(instances)]


def _at(instance: str, route: str, query: str) -> str:
    parts = urlsplit(instance if "://" in instance else f"https://{instance}")
    queries = "&".join(filter(None, (query, parts.query)))
    path = f"{parts.path.rstrip('/')}/{route}"
    return parts._replace(path=path, query=queries, fragment="").geturl()
