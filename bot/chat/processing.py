"""How python-telegram-bot handles updates: measured, probed, and each known by when it is done."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, cast

from telegram import Message, MessageEntity, Update
from telegram.ext import BaseUpdateProcessor

from bot.model.meter import Meter
from bot.render import words

REMEMBERED = 10_000  # updates, for those that Telegram brings twice
_NAMED = {*words.SIMPLIFIED.commands, "start"}  # anybody can send a command of any other name
_KINDS = (
    *("message", "edited_message", "channel_post", "edited_channel_post"),
    *("callback_query", "inline_query", "my_chat_member"),
)


class Probe:
    """Goes the way of an update, and is done when it is its turn."""

    def __init__(self) -> None:
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()


class Processor(BaseUpdateProcessor):
    """Handles updates side by side.

    Args:
        at_once: how many.
        meter: is told of each.
        clock: seconds that only go forward.
    """

    def __init__(
        self, at_once: int, meter: Meter, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        super().__init__(at_once)
        self._meter = meter
        self._clock = clock
        self._known: OrderedDict[int, asyncio.Future[None]] = OrderedDict()

    def expect(self, number: int) -> tuple[asyncio.Future[None], bool]:
        """When an update is handled, and whether it is new; it is remembered from now on."""
        if number in self._known:
            return self._known[number], False
        self._known[number] = asyncio.get_running_loop().create_future()
        while len(self._known) > REMEMBERED and next(iter(self._known.values())).done():
            self._known.popitem(last=False)
        return self._known[number], True

    def leave(self, number: int) -> None:
        """An update is not handled here; whoever brought it is to bring it again."""
        if known := self._known.pop(number, None):
            known.cancel()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle one; python-telegram-bot calls this."""
        if isinstance(update, Probe):
            cast(Coroutine[Any, Any, None], coroutine).close()
            if not update.done.done():
                update.done.set_result(None)
            return
        started = self._clock()
        await coroutine  # what goes wrong is caught within
        if isinstance(update, Update):
            kind = next((k for k in _KINDS if getattr(update, k) is not None), "other")
            self._meter.handled(kind, command(update), self._clock() - started)
            if (known := self._known.get(update.update_id)) and not known.done():
                known.set_result(None)

    async def initialize(self) -> None:
        """Nothing to do."""

    async def shutdown(self) -> None:
        """Those that were not handled never will be."""
        for future in self._known.values():
            future.cancel()


def command(update: Update) -> str:
    """The command of an update if it is in the menu, else what kind of thing it is."""
    message = update.effective_message
    if update.callback_query:
        return "button"
    if update.inline_query:
        return "inline"
    if not isinstance(message, Message) or not message.text:
        return "other"
    first = message.entities[0] if message.entities else None
    if first is None or first.type != MessageEntity.BOT_COMMAND or first.offset:
        return "text"
    name = message.text[1 : first.length].partition("@")[0].lower()
    return name if name in _NAMED else "other"
