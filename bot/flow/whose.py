"""Whose settings and subscriptions a question is about, and who may change them.

A chat speaks for itself; a channel is spoken for from a private chat by one who administers it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.flow.visit import Visit
from bot.model.delivery import ChatSettings, Place, Rights
from bot.render.setup import Setup, Step
from bot.store import Store


class NotAllowedError(Exception):
    """Somebody asks for a change who may not; its text tells them so."""


class Whose:
    """Finds the chat that is meant, and asks whether it may be changed.

    Args:
        store: an open store.
        rights: knows who manages what.
        zone: the zone of chats that have not chosen one.
        clock: gives the time, UTC.
    """

    def __init__(
        self, store: Store, rights: Rights, zone: ZoneInfo, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._rights = rights
        self._zone = zone
        self._clock = clock

    async def settings(self, visit: Visit) -> ChatSettings:
        """The settings of the asker's chat; defaults when it has none."""
        known = await self._store.chats.get(visit.chat)
        # One member's Telegram is not the group's: it speaks the first language until it is set.
        language = visit.asker.language if visit.asker.kind == "private" else ""
        return known or ChatSettings(
            visit.chat, visit.asker.kind, visit.asker.title, self._zone.key, language
        )

    async def allowed(self, visit: Visit) -> None:
        """Let pass whoever manages the chat they ask in.

        Raises:
            NotAllowedError: they do not.
        """
        if visit.asker.kind == "private" or visit.asker.anonymous:
            return
        if not await self._rights.manages(visit.chat, visit.asker.user):
            raise NotAllowedError(visit.words.only_admins)

    async def target(self, asked: str, visit: Visit) -> tuple[Setup, str]:
        """The chat that a command means, as a step that names it, and the words without it.

        Raises:
            NotAllowedError: it is a channel that the visit, or the bot, does not administer.
        """
        first, _, rest = asked.partition(" ")
        named = first.startswith("@") or (first.startswith("-100") and first[1:].isdecimal())
        if visit.asker.kind != "private" or not named:
            return Setup(Step.LIST), asked
        channel = await self._rights.channel(first)
        if channel is None or not await self._rights.manages(channel.id, visit.asker.user):
            raise NotAllowedError(visit.words.not_your_channel.format(name=first))
        known = await self._store.chats.get(channel.id)
        if known is None:
            fresh = replace(channel, zone=self._zone.key, language=visit.words.code)
            await self._store.chats.put(fresh, self._clock())
        return Setup(Step.LIST, target=channel.id), rest

    async def pressed(self, setup: Setup, visit: Visit) -> None:
        """Check the chat that a button names.

        Raises:
            NotAllowedError: it is not one that the asker may speak for.
        """
        if not setup.target:
            return
        ours = visit.asker.kind == "private" and setup.target != visit.chat
        if not ours or not await self._rights.manages(setup.target, visit.asker.user):
            raise NotAllowedError(visit.words.not_your_channel.format(name=setup.target))

    def place(self, setup: Setup, visit: Visit) -> Place:
        """Where the messages of a step's subscriptions go."""
        return Place(setup.target) if setup.target else visit.asker.place

    async def of(self, setup: Setup, visit: Visit) -> ChatSettings:
        """The settings of the chat that a step is about."""
        if not setup.target:
            return await self.settings(visit)
        return await self._store.chats.get(setup.target) or ChatSettings(setup.target)

    async def known(self, setup: Setup, visit: Visit) -> ChatSettings:
        """The settings of the chat that is changed, kept from now on.

        Raises:
            NotAllowedError: the asker may not change it.
        """
        if not setup.target:
            await self.allowed(visit)
        settings = await self.of(setup, visit)
        if not setup.target:
            settings = replace(settings, title=visit.asker.title, kind=visit.asker.kind)
        await self._store.chats.put(settings, self._clock())
        return settings
