"""What all tests share: a clock that stands still, no network, the whole bot in a sandbox."""

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot import app, trial
from bot.config import Config, StoreSettings
from bot.sandbox import World
from tests import postgres
from tests.writing import NOW, SEEDS, SHARED, UNLIMITED

settings.register_profile(
    "mailuo",
    deadline=None,
    max_examples=40,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("mailuo")


# A test that is run on both engines; one that uses `config`, or what is made with it.
BOTH = pytest.mark.parametrize("config", ["sqlite", "postgres"], indirect=True)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Twice the processors, for many tests wait: for the disk, a browser, a server."""
    return min(8, 2 * (os.cpu_count() or 1))


def still() -> datetime:
    """A clock that stands still."""
    return NOW


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that wants the network fails at once, by name."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX:
            host = str(address[0])  # type: ignore[index]
            assert host.startswith("127.") or host in ("::1", "localhost"), f"network: {host}"
        real(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture
def shared() -> Path:
    """Public data beside the checkout; tests that want it skip elsewhere."""
    if not SHARED.exists():
        pytest.skip("the public data set is not on this machine")
    return SHARED


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A PostgreSQL server of the tests' own; they skip where none is installed."""
    if postgres.binaries() is None:
        pytest.skip("PostgreSQL is not on this machine; on Debian: apt install postgresql")
    with postgres.running() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: postgres.Server) -> str:
    """The address of a PostgreSQL database with nothing in it, until the next test."""
    return postgres_server.fresh()


@pytest.fixture
def config(request: pytest.FixtureRequest, tmp_path: Path) -> Config:
    """Defaults, with a database of the test's own: a file, or on a server (see `BOTH`)."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return Config(store=StoreSettings(path=tmp_path / "mailuo.db"))
    url = request.getfixturevalue("postgres_url")
    return Config(store=StoreSettings.model_validate({"url": url}))


@pytest.fixture
async def tried(config: Config) -> AsyncIterator[trial.Trial]:
    """The whole bot in a sandbox, knowing nothing, and the house that it lives in."""
    async with trial.trying(config, still, limits=UNLIMITED) as tried:
        yield tried


@pytest.fixture
def empty(tried: trial.Trial) -> World:
    """The whole bot in a sandbox, knowing nothing."""
    return tried.world


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the seeds, to be copied."""
    path = tmp_path_factory.mktemp("seeded") / "mailuo.db"

    async def read() -> None:
        async with app.opened(Config(store=StoreSettings(path=path)), still) as house:
            await house.ingest.posts([SEEDS])

    asyncio.run(read())
    return path


@pytest.fixture
async def informed(config: Config, seeded: Path) -> AsyncIterator[trial.Trial]:
    """The whole bot in a sandbox, knowing the seeds, and the house that it lives in."""
    shutil.copyfile(seeded, config.store.path)
    async with trial.trying(config, still, limits=UNLIMITED) as tried:
        yield tried


@pytest.fixture
def world(informed: trial.Trial) -> World:
    """The whole bot in a sandbox, knowing the seeds."""
    return informed.world


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for posts."""
    made = tmp_path / "posts"
    made.mkdir()
    return made
