"""Errors as the Bot API answers them."""

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


def bad(reason: str) -> ApiError:
    """The usual 400."""
    return ApiError(400, f"Bad Request: {reason}")
