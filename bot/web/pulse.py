"""Heartbeats: a part that lives says so now and then; one that has been silent too long is dead."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """How long a part has been silent, and how long it may be; seconds."""

    age: float
    bound: float

    @property
    def alive(self) -> bool:
        """Whether it has been heard of in time."""
        return self.age <= self.bound


class Pulse:
    """Remembers when each part was last heard of.

    Args:
        clock: monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._bounds: dict[str, float] = {}
        self._heard: dict[str, float] = {}

    @contextmanager
    def expecting(self, part: str, seconds: float) -> Iterator[None]:
        """Listen to a part while the block runs; it lives at its beginning."""
        self._bounds[part], self._heard[part] = seconds, self._clock()
        try:
            yield
        finally:
            del self._bounds[part], self._heard[part]

    def beat(self, part: str) -> None:
        """A part lives; of one that is not expected nothing is kept."""
        if part in self._bounds:
            self._heard[part] = self._clock()

    def parts(self) -> dict[str, Part]:
        """All that are expected."""
        now = self._clock()
        return {name: Part(now - self._heard[name], b) for name, b in self._bounds.items()}
