"""ASK, for what a chat has with us: zone, quiet hours, language, its data and the end of it."""

import json

from bot.digest import zones
from bot.digest.script import simplified
from bot.digest.wish import parse_quiet
from bot.flow import typed
from bot.flow.settings import Preferences, quiet_said, zone_said
from bot.flow.visit import Visit
from bot.flow.whose import NotAllowedError, Whose
from bot.model import Message
from bot.model.delivery import File
from bot.render import notes, subscriptions
from bot.render import words as catalogues
from bot.render.keys import message, settings
from bot.render.rich import Rich
from bot.render.setup import Setup
from bot.render.subscriptions import quiet_name
from bot.store import Store

COMMANDS = ("zone", "quiet", "language", "forget", "export")
# Typed in either script; compared in Simplified.
_OFF = ("关", "关闭", "关掉", "无", "不要", "没有", "off", "none", "no", "never", "stop")
_NAMES = {
    "zh-hans": "简体 简体中文 简中 中文 汉语 普通话 zh zh-hans zh-cn chinese simplified",
    "zh-hant": "繁体 繁体中文 繁中 正体 正体中文 zh-hant zh-tw zh-hk traditional",
    "en": "english en 英文 英语",
}
_LANGUAGES = {name: code for code, names in _NAMES.items() for name in names.split()}


class Accounts:
    """Settings of the chat that asks, and its data.

    Args:
        store: an open store.
        whose: says who may change what.
        preferences: makes the changes.
    """

    def __init__(self, store: Store, whose: Whose, preferences: Preferences) -> None:
        self._store = store
        self._whose = whose
        self._preferences = preferences

    async def command(self, name: str, said: str, visit: Visit) -> Message | File:
        """The answer to a command of `COMMANDS`.

        Args:
            name: the command, lower case.
            said: what stands behind it.
            visit: who asks, and where.
        """
        asked = typed.line(said)
        try:
            match name:
                case "zone" | "quiet" | "language":
                    return await self._set(name, asked, visit)
                case "forget":
                    await self._whose.allowed(visit)
                    return subscriptions.forget(visit.reader)
                case _:
                    return await self._export(visit)
        except NotAllowedError as refusal:
            return notes.note(visit.reader, str(refusal))

    async def _set(self, name: str, asked: str, visit: Visit) -> Message:
        """A setting in words, of the chat or of the channel that the words begin with."""
        target, asked = await self._whose.target(asked, visit)
        match name:
            case "zone":
                return await self._zone(asked, target, visit)
            case "quiet":
                return await self._quiet(asked, target, visit)
            case _:
                return await self._language(asked, target, visit)

    async def forget(self, visit: Visit) -> Message:
        """Delete all that is kept of the chat.

        Raises:
            NotAllowedError: the asker may not.
        """
        await self._whose.allowed(visit)
        settings = await self._whose.settings(visit)
        await self._store.chats.forget(visit.chat)
        await self._preferences.forgotten(settings)
        return notes.note(visit.reader, visit.words.forgotten)

    async def _zone(self, asked: str, target: Setup, visit: Visit) -> Message:
        if not asked:
            settings = await self._whose.of(target, visit)
            return _told(zone_said(visit.words.zone_is, settings, visit), target, visit)
        zone = zones.find(asked)
        if zone is None:
            return notes.note(visit.reader, visit.words.zone_unknown, query=asked)
        settings = await self._whose.known(target, visit)
        changed = await self._preferences.zone(settings, zone.key)
        return _told(zone_said(visit.words.zone_set, changed, visit), target, visit)

    async def _quiet(self, asked: str, target: Setup, visit: Visit) -> Message:
        if not asked:
            settings = await self._whose.of(target, visit)
            named = quiet_name(settings.quiet, visit.reader)
            return _told(notes.filled(visit.words.quiet_is, quiet=named), target, visit)
        quiet = parse_quiet(asked)
        if quiet is None and simplified(asked.lower()) not in _OFF:
            return notes.note(visit.reader, visit.words.quiet_unknown)
        settings = await self._whose.known(target, visit)
        changed = await self._preferences.quiet(settings, quiet)
        return _told(quiet_said(changed, visit), target, visit)

    async def _language(self, asked: str, target: Setup, visit: Visit) -> Message:
        if not asked:
            spoken = await self._spoken(target, visit)
            return _told(notes.filled(visit.words.language_is, language=spoken), target, visit)
        language = _LANGUAGES.get(simplified(asked.lower()))
        if language is None:
            return notes.note(visit.reader, visit.words.language_unknown)
        await self._preferences.language(await self._whose.known(target, visit), language)
        if not target.target:
            visit = visit.speaking(language)
        name = catalogues.of(language).name
        return _told(notes.filled(visit.words.language_set, language=name), target, visit)

    async def _spoken(self, target: Setup, visit: Visit) -> str:
        if not target.target:
            return visit.words.name
        return catalogues.of((await self._whose.of(target, visit)).language).name

    async def _export(self, visit: Visit) -> Message | File:
        await self._whose.allowed(visit)
        found = await self._store.chats.export(visit.chat)
        if not any(found.values()):
            return notes.note(visit.reader, visit.words.nothing_kept)
        content = json.dumps(found, ensure_ascii=False, indent=2).encode()
        return File("mailuo.json", content, visit.words.exported)


def _told(said: Rich, target: Setup, visit: Visit) -> Message:
    """A sentence about a setting, and the way to all of them."""
    return message(visit.reader, [said], (settings(visit.reader, target.target),))
