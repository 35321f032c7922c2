"""Presses on inline buttons: what all that handle them share."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import CallbackQuery, Update
from telegram import Message as TelegramMessage
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes

from bot.chat.asking import asker, private_asker
from bot.chat.reply import quietly, show
from bot.flow.visit import Visit, Visits
from bot.model import Message
from bot.render.keys import FRESH

Handler = BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]

TOAST_UNITS = 200  # Telegram's limit for the answer to a press


@dataclass(frozen=True, slots=True)
class Press:
    """A button was pressed: on which message, and by whom."""

    query: CallbackQuery
    message: TelegramMessage
    visit: Visit

    @property
    def data(self) -> str:
        """What the button carries."""
        return (self.query.data or "").removeprefix(FRESH)

    @property
    def fresh(self) -> bool:
        """Whether the message stays, and what the button shows comes below it."""
        return (self.query.data or "").startswith(FRESH)

    async def answer(self, toast: str = "", *, alert: bool = False) -> None:
        """End the waiting that the reader sees, with some words or without."""
        await quietly(self.query.answer(toast[:TOAST_UNITS] or None, show_alert=alert))

    async def answer_old(self) -> None:
        """Say kindly that the button leads nowhere any more."""
        await self.answer(self.visit.words.old_button)

    async def show(self, screen: Message) -> None:
        """Show a screen where the button was pressed, see `reply.show`."""
        await show(self.query, screen)


def handler(
    handle: Callable[[Press], Awaitable[None]], visits: Visits, pattern: str | None = None
) -> Handler:
    """Has presses handled.

    Args:
        handle: is given each; it has to answer it.
        visits: knows who presses.
        pattern: a regular expression for what the buttons carry; all by default.
    """

    async def press(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        query, by = update.callback_query, asker(update)
        assert query is not None  # the handler lets nothing else through
        if by is None or not isinstance(query.message, TelegramMessage):
            # On what was sent by inline mode, or is too old for bots to see.
            visit = visits.unknown(private_asker(query.from_user))
            await quietly(query.answer(visit.words.old_button))
            return
        await handle(Press(query, query.message, await visits.of(by)))

    return CallbackQueryHandler(press, pattern)
