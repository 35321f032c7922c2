"""Commands of the operator on what readers report, and on what no chat shall see."""

from typing import Any

import click

from bot import app
from bot.addresses import host
from bot.cli.frame import as_json, command, command_of, counted, main, show
from bot.config import Config
from bot.errors import MailuoError
from bot.model.links import Ban, BanKind
from bot.model.reports import Report


@command
@click.option("--all", "every", is_flag=True, help="Also those that are closed.")
@click.option("--close", type=int, multiple=True, metavar="N", help="Take one out of the queue.")
@as_json
async def reports(config: Config, every: bool, close: tuple[int, ...], as_json: bool) -> None:
    """What readers complain of: links, sources, summaries."""
    async with app.opened(config) as house:
        store = house.store.reports
        for number in close:
            if not await store.close(number, house.clock()):
                raise MailuoError(
                    f"no report {number} is open; mailuo reports lists those that are"
                )
        listed = await store.listed(closed=every)
    document = {"closed": list(close), "reports": [_report(r) for r in listed]}
    closed = [f"{number} is closed" for number in close]
    show(document, as_json, [*closed, *map(_line, listed)] or ["no report is open"])


def _report(report: Report) -> dict[str, Any]:
    c = report.complaint
    return {
        "id": report.id,
        "about": c.about,
        "story": c.story,
        "article": c.article or None,
        "title": report.title,
        "detail": c.detail,
        "note": c.note,
        "chat": report.chat,
        "user": report.user,
        "at": report.at.isoformat(),
        "closed_at": report.closed_at.isoformat() if report.closed_at else None,
    }


def _line(report: Report) -> str:
    c = report.complaint
    article = f", article {c.article}" if c.article else ""
    closed = " (closed)" if report.closed_at else ""
    lines = [f"{report.id}. {c.about} {c.detail}".rstrip() + closed]
    lines.append(f"   story {c.story}{article}: {report.title}")
    if c.note:
        lines.append(f"   “{c.note}”")
    return "\n".join([*lines, f"   {report.at:%Y-%m-%d %H:%M} UTC, user {report.user}"])


@main.group()
def block() -> None:
    """Hide a source or a domain from every chat, until it is unblocked."""


@main.group()
def unblock() -> None:
    """Show a source or a domain again."""


block_command, unblock_command = command_of(block), command_of(unblock)


@block_command
@click.argument("name")
@as_json
async def source(config: Config, name: str, as_json: bool) -> None:
    """All articles of an outlet, those to come too."""
    await _block(config, BanKind.SOURCE, _name(name), as_json)


@block_command
@click.argument("name")
@as_json
async def domain(config: Config, name: str, as_json: bool) -> None:
    """All links to a domain and what lies under it, and articles whose original is there."""
    await _block(config, BanKind.DOMAIN, _domain(name), as_json)


@unblock_command
@click.argument("name")
@as_json
async def source_(config: Config, name: str, as_json: bool) -> None:
    """An outlet."""
    await _unblock(config, BanKind.SOURCE, _name(name), as_json)


@unblock_command
@click.argument("name")
@as_json
async def domain_(config: Config, name: str, as_json: bool) -> None:
    """A domain."""
    await _unblock(config, BanKind.DOMAIN, _domain(name), as_json)


@command
@as_json
async def blocks(config: Config, as_json: bool) -> None:
    """What is blocked, and how many articles that hides."""
    async with app.opened(config) as house:
        listed = await house.store.bans.listed()
    lines = [
        f"{b.kind} {b.value}: {counted(b.articles, 'article')}, since {b.since:%Y-%m-%d}"
        for b in listed
    ]
    show({"blocks": [_ban(b) for b in listed]}, as_json, lines or ["nothing is blocked"])


async def _block(config: Config, kind: BanKind, value: str, as_json: bool) -> None:
    async with app.opened(config) as house:
        ban, withdrawn = await house.store.bans.add(kind, value, house.clock())
    document = {"blocked": _ban(ban), "withdrawn": withdrawn}
    lines = [f"{kind} {ban.value} is blocked; it hides {counted(ban.articles, 'article')}"]
    if withdrawn:
        lines.append(f"withdrawn before it was sent: {counted(withdrawn, 'message')}")
    show(document, as_json, lines)


async def _unblock(config: Config, kind: BanKind, value: str, as_json: bool) -> None:
    async with app.opened(config) as house:
        ban = await house.store.bans.remove(kind, value)
    if ban is None:
        raise MailuoError(f"{kind} {value} is not blocked; mailuo blocks lists what is")
    lines = [f"{kind} {ban.value} is shown again, {counted(ban.articles, 'article')}"]
    show({"unblocked": _ban(ban)}, as_json, lines)


def _ban(ban: Ban) -> dict[str, Any]:
    since = ban.since.isoformat()
    return {"kind": ban.kind, "value": ban.value, "since": since, "articles": ban.articles}


def _name(name: str) -> str:
    if not name.strip():
        raise click.UsageError("name the outlet as readers see it; mailuo source lists them")
    return name.strip()


def _domain(name: str) -> str:
    """Raises click.UsageError for what is no domain."""
    found = host(name if "://" in name else f"http://{name}").removeprefix("www.")
    if not found:
        raise click.UsageError(f"{name} is no domain; write it like example.com")
    return found
