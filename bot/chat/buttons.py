"""Presses on inline buttons: the message is edited in place, and every press is answered."""

from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

from telegram import Update
from telegram.error import BadRequest
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes

from bot.chat.reply import arguments
from bot.flow.answer import Answers
from bot.render import words

# Telegram's words for a press that needs nothing more: what it asks for is shown already, or it
# waited too long for its answer.
_HARMLESS = ("message is not modified", "query is too old", "query id is invalid")


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
        screen = await self._answers.press(query.data or "", self._clock())
        if screen is None or query.message is None or not query.message.is_accessible:
            await _quietly(query.answer(words.OLD_BUTTON))
            return
        await _quietly(query.answer())
        await _quietly(query.edit_message_text(**arguments(screen)))


async def _quietly(call: Coroutine[Any, Any, object]) -> None:
    """Make a call to Telegram and let its harmless refusals pass."""
    try:
        await call
    except BadRequest as refusal:
        if not any(words_ in str(refusal).lower() for words_ in _HARMLESS):
            raise
