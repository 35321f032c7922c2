"""Somebody at the door: who asks, where, and how they read."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.model.delivery import Asker, ChatSettings
from bot.render import links
from bot.render.reader import Reader
from bot.render.words import Catalogue, of
from bot.store import Store


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks, and for whom the answer is made."""

    asker: Asker
    reader: Reader

    @property
    def chat(self) -> int:
        """Where it was asked."""
        return self.asker.place.chat

    @property
    def words(self) -> Catalogue:
        """The bot's words in the reader's language."""
        return self.reader.words

    def speaking(self, language: str) -> "Visit":
        """The same visit in another language."""
        return replace(self, reader=replace(self.reader, words=of(language)))


def reader_of(settings: ChatSettings, now: datetime) -> Reader:
    """A chat as the reader of what is sent to it later."""
    reader = Reader.speaking(settings.language, now, ZoneInfo(settings.zone), fresh=False)
    return replace(reader, links=links.under(settings.links, settings.kind))


class Visits:
    """Knows how those who ask read: as their chat has set it, else as Telegram says.

    A group speaks the language that it has set, whoever asks: one member's Telegram is not the
    group's.

    Args:
        store: an open store.
        zone: the zone of chats that have not chosen one.
        clock: gives the time, UTC.
    """

    def __init__(self, store: Store, zone: ZoneInfo, clock: Callable[[], datetime]) -> None:
        self._chats = store.chats
        self._zone = zone
        self._clock = clock

    async def of(self, asker: Asker) -> Visit:
        """The visit of somebody who asks now."""
        settings, chosen = await self._chats.met(asker.place.chat)
        visit = self.unknown(asker)
        reader = replace(visit.reader, links=links.under(chosen, asker.kind))
        if settings:
            words = of(settings.language) if settings.language else visit.words
            reader = replace(reader, zone=ZoneInfo(settings.zone), words=words)
        return replace(visit, reader=reader)

    def unknown(self, asker: Asker) -> Visit:
        """The same without a look at what is known of the chat."""
        language = asker.language if asker.kind == "private" else ""
        reader = Reader.speaking(language, self._clock(), self._zone)
        return Visit(asker, replace(reader, links=links.default(asker.kind)))
