"""Subscriptions and settings: commands and buttons, thin."""

from io import BytesIO

from telegram import InputFile, Update
from telegram import Message as TelegramMessage
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes

from bot.chat.doors import pressed
from bot.chat.reply import arguments, quietly, show
from bot.flow import account, subscribe
from bot.flow.account import Accounts
from bot.flow.subscribe import Subscribing
from bot.flow.visit import Visit, Visits
from bot.flow.whose import NotAllowedError
from bot.flow.why import Why
from bot.model import Message
from bot.model.delivery import File
from bot.render.keys import FRESH
from bot.render.setup import Setup, Step, unpack

TOAST_UNITS = 200  # Telegram's limit for the answer to a press


class SubscriptionDoor:
    """Hands questions about subscriptions and settings to those who know.

    Args:
        subscribing: subscriptions.
        accounts: settings and data.
        why: explanations.
        visits: knows who asks.
    """

    commands = (*subscribe.COMMANDS, *account.COMMANDS, "why")

    def __init__(
        self, subscribing: Subscribing, accounts: Accounts, why: Why, visits: Visits
    ) -> None:
        self._subscribing = subscribing
        self._accounts = accounts
        self._why = why
        self._visits = visits

    async def command(self, name: str, said: str, message: TelegramMessage, visit: Visit) -> bool:
        """Answer a command."""
        if name in subscribe.COMMANDS:
            for answer in await self._subscribing.command(name, said, visit):
                await message.reply_text(**arguments(answer))
        elif name == "why":
            await message.reply_text(**arguments(await self._why.answer(said, visit)))
        else:
            await self._give(message, await self._accounts.command(name, said, visit))
        return True

    async def _give(self, message: TelegramMessage, answer: Message | File) -> None:
        if isinstance(answer, Message):
            await message.reply_text(**arguments(answer))
            return
        document = InputFile(BytesIO(answer.content), filename=answer.name)
        await message.reply_document(document, caption=answer.caption)

    def handlers(self) -> list["BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]"]:
        """One handler for all buttons of ours."""
        return [CallbackQueryHandler(self._press, pattern=r"^\+?s\.")]

    async def _press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        press = await pressed(update, self._visits)
        if press is None:
            return
        query, visit = press
        setup, message = unpack((query.data or "").removeprefix(FRESH)), query.message
        if setup is None or not isinstance(message, TelegramMessage):
            await quietly(query.answer(visit.words.old_button))
            return
        shown, toast = await self._pressed(setup, visit)
        await quietly(query.answer(toast[:TOAST_UNITS] or None, show_alert=bool(toast)))
        if shown:
            await show(query, shown[0])
        for more in shown[1:]:
            await message.reply_text(**arguments(more))

    async def _pressed(self, setup: Setup, visit: Visit) -> tuple[list[Message], str]:
        if setup.step is not Step.FORGOTTEN:
            return await self._subscribing.press(setup, visit)
        try:
            return [await self._accounts.forget(visit)], ""
        except NotAllowedError as refusal:
            return [], str(refusal)
