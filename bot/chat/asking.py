"""Who asks, from an update."""

from telegram import Chat, ChatMemberUpdated, Message, Update, User

from bot.model import Button
from bot.model.delivery import GENERAL, Asker, Place


def asker(update: Update) -> Asker | None:
    """Who sent a message or pressed a button, and where; None where there is neither."""
    message, chat, user = update.effective_message, update.effective_chat, update.effective_user
    if message is None or chat is None:
        return None
    sender = message.sender_chat if update.callback_query is None else None
    return Asker(
        Place(chat.id, topic(message)),
        chat.type,
        chat.title or chat.full_name or "",
        user.id if user else 0,
        _language(user),
        anonymous=sender is not None and sender.id == chat.id and chat.type != Chat.PRIVATE,
    )


def private_asker(user: User) -> Asker:
    """Who asks outside of any chat that we see: they read as they do in their chat with us."""
    return Asker(Place(user.id), Chat.PRIVATE, user.full_name, user.id, _language(user))


def adder(change: ChatMemberUpdated) -> Asker:
    """Who added the bot to a chat."""
    chat, user = change.chat, change.from_user
    return Asker(Place(chat.id), chat.type, chat.title or "", user.id, _language(user))


def of_bot(message: Message, bot: int) -> bool:
    """Whether a message is the bot's own, or was sent with its inline mode."""
    return any(user is not None and user.id == bot for user in (message.from_user, message.via_bot))


def buttons(message: Message) -> list[Button]:
    """The buttons under a message, those that carry data or an address."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    return [
        Button(
            one.text, one.callback_data if isinstance(one.callback_data, str) else "", one.url or ""
        )
        for row in rows
        for one in row
    ]


def topic(message: Message) -> int:
    """The topic of a message; `GENERAL` where there are none."""
    if message.is_topic_message and message.message_thread_id:
        return message.message_thread_id
    return GENERAL


def _language(user: User | None) -> str:
    return (user.language_code or "").lower() if user else ""
