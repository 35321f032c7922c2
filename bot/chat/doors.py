"""What a door is: one subject's commands and buttons."""

from collections.abc import Sequence
from typing import Protocol

from telegram import Message as TelegramMessage

from bot.chat.presses import Handler
from bot.flow.visit import Visit


class Door(Protocol):
    """One subject's way in; behind it, those who know."""

    @property
    def commands(self) -> Sequence[str]:
        """The names of its commands, lower case."""
        ...

    async def command(self, name: str, said: str, message: TelegramMessage, visit: Visit) -> bool:
        """Answer a command of its own; False where it is for the next door after all.

        Args:
            name: the command, lower case.
            said: what stands behind it.
            message: the question.
            visit: who asks.
        """
        ...

    def handlers(self) -> Sequence[Handler]:
        """For its buttons."""
        ...
