"""The settings panel: a command and buttons, thin."""

from telegram import Chat, Update
from telegram import Message as TelegramMessage
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes

from bot.chat.doors import pressed
from bot.chat.reply import arguments, quietly, show
from bot.flow.settings import Panel
from bot.flow.visit import Visit, Visits
from bot.render.keys import FRESH
from bot.render.panel import PREFIX

TOAST_UNITS = 200  # Telegram's limit for the answer to a press


class SettingsDoor:
    """Hands what is asked of the panel to it.

    Args:
        panel: shows and changes settings.
        visits: knows who asks.
    """

    commands = ("settings", "start")

    def __init__(self, panel: Panel, visits: Visits) -> None:
        self._panel = panel
        self._visits = visits

    async def command(self, name: str, said: str, message: TelegramMessage, visit: Visit) -> bool:
        """Answer /settings; beside the answer to /start, see to the menu."""
        if name == "start":
            if message.chat.type == Chat.PRIVATE:
                await self._panel.greet(visit)
            return False
        await message.reply_text(**arguments(await self._panel.command(said, visit)))
        return True

    def handlers(self) -> list["BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]"]:
        """One handler for all buttons of ours."""
        return [CallbackQueryHandler(self._press, rf"^\+?{PREFIX}\.")]

    async def _press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        told = await pressed(update, self._visits)
        if told is None:
            return
        query, visit = told
        if not isinstance(query.message, TelegramMessage):  # too old for Telegram to show
            await quietly(query.answer(visit.words.old_button))
            return
        shown, toast = await self._panel.press((query.data or "").removeprefix(FRESH), visit)
        await quietly(query.answer(toast[:TOAST_UNITS] or None, show_alert=bool(toast)))
        if shown:
            await show(query, shown)
