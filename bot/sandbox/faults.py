"""Faults that tests inject: what goes wrong, with which calls, how often."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import ApiError


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong.

    Args:
        method: the Bot API method, or '' for all.
        error: what Telegram answers.
        times: how often, then no more.
        chat_id: only in this chat; None for all.
        after: whether the call is carried out before it fails.
    """

    error: ApiError
    method: str = ""
    times: int = 1
    chat_id: int | None = None
    after: bool = False

    def hits(self, method: str, params: Mapping[str, Any]) -> bool:
        """Whether this call fails; counts down."""
        named = not self.method or self.method.lower() == method.lower()
        here = self.chat_id is None or str(params.get("chat_id")) == str(self.chat_id)
        if not (self.times > 0 and named and here):
            return False
        self.times -= 1
        return True


@dataclass(slots=True)
class Faults:
    """The faults in force."""

    planned: list[Fault] = field(default_factory=list)

    def strike(self, method: str, params: Mapping[str, Any]) -> Fault | None:
        """The fault that a call meets, or None."""
        return next((f for f in self.planned if f.hits(method, params)), None)
