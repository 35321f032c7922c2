"""What a process and its children cost, as the kernel counts it (Linux)."""

import os
from collections.abc import Iterator
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


def processes(root: int, without: int = 0) -> Iterator[int]:
    """A process and all that descend from it, but for one and what descends from that."""
    yield root
    for listed in _PROC.glob(f"{root}/task/*/children"):
        for child in map(int, listed.read_text().split()):
            if child != without:
                yield from processes(child, without)


def cpu_seconds(root: int, without: int = 0) -> float:
    """User and system time of a process and its descendants, those that ended included."""
    return sum(map(_cpu_of, processes(root, without)))


def peak_bytes(root: int, without: int = 0) -> list[int]:
    """The most memory that a process and each of its living descendants held, its own first."""
    return [_peak_of(number) for number in processes(root, without)]


def _cpu_of(number: int) -> float:
    # After the name, which may hold spaces; fields 14 to 17 of proc(5), the last two of the dead.
    fields = (_PROC / str(number) / "stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS


def _peak_of(number: int) -> int:
    lines = (_PROC / str(number) / "status").read_text().splitlines()
    found = next((line for line in lines if line.startswith("VmHWM:")), "VmHWM: 0 kB")
    return int(found.split()[1]) * 1024
