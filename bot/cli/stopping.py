"""Signals: the first asks to finish, the next ends the process, and so does time."""

import asyncio
import logging
import os
import signal
import threading
import time

log = logging.getLogger(__name__)

LAST_SECONDS = 9.5  # those who manage processes usually kill after ten
SAME_SECONDS = 1.0  # some send one to the process and one to its group: both mean the same


def until_stopped() -> asyncio.Event:
    """An event that SIGINT and SIGTERM set.

    A process that has not ended `LAST_SECONDS` later, or gets another signal, ends at once: nothing
    is lost by it, for what was not finished is still in the database as such.
    """
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    asked: list[float] = []

    def told(number: int) -> None:
        now = time.monotonic()
        asked.append(now)
        stop.set()
        if len(asked) == 1:
            _ends_in_time()
        elif now - asked[0] > SAME_SECONDS:
            log.warning("told to stop again: ending at once")
            os._exit(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told, number)
    return stop


def _ends_in_time() -> None:
    """From a thread: the event loop may be what hangs."""

    def end() -> None:
        log.error("not finished %.1f seconds after the signal: ending now", LAST_SECONDS)
        os._exit(1)

    timer = threading.Timer(LAST_SECONDS, end)
    timer.daemon = True
    timer.start()
