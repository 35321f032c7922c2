"""How updates come: fetched by long polling, or brought by Telegram to a webhook.

Neither drops what waits at Telegram, so one may follow the other.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from telegram import Update
from telegram.error import BadRequest, NetworkError
from telegram.ext import Application
from telegram.request import BaseRequest, RequestData

from bot.chat import door
from bot.chat.processing import Probe, Processor
from bot.errors import ConfigError, ReadError

log = logging.getLogger(__name__)

Telegram = Application[Any, Any, Any, Any, Any, Any]

RETRY_SECONDS = 5.0
# One poll takes 10 seconds when nothing comes; after errors up to 30 pass before the next.
SILENT_SECONDS = 90.0
# Telegram waits about a minute for an answer; what takes longer than this is brought again, and
# found to be under way.
PATIENT_SECONDS = 25.0


class Observed(BaseRequest):
    """A transport that tells of each call that came back, whatever it brought.

    Args:
        inner: makes the calls.
        told: is called.
    """

    def __init__(self, inner: BaseRequest, told: Callable[[], None]) -> None:
        self._inner = inner
        self._told = told

    @property
    def read_timeout(self) -> float | None:
        """Seconds."""
        return self._inner.read_timeout

    async def initialize(self) -> None:
        """As the inner one."""
        await self._inner.initialize()

    async def shutdown(self) -> None:
        """As the inner one."""
        await self._inner.shutdown()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: Any,
        **named: Any,
    ) -> tuple[int, bytes]:
        """One call; it came back also when it failed, but not when it was given up."""
        try:
            answer = await self._inner.do_request(url, method, request_data, *timeouts, **named)
        except Exception:
            self._told()
            raise
        self._told()
        return answer


@asynccontextmanager
async def polling(application: Telegram) -> AsyncIterator[None]:
    """Updates are fetched while the block runs; a webhook that was set is taken away."""
    updater = application.updater
    assert updater is not None  # only who asks for none builds without
    await updater.start_polling(
        bootstrap_retries=-1,
        allowed_updates=door.UPDATES,
        error_callback=door.polling_failed,
    )
    try:
        yield
    finally:
        await updater.stop()


async def set_webhook(application: Telegram, address: str, secret: str, at_once: int) -> None:
    """Tell Telegram where to bring updates, as often as it takes.

    Args:
        application: initialized.
        address: https://…
        secret: what it must say there.
        at_once: how many it may bring side by side.

    Raises:
        ConfigError: Telegram does not want the address.
    """
    while True:
        try:
            await application.bot.set_webhook(
                address,
                secret_token=secret,
                allowed_updates=door.UPDATES,
                max_connections=at_once,
            )
        except BadRequest as error:
            raise ConfigError(f"Telegram does not take the webhook {address}: {error}") from error
        except NetworkError as error:
            log.warning("Telegram cannot be reached, trying again: %s", error)
            await asyncio.sleep(RETRY_SECONDS)
        else:
            return


class Inbox:
    """Takes updates that are brought.

    Args:
        application: handles them.
        processor: the application's.
    """

    def __init__(self, application: Telegram, processor: Processor) -> None:
        self._application = application
        self._processor = processor

    async def take(self, document: dict[str, Any]) -> bool:
        """Handle an update; False when it is not handled in time, so that it is brought again.

        Raises:
            ReadError: it is no update.
        """
        number = document.get("update_id")
        if type(number) is not int:
            raise ReadError("no update")
        try:
            update = Update.de_json(document, self._application.bot)
        except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, OSError,
                RecursionError) as error:  # fmt: skip
            raise ReadError("no update that can be read") from error
        handled, new = self._processor.expect(number)
        if new:
            await self._application.update_queue.put(update)
        await asyncio.wait({handled}, timeout=PATIENT_SECONDS)
        return handled.done() and not handled.cancelled()

    async def probe(self) -> None:
        """Go the way of an update."""
        probe = Probe()
        await self._application.update_queue.put(probe)
        await probe.done
