"""Telegram in memory: every chat, and how chats come into being."""

from collections.abc import Callable
from datetime import datetime

from bot.sandbox.chats import Chat
from bot.sandbox.core import Core, Person
from bot.sandbox.files import Files
from bot.sandbox.traffic import Traffic

SUPERGROUP = -1_000_000_000_000  # the ids of supergroups and channels begin with -100
FIRST_SUPERGROUP = 1_000_000_001
FIRST_GROUP = 1_000_001


class World(Core):
    """All of Telegram that a bot meets; see `Core` for the arguments."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        token: str = "1:SANDBOX",
        username: str = "mailuo_bot",
        traffic: Traffic | None = None,
        *,
        keep_calls: bool = True,
    ) -> None:
        super().__init__(clock, token, username, traffic, keep_calls=keep_calls)
        self.chats: dict[int, Chat] = {}
        self.by_username: dict[str, Chat] = {}
        self.files = Files()

    def private_chat(
        self, name: str = "读者", language: str = "zh-hans", *, person: Person | None = None
    ) -> Chat:
        """A person alone with the bot: a new one, or one whom a group knows."""
        person = person or self.person(name, language)
        return self._add(Chat(self, person.id, "private", person.name, person))

    def group(
        self,
        title: str,
        name: str = "读者",
        *,
        forum: bool = False,
        supergroup: bool = False,
        person: Person | None = None,
    ) -> Chat:
        """A new group with its creator; a forum is a supergroup with topics."""
        person = person or self.person(name)
        if forum or supergroup:
            return self._add(Chat(self, self._super(), "supergroup", title, person, forum=forum))
        return self._add(Chat(self, -(FIRST_GROUP + len(self.chats)), "group", title, person))

    def channel(
        self,
        title: str,
        username: str = "",
        name: str = "读者",
        *,
        person: Person | None = None,
    ) -> Chat:
        """A new channel with its creator, and the bot as an administrator.

        Args:
            title: shown above it.
            username: of a public channel, without @.
            name: of a new person who creates it.
            person: who creates it otherwise.
        """
        person = person or self.person(name)
        made = Chat(self, self._super(), "channel", title, person, username=username)
        made.bot.status = "administrator"
        return self._add(made)

    def upgraded(self, group: Chat) -> Chat:
        """The supergroup that takes the place of a group, with all who are in it."""
        made = Chat(self, self._super(), "supergroup", group.title, group.person)
        made.members.by_id = dict(group.members.by_id)
        return self._add(made)

    def find(self, name: int | str) -> Chat | None:
        """A chat by its id, or a public one by its @name."""
        if isinstance(name, str) and name.startswith("@"):
            return self.by_username.get(name[1:].lower())
        try:
            return self.chats.get(int(name))
        except ValueError:
            return None

    def _super(self) -> int:
        return SUPERGROUP - FIRST_SUPERGROUP - len(self.chats)

    def _add(self, chat: Chat) -> Chat:
        self.chats[chat.id] = chat
        if chat.username:
            self.by_username[chat.username.lower()] = chat
        self.stir()
        return chat
