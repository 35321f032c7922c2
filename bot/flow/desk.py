"""The store within reach of functions that run beside the event loop: in a thread, or in a worker
process.

What a feed holds is read, digested and stored by one function. Where that runs in another process,
articles need not be sent there and back, and readers are not kept waiting by the work.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from bot.digest import words
from bot.store import Store

T = TypeVar("T")


class Desk:
    """A store, for those who cannot await.

    Given to another process, it is at home there: it opens the same database once, on connections
    of its own. A process that is killed loses what it has not committed and nothing else.

    Args:
        store: an open store.
        loop: a running event loop, never that of the thread that asks.
    """

    def __init__(self, store: Store, loop: asyncio.AbstractEventLoop) -> None:
        self._store = store
        self._loop = loop

    def ask(self, question: Callable[[Store], Coroutine[Any, Any, T]]) -> T:
        """What the store answers.

        Raises:
            StoreError: the database cannot be used.
        """
        return asyncio.run_coroutine_threadsafe(question(self._store), self._loop).result()

    def __reduce__(self) -> tuple[Callable[..., "Desk"], tuple[Path | str, str]]:
        return _opened, (self._store.where, words.engine())


@cache
def _opened(where: Path | str, engine: str) -> Desk:
    """The desk of this process, which stays open until the process ends."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    store = asyncio.run_coroutine_threadsafe(Store.open(where, word_engine=engine), loop).result()
    return Desk(store, loop)
