"""What happens to a chat: the bot is blocked, kicked or made administrator, people come and go,
a group becomes a supergroup, topics open and close. The bot learns of each as from Telegram.
"""

from collections.abc import Callable
from typing import Any

from bot.sandbox.chats import Chat, Topic
from bot.sandbox.core import Person
from bot.sandbox.members import Member
from bot.sandbox.updates import Json
from bot.sandbox.world import World

TOPIC_COLOUR = 7322096


def bot_becomes(chat: Chat, status: str, *, by: Person | None = None) -> None:
    """The bot's place in a chat changes: member, administrator, left or kicked (blocked)."""
    _becomes(chat, "my_chat_member", chat.bot, status, by or chat.person)


def block(chat: Chat) -> None:
    """A person blocks the bot; in a group or channel: it is kicked."""
    bot_becomes(chat, "kicked")


def unblock(chat: Chat) -> None:
    """It may come back; in a channel it can only be an administrator."""
    bot_becomes(chat, "administrator" if chat.kind == "channel" else "member")


def promote(chat: Chat) -> None:
    """The bot becomes an administrator."""
    bot_becomes(chat, "administrator")


def deactivate(chat: Chat) -> None:
    """A person deletes their account; nobody tells the bot."""
    chat.deactivated = True


def person_becomes(chat: Chat, person: Person, status: str, *, anonymous: bool = False) -> Member:
    """Somebody joins, leaves, is made administrator…; told only to a bot that asked for it."""
    member = chat.members.by_id.setdefault(person.id, Member(person.user(), "left"))
    _becomes(chat, "chat_member", member, status, chat.person)
    member.anonymous = anonymous
    return member


def join(chat: Chat, name: str, status: str = "member") -> Person:
    """A new person joins."""
    person = chat.core.person(name)
    person_becomes(chat, person, status)
    return person


def _becomes(chat: Chat, kind: str, member: Member, status: str, by: Person) -> None:
    before = member.described(chat.kind)
    member.status = status
    change = {"old_chat_member": before, "new_chat_member": member.described(chat.kind)}
    about = {"chat": chat.chat(), "from": by.user(), "date": chat.core.now()}
    chat.core.queue(kind, {**about, **change})


def open_group(world: World, title: str, people: list[Person]) -> Chat:
    """The first of these people makes a group, adds the others and then the bot."""
    creator, *others = people
    group = world.group(title, person=creator)
    group.bot.status = "left"
    for person in others:
        person_becomes(group, person, "member")
    bot_becomes(group, "member")
    return group


def open_channel(world: World, title: str, person: Person) -> Chat:
    """Somebody makes a channel, and the bot an administrator of it."""
    channel = world.channel(title, person=person)
    channel.bot.status = "left"
    promote(channel)
    return channel


def upgrade(world: World, group: Chat) -> Chat:
    """A group becomes a supergroup: another chat with another id; the old id only says where."""
    made = world.upgraded(group)
    creator = group.person.user()
    for chat, about in (
        (group, {"migrate_to_chat_id": made.id}),
        (made, {"migrate_from_chat_id": group.id}),
    ):
        world.queue("message", chat.post(creator, about))
    group.moved_to = made.id
    return made


def open_topic(chat: Chat, name: str) -> int:
    """A new topic of a forum; its number, which is that of the message that opened it."""
    message = chat.post(chat.person.user(), _created(name))
    thread = int(message["message_id"])
    message["message_thread_id"] = thread
    chat.topics[thread] = Topic(name)
    chat.core.queue("message", message)
    return thread


def _created(name: str) -> Json:
    created = {"name": name, "icon_color": TOPIC_COLOUR}
    return {"is_topic_message": True, "forum_topic_created": created}


def close_topic(chat: Chat, thread: int) -> None:
    """Only administrators write there from now on."""
    _service(chat, thread, "forum_topic_closed")
    chat.topics[thread].closed = True


def reopen_topic(chat: Chat, thread: int) -> None:
    """All write there again."""
    _service(chat, thread, "forum_topic_reopened")
    chat.topics[thread].closed = False


def delete_topic(chat: Chat, thread: int) -> None:
    """It is gone with all its messages; nobody tells the bot."""
    del chat.topics[thread]
    kept = {n: m for n, m in chat.messages.items() if m.get("message_thread_id") != thread}
    chat.messages = kept
    chat.core.stir()


def _service(chat: Chat, thread: int, what: str) -> None:
    where: dict[str, Any] = {"message_thread_id": thread, "is_topic_message": True, what: {}}
    chat.core.queue("message", chat.post(chat.person.user(), where))


def _simple(happens: Callable[..., Any]) -> Callable[..., Any]:
    return lambda _, chat, **arguments: happens(chat, **arguments)


# What `/sandbox/happens` knows; each gives what JSON can carry.
EVENTS: dict[str, Callable[..., Any]] = {
    **{
        happens.__name__: _simple(happens)
        for happens in (
            bot_becomes, block, unblock, promote, deactivate, open_topic, close_topic,
            reopen_topic, delete_topic,
        )
    },
    "join": lambda _, chat, **arguments: join(chat, **arguments).id,
    "upgrade": lambda world, chat: upgrade(world, chat).id,
}  # fmt: skip
