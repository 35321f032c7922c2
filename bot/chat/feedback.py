"""Presses on 👍 and 👎: a toast, and nothing else changes."""

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes

from bot.chat.doors import pressed
from bot.chat.reply import quietly
from bot.flow.feedback import Opinions
from bot.flow.visit import Visit, Visits


class FeedbackDoor:
    """The handler for what readers think.

    Args:
        opinions: keeps them.
        visits: knows who asks.
    """

    commands = ()

    def __init__(self, opinions: Opinions, visits: Visits) -> None:
        self._opinions = opinions
        self._visits = visits

    async def command(self, name: str, said: str, message: TelegramMessage, visit: Visit) -> bool:
        """There are no commands."""
        return False

    def handlers(self) -> list["BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]"]:
        """One handler for both buttons."""
        return [CallbackQueryHandler(self._press, pattern=r"^v\.")]

    async def _press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        told = await pressed(update, self._visits)
        if told is None:
            return
        query, visit = told
        await quietly(query.answer(await self._opinions.press(query.data or "", visit)))
