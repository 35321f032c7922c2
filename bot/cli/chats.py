"""Commands on the list of chats: out of one database, into another."""

from functools import partial
from pathlib import Path
from typing import Any

import click

from bot import app
from bot.cli.frame import as_json, command_of, main, show
from bot.config import Config
from bot.flow import chatlist as flow
from bot.sources import chatlist
from bot.store.whole import written_whole

LISTED = 20  # groups that are named


@main.group()
def chats() -> None:
    """The list of chats with their subscriptions: export it, import it."""


chats_command = command_of(chats)


@chats_command
@click.argument("file")
@click.option("--force", is_flag=True, help="Replace a file of that name.")
async def export(config: Config, file: str, force: bool) -> None:
    """Write all chats, their settings and subscriptions to FILE as JSON lines; - for standard
    output.

    It holds no articles, votes, complaints, nor what anybody was told.
    """
    async with app.opened(config) as house:
        lines = flow.exported(house.store, house.clock())
        if file == "-":
            async for line in lines:
                click.echo(line)
            return
        target, count = Path(file), -1  # the first line is no chat
        partial_ = target.with_name(f".{target.name}.partial")
        with written_whole(target, partial_, force=force) as path, _writing(path) as out:
            async for line in lines:
                out.write(line + "\n")
                count += 1
    click.echo(f"{target}: {count} chats", err=True)


@chats_command
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--same-bot", is_flag=True, help="They know this bot: another database, the same token."
)
@as_json
async def import_(config: Config, file: Path, same_bot: bool, as_json: bool) -> None:
    """Add the chats of a list that are not here yet; what is here stays as it is.

    They are told nothing until they meet this bot: a person by /start, a group or channel by adding
    it. Doing it twice changes nothing.
    """
    async with app.opened(config) as house:
        read = partial(chatlist.read, file)
        arrived = await flow.imported(house.store, read, house.clock(), same_bot=same_bot)
    document = _document(arrived)
    show(document, as_json, _lines(document, arrived))


def _writing(path: Path) -> Any:
    return path.open("w", encoding="utf-8")


def _document(arrived: flow.Arrived) -> dict[str, Any]:
    return {
        "chats": arrived.chats,
        "subscriptions": arrived.subscriptions,
        "new_chats": arrived.added.chats,
        "new_subscriptions": arrived.added.subscriptions,
        "unknown_stories": arrived.added.unknown_stories,
        "must_press_start": arrived.persons,
        "must_add_the_bot": [{"chat": n, "title": title} for n, title in arrived.groups],
    }


def _lines(document: dict[str, Any], arrived: flow.Arrived) -> list[str]:
    lines = [
        "{chats} chats with {subscriptions} subscriptions read: {new_chats} and"
        " {new_subscriptions} are new here".format_map(document)
    ]
    if arrived.added.unknown_stories:
        lines.append(
            f"{arrived.added.unknown_stories} subscriptions follow stories that are not in this"
            " database; they were left out"
        )
    if arrived.persons:
        lines.append(
            f"private chats: {arrived.persons}. Telegram does not let a bot write first to a"
            " person: each gets nothing until they press /start with the new bot"
        )
    if arrived.groups:
        named = [f"  {title or 'without a title'} ({n})" for n, title in arrived.groups[:LISTED]]
        more = len(arrived.groups) - LISTED
        lines.append(
            f"groups and channels: {len(arrived.groups)}. Somebody must add the new bot to each"
            " (to a channel as an administrator):"
        )
        lines += [*named, *([f"  and {more} more"] if more > 0 else [])]
    return lines
