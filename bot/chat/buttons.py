"""Presses on inline buttons: the message is edited in place, and every press is answered."""

from collections.abc import Callable
from datetime import datetime

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes

from bot.chat.reply import arguments, quietly
from bot.flow.answer import Answers
from bot.render import words
from bot.render.keys import FRESH


class Buttons:
    """The handler for presses.

    Args:
        answers: makes the screens.
        clock: gives the time, UTC.
    """

    def __init__(self, answers: Answers, clock: Callable[[], datetime]) -> None:
        self._answers = answers
        self._clock = clock

    def handler(self) -> "BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]":
        """One handler for all buttons."""
        return CallbackQueryHandler(self._press)

    async def _press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None  # the handler lets nothing else through
        data, message = query.data or "", query.message
        if not isinstance(message, TelegramMessage):  # too old to be seen by bots
            await quietly(query.answer(words.OLD_BUTTON))
            return
        asked = data.removeprefix(FRESH)
        screen = await self._answers.press(asked, message.chat.id, self._clock())
        if screen is None:
            await quietly(query.answer(words.OLD_BUTTON))
            return
        await quietly(query.answer())
        if data.startswith(FRESH):  # what it hangs on stays
            await message.reply_text(**arguments(screen))
        else:
            await quietly(query.edit_message_text(**arguments(screen)))
