"""Which update is being handled, for writes that must not be done twice for it.

Nearly every write may be repeated without harm: it says how things are to be, or a unique key
stands in its way. One that may not (a press that switches) is made with `once`: it marks the update
as handled in its own transaction, so that no other worker ever handles it again.
"""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Handling:
    """An update under way, and the worker that is at it."""

    update: int
    worker: int


HANDLING: ContextVar[Handling | None] = ContextVar("HANDLING", default=None)

# Nobody else took it over meanwhile, as happens to a worker that was cut off.
MARK = "UPDATE updates SET handled = true WHERE id = %s AND worker = %s"
TAKEN_OVER = "another worker took this update over"
