"""Feeds in the chat: commands and buttons, thin."""

from telegram import Message as TelegramMessage

from bot.chat.presses import Handler, Press, handler
from bot.chat.reply import arguments
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

    def handlers(self) -> list[Handler]:
        """One handler for all buttons of ours."""
        return [handler(self._press, self._visits, rf"^{PREFIX}\.")]

    async def _press(self, press: Press) -> None:
        meant = unpack(press.data)
        if meant is None:
            await press.answer_old()
            return
        screen = await self._desk.press(meant, press.visit)
        if screen is None:
            await press.answer(press.visit.words.only_operators, alert=True)
            return
        await press.answer()
        await press.show(screen)
