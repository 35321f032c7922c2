"""The command line: arguments, exit codes, progress, printing.

`--json` prints one document on standard output; everything else that is said goes to standard
error. Exit 0 unless the command failed: 1 for what the operator can mend, 2 for wrong usage and
when nothing could be read.
"""

import asyncio
import json
import signal
import sys
import time
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import click
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress

from bot import app, logs, trial
from bot.config import Config, load
from bot.errors import MailuoError
from bot.flow import documents
from bot.model.delivery import ParcelState

P = ParamSpec("P")
Document = dict[str, Any] | list[dict[str, Any]]

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
NOTHING_STORED = "nothing is stored yet; read some posts first: mailuo ingest seeds"

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

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        settings = click.get_current_context().obj
        try:
            code = asyncio.run(function(settings(), *args, **kwargs))
        except MailuoError as error:
            raise click.ClickException(str(error)) from error
        sys.exit(code or 0)

    return main.command(name=function.__name__.rstrip("_").replace("_", "-"))(run)


@command
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@as_json
async def ingest(config: Config, paths: tuple[Path, ...], as_json: bool) -> int:
    """Read posts (files or folders) into the database."""
    started = time.perf_counter()
    async with app.opened(config) as house:
        with _progress() as progress:
            task = progress.add_task("reading", total=None)
            report = await house.ingest.posts(
                paths, lambda done, total: progress.update(task, completed=done, total=total)
            )
        document = documents.reading(report, time.perf_counter() - started)
    _print(document, as_json, _read_lines(document))
    return 0 if report.read or not report.rejected else 2


def _read_lines(document: dict[str, Any]) -> list[str]:
    counts = "{read} read: {new} new, {updated} updated, {unchanged} unchanged".format(**document)
    rejected = [f"rejected {r['path']}: {r['reason']}" for r in document["rejected"]]
    return [counts, *rejected]


@command
@click.argument("words", nargs=-1)
@how_many
@as_json
async def latest(config: Config, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """What happened lately, one entry a story."""
    async with app.opened(config) as house:
        document = await house.documents.latest(" ".join(words), limit)
    lines = [
        f"{s['id']}. {s['title']}\n   {s['line'] or ''}\n   {'、'.join(s['outlets'])}"
        for s in document["stories"]
    ]
    _print(document, as_json, lines or [NOTHING_STORED])


@command
@click.argument("words", nargs=-1)
@click.option("--all", "full", is_flag=True, help="All events, not only the most telling.")
@as_json
async def timeline(config: Config, words: tuple[str, ...], full: bool, as_json: bool) -> None:
    """What happened when, over all articles that match."""
    async with app.opened(config) as house:
        document = await house.documents.timeline(" ".join(words), full=full)
    lines = [
        f"{e['date']}{'…' + e['until'] if e['until'] else ''}  {e['text']}\n"
        f"   {'、'.join(dict.fromkeys(s['outlet'] for s in e['sources']))}"
        for e in document["events"]
    ]
    _print(document, as_json, lines or ["no dated events found"])


@command
@click.argument("words", nargs=-1, required=True)
@how_many
@as_json
async def search(config: Config, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Articles that hold all the words, newest first."""
    async with app.opened(config) as house:
        document = await house.documents.search(" ".join(words), limit)
    lines = [
        f"{a['id']}. {a['title']}\n   {a['sentence'] or ''}\n   {a['outlet']}"
        for a in document["articles"]
    ]
    _print(document, as_json, lines or ["nothing found"])


@command
@click.argument("asked", nargs=-1, metavar="[OUTLET_OR_ID]")
@as_json
async def source(config: Config, asked: tuple[str, ...], as_json: bool) -> None:
    """Outlets, one outlet's articles, or where one article comes from."""
    async with app.opened(config) as house:
        document = await house.documents.source(" ".join(asked))
    if document is None:
        raise MailuoError(f"no outlet and no article number {' '.join(asked)!r} is stored")
    _print(document, as_json, _indented(document))


@command
@click.argument("named", nargs=-1, required=True, metavar="PATH_OR_ID...")
@click.option("--sentences", default=3, show_default=True, type=click.IntRange(1, 100))
@as_json
async def summary(config: Config, named: tuple[str, ...], sentences: int, as_json: bool) -> None:
    """Summarise stored articles (by number) or post files (by path, without storing them)."""
    async with app.opened(config) as house:
        document = await house.documents.summary(named, sentences)
    lines = [
        "\n".join(
            [s["title"], f"  {s['line'] or ''}", *(f"  - {t['text']}" for t in s["sentences"])]
        )
        for s in document["summaries"]
    ]
    _print(document, as_json, lines)


@command
@click.argument("text")
@click.option("--at", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Day of the text.")
@as_json
async def dates(config: Config, text: str, at: datetime, as_json: bool) -> None:
    """The date expressions in a text, resolved from a day."""
    document = documents.dates(text, at.date())
    _print(document, as_json, [f"{d['text']}  {d['from']} to {d['to']}" for d in document])


@command
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@as_json
async def same(config: Config, paths: tuple[Path, ...], as_json: bool) -> None:
    """Would two posts be one story? Takes pairs of files: A B [A2 B2 ...]."""
    if len(paths) % 2:
        raise click.UsageError("give pairs of files")
    async with app.opened(config) as house:
        document = await house.documents.same(list(zip(paths[::2], paths[1::2], strict=True)))
    lines = [
        f"{'same' if d['same'] else 'different'} ({d['score']}): {d['reason']}" for d in document
    ]
    _print(document, as_json, lines)


@command
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice([str(state) for state in ParcelState]),
    help="Only these.  [default: dead and uncertain]",
)
@click.option("--retry", "retried", multiple=True, metavar="NUMBER|all", help="Queue again.")
@how_many
@as_json
async def outbox(
    config: Config, states: tuple[str, ...], retried: tuple[str, ...], limit: int, as_json: bool
) -> None:
    """Messages that could not be sent, or that stand elsewhere in the outbox; --retry them."""
    numbers = [int(n) for n in retried if n.isdecimal()]
    if len(numbers) < len(retried) and retried != ("all",):
        raise click.UsageError("--retry takes a message's number, or all")
    wanted = [ParcelState(s) for s in states] or [ParcelState.DEAD, ParcelState.UNCERTAIN]
    async with app.opened(config) as house:
        store = house.store.outbox
        again = await store.retry(numbers, house.clock()) if retried else 0
        counts = {str(state): count for state, count in (await store.counts()).items()}
        listed = [documents.parcel(p) for p in await store.listed(wanted, limit)]
    document: Document = {"counts": counts, "queued_again": again, "messages": listed}
    lines = [f"{count} {state}" for state, count in counts.items()] or ["the outbox is empty"]
    lines += [f"{again} queued again"] if retried else []
    lines += [
        f"{m['id']}  chat {m['chat']}  {m['state']} after {m['attempts']} attempts: {m['error']}\n"
        f"   {m['text'].splitlines()[0][:80]}"
        for m in listed
    ]
    _print(document, as_json, lines)


@command
@click.argument("one", type=int)
@click.argument("other", type=int)
@as_json
async def why_merged(config: Config, one: int, other: int, as_json: bool) -> None:
    """Why two stored articles (by number) are one story, or are not."""
    async with app.opened(config) as house:
        document = await house.arrangement.why_merged(one, other)
    verdict = "one story" if document["same"] else "different stories"
    joined = [
        f"  {a['article']} joined {a['story']} at {a['joined_at']} by {a['by']}: {a['reason']}"
        for a in document["articles"]
    ]
    lines = [f"{verdict} ({document['score']}): {document['reason']}", *joined]
    _print(document, as_json, lines)


@command
@click.argument("article", type=int)
@as_json
async def split(config: Config, article: int, as_json: bool) -> None:
    """Put a stored article into a story of its own, for good."""
    async with app.opened(config) as house:
        document = await house.arrangement.split(article)
    _print(document, as_json, [_moved(document)])


@command
@click.argument("article", type=int)
@click.argument("story", type=int)
@as_json
async def join(config: Config, article: int, story: int, as_json: bool) -> None:
    """Put a stored article into a story, for good."""
    async with app.opened(config) as house:
        document = await house.arrangement.join(article, story)
    _print(document, as_json, [_moved(document)])


def _moved(document: dict[str, Any]) -> str:
    return "article {article}: from story {from} to {story}".format(**document)


@command
@click.argument("texts", nargs=-1, metavar="TEXT...")
@click.option("--chat", default="private", type=click.Choice(["private", "group"]))
@click.option("--press", multiple=True, help="Then press this button of the last message.")
@click.option("--pictures", type=click.Path(path_type=Path), help="Keep pictures in this folder.")
@as_json
async def say(
    config: Config,
    texts: tuple[str, ...],
    chat: str,
    press: tuple[str, ...],
    pictures: Path | None,
    as_json: bool,
) -> None:
    """Say something to the whole bot in the sandbox, and print what comes back."""
    try:
        said = await trial.say(config, texts, press, chat, pictures)
    except LookupError as error:
        raise MailuoError(str(error)) from error
    _print(said, as_json, [trial.plain(document) for document in said])


@command
@click.option("--port", default=8420, show_default=True, type=click.IntRange(0, 65535))
@click.option("--posts", type=click.Path(path_type=Path), help="Posts to read.  [default: seeds]")
async def demo(config: Config, port: int, posts: Path | None) -> None:
    """Try the bot in the browser: no token, no network, nothing stored."""
    await trial.demo(config, posts or SEEDS, port, _until_stopped(), click.echo)


@command
async def run(config: Config) -> None:
    """The worker: answer readers until stopped."""
    await app.run(config, _until_stopped())


@command
async def check(config: Config) -> int:
    """Check settings, database and token, and say how to mend what is wrong."""
    findings = await app.check(config)
    for finding in findings:
        click.echo(f"{'ok  ' if finding.good else 'BAD '} {finding.text}")
    return 0 if all(f.good for f in findings) else 1


def _until_stopped() -> asyncio.Event:
    """An event that SIGINT and SIGTERM set."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


def _progress() -> Progress:
    """A progress bar on standard error, only in a terminal."""
    console = Console(stderr=True)
    columns = [*Progress.get_default_columns(), MofNCompleteColumn()]
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _print(document: Document, as_json: bool, lines: Sequence[str]) -> None:
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(lines))


def _indented(document: dict[str, Any]) -> list[str]:
    return [f"{name}: {value}" for name, value in document.items()]
