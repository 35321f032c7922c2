"""Sends a message of the outbox, and turns what Telegram answers into an outcome."""

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ExtBot

from bot.chat.limiter import BROADCAST, waiting_seconds
from bot.chat.reply import arguments
from bot.model import Message
from bot.model.delivery import (
    GENERAL,
    Gone,
    Moved,
    NoTopic,
    Outcome,
    Place,
    Refused,
    Retry,
    Sent,
    Unreadable,
    Wait,
)

# Telegram's words, in lower case: they are not documented, but stable for years.
_UNREADABLE = ("can't parse entities", "can't parse message text")
_NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")
_NO_ACCESS = (
    "chat not found",
    "user is deactivated",
    "group chat was deactivated",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "peer_id_invalid",
    "bot is not a member",
)
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class TelegramSender:
    """The sender of the outbox.

    Args:
        bot: python-telegram-bot's, with our limiter.
    """

    def __init__(self, bot: "ExtBot[str]") -> None:
        self._bot = bot

    async def __call__(self, place: Place, message: Message, *, silent: bool) -> Outcome:
        """Send a message to a place."""
        try:
            sent = await self._bot.send_message(
                place.chat,
                message_thread_id=place.topic if place.topic != GENERAL else None,
                disable_notification=silent,
                **arguments(message),
                rate_limit_args=BROADCAST,
            )
        except TelegramError as error:
            return outcome(error)
        return Sent(sent.message_id)


def outcome(error: TelegramError) -> Outcome:
    """What an error of python-telegram-bot's means for a message that was to be sent."""
    reason = str(error)
    match error:
        case RetryAfter():
            return Wait(waiting_seconds(error))
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden():
            return Gone(reason)
        case BadRequest():
            return _refusal(reason)
        case TimedOut() | NetworkError():
            return Retry(reason, uncertain=not isinstance(error.__cause__, _NEVER_LEFT))
        case _:
            return Retry(reason)


def _refusal(reason: str) -> Outcome:
    low = reason.lower()
    if any(words in low for words in _UNREADABLE):
        return Unreadable(reason)
    if any(words in low for words in _NO_TOPIC):
        return NoTopic(reason)
    if any(words in low for words in _NO_ACCESS):
        return Gone(reason)
    return Refused(reason)
