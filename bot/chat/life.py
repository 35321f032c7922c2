"""What happens to a chat: the bot is added, blocked, comes back, a group becomes a supergroup."""

import logging

from telegram import Bot, Chat, ChatMember, ChatMemberUpdated, Update
from telegram.error import TelegramError
from telegram.ext import (
    BaseHandler,
    ChatMemberHandler,
    ContextTypes,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.chat.asking import adder, asker
from bot.chat.reply import arguments
from bot.flow.visit import Visits
from bot.model import Message
from bot.model.delivery import Asker
from bot.model.moving import IMPORTED
from bot.render import notes
from bot.store import Store

log = logging.getLogger(__name__)

_AWAY = (ChatMember.BANNED, ChatMember.LEFT)


class Life:
    """Keeps what we know of chats true.

    Args:
        store: an open store.
        visits: knows how those who added the bot read.
    """

    def __init__(self, store: Store, visits: Visits) -> None:
        self._chats = store.chats
        self._subscriptions = store.subscriptions
        self._visits = visits

    def handlers(self) -> list["BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]"]:
        """For group 0: these updates are nobody else's."""
        return [
            ChatMemberHandler(self._membership, ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(filters.StatusUpdate.MIGRATE, self._moved),
        ]

    def witness(self) -> "BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]":
        """For a group before: whoever writes to us can be written to."""
        return TypeHandler(Update, self._heard)

    async def _heard(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        chat = update.effective_chat
        if chat and update.effective_message and await self._chats.resume(chat.id) == IMPORTED:
            by = asker(update)
            assert by is not None  # there is a message
            await self._welcome(by, update.get_bot())

    async def _membership(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        change = update.my_chat_member
        assert change is not None  # the handler lets nothing else through
        status = change.new_chat_member.status
        if status in _AWAY:
            log.info("chat %d is paused: the bot is %s", change.chat.id, status)
            await self._chats.pause(change.chat.id, status)
            return
        why = await self._chats.resume(change.chat.id)
        if why:
            log.info("chat %d is back", change.chat.id)
        if change.old_chat_member.status in _AWAY:
            await self._hello(change, context.bot)
        if why == IMPORTED:
            await self._welcome(adder(change), context.bot)

    async def _hello(self, change: ChatMemberUpdated, bot: Bot) -> None:
        """How to use the bot where it was just added, said once and without a sound."""
        if change.chat.type == Chat.PRIVATE:
            return
        visit = await self._visits.of(adder(change))
        channel = change.chat.type == Chat.CHANNEL
        await _say(bot, change.chat.id, notes.hello(bot.username, visit.reader, channel=channel))

    async def _welcome(self, by: Asker, bot: Bot) -> None:
        """Who subscribed with another bot account before is told that it goes on."""
        theirs = await self._subscriptions.of_chat(by.place.chat)
        if theirs:
            reader = (await self._visits.of(by)).reader
            said = notes.note(reader, reader.words.back_again, count=len(theirs))
            await _say(bot, by.place.chat, said)

    async def _moved(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.message
        if message is None:
            return
        if message.migrate_to_chat_id:
            await self._chats.move(message.chat.id, message.migrate_to_chat_id)
        elif message.migrate_from_chat_id:
            await self._chats.move(message.migrate_from_chat_id, message.chat.id)


async def _say(bot: Bot, chat: int, said: Message) -> None:
    """Without a sound; a chat where that fails stays as it is."""
    try:
        await bot.send_message(chat, disable_notification=True, **arguments(said))
    except TelegramError as error:
        log.info("chat %d could not be greeted: %s", chat, error)
