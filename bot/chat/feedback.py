"""Presses on 👍 and 👎: a toast, and nothing else changes."""

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes

from bot.chat.asking import asker
from bot.chat.reply import quietly
from bot.flow.feedback import Opinions
from bot.flow.visit import Visits


class FeedbackDoor:
    """The handler for what readers think.

    Args:
        opinions: keeps them.
        visits: knows who asks.
    """

    def __init__(self, opinions: Opinions, visits: Visits) -> None:
        self._opinions = opinions
        self._visits = visits

    def handler(self) -> "BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]":
        """One handler for both buttons."""
        return CallbackQueryHandler(self._press, pattern=r"^v\.")

    async def _press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        query, by = update.callback_query, asker(update)
        assert query is not None  # the handler lets nothing else through
        if by is None:
            await quietly(query.answer())
            return
        visit = await self._visits.of(by)
        await quietly(query.answer(await self._opinions.press(query.data or "", visit)))
