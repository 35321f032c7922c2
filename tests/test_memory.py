"""Threads share one heap: looked at in a process of its own, for it holds for good."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from bot import memory

THREADS = """
import ctypes, sys, threading
from bot import memory
if sys.argv[2] == "one":
    memory.one_heap()
all_there = threading.Barrier(4)
def work():
    held = [bytes(5000) for _ in range(100)]
    all_there.wait()
threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
c = ctypes.CDLL("libc.so.6")
c.fopen.restype = ctypes.c_void_p
file = ctypes.c_void_p(c.fopen(sys.argv[1].encode(), b"w"))
c.malloc_info(0, file)
c.fclose(file)
"""


def heaps(told: Path, how: str) -> int:
    """How many heaps a process has whose threads asked for memory."""
    subprocess.run([sys.executable, "-c", THREADS, str(told), how], check=True)
    return told.read_text().count("<heap nr=")


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_all_threads_share_one_heap(tmp_path: Path) -> None:
    assert heaps(tmp_path / "info.xml", "one") == 1
    assert heaps(tmp_path / "info.xml", "many") > 1


def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr(memory.ctypes, "CDLL", missing)
    memory.one_heap()
