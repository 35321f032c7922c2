"""What a process holds, and whether that grows: samples, and a line through them."""

import asyncio
import ctypes
import functools
import gc
import os
import statistics
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.feeds.usage import processes
from benchmarks.soak.allocators import MIB, used

SMALL = 50  # answers
BLOCKS = 12  # parts; samples next to each other resemble each other, so one of each is fitted
T_95 = 2.228  # Student's t for BLOCKS - 2 degrees of freedom, 95% on two sides


@dataclass(frozen=True, slots=True)
class Sample:
    """What a process held at an hour of its clock, its caches emptied; memory in MiB.

    `used` is what its allocators have given out (`allocators`), `memory` the pages that they hold
    for that; `children` what its other processes hold, `blocks` what Python's allocator has given
    out, `tasks` are asyncio's.
    """

    hour: float
    used: float
    memory: float
    children: float
    blocks: float
    files: int
    threads: int
    tasks: int
    wal: float


def taken(hour: float, database: Path) -> Sample:
    """A sample of this process, without its caches and what is garbage (Linux)."""
    empty_caches()
    gc.collect()
    with suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    own, *others = processes(os.getpid())
    return Sample(
        hour,
        used(),
        _own(own),
        sum(map(_own, others)),
        sys.getallocatedblocks(),
        len(os.listdir("/proc/self/fd")),
        threading.active_count(),
        len(asyncio.all_tasks()),
        _size(database.with_name(f"{database.name}-wal")),
    )


def empty_caches() -> None:
    """They are bounded, but the largest is full only after thousands of articles; until then it
    would look like a leak."""
    for cache in bounded_caches():
        cache.cache_clear()


def bounded_caches() -> list[Any]:
    """The bot's functions that remember a bounded number of answers; a few large tables, of which
    each is made once, aside."""
    return [
        found
        for found in gc.get_objects()
        if type(found) is functools._lru_cache_wrapper
        and found.__module__.startswith("bot.")
        and (found.cache_parameters()["maxsize"] or 0) >= SMALL
    ]


def _own(process: int) -> float:
    """What a process holds of its own; parts of files that are mapped come and go."""
    with suppress(OSError):  # it has just ended
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
        return next(
            int(line.split()[1]) / 1024
            for line in status.splitlines()
            if line.startswith("RssAnon")
        )
    return 0.0


def _size(path: Path) -> float:
    return path.stat().st_size / MIB if path.exists() else 0.0


@dataclass(frozen=True, slots=True)
class Trend:
    """A line below values over hours: its slope an hour, between which slopes it lies with 95%
    confidence, and how far single values stray from it (standard deviation)."""

    slope: float
    least: float
    most: float
    noise: float


def trend(hours: Sequence[float], values: Sequence[float]) -> Trend:
    """Least squares through the lowest values of `BLOCKS` equal parts: what is just being done
    only adds to what is held for good, and the lowest value has the least of it.

    Raises:
        ValueError: there are fewer values than parts.
    """
    if len(values) < BLOCKS:
        raise ValueError(f"{len(values)} samples are too few: {BLOCKS} are needed")
    ends = [round(len(values) * n / BLOCKS) for n in range(BLOCKS + 1)]
    lowest = [min(range(a, b), key=values.__getitem__) for a, b in pairwise(ends)]
    x, y = [hours[n] for n in lowest], [values[n] for n in lowest]
    slope, start = statistics.linear_regression(x, y)
    left = sum((b - start - slope * a) ** 2 for a, b in zip(x, y, strict=True)) / (BLOCKS - 2)
    middle = statistics.fmean(x)
    error = T_95 * (left / sum((a - middle) ** 2 for a in x)) ** 0.5
    strays = [v - start - slope * h for h, v in zip(hours, values, strict=True)]
    return Trend(slope, slope - error, slope + error, statistics.pstdev(strays))
