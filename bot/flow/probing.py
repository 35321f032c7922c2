"""Probes: what goes a part's whole way again and again, to see that the way is open."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot.errors import MailuoError
from bot.model.meter import Meter

log = logging.getLogger(__name__)

EVERY_SECONDS = 5.0
DEAD_SECONDS = 60.0


@asynccontextmanager
async def probing(
    meter: Meter, part: str, probe: Callable[[], Awaitable[None]]
) -> AsyncIterator[None]:
    """A part beats each time a probe comes back, while the block runs.

    Args:
        meter: is told.
        part: its name.
        probe: comes back when the part did what it is for; one that fails has not.
    """

    async def again() -> None:
        while True:
            try:
                await probe()
            except MailuoError as error:
                log.warning("the %s did not answer: %s", part, error)
            else:
                meter.beat(part)
            await asyncio.sleep(EVERY_SECONDS)

    with meter.expecting(part, DEAD_SECONDS):
        task = asyncio.create_task(again(), name=f"probing the {part}")
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait({task})
