"""python-telegram-bot asks here before each call to Telegram: the pacing of `flow.pacing`.

Its own AIORateLimiter lets any other request end the halt that a 429 began, and lets a group have
more than 20 messages a minute; and a 429 for one chat halts all. This one holds the chat that was
named.
"""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.flow.pacing import Pace
from bot.model.meter import UNMEASURED, Meter

BROADCAST = "broadcast"
_COUNTED = ("send", "edit", "copy", "forward")
_PATIENT_SECONDS = 20.0  # longer, a reader's question is not worth its answer
_TRIES = 3

Result = bool | dict[str, Any] | list[dict[str, Any]]


class Limiter(BaseRateLimiter[str]):
    """Waits before what Telegram counts; `BROADCAST` calls go behind those that answer readers.

    Args:
        pacer: knows what may go when.
        meter: is told when Telegram says to wait.
    """

    def __init__(self, pacer: Pace, meter: Meter = UNMEASURED) -> None:
        self._pacer = pacer
        self._meter = meter

    async def initialize(self) -> None:
        """Nothing to do."""

    async def shutdown(self) -> None:
        """Nothing to do."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> Result:
        """Make a call when its turn has come.

        Raises:
            RetryAfter: Telegram says to wait; at once for a broadcast, for an answer after some
                tries.
        """
        chat = data.get("chat_id")
        if not isinstance(chat, int) or not endpoint.startswith(_COUNTED):
            return await callback(*args, **kwargs)
        answer = rate_limit_args != BROADCAST
        for left in reversed(range(_TRIES if answer else 1)):
            await self._turn(chat, answer)
            try:
                result = await callback(*args, **kwargs)
            except RetryAfter as error:
                seconds = waiting_seconds(error)
                self._meter.told_to_wait(seconds)
                await self._pacer.hold(chat, seconds)
                if not left or seconds > _PATIENT_SECONDS:
                    raise
            else:
                self._pacer.let_through()
                return result
        raise AssertionError("the last try returns or raises")

    async def _turn(self, chat: int, answer: bool) -> None:
        try:
            await self._pacer.turn(chat, answer=answer)
        except asyncio.CancelledError:
            if answer:
                raise
            raise RetryAfter(0) from None  # the outbox is to know that it was not sent


def waiting_seconds(error: RetryAfter) -> float:
    """How long Telegram says to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
