"""What the worker's processes do in the soak beside their work."""

import threading
import time

from benchmarks.soak.samples import empty_caches
from bot.flow import workers

EVERY_SECONDS = 3.0


def begin(engine: str) -> None:
    """The first thing in such a process, in place of the bot's: its caches, too, are emptied."""
    workers._begin(engine)
    threading.Thread(target=_forget, daemon=True).start()


def _forget() -> None:
    while True:
        time.sleep(EVERY_SECONDS)
        empty_caches()
