"""CPU work in threads and processes."""

import asyncio
import os
import subprocess
import sys
import threading
import tomllib
from pathlib import Path

import pytest

from bot.errors import ReadError
from bot.flow.workers import Workers

ROOT = Path(__file__).parents[2]


def where(_: int = 0) -> tuple[int, bool]:
    """The process, and whether it is the main thread of it."""
    return os.getpid(), threading.current_thread() is threading.main_thread()


def die() -> None:
    os._exit(3)


async def test_a_little_is_done_in_a_thread_and_much_in_processes() -> None:
    async with Workers(1, much=1000) as workers:
        assert await workers.run(10, where) == (os.getpid(), False)
        many = await asyncio.gather(*(workers.run(600, where, n) for n in range(4)))
        assert any(process != os.getpid() for process, _ in many)
        assert (await workers.run(2000, where))[0] != os.getpid()


async def test_processes_end_when_there_is_nothing_to_do() -> None:
    async with Workers(1, much=1, idle_seconds=0) as workers:
        first, _ = await workers.run(5, where)
        await asyncio.sleep(0)  # the timer of no seconds
        await asyncio.sleep(0)
        second, _ = await workers.run(5, where)
        assert os.getpid() not in (first, second)
        assert first != second


async def test_work_that_kills_its_process_is_an_error_and_the_next_goes_on() -> None:
    async with Workers(1, much=1) as workers:
        with pytest.raises(ReadError, match="died"):
            await workers.run(5, die)
        assert (await workers.run(5, where))[0] != os.getpid()


async def test_errors_come_back() -> None:
    async with Workers(1, much=1) as workers:
        with pytest.raises(ValueError, match="invalid literal"):
            await workers.run(5, int, "x")


def test_the_script_that_each_process_runs_once_more_imports_nothing_of_the_command_line() -> None:
    """`mailuo` is the script that names `bot.__main__:main`; Python runs it to start a process."""
    code = "import sys, bot.__main__; sys.exit('bot.cli' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    assert scripts == {"mailuo": "bot.__main__:main"}
