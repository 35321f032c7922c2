"""CPU work away from the event loop: in worker processes when there is much of it.

A little work is done in a thread, which costs nothing to begin; but threads share one interpreter
with the event loop, so that much of it would make readers wait. Processes are started when much is
asked for at once, and end when they have had nothing to do for a while.
"""

import asyncio
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from types import TracebackType
from typing import ParamSpec, TypeVar

from bot.digest import words
from bot.errors import ReadError

P = ParamSpec("P")
T = TypeVar("T")

MUCH = 50_000  # characters to digest asked for at once, about half a second
IDLE_SECONDS = 60.0
NICENESS = 19  # readers first: they wait for the processor as little as if nothing were digested


class Workers:
    """Runs functions; to be used as a context, which ends the processes, and does not end before
    what the functions are doing.

    Args:
        most: how many processes; by default one fewer than there are processors.
        much: how much must be asked for at once for processes to be started.
        idle_seconds: after how long without work they end.
    """

    def __init__(
        self, most: int = 0, *, much: int = MUCH, idle_seconds: float = IDLE_SECONDS
    ) -> None:
        self.count = most or max(1, (os.cpu_count() or 1) - 1)
        self._much = much
        self._idle_seconds = idle_seconds
        self._threads = ThreadPoolExecutor(2 * self.count, thread_name_prefix="worker")
        self._pool: ProcessPoolExecutor | None = None
        self._turn = asyncio.Semaphore(2 * self.count)  # so that none of them waits for the next
        self._under_way = 0
        self._idle: asyncio.TimerHandle | None = None

    async def run(
        self, size: int, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What a function gives, when its turn has come.

        Args:
            size: how much work it is, in characters to digest.
            function: of a module, for another process must find it; what it is given and what it
                gives must be picklable.
            args: what it is given.
            kwargs: as `args`.

        Raises:
            ReadError: the process died of it.
        """
        self._under_way += size
        self._wake()
        try:
            async with self._turn:
                if self._pool is None and self._under_way < self._much:
                    return await asyncio.wrap_future(
                        self._threads.submit(function, *args, **kwargs)
                    )
                return await self._in_process(function, *args, **kwargs)
        finally:
            self._under_way -= size
            if not self._under_way and self._pool:
                self._wake()
                loop = asyncio.get_running_loop()
                self._idle = loop.call_later(self._idle_seconds, self._rest)

    async def _in_process(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        pool = self._pool = self._pool or self._started()
        try:
            return await asyncio.wrap_future(pool.submit(function, *args, **kwargs))
        except BrokenProcessPool as error:
            if self._pool is pool:
                self._rest()
            raise ReadError("a worker process died while this was being read") from error

    def _started(self) -> ProcessPoolExecutor:
        # Not forked: a fork of a process with threads may copy a lock that is held.
        return ProcessPoolExecutor(
            self.count, multiprocessing.get_context("spawn"), _begin, (words.engine(),)
        )

    def _wake(self) -> None:
        if self._idle:
            self._idle.cancel()
            self._idle = None

    def _rest(self) -> None:
        """End the processes when they are done; the next work starts others."""
        pool, self._pool = self._pool, None
        if pool:
            pool.shutdown(wait=False, cancel_futures=True)

    async def __aenter__(self) -> "Workers":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._wake()
        pool, self._pool = self._pool, None
        for executor in filter(None, (pool, self._threads)):
            await asyncio.to_thread(executor.shutdown, wait=True, cancel_futures=True)


def _begin(engine: str) -> None:
    """The first thing in a worker process: it ends with the one that started it, not before."""
    # Nearly all goes by counting; to look for circles as often as Python does is 2% of the work.
    gc.set_threshold(20_000)
    for number in (signal.SIGINT, signal.SIGTERM):  # sent to all of a group at once
        signal.signal(number, signal.SIG_IGN)
    with suppress(AttributeError, OSError):  # there is no such thing elsewhere
        os.nice(NICENESS)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    words.use_engine(engine)
    words.load()


def _end_with_parent() -> None:
    """A killed parent can end nobody, and its children would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
