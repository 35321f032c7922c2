"""Errors as the Bot API answers them, and those that a sender must know by Telegram's own words."""

from collections.abc import Callable
from typing import Any


class ApiError(Exception):
    """An answer with ok=false.

    Args:
        code: as HTTP's.
        description: Telegram's words.
        parameters: retry_after or migrate_to_chat_id, where there are any.
    """

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.parameters = parameters

    def answer(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": str(self),
        }
        return {**body, "parameters": self.parameters} if self.parameters else body


class CutError(ConnectionResetError):
    """The connection ends without an answer."""


def bad(reason: str) -> ApiError:
    """The usual 400."""
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """The usual 403."""
    return ApiError(403, f"Forbidden: {reason}")


def flood(seconds: int = 3) -> ApiError:
    """429: too many; to be tried again after so many seconds."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def moved(to: int) -> ApiError:
    """400: the group is a supergroup now."""
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    return ApiError(400, words, migrate_to_chat_id=to)


# What tests ask for by name, here and in `/sandbox/faults`.
REFUSALS: dict[str, Callable[[], ApiError]] = {
    "flood": flood,
    "internal": lambda: ApiError(500, "Internal Server Error"),
    "bad_gateway": lambda: ApiError(502, "Bad Gateway"),
    "blocked": lambda: forbidden("bot was blocked by the user"),
    "kicked": lambda: forbidden("bot was kicked from the group chat"),
    "deactivated": lambda: forbidden("user is deactivated"),
    "no_chat": lambda: bad("chat not found"),
    "no_thread": lambda: bad("message thread not found"),
    "topic_closed": lambda: bad("TOPIC_CLOSED"),
    "no_rights": lambda: bad("not enough rights to send text messages to the chat"),
    "entities": lambda: bad(
        "can't parse entities: Can't find end tag corresponding to start tag \"b\""
    ),
}
