"""A `Message` of ours as the arguments of a Bot API call."""

from collections.abc import Coroutine
from typing import Any

from telegram import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
)
from telegram import Message as TelegramMessage
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.model import Button, Message
from bot.render.keys import FRESH

UNCHANGED = "message is not modified"
_NO_WORDS = "there is no text in the message to edit"
# Telegram's words for a press that needs nothing more: what it asks for is shown already, its
# message was deleted, or it waited too long for its answer.
_HARMLESS = (UNCHANGED, "message to edit not found", "query is too old", "query id is invalid")


async def quietly(call: Coroutine[Any, Any, object]) -> None:
    """Make a call to Telegram and let its harmless refusals pass."""
    try:
        await call
    except BadRequest as refusal:
        if not any(words in str(refusal).lower() for words in _HARMLESS):
            raise


async def show(query: CallbackQuery, screen: Message) -> None:
    """Show a screen where a button was pressed: in place, or as a message of its own where what the
    button hangs on is to stay, or is a picture, which has no words to change."""
    message = query.message
    if not isinstance(message, TelegramMessage):
        return
    if (query.data or "").startswith(FRESH) or not message.text:
        await message.reply_text(**arguments(screen))
        return
    try:
        await quietly(query.edit_message_text(**arguments(screen)))
    except BadRequest as refusal:
        if _NO_WORDS not in str(refusal).lower():
            raise
        await message.reply_text(**arguments(screen))  # another press just made it a picture


def arguments(message: Message) -> dict[str, Any]:
    """What sendMessage and editMessageText need; link previews are off."""
    return {
        "text": message.text,
        "parse_mode": None if message.plain else ParseMode.HTML,
        "link_preview_options": LinkPreviewOptions(is_disabled=True),
        "reply_markup": keyboard(message),
    }


def keyboard(message: Message) -> InlineKeyboardMarkup | None:
    """The buttons below a message."""
    if not message.buttons:
        return None
    return InlineKeyboardMarkup([[_button(b) for b in row] for row in message.buttons])


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.text, url=button.url)
    return InlineKeyboardButton(button.text, callback_data=button.data)
