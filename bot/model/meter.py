"""What the parts of a running bot tell of themselves: that they live, and what they did.

The parts know this protocol; who counts, and who reads the counts, is the business of `bot.web`.
"""

from contextlib import AbstractContextManager, nullcontext
from typing import Protocol


class Meter(Protocol):
    """Is told; never raises, never waits."""

    def expecting(self, part: str, seconds: float) -> AbstractContextManager[None]:
        """While the block runs, a part that has not beaten for so many seconds counts as dead."""
        ...

    def beat(self, part: str) -> None:
        """A part lives."""
        ...

    def sent(self, outcome: str) -> None:
        """A message was tried; what became of it, a word."""
        ...

    def told_to_wait(self, seconds: float) -> None:
        """Telegram answered 429 and named so many seconds."""
        ...

    def articles(self, outcome: str, count: int) -> None:
        """So many articles were read, or rejected."""
        ...

    def handled(self, kind: str, command: str, seconds: float) -> None:
        """An update was answered.

        Args:
            kind: of the update, as the Bot API names it.
            command: the command in it; another word for what is none.
            seconds: from taking it up to its end.
        """
        ...


class Unmeasured:
    """Nobody reads the counts."""

    def expecting(self, part: str, seconds: float) -> AbstractContextManager[None]:
        """Nothing is expected."""
        return nullcontext()

    def beat(self, part: str) -> None:
        """Nothing."""

    def sent(self, outcome: str) -> None:
        """Nothing."""

    def told_to_wait(self, seconds: float) -> None:
        """Nothing."""

    def articles(self, outcome: str, count: int) -> None:
        """Nothing."""

    def handled(self, kind: str, command: str, seconds: float) -> None:
        """Nothing."""


UNMEASURED: Meter = Unmeasured()
