"""Who asks, from an update."""

from telegram import Chat, InlineQuery, Message, Update, User

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


def inline_asker(query: InlineQuery) -> Asker:
    """Who types an inline query: they read as they do in their chat with us."""
    user = query.from_user
    return Asker(Place(user.id), Chat.PRIVATE, user.full_name, user.id, _language(user))


def topic(message: Message) -> int:
    """The topic of a message; `GENERAL` where there are none."""
    if message.is_topic_message and message.message_thread_id:
        return message.message_thread_id
    return GENERAL


def _language(user: User | None) -> str:
    return (user.language_code or "").lower() if user else ""
