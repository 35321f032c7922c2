"""Presses on 👍 and 👎: a toast, and nothing else changes."""

from telegram import Message as TelegramMessage

from bot.chat.presses import Handler, Press, handler
from bot.flow.feedback import Opinions
from bot.flow.visit import Visit, Visits


class FeedbackDoor:
    """The handler for what readers think.

    Args:
        opinions: keeps them.
        visits: knows who asks.
    """

    commands = ()

    def __init__(self, opinions: Opinions, visits: Visits) -> None:
        self._opinions = opinions
        self._visits = visits

    async def command(self, name: str, said: str, message: TelegramMessage, visit: Visit) -> bool:
        """There are no commands."""
        return False

    def handlers(self) -> list[Handler]:
        """One handler for both buttons."""
        return [handler(self._press, self._visits, r"^v\.")]

    async def _press(self, press: Press) -> None:
        await press.answer(await self._opinions.press(press.data, press.visit))
