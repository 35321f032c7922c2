"""Which command menu a person sees in a chat.

https://core.telegram.org/bots/api#determining-list-of-commands
"""

from collections.abc import Iterator

from bot.sandbox.chats import Chat
from bot.sandbox.core import Core, Person
from bot.sandbox.members import ADMINISTRATORS
from bot.sandbox.updates import Json


def commands_for(core: Core, chat: Chat, person: Person) -> list[Json]:
    """The first menu that the bot set, from the narrowest scope to the widest; in each the
    person's language goes before the menu for all.
    """
    language = person.language.partition("-")[0]
    for scope in _scopes(chat, person):
        for menu in ((scope, language), (scope, "")):
            if core.commands.get(menu):
                return core.commands[menu]
    return []


def _scopes(chat: Chat, person: Person) -> Iterator[str]:
    if chat.kind == "private":
        yield from (f"chat:{chat.id}", "all_private_chats", "default")
        return
    member = chat.members.by_id.get(person.id)
    administers = member is not None and member.status in ADMINISTRATORS
    yield f"chat_member:{chat.id}:{person.id}"
    if administers:
        yield f"chat_administrators:{chat.id}"
    yield f"chat:{chat.id}"
    if administers:
        yield "all_chat_administrators"
    yield from ("all_group_chats", "default")
