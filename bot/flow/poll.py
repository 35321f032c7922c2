"""IN, for feeds: those that are due are asked, what is new in them is stored, and how each stands
is written down.

Feeds are asked side by side, so that a slow one holds up nobody; what they hold is read,
digested and stored by the workers. A crash repeats at most the asking: an article that is stored
is known.
"""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from bot.errors import MailuoError, ReadError
from bot.flow.ingest import Ingest, Whole
from bot.model import Outcome, Rejection
from bot.model.feeds import Failed, FeedContent, Fetched, FetchResult, Gone, NotModified, StoredFeed
from bot.sources import rsshub
from bot.sources.fetch import Fetcher
from bot.sources.standing import after_poll
from bot.store import Store

log = logging.getLogger(__name__)

MOST = 5000  # feeds of one round; what is left is due in the next
TOGETHER = 50  # feeds that are settled in one transaction


@dataclass(frozen=True, slots=True)
class Asking:
    """How feeds are asked.

    Attributes:
        at_once: how many side by side.
        rsshub: the instances that serve routes of RSSHub, in the order to try.
        whole: fetches the full text of an article, for feeds that want it; None for never.
    """

    at_once: int = 32
    rsshub: Sequence[str] = rsshub.PUBLIC
    whole: Whole | None = None


@dataclass(slots=True)
class Round:
    """What came of asking some feeds."""

    asked: int = 0
    unmodified: int = 0  # 304: the server said that nothing is new
    failed: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    rejected: list[Rejection] = field(default_factory=list)


class Polling:
    """Asks feeds.

    Args:
        store: an open store.
        fetcher: asks their servers.
        ingest: reads what they hold, and stores what is new.
        clock: gives the time, UTC.
        how: how feeds are asked.
        chance: spreads feeds that were asked together.
    """

    def __init__(
        self,
        store: Store,
        fetcher: Fetcher,
        ingest: Ingest,
        clock: Callable[[], datetime],
        how: Asking = Asking(),
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._store = store
        self._fetcher = fetcher
        self._ingest = ingest
        self._clock = clock
        self._how = how
        self._chance = chance

    async def tick(self, progress: Callable[[int, int], None] | None = None) -> Round:
        """Ask all feeds that are due; arguments as of `ask`."""
        return await self.ask(await self._store.feeds.due(self._clock(), MOST), progress)

    async def ask(
        self, feeds: Sequence[StoredFeed], progress: Callable[[int, int], None] | None = None
    ) -> Round:
        """Ask some feeds now, and write down how they stand.

        When this is cancelled, what was learned of the feeds that have answered is written down.

        Args:
            feeds: which.
            progress: is told after each how many of how many are done.

        Raises:
            StoreError: the database cannot be used.
        """
        done = Round()
        answered: list[StoredFeed] = []
        left = iter(spread(feeds))
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(self._how.at_once, len(feeds))):
                    group.create_task(self._asking(left, len(feeds), answered, done, progress))
        except* MailuoError as failures:
            raise failures.exceptions[0] from None
        finally:
            await self._settle(answered)
        return done

    async def _asking(
        self,
        left: Iterator[StoredFeed],
        total: int,
        answered: list[StoredFeed],
        done: Round,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        """Ask feeds one after the other until none is left."""
        for known in left:
            answered.append(await self._one(known, done))
            done.asked += 1
            if progress:
                progress(done.asked, total)
            if len(answered) >= TOGETHER:
                settled = answered[:]
                answered.clear()
                await self._settle(settled)

    async def _settle(self, feeds: Sequence[StoredFeed]) -> None:
        if feeds:
            await self._store.feeds.settle(feeds)

    async def _one(self, known: StoredFeed, done: Round) -> StoredFeed:
        """Ask a feed and store what is new; how it stands after that."""
        result: FetchResult
        content, outcomes = None, Counter[Outcome]()
        try:
            result = await fetched(self._fetcher, known, self._how.rsshub)
            if isinstance(result, Fetched):
                content, outcomes = await self._keep(result, known)
        except ReadError as error:
            result = Failed(str(error))
        except Exception as error:  # of one feed; the others are asked all the same
            if isinstance(error, MailuoError):
                raise
            log.exception("the feed %s could not be read", known.feed.url)
            result = Failed(f"a defect of ours: {error!r}"[:200])
        done.outcomes += outcomes
        done.rejected += content.rejected if content else ()
        done.failed += isinstance(result, Failed | Gone)
        done.unmodified += isinstance(result, NotModified)
        changed = bool(outcomes["new"] or outcomes["updated"])
        return after_poll(
            known, result, self._clock(), self._chance, content=content, changed=changed
        )

    async def _keep(
        self, result: Fetched, known: StoredFeed
    ) -> tuple[FeedContent, Counter[Outcome]]:
        whole = self._how.whole if known.feed.full_text else None
        first = known.state.changed_at is None
        return await self._ingest.document(result, known.feed, whole, first=first)


def spread(feeds: Sequence[StoredFeed]) -> list[StoredFeed]:
    """The feeds in turn by their hosts: of one host few may be asked at once, and the others would
    wait behind many of it."""
    before: Counter[str] = Counter()
    turns = []
    for feed in feeds:
        host = urlsplit(feed.feed.url).netloc
        turns.append(before[host])
        before[host] += 1
    return [feed for _, feed in sorted(zip(turns, feeds, strict=True), key=lambda turn: turn[0])]


async def fetched(
    fetcher: Fetcher, known: StoredFeed, instances: Sequence[str] = rsshub.PUBLIC
) -> FetchResult:
    """What asking a feed comes to; the instances that serve a route are tried in turn.

    Args:
        fetcher: asks.
        known: the feed.
        instances: of RSSHub.
    """
    try:
        addresses = rsshub.addresses(known.feed.url, instances)
    except ReadError as error:
        return Failed(str(error))
    failures = []
    for address in addresses:
        result = await fetcher.get(address, known.state.validators)
        if isinstance(result, Gone) and rsshub.is_route(known.feed.url):
            result = Failed("HTTP 410")  # of this instance; the route may live at another
        if not isinstance(result, Failed):
            return result
        failures.append((address, result))
    if len(failures) == 1:
        return failures[0][1]
    reason = "; ".join(f"{urlsplit(address).netloc}: {f.reason}" for address, f in failures)
    return Failed(reason, min(f.retry_after for _, f in failures))
