"""A PostgreSQL server of the tests' and benchmarks' own: in a temporary folder, on no network.

It listens on a socket file in that folder, runs as a user without rights when we are root, and ends
with whoever started it.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg

DEBIAN = Path("/usr/lib/postgresql")
START_SECONDS = 60
# Nothing here outlives a test, so nothing has to survive a loss of power.
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_END_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = %s AND pid <> pg_backend_pid()"""
_UNPRIVILEGED = ("postgres", "nobody")


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs, the newest there is, or None."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = [path for path in DEBIAN.glob("*/bin") if (path / "initdb").exists()]
    return max(versions, key=lambda path: float(path.parent.name), default=None)


class Server:
    """A server that runs.

    Args:
        folder: where it keeps its data and its socket.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: set[str] = set()

    def url(self, database: str = "postgres") -> str:
        """The address of one of its databases."""
        return f"postgresql://postgres@/{database}?host={self._folder}"

    def fresh(self, name: str = "fresh") -> str:
        """The address of a database with nothing in it; what it held before is dropped.

        One is emptied rather than another made, which is nearly a thousand files.
        """
        if name in self._made:
            self._empty(name)
        else:
            with psycopg.connect(self.url(), autocommit=True) as connection:
                connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
            self._made.add(name)
        return self.url(name)

    @contextlib.contextmanager
    def away(self, name: str = "fresh") -> Iterator[None]:
        """A database is lost while the block runs: all connections end, and none is let in."""
        change = f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS'
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f"{change} false".encode())
            connection.execute(_END_OTHERS, [name])
            try:
                yield
            finally:
                connection.execute(f"{change} true".encode())

    def _empty(self, name: str) -> None:
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            connection.execute(_END_OTHERS, [name])
            connection.execute("SET client_min_messages = warning")
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")


@contextlib.contextmanager
def running(settings: Mapping[str, str] = FORGETFUL) -> Iterator[Server]:
    """A server while the block runs.

    Args:
        settings: of the server, beyond its defaults.

    Raises:
        RuntimeError: there is none on this machine, or it does not start.
    """
    programs = binaries()
    if programs is None:
        raise RuntimeError("PostgreSQL is not installed; on Debian: apt install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="mailuo-pg-", dir="/tmp"))  # a socket's path is short
    try:
        who = _unprivileged(folder)
        _initialise(programs, folder, who)
        server = _start(programs, folder, settings, who)
        try:
            found = Server(folder)
            _wait(found, server, folder)
            yield found
        finally:
            server.send_signal(signal.SIGQUIT)  # nothing is to be kept
            server.wait(START_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> list[str]:
    """What runs a program as somebody without rights, who owns the folder: the server refuses to
    run as root. The program ends when we do."""
    ends = ["setpriv", "--pdeathsig", "QUIT"]
    if os.geteuid() != 0:
        return ends
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = next(known[name] for name in _UNPRIVILEGED if name in known)
    os.chown(folder, user.pw_uid, user.pw_gid)
    return [*ends, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _initialise(programs: Path, folder: Path, who: list[str]) -> None:
    options = ["-U", "postgres", "-E", "UTF8", "--locale=C", "--auth=trust", "--no-sync"]
    made = subprocess.run(
        [*who, str(programs / "initdb"), *options, "-D", str(folder / "data")],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr.strip()}")


def _start(
    programs: Path, folder: Path, settings: Mapping[str, str], who: list[str]
) -> subprocess.Popen[bytes]:
    given = {"listen_addresses": "", "unix_socket_directories": str(folder), **settings}
    options = [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [*who, str(programs / "postgres"), "-D", str(folder / "data"), *options],
            stdout=log,
            stderr=log,
            cwd=folder,
        )


def _wait(server: Server, process: subprocess.Popen[bytes], folder: Path) -> None:
    """Until it answers."""
    until = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(server.url()).close()
            return
        time.sleep(0.05)
    raise RuntimeError(f"the server did not start: {(folder / 'log').read_text()[-2000:]}")
