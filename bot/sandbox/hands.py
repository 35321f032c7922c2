"""What a reader does on the chat page beside writing and pressing: shares stories by inline mode,
opens links that lead to the bot, answers and edits messages."""

import re

from bot.sandbox import inline
from bot.sandbox.chats import Chat
from bot.sandbox.core import Person
from bot.sandbox.updates import Json
from bot.sandbox.world import World

LONGEST_MESSAGE = 4096
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LISTED = ("id", "title", "description")


def words(asked: Json) -> str:
    """What was written, without the blanks around it.

    Raises:
        ValueError: there is nothing.
    """
    text = str(asked["text"]).strip()[:LONGEST_MESSAGE]
    if not text:
        raise ValueError("nothing said")
    return text


def who(world: World, chat: Chat, asked: Json) -> Person:
    """Who acts: the one named, who must be in the chat, or else the chat's own person.

    Raises:
        LookupError: there is nobody of that number in this chat.
    """
    person = world.people[int(asked.get("by") or chat.person.id)]
    member = chat.members.by_id.get(person.id)
    if member is None or not member.present:
        raise LookupError(f"{person.name} is not in this chat")
    return person


async def edit(world: World, asked: Json) -> Json:
    """A reader changes the words of a message of theirs."""
    chat, number = world.chats[int(asked["chat"])], int(asked["message"])
    message = chat.messages[number]
    if chat.by_bot(message) or "text" not in message or "via_bot" in message:
        raise ValueError("this message cannot be edited")
    chat.edit(number, words(asked))
    return {}


async def ask(world: World, asked: Json) -> Json:
    """Somebody types the bot's name and some words: what it offers."""
    chat = world.chats[int(asked["chat"])]
    query = inline.ask(
        chat, str(asked["text"]), offset=str(asked.get("offset", "")), by=who(world, chat, asked)
    )
    await inline.answered(world, query)
    return {
        "query": query.id,
        "results": [{k: one.get(k, "") for k in _LISTED} for one in query.results],
        "next_offset": query.next_offset,
        "button": query.button,
    }


async def choose(world: World, asked: Json) -> Json:
    """They tap one of the offers."""
    chat, query = world.chats[int(asked["chat"])], world.inline[str(asked["query"])]
    return {"message_id": inline.choose(chat, query, str(asked["result"]))}


async def follow(world: World, asked: Json) -> Json:
    """They open a link to the bot: /start and its payload in their own chat with it."""
    person = who(world, world.chats[int(asked["chat"])], asked)
    payload = str(asked["payload"])
    if not _PAYLOAD.fullmatch(payload):
        raise ValueError("no payload of a link")
    private = world.chats.get(person.id) or world.private_chat(person=person)
    private.say(f"/start {payload}")
    return {"chat": private.id}
