"""What a door is: one subject's commands and buttons."""

from collections.abc import Sequence
from typing import Any, Protocol

from telegram import CallbackQuery, Update
from telegram import Message as TelegramMessage
from telegram.ext import BaseHandler

from bot.chat.asking import asker
from bot.chat.reply import quietly
from bot.flow.visit import Visit, Visits


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

    def handlers(self) -> Sequence["BaseHandler[Update, Any, Any]"]:
        """For its buttons."""
        ...


async def pressed(update: Update, visits: Visits) -> tuple[CallbackQuery, Visit] | None:
    """A press and who pressed; None when it was on nothing that stands in a chat."""
    query, by = update.callback_query, asker(update)
    assert query is not None  # the handler lets nothing else through
    if by is None:
        await quietly(query.answer())
        return None
    return query, await visits.of(by)
