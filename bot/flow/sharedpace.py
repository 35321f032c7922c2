"""Pacing for several processes that send with one token: places are taken in the database.

As `pacing`, whose interface it has, but for one thing: no burst of all together, for nobody sees
what the others have in hand. So no second, wherever it begins, holds more than `per_second` and
one.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable

from bot.flow.pacing import Limits, Refusals
from bot.store.postgres.pace import ALL, Granted, Pacebook, Terms

AHEAD_SECONDS = 0.1  # a broadcast takes its place no earlier, so an answer waits no longer
LATE_SECONDS = 0.03  # who wakes later than that has missed its place, and takes another
SAMPLES = 100  # of the difference between the server's clock and ours


class SharedPace:
    """Says when, by what all workers of the database have permitted themselves.

    Args:
        book: the table.
        limits: what is permitted.
        clock: monotonic seconds.
        sleep: waits for so many of them.
    """

    def __init__(
        self,
        book: Pacebook,
        limits: Limits,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._book = book
        self._limits = limits
        self._clock = clock
        self._sleep = sleep
        self._line = asyncio.Lock()
        self._differences: deque[float] = deque(maxlen=SAMPLES)
        self._refusals = Refusals()

    async def waits(self, chat: int) -> float:
        """Seconds until a chat may be written to, the others aside; 0 for now."""
        return await self._book.waits(chat, self._terms(chat, answer=False))

    async def turn(self, chat: int, *, answer: bool = False) -> None:
        """Wait until a message may be sent, and take its place.

        Broadcasts of a process stand in a line; answers ask for themselves.

        Raises:
            StoreError: the database cannot be asked.
        """
        missed = 0.0
        while True:
            if answer:
                granted = await self._take(chat, missed, answer=True)
            else:
                async with self._line:
                    granted = await self._near(chat, missed)
            if not granted.taken:
                await self._sleep(granted.chat_waits)
            elif await self._in_time(granted):
                return
            else:
                missed = granted.place

    async def hold(self, chat: int, seconds: float) -> None:
        """Telegram says that a chat must wait; every worker lets it. When several chats in a row
        are told so, with none let through between, it is meant for the bot, and all wait."""
        await self._book.hold(chat, seconds)
        now = self._clock()
        if everybody := self._refusals.add(chat, now + seconds):
            await self._book.hold(ALL, everybody - now)

    def let_through(self) -> None:
        """Telegram took a message: those that wait, wait for themselves."""
        self._refusals.end()

    async def _near(self, chat: int, missed: float) -> Granted:
        """A place once there is one soon, unless the chat must wait."""
        while True:
            granted = await self._take(chat, missed, answer=False)
            if granted.taken or granted.chat_waits > 0:
                return granted
            await self._sleep(granted.place - granted.now - AHEAD_SECONDS)

    async def _take(self, chat: int, missed: float, *, answer: bool) -> Granted:
        terms = self._terms(chat, answer=answer)
        granted = await self._book.take(chat, terms, answer=answer, missed=missed)
        self._differences.append(self._clock() - granted.now)
        return granted

    async def _in_time(self, granted: Granted) -> bool:
        """Wait for a place; False when it was missed."""
        # The answer that came quickest tells best how the clocks differ.
        at = granted.place + min(self._differences)
        if (off := at - self._clock()) > 0:
            await self._sleep(off)
        return self._clock() - at <= LATE_SECONDS

    def _terms(self, chat: int, *, answer: bool) -> Terms:
        limits = self._limits
        most = limits.per_group - (0 if answer else limits.for_answers) if chat < 0 else 0
        return Terms(
            1 / limits.per_second,
            AHEAD_SECONDS,
            limits.chat_seconds,
            limits.burst if answer else 1,
            most,
            limits.group_seconds,
        )
