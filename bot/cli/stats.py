"""The command that counts what is kept."""

from typing import Any
from zoneinfo import ZoneInfo

from bot import app
from bot.cli.frame import as_json, command, counted, show
from bot.config import Config
from bot.flow.statistics import statistics


@command
@as_json
async def stats(config: Config, as_json: bool) -> None:
    """How much there is of everything: articles, feeds, readers, messages, bytes."""
    async with app.opened(config) as house:
        zone = ZoneInfo(config.reading.zone)
        document = await statistics(house.store, zone, house.clock())
    show(document, as_json, [*_kept(document), *_traffic(document), *_disk(document["database"])])


def _kept(found: dict[str, Any]) -> list[str]:
    days = [
        f"  {d['day']}  {counted(d['articles'], 'article')}, {counted(d['events'], 'event')}"
        for d in found["days"]
    ]
    return [
        f"{counted(found['articles'], 'article')} of {counted(found['outlets'], 'outlet')}"
        f" in {counted(found['stories'], 'story', 'stories')},"
        f" {counted(found['events'], 'dated event')}",
        f"published from {found['oldest_at'] or '-'} to {found['newest_at'] or '-'};"
        f" {found['without_text']} without their full text",
        f"last new article: {found['read_at'] or 'never'}",
        *days,
    ]


def _traffic(found: dict[str, Any]) -> list[str]:
    feeds, readers = found["feeds"], found["readers"]
    chats = ", ".join(f"{n} {kind}" for kind, n in readers["chats"].items()) or "none"
    outbox = ", ".join(f"{n} {state}" for state, n in found["outbox"].items() if n) or "empty"
    return [
        f"{counted(feeds['all'], 'feed')}: {feeds['due']} due, {feeds['failing']} failing,"
        f" {feeds['gone']} gone; last asked: {feeds['polled_at'] or 'never'}",
        f"chats: {chats}; {readers['paused']} paused;"
        f" {counted(readers['subscriptions'], 'subscription')}"
        f" of {counted(readers['subscribed_chats'], 'chat')}",
        f"outbox: {outbox}",
    ]


def _disk(database: dict[str, Any]) -> list[str]:
    uses = ", ".join(f"{name} {_size(n)}" for name, n in database["about"].items())
    return [
        f"database: {_size(database['bytes'])}, of which {_size(database['free'])} free;"
        f" about: {uses}"
    ]


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB"
