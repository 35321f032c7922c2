"""Updates that are written down before Telegram forgets them, and handled by one worker once.

For several workers on one database; a single one does without.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Coroutine
from typing import Any, cast

from telegram import Bot, Update

from bot.chat.processing import Processor
from bot.errors import StoreError
from bot.model.meter import Meter
from bot.store.postgres.inbox import Inbox
from bot.store.postgres.once import HANDLING, Handling

log = logging.getLogger(__name__)

RETRY_SECONDS = 1.0


class Written(asyncio.Queue[object]):
    """The queue into which python-telegram-bot puts what it received: it asks for the next
    updates, or answers a webhook, only when these are in the database.

    Args:
        inbox: where they are written down.
    """

    def __init__(self, inbox: Inbox) -> None:
        super().__init__()
        self._inbox = inbox
        self.ours: set[int] = set()  # updates that this worker is to handle

    async def put(self, item: object) -> None:
        """Take an update, as soon as it is written down."""
        if isinstance(item, Update) and await self._new(item):
            self.ours.add(item.update_id)
        await super().put(item)

    async def take_over(self, bot: Bot) -> int:
        """Take what dead workers left; how many."""
        left = await self._inbox.take_over()
        for number, body in left:
            update = Update.de_json(json.loads(body), bot)
            self.ours.add(number)
            await super().put(update)
        if left:
            log.warning("%d updates of a worker that ended are handled by this one", len(left))
        return len(left)

    async def _new(self, update: Update) -> bool:
        while True:
            try:
                return await self._inbox.receive(update.update_id, update.to_json())
            except StoreError as error:  # Telegram keeps it meanwhile
                log.error("an update must wait: %s", error)
                await asyncio.sleep(RETRY_SECONDS)


class OnceProcessor(Processor):
    """Handles what is ours, and says when it is handled.

    Args:
        at_once: how many updates side by side.
        meter: is told of each.
        inbox: where they are written down.
        queue: knows which are ours.
    """

    def __init__(self, at_once: int, meter: Meter, inbox: Inbox, queue: Written) -> None:
        super().__init__(at_once, meter)
        self._inbox = inbox
        self._queue = queue

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle one; python-telegram-bot calls this."""
        if not isinstance(update, Update):
            await super().do_process_update(update, coroutine)
            return
        number = update.update_id
        if number not in self._queue.ours:  # it came before, and whoever has it sees to it
            cast(Coroutine[Any, Any, None], coroutine).close()
            if await self._under_way(number):
                self.leave(number)
            else:
                await super().do_process_update(update, _nothing())
            return
        self._queue.ours.discard(number)
        HANDLING.set(Handling(number, self._inbox.worker))  # of this task, which ends with it
        await super().do_process_update(update, coroutine)
        try:
            await self._inbox.handled(number)
        except StoreError as error:
            log.error("update %d was handled, and may be again: %s", number, error)

    async def _under_way(self, number: int) -> bool:
        """Whether another still has to handle an update, as far as can be known."""
        try:
            return await self._inbox.under_way(number)
        except StoreError as error:
            log.error("update %d cannot be looked up: %s", number, error)
            return True


async def _nothing() -> None:
    """In place of handling an update."""
