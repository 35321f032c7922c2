"""The operators are told of what needs them: feeds that fail for long, each once.

Through the outbox where operators are named in the settings, so that a word survives a restart;
else into the log.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.flow.operators import Operators
from bot.model.feeds import StoredFeed
from bot.render import feeds as screens
from bot.store import Store

log = logging.getLogger(__name__)

MOST = 20  # feeds in one message


class Trouble:
    """Tells the operators of feeds that fail.

    Args:
        store: an open store.
        operators: are told.
        after: how long a feed must have failed; one that is gone for good is told of at once.
        clock: gives the time, UTC.
    """

    def __init__(
        self,
        store: Store,
        operators: Operators,
        after: timedelta,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._operators = operators
        self._after = after
        self._clock = clock

    async def tell(self) -> int:
        """Tell of the feeds of which nobody was told yet; how many that were."""
        failing = await self._store.feeds.failing(self._clock() - self._after, MOST)
        if failing:
            _log(failing)
            await self._operators.tell(lambda reader: screens.trouble(failing, reader))
            await self._store.feeds.tell([feed.id for feed in failing])
        return len(failing)


def _log(failing: Sequence[StoredFeed]) -> None:
    for feed in failing:
        since = feed.state.failing_since
        span = f"since {since:%Y-%m-%d %H:%M} UTC" if since else "for good"
        log.warning("the feed %s fails %s: %s", feed.feed.url, span, feed.state.error)
