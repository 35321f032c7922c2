"""Presses on inline buttons: the message is edited in place, and every press is answered."""

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes

from bot.chat.doors import pressed
from bot.chat.reply import quietly, show
from bot.flow.answer import Answers
from bot.flow.visit import Visits
from bot.render.keys import FRESH


class Buttons:
    """The handler for presses.

    Args:
        answers: makes the screens.
        visits: knows who asks.
    """

    def __init__(self, answers: Answers, visits: Visits) -> None:
        self._answers = answers
        self._visits = visits

    def handler(self) -> "BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]":
        """One handler for all buttons."""
        return CallbackQueryHandler(self._press)

    async def _press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        told = await pressed(update, self._visits)
        if told is None:
            return
        query, visit = told
        screen = await self._answers.press((query.data or "").removeprefix(FRESH), visit)
        # Telegram shows bots no message that is too old.
        if screen is None or not isinstance(query.message, TelegramMessage):
            await quietly(query.answer(visit.words.old_button))
            return
        await quietly(query.answer())
        await show(query, screen)
