"""Feeds in the chat: commands and buttons, thin."""

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes

from bot.chat.doors import pressed
from bot.chat.reply import arguments, quietly, show
from bot.flow.feeds import COMMANDS, FeedDesk
from bot.flow.visit import Visit, Visits
from bot.render.feeds import PREFIX, unpack


class FeedDoor:
    """Hands questions about feeds to the one who knows.

    Args:
        desk: knows.
        visits: knows who asks.
    """

    commands = COMMANDS

    def __init__(self, desk: FeedDesk, visits: Visits) -> None:
        self._desk = desk
        self._visits = visits

    async def command(self, name: str, said: str, message: TelegramMessage, visit: Visit) -> bool:
        """Answer a command."""
        await message.reply_text(**arguments(await self._desk.command(name, said, visit)))
        return True

    def handlers(self) -> list["BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]"]:
        """One handler for all buttons of ours."""
        return [CallbackQueryHandler(self._press, pattern=rf"^{PREFIX}\.")]

    async def _press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        told = await pressed(update, self._visits)
        if told is None:
            return
        query, visit = told
        press = unpack(query.data or "")
        if press is None or not isinstance(query.message, TelegramMessage):
            await quietly(query.answer(visit.words.old_button))
            return
        screen = await self._desk.press(press, visit)
        if screen is None:
            await quietly(query.answer(visit.words.only_operators, show_alert=True))
            return
        await quietly(query.answer())
        await show(query, screen)
