"""Leave to fetch a page, as sites give it in robots.txt (RFC 9309).

Only pages behind a feed's entries are asked about: a feed itself is put up to be polled. A
`Crawl-delay`, which the RFC does not know, is not read; `fetch` never asks a host more than twice
at once.
"""

import asyncio
import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote, urlsplit

from bot.model.feeds import Failed, Fetched, FetchResult
from bot.sources.fetch import Fetcher

KEPT = timedelta(hours=24)
KEPT_WITHOUT = timedelta(hours=1)  # when it could not be read
MOST_BYTES = 500 * 1024
MOST_HOSTS = 2000
MOST_RULES = 100_000  # of all hosts together; most have a dozen
_TOO_MANY = 429
_TOKEN = re.compile(r"[A-Za-z_-]+")
_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:([^#]*)")
_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_KEPT_CHARACTERS = "".join(map(chr, range(0x21, 0x7F)))


@dataclass(frozen=True, slots=True)
class Leave:
    """Whether a page may be read, and why not. `known` is False where that could not be asked."""

    given: bool
    reason: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class Rules:
    """What one crawler may read of a site: pairs of 'allowed' and pattern. `unknown` says why they
    could not be had, where they could not; nothing is allowed then."""

    rules: tuple[tuple[bool, str], ...] = ()
    unknown: str = ""

    def allow(self, target: str) -> bool:
        """Whether a path with its query may be read: the longest rule that fits decides, of two
        as long the one that allows; where none fits it may."""
        wanted = _normal(target).replace("*", "%2A").replace("$", "%24")
        if wanted == "/robots.txt":
            return True
        fitting = ((len(p), allowed) for allowed, p in self.rules if _fits(p, wanted))
        return max(fitting, default=(0, not self.unknown))[1]


EVERYTHING = Rules()


def rules_for(text: str, agent: str) -> Rules:
    """The rules of a robots.txt for a crawler.

    Args:
        text: the file; what is no rule in it is passed over.
        agent: the crawler's name, as it begins its User-Agent.
    """
    found = _TOKEN.match(agent)
    own = found[0].lower() if found else ""
    named: dict[str, list[tuple[bool, str]]] = {}
    for agents, rule in _records(text, {own, "*"}):
        for name in agents:
            named.setdefault(name, []).extend([rule] if rule else [])
    return Rules(tuple(named.get(own, named.get("*", []))))


def _records(
    text: str, wanted: Container[str]
) -> Iterator[tuple[set[str], tuple[bool, str] | None]]:
    """Each rule with those of the wanted names it is for; names come once alone, for a group may
    be empty. Of the other names nothing is kept: a file may hold tens of thousands."""
    agents: set[str] = set()
    ruled = True
    for line in re.split(r"[\r\n]+", text.removeprefix("\ufeff")):
        match = _LINE.match(line)
        field, value = (match[1].lower(), match[2].strip()) if match else ("", "")
        if field == "user-agent":
            agents = set() if ruled else agents
            ruled = False
            token = _TOKEN.match(value)
            name = "*" if value == "*" else token[0].lower() if token else ""
            if name in wanted:
                agents.add(name)
                yield agents, None
        elif field in ("allow", "disallow"):
            ruled = True
            if value and agents:
                yield agents, (field == "allow", _normal(value))


def _fits(pattern: str, target: str) -> bool:
    """Whether a target begins as a pattern says: `*` is anything, `$` at its end the end.

    Each piece between the stars is taken where it comes first: linear, whatever the pattern.
    """
    ends = pattern.endswith("$")
    first, *pieces = (pattern[:-1] if ends else pattern).split("*")
    if not target.startswith(first):
        return False
    at = len(first)
    last = pieces.pop() if ends and pieces else None
    for piece in filter(None, pieces):
        found = target.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if last is None:
        return not ends or at == len(target)
    return target.endswith(last) and len(target) - len(last) >= at


def _normal(path: str) -> str:
    """A path in which equal things look equal: `%7e` as `~`, `中` as `%E4%B8%AD`."""
    escaped = quote(path.encode("utf-8", "replace"), safe=_KEPT_CHARACTERS)
    return _ESCAPED.sub(_plainest, escaped)


def _plainest(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if _UNRESERVED.match(character) else match[0].upper()


class Robots:
    """Knows what may be fetched, asking each site once a day.

    Args:
        fetcher: asks for the files.
        agent: the name by which sites know us.
        clock: UTC.
    """

    def __init__(self, fetcher: Fetcher, agent: str, clock: Callable[[], datetime]) -> None:
        self._fetcher = fetcher
        self._agent = agent
        self._clock = clock
        self._known: dict[str, tuple[Rules, datetime]] = {}
        self._asking: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def allow(self, url: str) -> Leave:
        """Whether a page may be fetched. A site without the file allows all; one whose file
        cannot be had now allows nothing for an hour."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}".lower()
        async with self._asking[origin]:
            rules = self._fresh(origin) or await self._ask(origin)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if await asyncio.to_thread(rules.allow, target):  # there may be tens of thousands
            return Leave(True)
        if rules.unknown:
            return Leave(False, f"{origin}/robots.txt cannot be had: {rules.unknown}", known=False)
        return Leave(False, "robots.txt forbids it")

    def _fresh(self, origin: str) -> Rules | None:
        rules, until = self._known.get(origin, (None, self._clock()))
        return rules if until > self._clock() else None

    async def _ask(self, origin: str) -> Rules:
        answer = await self._fetcher.get(f"{origin}/robots.txt", accept="text/plain, */*;q=0.5")
        rules, kept = await asyncio.to_thread(_understood, answer, self._agent)
        held = sum(len(known.rules) for known, _ in self._known.values())
        if len(self._known) >= MOST_HOSTS or held >= MOST_RULES:
            _drop(self._known, self._asking)
        self._known[origin] = (rules, self._clock() + kept)
        return rules


def _understood(answer: FetchResult, agent: str) -> tuple[Rules, timedelta]:
    """What an answer for robots.txt permits, and for how long that holds."""
    if isinstance(answer, Fetched):
        text = answer.body[:MOST_BYTES].decode("utf-8", "replace")
        return rules_for(text, agent), KEPT
    if isinstance(answer, Failed):
        if 400 <= answer.status < 500 and answer.status != _TOO_MANY:
            return EVERYTHING, KEPT
        return Rules(unknown=answer.reason), KEPT_WITHOUT
    return EVERYTHING, KEPT


def _drop(known: dict[str, tuple[Rules, datetime]], asking: dict[str, asyncio.Lock]) -> None:
    """Forget the half that ends first; what is being asked stays."""
    for origin in sorted(known, key=lambda o: known[o][1])[: len(known) // 2]:
        if not asking[origin].locked():
            del known[origin], asking[origin]
