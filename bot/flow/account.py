"""ASK, for what a chat has with us: zone, quiet hours, language, its data and the end of it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.digest import zones
from bot.digest.due import next_slot
from bot.digest.wish import parse_quiet
from bot.flow.whose import NotAllowedError, Whose
from bot.model import Message
from bot.model.delivery import Asker, ChatSettings, File, Pace
from bot.render import notes, subscriptions, words
from bot.render.rich import clean
from bot.render.setup import Setup, Step
from bot.store import Store

COMMANDS = ("zone", "quiet", "language", "forget", "export")
_OFF = ("关", "关闭", "关掉", "無", "无", "不要", "off", "none")
_LANGUAGES = {
    "简体": "zh-hans", "简体中文": "zh-hans", "zh": "zh-hans", "zh-hans": "zh-hans",
    "繁體": "zh-hant", "繁体": "zh-hant", "繁體中文": "zh-hant", "zh-hant": "zh-hant",
    "english": "en", "en": "en", "英文": "en", "英语": "en",
}  # fmt: skip


class Accounts:
    """Settings of the chat that asks, and its data.

    Args:
        store: an open store.
        whose: says who may change what.
        clock: gives the time, UTC.
    """

    def __init__(self, store: Store, whose: Whose, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._whose = whose
        self._clock = clock

    async def command(self, name: str, said: str, asker: Asker) -> Message | File:
        """The answer to a command of `COMMANDS`.

        Args:
            name: the command, lower case.
            said: what stands behind it.
            asker: who asks, and where.
        """
        asked = " ".join(clean(said).split())
        try:
            match name:
                case "zone":
                    return await self._zone(asked, asker)
                case "quiet":
                    return await self._quiet(asked, asker)
                case "language":
                    return await self._language(asked, asker)
                case "forget":
                    await self._whose.allowed(asker)
                    return subscriptions.forget()
                case _:
                    return await self._export(asker)
        except NotAllowedError as refusal:
            return notes.note(str(refusal))

    async def forget(self, asker: Asker) -> Message:
        """Delete all that is kept of the chat.

        Raises:
            NotAllowedError: the asker may not.
        """
        await self._whose.allowed(asker)
        await self._store.chats.forget(asker.place.chat)
        return notes.note(words.FORGOTTEN)

    async def _zone(self, asked: str, asker: Asker) -> Message:
        settings = await self._whose.settings(asker)
        if not asked:
            return self._told(words.ZONE_IS, settings)
        zone = zones.find(asked)
        if zone is None:
            return notes.note(words.ZONE_UNKNOWN, query=asked)
        await self._whose.known(Setup(Step.LIST), asker)
        changed = replace(settings, zone=zone.key)
        await self._keep(changed)
        await self._reschedule(changed)
        return self._told(words.ZONE_SET, changed)

    def _told(self, template: str, settings: ChatSettings) -> Message:
        local = self._clock().astimezone(ZoneInfo(settings.zone))
        return notes.note(template, zone=settings.zone, time=f"{local:%H:%M}")

    async def _reschedule(self, settings: ChatSettings) -> None:
        """Slots keep their wall-clock time, now in the new zone; what is overdue stays so."""
        now, zone = self._clock(), ZoneInfo(settings.zone)
        theirs = await self._store.subscriptions.of_chat(settings.id)
        waiting = [s for s in theirs if s.due_at is not None and s.due_at > now]
        await self._store.subscriptions.set_due(
            [(s.id, next_slot(s.rhythm, zone, now)) for s in waiting]
        )

    async def _quiet(self, asked: str, asker: Asker) -> Message:
        settings = await self._whose.settings(asker)
        if not asked:
            return notes.note(words.QUIET_IS, quiet=subscriptions.quiet_name(settings.quiet))
        quiet = parse_quiet(asked)
        if quiet is None and asked.lower() not in _OFF:
            return notes.note(words.QUIET_UNKNOWN)
        settings = await self._whose.known(Setup(Step.LIST), asker)
        await self._keep(replace(settings, quiet=quiet))
        await self._ask_again(settings)
        if quiet is None:
            return notes.note(words.QUIET_OFF)
        return notes.note(words.QUIET_SET, quiet=subscriptions.quiet_name(quiet))

    async def _ask_again(self, settings: ChatSettings) -> None:
        """What waits for the end of the old quiet hours is asked about anew."""
        theirs = await self._store.subscriptions.of_chat(settings.id)
        instant = [s for s in theirs if s.rhythm.pace is Pace.INSTANT]
        await self._store.subscriptions.set_due([(s.id, None) for s in instant])

    async def _language(self, asked: str, asker: Asker) -> Message:
        settings = await self._whose.settings(asker)
        if not asked:
            named = words.LANGUAGES.get(settings.language, words.LANGUAGES["zh-hans"])
            return notes.note(words.LANGUAGE_IS, language=named)
        language = _LANGUAGES.get(asked.lower())
        if language is None:
            return notes.note(words.LANGUAGE_UNKNOWN)
        settings = await self._whose.known(Setup(Step.LIST), asker)
        await self._keep(replace(settings, language=language))
        return notes.note(words.LANGUAGE_SET, language=words.LANGUAGES[language])

    async def _export(self, asker: Asker) -> Message | File:
        await self._whose.allowed(asker)
        found = await self._store.chats.export(asker.place.chat)
        if not found["chat"]:
            return notes.note(words.NOTHING_KEPT)
        content = json.dumps(found, ensure_ascii=False, indent=2).encode()
        return File("mailuo.json", content, words.EXPORTED)

    async def _keep(self, settings: ChatSettings) -> None:
        await self._store.chats.put(settings, self._clock())
