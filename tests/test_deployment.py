"""Deployment files: what systemd says of the units, and the worker started as they say."""

import asyncio
import ctypes
import os
import re
import resource
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot import app
from bot.cli import main
from bot.config import Config, StoreSettings
from bot.sandbox import World, create_app, serve
from tests.conftest import still
from tests.writing import ROOT, SEEDS

DEPLOY = ROOT / "deploy"
SERVICES = sorted(DEPLOY.glob("*.service"))
UNITS = [*SERVICES, *DEPLOY.glob("*.timer")]
BIN = Path(sys.executable).parent
SECONDS = 60.0
PR_SET_MDWE, PR_SET_NO_NEW_PRIVS = 65, 38

Unit = dict[str, list[str]]


def unit(name: str) -> Unit:
    """The settings of a unit, each with its values in order; comments and sections left out."""
    found: Unit = {}
    for line in (DEPLOY / name).read_text(encoding="utf-8").splitlines():
        if line and line[0] not in "#;[":
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


def environment(path: Path) -> dict[str, str]:
    """A file of variables, as systemd reads it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and line[0] not in "#;")


def installed(tmp_path: Path, address: str) -> dict[str, Path]:
    """The folders that the units name, in a folder of the test's own; what was there, to here."""
    there = {"/opt/mailuo/.venv/bin": BIN, "/etc/mailuo": tmp_path / "etc"}
    there["/var/lib/mailuo"] = tmp_path / "lib"
    for folder in (there["/etc/mailuo"], there["/var/lib/mailuo"]):
        folder.mkdir()
    text = (DEPLOY / "environment.example").read_text(encoding="utf-8")
    text = text.replace("TELEGRAM_BOT_TOKEN=", "TELEGRAM_BOT_TOKEN=1:SANDBOX")
    (tmp_path / "etc/environment").write_text(moved(text, there), encoding="utf-8")
    (tmp_path / "etc/config.toml").write_text(
        f'[telegram]\nbase_url = "{address}/bot"\n[reading]\nposts = ["{SEEDS}"]\n',
        encoding="utf-8",
    )
    return there


def moved(text: str, there: dict[str, Path]) -> str:
    """A text with other folders in the place of those of a real machine."""
    for folder, here in there.items():
        text = text.replace(folder, str(here))
    return text


def hardened(settings: Unit) -> None:
    """What of a unit can be had without systemd, of the process that is to become the worker."""
    os.umask(int(settings["UMask"][0], 8))
    files = int(settings.get("LimitNOFILE", ["1024"])[0])
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(files, most), most))
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        libc.prctl(PR_SET_MDWE, 1, 0, 0, 0)  # Linux 6.3 and newer: no page to write and to run


@asynccontextmanager
async def started(name: str, there: dict[str, Path]) -> AsyncIterator[asyncio.subprocess.Process]:
    """The command of a unit with nothing but the unit's environment."""
    settings = unit(name)
    process = await asyncio.create_subprocess_exec(
        *shlex.split(moved(settings["ExecStart"][0], there)),
        cwd=moved(settings["WorkingDirectory"][0], there),
        env={
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            **environment(Path(moved(settings["EnvironmentFile"][0], there))),
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        preexec_fn=lambda: hardened(settings),
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_finds_nothing_wrong(path: Path, tmp_path: Path) -> None:
    systemd = shutil.which("systemd-analyze")
    if systemd is None:
        pytest.skip("systemd-analyze is not on this machine")
    for one in UNITS:  # side by side, for one names another; with a program that is there
        text = one.read_text(encoding="utf-8").replace("/opt/mailuo/.venv/bin", str(BIN))
        (tmp_path / one.name).write_text(text, encoding="utf-8")
    found = subprocess.run(
        [systemd, "verify", "--man=no", str(tmp_path / path.name)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stderr == ""
    assert found.returncode == 0


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_systemd_calls_the_services_well_confined(path: Path) -> None:
    systemd = shutil.which("systemd-analyze")
    if systemd is None:
        pytest.skip("systemd-analyze is not on this machine")
    found = subprocess.run(
        [systemd, "security", "--offline=true", "--threshold=20", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    if "unrecognized option" in found.stderr:
        pytest.skip("this systemd-analyze is too old for --offline")
    assert found.returncode == 0, found.stdout


async def test_the_worker_runs_as_its_unit_says(tmp_path: Path) -> None:
    settings = unit("mailuo.service")
    world = World(still)
    chat = world.private_chat()
    async with serve(world, create_app(world)) as address, asyncio.timeout(SECONDS):
        there = installed(tmp_path, address)
        async with started("mailuo.service", there) as worker:
            text = ""
            while not text.startswith("最新"):  # the first reading may still go on
                chat.say("/latest")
                text = (await chat.answer(SECONDS))["text"]
            worker.send_signal(signal.Signals[settings["KillSignal"][0]])
            async with asyncio.timeout(float(settings["TimeoutStopSec"][0])):
                out, err = await worker.communicate()
        assert worker.returncode == 0
        assert b"1:SANDBOX" not in out + err
        database = tmp_path / "lib/mailuo.db"
        assert database.exists()
        assert database.stat().st_mode & 0o007 == 0  # UMask: others see nothing


async def test_the_backup_runs_as_its_unit_says(tmp_path: Path) -> None:
    there = installed(tmp_path, "http://127.0.0.1:9")
    (tmp_path / "lib/backups").mkdir()  # by StateDirectory
    database = StoreSettings(path=tmp_path / "lib/mailuo.db")
    async with (
        app.opened(Config(store=database)),
        started("mailuo-backup.service", there) as backup,
        asyncio.timeout(SECONDS),
    ):
        out, err = await backup.communicate()
    assert backup.returncode == 0, err
    [made] = (tmp_path / "lib/backups").iterdir()
    assert str(made) in out.decode()


def test_the_units_run_what_there_is() -> None:
    for path in SERVICES:
        words = shlex.split(unit(path.name)["ExecStart"][0])
        assert words[1] in main.commands, path.name


def test_the_container_is_locked_and_unprivileged() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert text.count("--require-hashes -r requirements") == 2
    last = text.rpartition("FROM ")[2]
    assert "pip" not in last
    assert re.search(r"^USER \d+$", last, re.MULTILINE)
    copied = set(re.findall(r"^COPY ((?:[\w.-]+ )+)", text, re.MULTILINE))
    named = {name for names in copied for name in names.split()}
    sent = (ROOT / ".containerignore").read_text(encoding="utf-8").splitlines()
    for name in named:
        assert (ROOT / name).exists(), name
        assert any(Path(name).match(line[1:]) for line in sent if line.startswith("!")), name
