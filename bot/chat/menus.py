"""The command menu, in the language that a chat speaks."""

import logging
from collections.abc import Coroutine
from typing import Any

from telegram import Bot, BotCommandScopeChat
from telegram.error import TelegramError

from bot.render import words

log = logging.getLogger(__name__)


async def tell_all(bot: Bot) -> None:
    """Set the command menu: Chinese for all, English for those whose Telegram is in English.

    The bot answers without a menu too, so a failure is only logged.
    """
    menus = ((words.SIMPLIFIED.commands, None), (words.ENGLISH.commands, "en"))
    try:
        for menu, language in menus:
            await bot.set_my_commands(list(menu.items()), language_code=language)
    except TelegramError as error:
        log.warning("the command menu could not be set: %s", error)


class TelegramMenus:
    """The menus of single chats.

    Args:
        bot: sets them.
    """

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def show(self, chat: int, language: str) -> None:
        """Give a chat the menu of a language; a failure is only logged."""
        menu = list(words.of(language).commands.items())
        scope = BotCommandScopeChat(chat)
        await self._tried(chat, self._bot.set_my_commands(menu, scope=scope))

    async def reset(self, chat: int) -> None:
        """Leave a chat to the menus that are for all; a failure is only logged."""
        await self._tried(chat, self._bot.delete_my_commands(scope=BotCommandScopeChat(chat)))

    async def _tried(self, chat: int, call: Coroutine[Any, Any, bool]) -> None:
        try:
            await call
        except TelegramError as error:
            log.warning("the command menu of chat %d could not be set: %s", chat, error)
