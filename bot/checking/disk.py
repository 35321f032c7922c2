"""What this machine tells: the database and its disk, files of posts and secrets, the port."""

import os
import shutil
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

from bot.app import opened
from bot.checking.finding import Finding, bad, ok, warn
from bot.config import Config
from bot.errors import MailuoError
from bot.sources.watch import remote
from bot.store.standing import missing

LITTLE, VERY_LITTLE = 500 << 20, 50 << 20  # bytes free
_OTHERS = stat.S_IRGRP | stat.S_IROTH


def secrets(config: Config, file: Path | None) -> Iterator[Finding]:
    """Whether others on this machine can read the token."""
    named = config.telegram.token_file
    for path in filter(None, (file, Path(named) if named else None)):
        if path != file or "token" in _words(path):
            mode = path.stat().st_mode if path.exists() else 0
            if mode & _OTHERS:
                text = f"{path} holds the bot token and others can read it: chmod 600 {path}"
                yield warn("secrets", text)


def _words(path: Path) -> str:
    """What a settings file sets, as far as a token is concerned."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError):
        return ""
    given = (line.partition("=") for line in lines)
    return "token" if any(n.strip() == "token" and v.strip(" \"'") for n, _, v in given) else ""


async def store(config: Config) -> list[Finding]:
    """The database; of a file also the folder that it is in, and the room there."""
    path = config.store.path
    if config.store.url:
        return [await _database(config, "on PostgreSQL")]
    folder = next(p for p in path.absolute().parents if p.exists())
    if not os.access(folder, os.W_OK | os.X_OK):
        return [bad("folder", f"the folder {folder} of the database cannot be written to: "
                    "give it to the user whom the bot runs as (chown)")]  # fmt: skip
    found = [*_room(folder)]
    if remote(folder):
        found.append(warn("folder", f"the folder {folder} is on a network file system, where SQLite"
                          " may lose data; choose one on a disk of this machine"))  # fmt: skip
    return [*found, await _database(config, str(path))]


def _room(folder: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(folder).free
    if free < LITTLE:
        level = bad if free < VERY_LITTLE else warn
        yield level("disk", f"only {free >> 20} MB are free on the disk of {folder}: make room, or "
                    "let old texts be dropped ([store] full_text_days)")  # fmt: skip


async def _database(config: Config, name: str) -> Finding:
    try:
        lacks = await missing(config.store.where)
        if lacks is None:
            return ok("database", f"there is no database {name} yet; the first start makes it")
        if lacks:
            text = f"the database {name} is older than this program: the next start upgrades it"
            return warn("database", f"{text} ({', '.join(lacks)}). Keep a copy until that worked")
        async with opened(config) as house:
            outlets = await house.lookup.outlets()
    except MailuoError as error:
        return bad("database", str(error))
    count = sum(outlet.articles for outlet in outlets)
    return ok("database", f"the database {name} is healthy and holds {count} articles")


def posts(config: Config) -> Iterator[Finding]:
    """Files and folders of posts."""
    if not config.reading.posts and not config.feeds:
        yield warn("posts", "nothing is read but feeds that were added in the chat or by mailuo "
                   "feeds add; see [reading] posts and [[feeds]]")  # fmt: skip
    for path in config.reading.posts:
        if not path.exists():
            yield bad("posts", f"[reading] posts: {path} does not exist")
        elif path.is_dir() and not os.access(path, os.R_OK | os.X_OK):
            yield bad("posts", f"[reading] posts: {path} cannot be read by this user")
        elif path.is_dir() and not any(path.iterdir()):
            yield warn("posts", f"[reading] posts: {path} is empty")
        else:
            yield ok("posts", f"posts are read from {path}")


def port(config: Config, *, running: bool) -> Iterator[Finding]:
    """The port of the pages, unless our own worker has it."""
    web = config.web
    if not web.port:
        if web.webhook:
            yield bad("port", "a webhook needs a port to listen on: set MAILUO_PORT or [web] port")
        return
    if running:
        return
    family = socket.AF_INET6 if ":" in web.host else socket.AF_INET
    try:
        socket.create_server((web.host, web.port), family=family).close()
    except OSError as error:
        text = f"port {web.port} of {web.host} cannot be had ({error.strerror}): choose another"
        yield bad("port", text)
    else:
        yield ok("port", f"port {web.port} of {web.host} is free")


def operators(config: Config) -> Iterator[Finding]:
    """Whom to tell when something needs them."""
    if not config.telegram.operators:
        yield warn("operators", "nobody is told of feeds that fail and of reports: put your chat's "
                   "number into [telegram] operators")  # fmt: skip
