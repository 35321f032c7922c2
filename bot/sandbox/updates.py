"""Updates that wait until the bot fetches them, and polls that overtake each other."""

import asyncio
from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]

# Sent only to a bot that asks for them: https://core.telegram.org/bots/api#getupdates
ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}


class Signal:
    """Wakes all who wait for it."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self._waiting = 0

    def fire(self) -> None:
        """Wake them."""
        if self._waiting:
            self._event.set()
            self._event = asyncio.Event()

    async def wait(self, seconds: float | None = None) -> None:
        """Until it fires, at most so long if a time is given."""
        self._waiting += 1
        try:
            await asyncio.wait_for(self._event.wait(), seconds)
        except TimeoutError:
            return
        finally:
            self._waiting -= 1


class Updates:
    """The queue of one bot."""

    def __init__(self) -> None:
        self.changed = Signal()
        self._queue: list[Json] = []
        self._allowed: frozenset[str] = frozenset()
        self._next = 1
        self._poll = 0

    def allow(self, kinds: Sequence[str]) -> None:
        """Keep only these kinds from now on; none: all but those that must be asked for."""
        self._allowed = frozenset(kinds)

    def put(self, kind: str, content: Json) -> None:
        """Something happened, which the bot learns if it wants to."""
        wanted = kind in self._allowed if self._allowed else kind not in ON_REQUEST
        if wanted:
            self._queue.append({"update_id": self._next, kind: content})
            self._next += 1
            self.changed.fire()

    def waiting(self, offset: int) -> list[Json]:
        """The updates from an offset on; those before it are confirmed and forgotten."""
        if offset < 0:
            self._queue = self._queue[offset:]
        elif self._queue and self._queue[0]["update_id"] < offset:
            self._queue = [u for u in self._queue if u["update_id"] >= offset]
            self.changed.fire()
        return self._queue

    def confirm(self, number: int) -> None:
        """One was taken; those around it may wait on."""
        self._queue = [u for u in self._queue if u["update_id"] != number]
        self.changed.fire()

    async def fetched(self) -> None:
        """Until the bot has confirmed all that there are."""
        while self._queue:
            await self.changed.wait()

    def drop(self) -> None:
        """Forget what waits."""
        self._queue = []
        self.changed.fire()

    def begin_poll(self) -> int:
        """The number of a new poll; an older one that still waits must give way."""
        self._poll += 1
        self.changed.fire()
        return self._poll

    def is_latest_poll(self, number: int) -> bool:
        """Whether no newer poll has begun."""
        return number == self._poll
