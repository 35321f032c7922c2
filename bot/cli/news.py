"""Commands on what is stored: read posts, and ask as a reader would."""

import time
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bot import app
from bot.cli.frame import as_json, command, how_many, progress_bar, show
from bot.config import Config
from bot.errors import MailuoError
from bot.flow import documents

NOTHING_STORED = "nothing is stored yet; read some posts first: mailuo ingest seeds"
NOTHING_FOUND = "nothing found"
ALL_BLOCKED = "all that is stored is blocked; mailuo blocks lists what is"


@command
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@as_json
async def ingest(config: Config, paths: tuple[Path, ...], as_json: bool) -> int:
    """Read posts (files or folders) into the database."""
    started = time.perf_counter()
    async with app.opened(config) as house:
        with progress_bar() as progress:
            task = progress.add_task("reading", total=None)
            report = await house.ingest.posts(
                paths, lambda done, total: progress.update(task, completed=done, total=total)
            )
        document = documents.reading(report, time.perf_counter() - started)
    show(document, as_json, _read_lines(document))
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
        blocked = bool(await house.store.bans.values()) and await house.store.articles.newest() > 0
    lines = [
        f"{s['id']}. {s['title']}\n   {s['line'] or ''}\n   {'、'.join(s['outlets'])}"
        for s in document["stories"]
    ]
    nothing = NOTHING_FOUND if words else ALL_BLOCKED if blocked else NOTHING_STORED
    show(document, as_json, lines or [nothing])


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
    show(document, as_json, lines or ["no dated events found"])


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
    show(document, as_json, lines or [NOTHING_FOUND])


@command
@click.argument("asked", nargs=-1, metavar="[OUTLET_OR_ID]")
@as_json
async def source(config: Config, asked: tuple[str, ...], as_json: bool) -> None:
    """Outlets, one outlet's articles, or where one article comes from."""
    async with app.opened(config) as house:
        document = await house.documents.source(" ".join(asked))
    if document is None:
        raise MailuoError(f"no outlet and no article number {' '.join(asked)!r} is stored")
    show(document, as_json, _indented(document))


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
    show(document, as_json, lines)


@command
@click.argument("text")
@click.option("--at", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Day of the text.")
@as_json
async def dates(config: Config, text: str, at: datetime, as_json: bool) -> None:
    """The date expressions in a text, resolved from a day."""
    document = documents.dates(text, at.date())
    show(document, as_json, [f"{d['text']}  {d['from']} to {d['to']}" for d in document])


def _indented(document: dict[str, Any]) -> list[str]:
    return [f"{name}: {value}" for name, value in document.items()]
