"""What is set for the bot at @BotFather, as Telegram tells."""

import asyncio

from telegram import Bot
from telegram.error import InvalidToken, NetworkError

_PATIENT_SECONDS = 10.0


async def inline_mode(token: str, base_url: str) -> bool | None:
    """Whether inline mode is switched on; None where Telegram cannot be reached or does not know
    the token.

    Args:
        token: the bot's, of the right form.
        base_url: of the Bot API.
    """
    try:
        async with asyncio.timeout(_PATIENT_SECONDS), Bot(token, base_url=base_url) as bot:
            return bool(bot.bot.supports_inline_queries)
    except (InvalidToken, NetworkError, TimeoutError):
        return None
