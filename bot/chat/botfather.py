"""What is set for the bot, at @BotFather and otherwise, as Telegram tells."""

import time
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

PATIENT_SECONDS = 10.0
LISTEN_SECONDS = 5  # another poller is thrown out by ours, and asks again within a second or two
_UNKNOWN = (401, 404)


class Refused(Exception):  # noqa: N818 (an answer, not a fault)
    """Telegram does not know the token."""


class Unreachable(Exception):  # noqa: N818
    """Telegram does not answer."""


@dataclass(frozen=True, slots=True)
class Account:
    """The bot as Telegram knows it; `at` is the time at Telegram."""

    username: str
    inline: bool
    groups: bool
    privacy: bool
    webhook: str
    webhook_error: str
    pending: int
    at: datetime | None
    other: bool  # another program fetches updates


async def account(token: str, base_url: str, *, alone: bool) -> Account:
    """Ask Telegram about the bot; nothing is changed.

    Args:
        token: the bot's, of the right form.
        base_url: of the Bot API.
        alone: whether to look for another program that fetches updates, for some seconds; that one
            is told 409 by it, once.

    Raises:
        Refused: Telegram does not know the token.
        Unreachable: it does not answer.
    """
    address = f"{base_url}{token}/"
    async with httpx.AsyncClient(timeout=PATIENT_SECONDS) as client:
        try:
            me, at = await _ask(client, f"{address}getMe")
            hook, _ = await _ask(client, f"{address}getWebhookInfo")
            looked = alone and not hook.get("url")
            other = looked and await _another(client, f"{address}getUpdates")
        except (httpx.HTTPError, ValueError) as error:
            raise Unreachable(type(error).__name__) from None  # its words hold the address
    return Account(
        str(me.get("username", "")),
        bool(me.get("supports_inline_queries")),
        bool(me.get("can_join_groups")),
        not me.get("can_read_all_group_messages"),
        str(hook.get("url", "")),
        str(hook.get("last_error_message", "")),
        int(hook.get("pending_update_count", 0)),
        at,
        other,
    )


async def _ask(client: httpx.AsyncClient, address: str) -> tuple[dict[str, Any], datetime | None]:
    """The result of a method, and the time at Telegram."""
    answer = await client.post(address)
    if answer.status_code in _UNKNOWN:
        raise Refused
    date = answer.headers.get("date")
    result = answer.json().get("result")
    return result if isinstance(result, dict) else {}, parsedate_to_datetime(date) if date else None


async def _another(client: httpx.AsyncClient, address: str) -> bool:
    """Whether somebody else fetches updates: who asks last throws out who asked before."""
    until = time.monotonic() + LISTEN_SECONDS
    while (left := until - time.monotonic()) > 0:
        # Without an offset nothing is confirmed, so nothing is taken from the bot.
        wait = {"timeout": max(1, round(left)), "limit": 1}
        answer = await client.post(address, json=wait)
        if answer.status_code == httpx.codes.CONFLICT:
            return True
        if answer.json().get("result"):
            return False  # what waits here would have been fetched
    return False
