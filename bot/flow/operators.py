"""Those who keep the bot: who they are, and how they are told things.

Through the outbox, so that a word survives a restart.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.flow.visit import reader_of
from bot.model import Message
from bot.model.delivery import Asker, ChatSettings, Place
from bot.render.reader import Reader
from bot.store import Store


class Operators:
    """Knows the operators, and tells them, each in their language.

    Args:
        store: an open store.
        numbers: their own, or those of their chats.
        zone: of those whose chats we do not know.
        clock: gives the time, UTC.
    """

    def __init__(
        self, store: Store, numbers: Sequence[int], zone: ZoneInfo, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._numbers = numbers
        self._zone = zone
        self._clock = clock

    def include(self, asker: Asker) -> bool:
        """Whether somebody is one of them; who writes as a group is, if the group is."""
        return asker.place.chat in self._numbers or (
            not asker.anonymous and asker.user in self._numbers
        )

    async def tell(self, written: Callable[[Reader], Message]) -> None:
        """Queue a message to each of them.

        Args:
            written: makes it for a reader.
        """
        now = self._clock()
        for number in self._numbers:
            chat = await self._store.chats.get(number)
            if chat is None:
                chat = ChatSettings(number, zone=self._zone.key)
                await self._store.chats.put(chat, now)
            await self._store.outbox.notice(Place(number), written(reader_of(chat, now)), now)
