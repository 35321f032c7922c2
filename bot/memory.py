"""What a worker does about memory before its threads start.

glibc gives each thread that asks for memory a heap of its own ('arena'). The worker has some twenty
threads, which take turns rather than work at the same time: each heap grows to the most that its
thread ever needed, and what is free in one is of no use to another.
"""

import ctypes
import gc
from contextlib import suppress

_M_ARENA_MAX = -8  # of malloc.h


def one_heap() -> None:
    """All threads of this process share one heap; to be called before they start.

    Does nothing where the C library is another one.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").mallopt(_M_ARENA_MAX, 1)


def keep_loaded() -> None:
    """What is loaded stays: to look it through for garbage would stop all threads for 0.1 s."""
    gc.collect()
    gc.freeze()
