"""What every command is made of: the group, its settings, exit codes, progress, printing."""

import asyncio
import json
import signal
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from functools import partial, wraps
from pathlib import Path
from typing import Any, ParamSpec

import click
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress

from bot import logs
from bot.config import Config, load
from bot.errors import MailuoError

P = ParamSpec("P")
Document = dict[str, Any] | list[dict[str, Any]]

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
how_many = click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--config", "file", type=click.Path(path_type=Path), help="Settings file.")
@click.option("--db", type=click.Path(path_type=Path), help="Database file.")
@click.version_option(package_name="mailuo")
@click.pass_context
def main(context: click.Context, file: Path | None, db: Path | None) -> None:
    """Mailuo 脉络: Chinese news as summaries a reader can check, in a Telegram chat."""
    context.obj = lambda: _settings(file, db)


def _settings(file: Path | None, db: Path | None) -> Config:
    config = load(file, db=db)
    logs.setup(config.log.level, config.log.format, [config.telegram.token.get_secret_value()])
    return config


def command(function: Callable[P, Coroutine[Any, Any, int | None]]) -> click.Command:
    """A command of ours: async, with its settings first; a `MailuoError` becomes one sentence."""
    return _command(main, function)


def command_of(
    group: click.Group,
) -> Callable[[Callable[P, Coroutine[Any, Any, int | None]]], click.Command]:
    """As `command`, within a group: `mailuo GROUP COMMAND`."""
    return partial(_command, group)


def _command(
    group: click.Group, function: Callable[P, Coroutine[Any, Any, int | None]]
) -> click.Command:
    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        settings = click.get_current_context().obj
        try:
            code = asyncio.run(function(settings(), *args, **kwargs))
        except MailuoError as error:
            raise click.ClickException(str(error)) from error
        sys.exit(code or 0)

    return group.command(name=function.__name__.rstrip("_").replace("_", "-"))(run)


@contextmanager
def stoppable() -> Iterator[Callable[[], None]]:
    """For work that blocks: what raises once SIGINT or SIGTERM has come, to be called now and then.

    Raises:
        MailuoError: it was called after one had come.
    """
    asked = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: asked.set())
        for number in (signal.SIGINT, signal.SIGTERM)
    }

    def look() -> None:
        if asked.is_set():
            raise MailuoError("stopped; nothing was changed")

    try:
        yield look
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def copying(what: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar for work that blocks and can be stopped: called with what is done, and all."""
    with stoppable() as look, progress_bar() as progress:
        task = progress.add_task(what, total=None)

        def tick(done: int, total: int) -> None:
            look()
            if total:
                progress.update(task, completed=done, total=total)

        yield tick


def progress_bar() -> Progress:
    """A progress bar on standard error, only in a terminal."""
    console = Console(stderr=True)
    columns = [*Progress.get_default_columns(), MofNCompleteColumn()]
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def counted(count: int, one: str, many: str = "") -> str:
    """'1 feed', '2 feeds'; `many` where an s is not enough."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def show(document: Document, as_json: bool, lines: Sequence[str]) -> None:
    """Print a document as JSON, or the same as lines."""
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(lines))
