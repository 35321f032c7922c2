"""Where the bot may write, and Telegram's words where it may not."""

from bot.sandbox.chats import Chat
from bot.sandbox.errors import bad, forbidden, moved


def check_open(chat: Chat) -> None:
    """Whether the bot may act in a chat.

    Raises:
        ApiError: 400 when the group has moved, 403 when the bot is not wanted.
    """
    if chat.moved_to is not None:
        raise moved(chat.moved_to)
    if chat.deactivated:
        raise forbidden("user is deactivated")
    if chat.bot.present:
        return
    if chat.kind == "private":
        raise forbidden("bot was blocked by the user")
    if chat.bot.status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind} chat")
    raise forbidden(f"bot is not a member of the {chat.kind} chat")


def check_write(chat: Chat, thread: int = 0) -> None:
    """Whether the bot may write in a chat, or in one of its topics.

    Raises:
        ApiError: 400 or 403.
    """
    check_open(chat)
    if chat.kind == "channel" and chat.bot.status != "administrator":
        raise bad("need administrator rights in the channel chat")
    if not thread:
        return
    topic = chat.topics.get(thread)
    if topic is None:
        raise bad("message thread not found")
    if topic.closed and chat.bot.status != "administrator":
        raise bad("TOPIC_CLOSED")
