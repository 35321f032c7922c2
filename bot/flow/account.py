"""ASK, for what a chat has with us: zone, quiet hours, language, its data and the end of it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.digest import zones
from bot.digest.due import next_slot
from bot.digest.wish import parse_quiet
from bot.flow.visit import Visit
from bot.flow.whose import NotAllowedError, Whose
from bot.model import Message
from bot.model.delivery import ChatSettings, File, Pace
from bot.render import notes, subscriptions
from bot.render import words as catalogues
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

    async def command(self, name: str, said: str, visit: Visit) -> Message | File:
        """The answer to a command of `COMMANDS`.

        Args:
            name: the command, lower case.
            said: what stands behind it.
            visit: who asks, and where.
        """
        asked = " ".join(clean(said).split())
        try:
            match name:
                case "zone":
                    return await self._zone(asked, visit)
                case "quiet":
                    return await self._quiet(asked, visit)
                case "language":
                    return await self._language(asked, visit)
                case "forget":
                    await self._whose.allowed(visit)
                    return subscriptions.forget(visit.reader)
                case _:
                    return await self._export(visit)
        except NotAllowedError as refusal:
            return notes.note(visit.reader, str(refusal))

    async def forget(self, visit: Visit) -> Message:
        """Delete all that is kept of the chat.

        Raises:
            NotAllowedError: the asker may not.
        """
        await self._whose.allowed(visit)
        await self._store.chats.forget(visit.chat)
        return notes.note(visit.reader, visit.words.forgotten)

    async def _zone(self, asked: str, visit: Visit) -> Message:
        settings = await self._whose.settings(visit)
        if not asked:
            return self._told(visit, visit.words.zone_is, settings)
        zone = zones.find(asked)
        if zone is None:
            return notes.note(visit.reader, visit.words.zone_unknown, query=asked)
        await self._whose.known(Setup(Step.LIST), visit)
        changed = replace(settings, zone=zone.key)
        await self._keep(changed)
        await self._reschedule(changed)
        return self._told(visit, visit.words.zone_set, changed)

    def _told(self, visit: Visit, template: str, settings: ChatSettings) -> Message:
        local = self._clock().astimezone(ZoneInfo(settings.zone))
        return notes.note(visit.reader, template, zone=settings.zone, time=f"{local:%H:%M}")

    async def _reschedule(self, settings: ChatSettings) -> None:
        """Slots keep their wall-clock time, now in the new zone; what is overdue stays so."""
        now, zone = self._clock(), ZoneInfo(settings.zone)
        theirs = await self._store.subscriptions.of_chat(settings.id)
        waiting = [s for s in theirs if s.due_at is not None and s.due_at > now]
        await self._store.subscriptions.set_due(
            [(s.id, next_slot(s.rhythm, zone, now)) for s in waiting]
        )

    async def _quiet(self, asked: str, visit: Visit) -> Message:
        settings = await self._whose.settings(visit)
        if not asked:
            named = subscriptions.quiet_name(settings.quiet, visit.reader)
            return notes.note(visit.reader, visit.words.quiet_is, quiet=named)
        quiet = parse_quiet(asked)
        if quiet is None and asked.lower() not in _OFF:
            return notes.note(visit.reader, visit.words.quiet_unknown)
        settings = await self._whose.known(Setup(Step.LIST), visit)
        await self._keep(replace(settings, quiet=quiet))
        await self._ask_again(settings)
        if quiet is None:
            return notes.note(visit.reader, visit.words.quiet_off)
        return notes.note(
            visit.reader, visit.words.quiet_set, quiet=subscriptions.quiet_name(quiet, visit.reader)
        )

    async def _ask_again(self, settings: ChatSettings) -> None:
        """What waits for the end of the old quiet hours is asked about anew."""
        theirs = await self._store.subscriptions.of_chat(settings.id)
        instant = [s for s in theirs if s.rhythm.pace is Pace.INSTANT]
        await self._store.subscriptions.set_due([(s.id, None) for s in instant])

    async def _language(self, asked: str, visit: Visit) -> Message:
        if not asked:
            return notes.note(visit.reader, visit.words.language_is, language=visit.words.name)
        language = _LANGUAGES.get(asked.lower())
        if language is None:
            return notes.note(visit.reader, visit.words.language_unknown)
        settings = await self._whose.known(Setup(Step.LIST), visit)
        await self._keep(replace(settings, language=language))
        reader = replace(visit.reader, words=catalogues.of(language))
        return notes.note(reader, reader.words.language_set, language=reader.words.name)

    async def _export(self, visit: Visit) -> Message | File:
        await self._whose.allowed(visit)
        found = await self._store.chats.export(visit.chat)
        if not any(found.values()):
            return notes.note(visit.reader, visit.words.nothing_kept)
        content = json.dumps(found, ensure_ascii=False, indent=2).encode()
        return File("mailuo.json", content, visit.words.exported)

    async def _keep(self, settings: ChatSettings) -> None:
        await self._store.chats.put(settings, self._clock())
