"""What was sent and when; Telegram's limits, and who does not keep to them."""

import json
import math
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, TextIO

from bot.sandbox.errors import flood

KEPT_CHARACTERS = 80
MINUTE = 60.0


class Sent(NamedTuple):
    """One message of the bot's that went through."""

    chat_id: int
    thread: int
    message_id: int
    text: str
    at: float  # seconds of a clock that only goes forward
    silent: bool


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be sent, as Telegram's FAQ says: 30 a second to all chats together, 1 a second
    to any one chat, and to a group or channel no more than 20 a minute besides.

    Each is counted over a window that slides: at most so many messages in *any* second or minute.
    Telegram itself tolerates short bursts in one chat and does not say how short; here none
    is tolerated unless `burst` says so, because a sender that keeps the strict form keeps every
    other. A refused message does not count. A chat that was refused stays refused for as long as
    the answer said.

    Args:
        overall: messages a second, to all chats together.
        per_chat: messages a second, to one chat of any kind.
        per_group: messages a minute, to one group or channel.
        scale: all three times this, for a test that cannot wait.
        burst: so many more in each window of a chat.
        overall_burst: so many more in each window of all chats together. A measurement needs
            some: when a machine stalls for 50 ms, what was sent evenly arrives 5% too dense.
    """

    overall: float = 30.0
    per_chat: float = 1.0
    per_group: float = 20.0
    scale: float = 1.0
    burst: int = 0
    overall_burst: int = 0

    def most(self, rate: float, burst: int) -> int:
        """How many fit into one window."""
        return max(1, math.floor(rate * self.scale + 1e-9)) + burst


@dataclass(slots=True)
class Traffic:
    """The bot's messages, counted as they come.

    Args:
        limits: what to refuse beyond; None for no limit.
        clock: seconds that only go forward.
        grace: seconds after a 429 in which a message to that chat is not held against the sender,
            because it may have been on its way.
        record: gets one JSON line for each message that went through, at once.
    """

    limits: Limits | None = None
    clock: Callable[[], float] = time.monotonic
    grace: float = 0.0
    record: TextIO | None = None
    sent: list[Sent] = field(default_factory=list)
    violations: int = 0  # messages that came while an earlier retry_after for their chat ran
    refused: int = 0  # 429 because of the limits; injected faults are not counted
    _held: dict[int, tuple[float, float]] = field(default_factory=dict)  # chat: from, until
    _all_held_until: float = 0.0
    _overall: deque[float] = field(default_factory=deque)
    _chats: dict[int, deque[float]] = field(default_factory=dict)

    def hold(self, chat_id: int, seconds: float) -> None:
        """A 429 was answered: nothing may come for so long."""
        now = self.clock()
        self._held[chat_id] = (now, now + seconds)

    def hold_all(self, seconds: float) -> None:
        """Whatever is sent is refused for so long, as when Telegram slows down a whole bot."""
        self._all_held_until = self.clock() + seconds

    def arrives(self, chat_id: int) -> None:
        """A message was tried, whatever becomes of it."""
        since, until = self._held.get(chat_id, (0.0, 0.0))
        now = self.clock()
        if now < until and now >= since + self.grace:
            self.violations += 1

    def admit(self, chat_id: int, *, private: bool) -> None:
        """Let a message pass, or not.

        Raises:
            ApiError: 429 with the whole seconds to wait.
        """
        now = self.clock()
        wait = max(self._all_held_until - now, self._wait(chat_id, private, now))
        if wait > 0:
            seconds = max(1, math.ceil(wait))
            self.refused += 1
            self.hold(chat_id, seconds)
            raise flood(seconds)
        if self.limits is not None:
            self._overall.append(now)
            self._chats[chat_id].append(now)

    def _wait(self, chat_id: int, private: bool, now: float) -> float:
        """Seconds until the limits let one more pass."""
        if self.limits is None:
            return 0.0
        limits, window = self.limits, 1.0 if private else MINUTE
        mine = self._chats.setdefault(chat_id, deque())
        waits = [
            self._held.get(chat_id, (0.0, 0.0))[1] - now,
            _until_free(mine, window, 1.0, limits.most(limits.per_chat, limits.burst), now),
            _until_free(
                self._overall, 1.0, 1.0, limits.most(limits.overall, limits.overall_burst), now
            ),
        ]
        if not private:
            waits.append(
                _until_free(mine, window, MINUTE, limits.most(limits.per_group, limits.burst), now)
            )
        return max(waits)

    def note(self, chat_id: int, thread: int, message_id: int, text: str, silent: bool) -> None:
        """A message went through."""
        one = Sent(chat_id, thread, message_id, text[:KEPT_CHARACTERS], self.clock(), silent)
        self.sent.append(one)
        if self.record is not None:
            self.record.write(json.dumps(one._asdict(), ensure_ascii=False) + "\n")
            self.record.flush()

    def busiest(self, seconds: float, chats: Iterable[int] | None = None) -> int:
        """The most messages that one of these chats (any, if None) got in any such window."""
        wanted = None if chats is None else set(chats)
        times: dict[int, list[float]] = {}
        for one in self.sent:
            if wanted is None or one.chat_id in wanted:
                times.setdefault(one.chat_id, []).append(one.at)
        return max((most_within(seconds, found) for found in times.values()), default=0)


def _until_free(times: deque[float], kept: float, window: float, most: int, now: float) -> float:
    """Seconds until one more fits into the window; forgets what is older than is to be kept."""
    while times and times[0] <= now - kept:
        times.popleft()
    return times[-most] + window - now if len(times) >= most else 0.0


def most_within(seconds: float, times: list[float]) -> int:
    """The most of some times, in order, that fall into any stretch of so many seconds."""
    most = start = 0
    for end, at in enumerate(times):
        while times[start] <= at - seconds:
            start += 1
        most = max(most, end - start + 1)
    return most
