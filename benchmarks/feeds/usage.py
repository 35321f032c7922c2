"""What a process and its children cost, as the kernel counts it (Linux)."""

import os
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


def processes(root: int, without: int = 0) -> list[int]:
    """A process and all that descend from it, but for one and what descends from that."""
    children = defaultdict(list)
    for path in _PROC.glob("[0-9]*"):
        with suppress(OSError):  # it has just ended
            children[int(_fields(int(path.name))[1])].append(int(path.name))
    found = [root]
    for number in found:  # which grows
        found += [child for child in children[number] if child != without]
    return found


def cpu_seconds(root: int, without: int = 0) -> float:
    """User and system time of a process and its descendants, those that ended included."""
    return sum(map(_cpu_of, processes(root, without)))


def peak_bytes(root: int, without: int = 0) -> list[int]:
    """The most memory that a process and each of its living descendants held, its own first."""
    return [_peak_of(number) for number in processes(root, without)]


def _cpu_of(number: int) -> float:
    try:
        return sum(map(int, _fields(number)[11:15])) / _TICKS  # its own and that of the dead
    except OSError:  # it has just ended
        return 0.0


def _fields(number: int) -> list[str]:
    """What proc(5) calls stat, from the third: the second, a name, may hold spaces."""
    return (_PROC / str(number) / "stat").read_text().rpartition(")")[2].split()


def _peak_of(number: int) -> int:
    lines = (_PROC / str(number) / "status").read_text().splitlines()
    found = next((line for line in lines if line.startswith("VmHWM:")), "VmHWM: 0 kB")
    return int(found.split()[1]) * 1024
