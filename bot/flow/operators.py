"""Those who keep the bot are told things through the outbox, so that a word survives a restart."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.flow.visit import reader_of
from bot.model import Message
from bot.model.delivery import ChatSettings, Place
from bot.render.reader import Reader
from bot.store import Store


class Operators:
    """Tells the operators, each in their language.

    Args:
        store: an open store.
        numbers: of their chats with the bot.
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
