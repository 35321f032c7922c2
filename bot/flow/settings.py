"""ASK, for how a chat wants to be told: the changes themselves, and the panel that makes them.

Whoever asks for a change must manage the chat that is changed; that is asked of Telegram at the
change itself, whatever the button says. Looking is free.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.digest.due import next_slot
from bot.flow import typed
from bot.flow.visit import Visit
from bot.flow.whose import NotAllowedError, Whose
from bot.model import Message
from bot.model.delivery import ChatSettings, Menus, Pace, Quiet, Size
from bot.render import notes
from bot.render import settings as screens
from bot.render import words as catalogues
from bot.render.panel import Pane, Press, unpack
from bot.render.rich import Rich, text
from bot.render.setup import Setup, Step
from bot.render.subscriptions import clock, quiet_name, zone_name
from bot.store import Store

CHANNEL = "channel"  # Telegram's name for the kind of chat that has no command menu


class Preferences:
    """Keeps what a chat prefers, and does what follows from it.

    Args:
        store: an open store.
        menus: shows the command menu in the chat's language.
        clock: gives the time, UTC.
    """

    def __init__(self, store: Store, menus: Menus, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._menus = menus
        self._clock = clock

    async def zone(self, settings: ChatSettings, zone: str) -> ChatSettings:
        """Slots keep their wall-clock time, now in the new zone; what is overdue stays so."""
        changed = await self._keep(replace(settings, zone=zone))
        now = self._clock()
        theirs = await self._store.subscriptions.of_chat(settings.id)
        waiting = [s for s in theirs if s.due_at is not None and s.due_at > now]
        await self._store.subscriptions.set_due(
            [(s.id, next_slot(s.rhythm, ZoneInfo(zone), now)) for s in waiting]
        )
        return changed

    async def quiet(self, settings: ChatSettings, quiet: Quiet | None) -> ChatSettings:
        """What waits for the end of the old quiet hours is asked about anew."""
        changed = await self._keep(replace(settings, quiet=quiet))
        theirs = await self._store.subscriptions.of_chat(settings.id)
        instant = [s for s in theirs if s.rhythm.pace is Pace.INSTANT]
        await self._store.subscriptions.set_due([(s.id, None) for s in instant])
        return changed

    async def language(self, settings: ChatSettings, language: str) -> ChatSettings:
        """The command menu follows."""
        changed = await self._keep(replace(settings, language=language))
        if settings.kind != CHANNEL:
            await self._menus.show(settings.id, language)
        return changed

    async def size(self, settings: ChatSettings, size: Size) -> ChatSettings:
        """For new subscriptions; those that there are stay as they are."""
        return await self._keep(replace(settings, size=size))

    async def spread(self, settings: ChatSettings) -> ChatSettings:
        """The size of new subscriptions for those that there are too."""
        await self._store.subscriptions.resize(settings.id, settings.size)
        return settings

    async def forgotten(self, settings: ChatSettings) -> None:
        """A chat that is forgotten has preferred nothing."""
        if settings.kind != CHANNEL:
            await self._menus.reset(settings.id)

    async def _keep(self, settings: ChatSettings) -> ChatSettings:
        await self._store.chats.put(settings, self._clock())
        return settings


class Panel:
    """The settings panel, for the chat itself or for a channel.

    Args:
        store: an open store.
        whose: says who may change what.
        preferences: makes the changes.
        menus: shows the command menu in the reader's language.
    """

    def __init__(
        self,
        store: Store,
        whose: Whose,
        preferences: Preferences,
        menus: Menus,
    ) -> None:
        self._store = store
        self._menus = menus
        self._whose = whose
        self._preferences = preferences

    async def command(self, said: str, visit: Visit) -> Message:
        """The panel; `said` may name a channel."""
        asked = typed.line(said)
        try:
            target, _ = await self._whose.target(asked, visit)
        except NotAllowedError as refusal:
            return notes.note(visit.reader, str(refusal))
        return await self._shown(Press(target=target.target), visit)

    async def press(self, data: str, visit: Visit) -> tuple[Message | None, str]:
        """What a button leads to: the screen to show in its place (None: it stays), and a passing
        word (or '')."""
        press = unpack(data)
        if press is None:
            return None, visit.words.old_button
        setup = Setup(Step.LIST, target=press.target)
        try:
            await self._whose.pressed(setup, visit)
            if not press.choice and press.pane is not Pane.SPREAD:
                return await self._shown(press, visit), ""
            if not _is_offered(press):
                return None, visit.words.old_button
            return await self._changed(press, await self._whose.known(setup, visit), visit), ""
        except NotAllowedError as refusal:
            return None, str(refusal)

    async def greet(self, visit: Visit) -> None:
        """Give a menu to whoever reads a language that Telegram cannot choose one by: to it,
        Chinese in either script is `zh`."""
        if visit.words.code == "zh-hant":
            await self._menus.show(visit.chat, visit.words.code)

    async def _shown(self, press: Press, visit: Visit) -> Message:
        shown = await self._look(press, visit)
        match press.pane:
            case Pane.LANGUAGE:
                return screens.language(shown)
            case Pane.ZONE:
                return screens.zone(shown)
            case Pane.QUIET:
                return screens.quiet(shown)
            case Pane.SIZE:
                return screens.size(shown)
            case _:
                return screens.home(shown)

    async def _look(self, press: Press, visit: Visit) -> screens.Shown:
        settings = await self._whose.of(Setup(Step.LIST, target=press.target), visit)
        theirs = await self._store.subscriptions.of_chat(settings.id)
        differing = sum(s.size is not settings.size for s in theirs)
        return screens.Shown(settings, press, visit.reader, differing)

    async def _changed(self, press: Press, settings: ChatSettings, visit: Visit) -> Message:
        """Make the change, and say so above the panel, in the language that is now spoken."""
        match press.pane:
            case Pane.LANGUAGE:
                await self._preferences.language(settings, press.choice)
                if not press.target:
                    visit = visit.speaking(press.choice)
                name = catalogues.of(press.choice).name
                said = notes.filled(visit.words.language_set, language=name)
            case Pane.ZONE:
                changed = await self._preferences.zone(settings, press.choice)
                said = zone_said(visit.words.zone_set, changed, visit)
            case Pane.QUIET:
                changed = await self._preferences.quiet(settings, screens.hours(press.choice))
                said = quiet_said(changed, visit)
            case Pane.SIZE:
                changed = await self._preferences.size(settings, Size(press.choice))
                said = notes.filled(visit.words.size_set, size=visit.words.sizes[changed.size])
            case _:
                await self._preferences.spread(settings)
                said = notes.filled(visit.words.size_spread, size=visit.words.sizes[settings.size])
        shown = await self._look(press.to(Pane.HOME), visit)
        if press.pane is Pane.SIZE and shown.differing:
            return screens.size(shown, said)
        return screens.home(shown, said)


def zone_said(template: str, settings: ChatSettings, visit: Visit) -> Rich:
    """A sentence about a chat's zone, with the time that it is there."""
    local = visit.reader.now.astimezone(ZoneInfo(settings.zone))
    name = zone_name(settings.zone, visit.reader)
    return notes.filled(template, zone=name, time=clock(local.hour * 60 + local.minute))


def quiet_said(settings: ChatSettings, visit: Visit) -> Rich:
    """What a chat's quiet hours are from now on."""
    if settings.quiet is None:
        return text(visit.words.quiet_off)
    return notes.filled(visit.words.quiet_set, quiet=quiet_name(settings.quiet, visit.reader))


def _is_offered(press: Press) -> bool:
    """Whether a choice of the right form is one that there is (still)."""
    if press.pane is Pane.ZONE:
        return screens.offers(press.choice)
    return (
        press.pane is not Pane.QUIET or press.choice == "off" or bool(screens.hours(press.choice))
    )
