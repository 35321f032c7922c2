"""Faults that tests inject: what goes wrong, with which calls, how often."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from bot.sandbox.errors import REFUSALS, ApiError, flood

SENDING = ("sendMessage", "sendDocument", "sendPhoto")


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong: a delay, then an error or a reset; a delay alone is a slow answer.

    A client that gives up during the delay: over a socket the call is carried out all the same, as
    by Telegram; in process it is given up with the client.

    Args:
        error: what Telegram answers; None for none.
        method: the Bot API method, or '' for all but getUpdates.
        times: how often, then no more.
        chat_id: only in this chat; None for all.
        after: whether the call is carried out before it fails.
        reset: the connection ends without an answer.
        delay: seconds.
    """

    error: ApiError | None = None
    method: str = ""
    times: int = 1
    chat_id: int | None = None
    after: bool = False
    reset: bool = False
    delay: float = 0.0

    def hits(self, method: str, params: Mapping[str, Any]) -> bool:
        """Whether this call fails; counts down."""
        named = self.method.lower() == method.lower() if self.method else method != "getUpdates"
        here = self.chat_id is None or str(params.get("chat_id")) == str(self.chat_id)
        if not (self.times > 0 and named and here):
            return False
        self.times -= 1
        return True


@dataclass(slots=True)
class Storm:
    """Random faults that are the same again for the same seed.

    Which fault the n-th call to a chat meets depends on the seed, the chat and n only: not on how
    calls to different chats interleave.

    Args:
        seed: of the draw.
        flood: the share of calls that get 429.
        server_error: the share that gets 502 without being carried out.
        reset: the share whose connection ends without an answer; every other one of them, as drawn,
            is carried out first.
        slow: the share that is answered late.
        retry_after: seconds named by the 429s.
        delay: seconds of a late answer.
        methods: those that it meets.
    """

    seed: int
    flood: float = 0.0
    server_error: float = 0.0
    reset: float = 0.0
    slow: float = 0.0
    retry_after: int = 1
    delay: float = 0.5
    methods: tuple[str, ...] = SENDING
    _calls: Counter[str] = field(default_factory=Counter)

    def strike(self, method: str, params: Mapping[str, Any]) -> Fault | None:
        """The fault that a call meets, or None."""
        if method not in self.methods:
            return None
        chat = str(params.get("chat_id"))
        self._calls[chat] += 1
        drawn = _share(f"{self.seed}:{chat}:{self._calls[chat]}")
        for share, fault in self._kinds():
            if drawn < share:
                return fault
            drawn -= share
        return None

    def _kinds(self) -> Iterable[tuple[float, Fault]]:
        yield self.flood, Fault(flood(self.retry_after))
        yield self.server_error, Fault(REFUSALS["bad_gateway"]())
        yield self.reset / 2, Fault(reset=True)
        yield self.reset / 2, Fault(reset=True, after=True)
        yield self.slow, Fault(delay=self.delay)


def _share(name: str) -> float:
    """A number from 0 to 1, evenly spread, the same for the same name."""
    return int.from_bytes(blake2b(name.encode(), digest_size=7).digest()) / (1 << 56)


@dataclass(slots=True)
class Faults:
    """The faults in force: first those planned, then the storm."""

    planned: list[Fault] = field(default_factory=list)
    weather: Storm | None = None

    @classmethod
    def storm(cls, seed: int, **shares: float) -> "Faults":
        """Random faults; the shares are those of `Storm`."""
        return cls(weather=Storm(seed, **shares))  # type: ignore[arg-type]

    def strike(self, method: str, params: Mapping[str, Any]) -> Fault | None:
        """The fault that a call meets, or None."""
        planned = next((f for f in self.planned if f.hits(method, params)), None)
        if planned is None and self.weather is not None:
            return self.weather.strike(method, params)
        return planned
