"""Whether Telegram can be reached, asked no more often than needed."""

import time
from collections.abc import Callable

from telegram.error import TelegramError
from telegram.ext import ExtBot

FRESH_SECONDS = 15.0
_WELL = "ok"


class Reach:
    """Asks getMe.

    Args:
        bot: python-telegram-bot's.
        clock: seconds that only go forward.
    """

    def __init__(self, bot: "ExtBot[str]", clock: Callable[[], float] = time.monotonic) -> None:
        self._bot = bot
        self._clock = clock
        self._asked: float | None = None
        self._said = _WELL

    async def __call__(self) -> str:
        """'ok', or what is wrong; as it was some seconds ago at most."""
        now = self._clock()
        if self._asked is None or now - self._asked >= FRESH_SECONDS:
            self._said = await self._ask()
            self._asked = now
        return self._said

    async def _ask(self) -> str:
        try:
            await self._bot.get_me()
        except TelegramError as error:
            return f"unreachable: {type(error).__name__}"  # its words may hold the token
        return _WELL
