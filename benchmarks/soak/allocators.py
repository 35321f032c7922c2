"""What the allocators of this process have given out, wherever it lies (Linux, glibc 2.33).

Small things of Python's lie in the arenas of its own allocator, all else in the C library's heaps.
Both keep what is given back for later, in pages that may hold something else still; so what a
process holds says little of what it uses.
"""

import ctypes
import os
import re
import sys
import tempfile
from collections.abc import Callable

MIB = 2**20
_ALLOCATED = re.compile(r"# bytes in allocated blocks\s*=\s*([\d,]+)")


class _Mallinfo2(ctypes.Structure):
    """As of malloc.h; sums over all heaps of the process."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
            *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    )


def used() -> float:
    """What is in use, in MiB: given out by Python's allocator and by the C library's."""
    library = ctypes.CDLL("libc.so.6")
    library.mallinfo2.restype = _Mallinfo2
    counted = library.mallinfo2()
    return float(counted.uordblks + counted.hblkhd + _of_python()) / MIB


def _of_python() -> int:
    """Bytes in blocks that Python's allocator has given out; only its debugging aid says that."""
    match = _ALLOCATED.search(_on_stderr(sys._debugmallocstats))
    return int(match[1].replace(",", "")) if match else 0


def _on_stderr(function: Callable[[], None]) -> str:
    """What a function of C writes there."""
    with tempfile.TemporaryFile("w+") as file:
        kept = os.dup(2)
        os.dup2(file.fileno(), 2)
        try:
            function()
        finally:
            os.dup2(kept, 2)
            os.close(kept)
        file.seek(0)
        return file.read()
