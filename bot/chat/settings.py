"""The settings panel: a command and buttons, thin."""

from typing import Any

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes, filters

from bot.chat.asking import asker
from bot.chat.commands import parse
from bot.chat.reply import arguments, quietly
from bot.flow.settings import Panel
from bot.flow.visit import Visits
from bot.render.keys import FRESH
from bot.render.panel import PREFIX

COMMAND = "settings"
TOAST_UNITS = 200  # Telegram's limit for the answer to a press


class SettingsDoor:
    """Hands what is asked of the panel to it.

    Args:
        panel: shows and changes settings.
        visits: knows who asks.
    """

    def __init__(self, panel: Panel, visits: Visits) -> None:
        self._panel = panel
        self._visits = visits

    def hang(self, application: "Application[Any, Any, Any, Any, Any, Any]") -> None:
        """Give an application the handlers; before those for all commands and all buttons."""
        new = filters.UpdateType.MESSAGE
        application.add_handler(CommandHandler(COMMAND, self._command, new))
        greeting = CommandHandler("start", self._greet, new & filters.ChatType.PRIVATE)
        application.add_handler(greeting, group=1)  # beside the answer
        application.add_handler(CallbackQueryHandler(self._press, rf"^\+?{PREFIX}\."))

    async def _command(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        message, by = update.message, asker(update)
        assert message is not None  # the filter lets nothing else through
        assert by is not None  # a message stands in a chat
        _, _, said = parse(message)
        shown = await self._panel.command(said, await self._visits.of(by))
        await message.reply_text(**arguments(shown))

    async def _greet(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        by = asker(update)
        assert by is not None  # a message stands in a chat
        await self._panel.greet(await self._visits.of(by))

    async def _press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        query, by = update.callback_query, asker(update)
        assert query is not None  # the handler lets nothing else through
        data, message = query.data or "", query.message
        if by is None:
            await quietly(query.answer())
            return
        visit = await self._visits.of(by)
        if not isinstance(message, TelegramMessage):  # too old for Telegram to show
            await quietly(query.answer(visit.words.old_button))
            return
        shown, toast = await self._panel.press(data.removeprefix(FRESH), visit)
        await quietly(query.answer(toast[:TOAST_UNITS] or None, show_alert=bool(toast)))
        if shown and data.startswith(FRESH):  # what it hangs on stays
            await message.reply_text(**arguments(shown))
        elif shown:
            await quietly(query.edit_message_text(**arguments(shown)))
