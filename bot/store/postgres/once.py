"""Which update is being handled, for writes that must not be done twice for it.

Nearly every write may be repeated without harm: it says how things are to be, or a unique key
stands in its way. One that may not (a press that switches) is made with `once`: it marks the update
as handled in its own transaction, so that no other worker ever handles it again.
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

from bot.errors import StoreError
from bot.store.engine import Database

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Handling:
    """An update under way, and the worker that is at it."""

    update: int
    worker: int


HANDLING: ContextVar[Handling | None] = ContextVar("HANDLING", default=None)

# Unless another took it over meanwhile, as happens to a worker that was cut off. The number is
# kept, what somebody wrote is not.
MARK = "UPDATE updates SET handled = true, body = '' WHERE id = {} AND worker = {}"


def marking(
    handling: Handling | None, function: Callable[[Database], T]
) -> Callable[[Database], T]:
    """A function of a transaction that marks the update as handled, too.

    Args:
        handling: the update under way, if any.
        function: what the transaction does.
    """
    if handling is None:
        return function

    def both(db: Database) -> T:
        done = db.execute(MARK.format("?", "?"), [handling.update, handling.worker])
        if not done.rowcount:
            raise StoreError("another worker took this update over")
        return function(db)

    return both
