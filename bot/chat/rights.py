"""Asks Telegram who may change what; the answer holds for a minute."""

import time

from telegram import Bot
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden

from bot.model.delivery import ChatSettings

REMEMBERED_SECONDS = 60.0
_MANAGERS = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


class TelegramRights:
    """Who manages a chat, by Telegram's word.

    Args:
        bot: asks.
    """

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._known: dict[tuple[int, int], tuple[float, bool]] = {}

    async def manages(self, chat: int, user: int) -> bool:
        """Whether somebody administers a chat; in a private chat one manages oneself."""
        if chat == user:
            return True
        now = time.monotonic()
        self._known = {k: v for k, v in self._known.items() if v[0] > now}
        if (chat, user) not in self._known:
            found = await self._status(chat, user) in _MANAGERS
            self._known[chat, user] = (now + REMEMBERED_SECONDS, found)
        return self._known[chat, user][1]

    async def channel(self, name: str) -> ChatSettings | None:
        """The channel or group of a public @name or a number, where the bot may write; or None."""
        try:
            found = await self._bot.get_chat(int(name) if name[1:].isdecimal() else name)
        except (BadRequest, Forbidden):
            return None
        if found.type == ChatType.PRIVATE:
            return None
        status = await self._status(found.id, self._bot.id)
        may_write = status in _MANAGERS or (
            found.type != ChatType.CHANNEL and status == ChatMemberStatus.MEMBER
        )
        return ChatSettings(found.id, found.type, found.title or name) if may_write else None

    async def _status(self, chat: int, user: int) -> str:
        try:
            return (await self._bot.get_chat_member(chat, user)).status
        except (BadRequest, Forbidden):
            return ChatMemberStatus.LEFT
