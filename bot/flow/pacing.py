"""Pacing: how soon Telegram permits the next message, overall, to a chat, to a group.

Telegram states about 30 messages a second overall, 1 a second to a chat, 20 a minute to a group.
Overall by the generic cell rate algorithm (ITU-T I.371, a token bucket without a timer): each
message has its place in time, one interval after the last. Groups by a sliding window: no minute,
wherever it begins, holds more than its share. Answers to readers take their place at once and the
broadcast moves back.
"""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

FORGOTTEN_AFTER = 120.0  # seconds without a message, after which a chat is as new
LATE_SECONDS = 0.05  # sleepers wake late; so much is made up for, more is lost
IN_A_ROW = 5  # chats that are told to wait, with none let through between: it is for the bot


@dataclass(frozen=True, slots=True)
class Limits:
    """What is permitted.

    Args:
        per_second: messages a second, to all chats together.
        chat_seconds: between two messages to one chat.
        per_group: messages to a group within `group_seconds`.
        group_seconds: the window of a group.
        for_answers: how many of a group's messages are left for answers.
        burst: how many answers may go at once before they, too, wait their turn.
    """

    per_second: float = 28.0
    chat_seconds: float = 1.02
    per_group: int = 20
    group_seconds: float = 61.0
    for_answers: int = 3
    burst: int = 3


class Pace(Protocol):
    """Says when a message may go; one for all that send with a token."""

    async def waits(self, chat: int) -> float:
        """Seconds until a chat may be written to, the others aside; 0 for now."""
        ...

    async def turn(self, chat: int, *, answer: bool = False) -> None:
        """Wait until a message may be sent, and take its place.

        Args:
            chat: its number; groups have negative ones.
            answer: whether a reader waits for it; it goes before those that nobody waits for.
        """
        ...

    async def hold(self, chat: int, seconds: float) -> None:
        """Telegram says that a chat must wait."""
        ...

    def let_through(self) -> None:
        """Telegram took a message."""
        ...


class Refusals:
    """Chats that were told to wait, with none let through between: many in a row mean the bot."""

    def __init__(self) -> None:
        self._until: dict[int, float] = {}

    def add(self, chat: int, until: float) -> float | None:
        """Until when all must wait, if this is one too many."""
        self._until[chat] = until
        if len(self._until) < IN_A_ROW:
            return None
        latest = max(self._until.values())
        self._until.clear()
        return latest

    def end(self) -> None:
        """A message went through: those that wait, wait for themselves."""
        self._until.clear()


@dataclass(slots=True)
class _Chat:
    """What we know of a chat's last messages; times are the clock's."""

    sent: deque[float]
    held_until: float = 0.0


class Pacer:
    """Says when, and remembers what it permitted.

    Args:
        limits: what is permitted.
        clock: monotonic seconds.
        sleep: waits for so many of them.
    """

    def __init__(
        self,
        limits: Limits,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._limits = limits
        self._clock = clock
        self._sleep = sleep
        self._line = asyncio.Lock()
        self._next = 0.0  # when the next message overall has its place
        self._held_until = 0.0  # nothing at all before
        self._chats: OrderedDict[int, _Chat] = OrderedDict()
        self._refusals = Refusals()

    def delay(self, chat: int, *, answer: bool = False) -> float:
        """Seconds until a chat may be written to, the others aside; 0 for now.

        Args:
            chat: its number; groups have negative ones.
            answer: whether a reader waits for it.
        """
        now = self._clock()
        known = self._chats.get(chat)
        if known is None:
            return max(0.0, self._held_until - now)
        earliest = max(self._held_until, known.held_until, self._spaced(known, answer, now))
        if chat < 0:
            earliest = max(earliest, self._in_window(known, answer))
        return max(0.0, earliest - now)

    async def waits(self, chat: int) -> float:
        """As `delay`, for a message that nobody waits for."""
        return self.delay(chat)

    async def turn(self, chat: int, *, answer: bool = False) -> None:
        """Wait until a message may be sent, and take its place.

        Broadcasts stand in a line and take their place only when it has come, so that an answer
        never finds places taken before it by those who still wait.
        """
        if answer:
            await self._until_free(chat, answer=True)
            await self._sleep(self.take(chat, answer=True))
            return
        taken = False
        while not taken:
            await self._until_free(chat)
            async with self._line:
                while (off := self._next - self._clock()) > 0:
                    await self._sleep(off)
                if taken := not self.delay(chat):  # it may have been told to wait meanwhile
                    self.take(chat)

    def take(self, chat: int, *, answer: bool = False) -> float:
        """Take the next place for a message; how many seconds off it is."""
        now, interval = self._clock(), 1 / self._limits.per_second
        slack = self._limits.burst * interval if answer else 0.0
        at = max(now, self._next - slack)
        self._next = max(self._next, now - LATE_SECONDS) + interval
        self._remember(chat, at)
        return at - now

    async def _until_free(self, chat: int, *, answer: bool = False) -> None:
        while (delay := self.delay(chat, answer=answer)) > 0:
            await self._sleep(delay)

    async def hold(self, chat: int, seconds: float) -> None:
        """Telegram says that a chat must wait. When several chats in a row are told so, with none
        let through between, it is meant for the bot, and all wait."""
        until = self._clock() + seconds
        known = self._known(chat)
        known.held_until = max(known.held_until, until)
        if everybody := self._refusals.add(chat, until):
            self._held_until = max(self._held_until, everybody)

    def let_through(self) -> None:
        """Telegram took a message: those that wait, wait for themselves."""
        self._refusals.end()

    def _spaced(self, known: _Chat, answer: bool, now: float) -> float:
        """A chat gets a message a second; an answer may follow on a message at once."""
        if not known.sent:
            return now
        within = 1 if not answer else self._limits.burst
        if len(known.sent) < within:
            return now
        return known.sent[-within] + self._limits.chat_seconds * (1 if not answer else within)

    def _in_window(self, known: _Chat, answer: bool) -> float:
        most = self._limits.per_group - (0 if answer else self._limits.for_answers)
        if len(known.sent) < most:
            return 0.0
        return known.sent[-most] + self._limits.group_seconds

    def _remember(self, chat: int, at: float) -> None:
        known = self._known(chat)
        known.sent.append(at)
        self._chats.move_to_end(chat)
        while self._chats:
            oldest = next(iter(self._chats.values()))
            last = max([oldest.held_until, *list(oldest.sent)[-1:]])
            if last > at - FORGOTTEN_AFTER:
                break
            self._chats.popitem(last=False)

    def _known(self, chat: int) -> _Chat:
        return self._chats.setdefault(chat, _Chat(deque(maxlen=self._limits.per_group)))
