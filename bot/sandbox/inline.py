"""Inline queries: somebody types the bot's name in a chat, and sends one of its results there."""

import asyncio

from bot.sandbox.chats import Chat, Topic
from bot.sandbox.core import Core, InlineQuery, Person

MOST_QUERY = 256  # characters


def ask(chat: Chat, text: str, *, offset: str = "", by: Person | None = None) -> InlineQuery:
    """Somebody types @bot and a text in a chat, which need not know the bot.

    Args:
        chat: where.
        text: what stands behind the bot's name; Telegram sends its first 256 characters.
        offset: what the answer before gave, for more of the same.
        by: who types.
    """
    core, person = chat.core, by or chat.person
    query = InlineQuery(str(len(core.inline) + 1), person, text[:MOST_QUERY], offset)
    core.inline[query.id] = query
    core.queue(
        "inline_query",
        {
            "id": query.id,
            "from": person.user(),
            "query": query.text,
            "offset": offset,
            "chat_type": _chat_type(chat),
        },
    )
    return query


async def answered(core: Core, query: InlineQuery, seconds: float = 10.0) -> InlineQuery:
    """The query, once it is answered.

    Raises:
        TimeoutError: the bot did not answer.
    """
    async with asyncio.timeout(seconds):
        while not query.answered:
            await core.change(seconds)
    return query


def choose(chat: Chat, query: InlineQuery, result_id: str, *, thread: int | None = None) -> int:
    """Somebody taps a result, which is sent in their name; the number of the message.

    Raises:
        LookupError: there is no such result.
    """
    result = next((one for one in query.results if one["id"] == result_id), None)
    if result is None:
        raise LookupError(f"no result {result_id!r}")
    content = {**result["message"], "via_bot": chat.core.me()}
    if thread is not None:
        chat.topics.setdefault(thread, Topic(f"话题 {thread}"))
        content |= {"message_thread_id": thread, "is_topic_message": True}
    return chat.send(content, by=query.person)


def _chat_type(chat: Chat) -> str:
    return "sender" if chat.kind == "private" else chat.kind
