"""Commands on feeds: which are read, how each stands, asking them now."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from bot import app
from bot.cli.frame import as_json, command_of, counted, main, progress_bar, show
from bot.config import Config
from bot.errors import MailuoError, ReadError
from bot.flow import feed_documents as documents
from bot.model.feeds import Feed, FeedState, StoredFeed
from bot.sources import fulltext, guard, opml

NO_FEEDS = "no feed is read yet; add one: mailuo feeds add https://example.com/feed.xml"


@main.group()
def feeds() -> None:
    """Feeds: which are read, how each stands, asking them now."""


feed_command = command_of(feeds)


@feed_command
@click.argument("url")
@click.option("--outlet", default="", help="Shown instead of the feed's own title.")
@click.option("--zone", default="", help="Of dates that name none.")
@click.option("--full-text", is_flag=True, help="Read the linked pages too.")
@as_json
async def add(
    config: Config, url: str, outlet: str, zone: str, full_text: bool, as_json: bool
) -> int:
    """Read a feed from now on; the address of a site finds its feeds."""
    if full_text:
        fulltext.ready()
    async with app.opened(config) as house, app.feeding(house) as feeding:
        found = await feeding.looking.find(url)
        if not found.feeds:
            raise MailuoError(f"{url}: {_advised(found.reason)}")
        new, given = False, bool(outlet or zone or full_text)
        if len(found.feeds) == 1:
            (one,) = found.feeds
            feed = Feed(one.url, one.url, outlet, _zone(zone or config.reading.zone), full_text)
            new = await house.store.feeds.add(feed, house.clock(), one.title)
            if given and not new:
                await _changed(house, one.url, outlet, zone, full_text)
    document = {
        "added": found.feeds[0].url if len(found.feeds) == 1 else None,
        "new": new,
        "found": [{"url": feed.url, "title": feed.title} for feed in found.feeds],
    }
    show(document, as_json, _added_lines(document, url, given))
    return 0 if document["added"] else 1


async def _changed(house: app.House, url: str, outlet: str, zone: str, full_text: bool) -> None:
    """A feed that is known is read from now on as it was given, in so far as it was."""
    known = await house.store.feeds.find(url)
    assert known is not None  # it was not new
    feed = replace(
        known.feed,
        url=known.feed.key,  # by which the settings know it, too
        outlet=outlet or known.feed.outlet,
        zone=_zone(zone or known.feed.zone),
        full_text=full_text or known.feed.full_text,
    )
    await house.store.feeds.configure([feed], house.clock())


def _advised(reason: str) -> str:
    """A reason, with what an operator can do about it."""
    ours = reason.endswith(guard.INSIDE)
    return reason + ("; if it is yours, name it in [fetching] allowed_hosts" if ours else "")


def _zone(zone: str) -> str:
    """Raises click.UsageError for one that there is not."""
    try:
        return ZoneInfo(zone).key
    except (OSError, ValueError, KeyError) as error:
        raise click.UsageError(
            f"{zone} is no time zone; use a name such as Asia/Shanghai"
        ) from error


def _added_lines(document: dict[str, Any], asked: str, given: bool) -> list[str]:
    found = document["found"]
    if document["added"]:
        title = f" ({found[0]['title']})" if found[0]["title"] else ""
        known = "is read already" + ("; what you gave with it holds from now on" if given else "")
        said = "is read from now on" if document["new"] else known
        return [f"{document['added']}{title} {said}"]
    lines = [f"mailuo feeds add {feed['url']}   {feed['title']}" for feed in found]
    return [f"{asked} has {len(found)} feeds; add those that you want:", *lines]


@feed_command
@as_json
async def list_(config: Config, as_json: bool) -> None:
    """All feeds, and how each stands."""
    async with app.opened(config) as house, app.feeding(house):
        listed = [documents.feed(feed) for feed in await house.store.feeds.listed()]
    show({"feeds": listed}, as_json, [_line(feed) for feed in listed] or [NO_FEEDS])


def _line(feed: dict[str, Any]) -> str:
    name = feed["outlet"] or feed["title"] or feed["url"]
    stands = {
        "new": "not asked yet",
        "well": f"ok, asked {_minute(feed['polled_at'])}",
        "failing": f"BAD since {_minute(feed['failing_since'])}: {feed['error']}",
        "gone": f"GONE: {feed['error']}",
    }[feed["stands"]]
    after = f"; next {_minute(feed['next_at'])}" if feed["next_at"] else ""
    return f"{feed['id']}. {name}\n   {feed['url']}\n   {stands}{after}"


def _minute(at: str | None) -> str:
    """An instant of a document, for people."""
    return f"{at[:16].replace('T', ' ')} UTC" if at else "-"


@feed_command
@click.argument("url", metavar="URL_OR_NUMBER")
@as_json
async def remove(config: Config, url: str, as_json: bool) -> None:
    """Read a feed no more; its articles are kept. Takes its address or its number."""
    async with app.opened(config) as house:
        feed = await _named(house, url)
        await house.store.feeds.remove(feed.id)
    show({"removed": feed.feed.url}, as_json, [f"{feed.feed.url} is read no more"])


async def _named(house: app.House, named: str) -> StoredFeed:
    """Raises MailuoError for a number or an address that no feed has."""
    store = house.store.feeds
    feed = await (store.get(int(named)) if named.isdecimal() else store.find(_address(named)))
    if feed is None:
        raise MailuoError(f"no feed {named} is read; mailuo feeds list shows those that are")
    return feed


def _address(named: str) -> str:
    return named if "://" in named else f"https://{named}"


@feed_command
@click.argument("urls", nargs=-1, metavar="[URL_OR_NUMBER]...")
@as_json
async def check(config: Config, urls: tuple[str, ...], as_json: bool) -> int:
    """Ask feeds and say what they hold; nothing is stored.

    All that are read, or those named; the address of a site finds its feeds.
    """
    async with app.opened(config) as house, app.feeding(house) as feeding:
        asked = [await _meant(house, url) for url in urls] or await house.store.feeds.listed()
        with progress_bar() as progress:
            task = progress.add_task("asking", total=len(asked))
            looks = await feeding.looking.each(asked, lambda: progress.advance(task))
        now = house.clock()
    found = [documents.look(look, now) for look in looks]
    show({"feeds": found}, as_json, [_found(one) for one in found] or [NO_FEEDS])
    return 0 if all(one["ok"] for one in found) else 1


async def _meant(house: app.House, named: str) -> StoredFeed:
    """A feed that is read, by its address or number; or one that is not yet, of number 0."""
    if named.isdecimal():
        return await _named(house, named)
    at = _address(named)
    known = await house.store.feeds.find(at)
    return known or StoredFeed(0, Feed(at, at, zone=house.config.reading.zone), FeedState())


def _found(feed: dict[str, Any]) -> str:
    if not feed["ok"]:
        return f"BAD  {feed['url']}\n     {_advised(feed['error'])}"
    dates = " to ".join(_minute(at) for at in dict.fromkeys((feed["oldest"], feed["newest"])) if at)
    entries, minutes = (
        counted(feed["entries"], "entry", "entries"),
        counted(feed["next_minutes"], "minute"),
    )
    notes = {
        "without a date": feed["undated"],
        "dated in the future": feed["future"],
        "with unreadable characters": feed["damaged"],
        "without title and text": feed["rejected"],
        "without text": feed["empty"],
    }
    lines = [
        f"ok   {feed['url']}",
        f"     {feed['title'] or '(no title)'}: {entries}, {dates or 'no dates'}",
        *(f"     {count} {what}" for what, count in notes.items() if count),
        f"     asked again after {minutes};"
        f" {'tells' if feed['conditional'] else 'cannot tell'} when nothing is new",
    ]
    if feed["no_full_text"]:
        lines.append(f"     no full text from its pages: {feed['no_full_text']}")
    return "\n".join(lines)


@feed_command
@as_json
async def poll(config: Config, as_json: bool) -> int:
    """Ask all feeds that are due, now, as the worker would."""
    async with app.opened(config) as house, app.feeding(house) as feeding:
        with progress_bar() as progress:
            task = progress.add_task("asking", total=None)
            done = await feeding.polling.tick(
                lambda n, total: progress.update(task, completed=n, total=total)
            )
        await feeding.trouble.tell()
    document = documents.polled(done)
    counts = "{asked} asked, {failed} failed: {new} new, {updated} updated, {unchanged} unchanged"
    lines = [counts.format(**document) if done.asked else "no feed is due"]
    lines += ["mailuo feeds list says why"] if done.failed else []
    show(document, as_json, lines)
    return 0 if not done.asked or done.failed < done.asked else 1


@feed_command
@click.argument("file", type=click.Path(path_type=Path))
@as_json
async def import_(config: Config, file: Path, as_json: bool) -> None:
    """Read the feeds of an OPML list from now on."""
    try:
        listed = opml.read(_bytes_of(file))
    except ReadError as error:
        raise MailuoError(f"{file}: {error}") from error
    zone = config.reading.zone
    wanted = [(Feed(one.url, one.url, zone=zone), one.title) for one in listed.feeds]
    async with app.opened(config) as house:
        new = await house.store.feeds.add_all(wanted, house.clock())
    document = {
        "feeds": len(wanted),
        "new": new,
        "known": len(wanted) - new,
        "refused": listed.refused,
    }
    lines = [f"{counted(len(wanted), 'feed')}: {new} new, {document['known']} known"]
    lines += [f"not an address of a feed: {named}" for named in listed.refused]
    show(document, as_json, lines)


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ReadError(f"it cannot be read: {error.strerror}") from error


@feed_command
@click.argument("file", required=False, type=click.Path(path_type=Path))
@as_json
async def export(config: Config, file: Path | None, as_json: bool) -> None:
    """Write the feeds as an OPML list, to a file or to standard output."""
    async with app.opened(config) as house, app.feeding(house):
        feeds = await house.store.feeds.listed()
    outlines = [_outline(feed) for feed in feeds]
    written = opml.write(outlines, "Mailuo")
    if file is None and not as_json:
        sys.stdout.buffer.write(written)
        return
    if file:
        _write(file, written)
    document = {
        "file": str(file) if file else None,
        "feeds": [{"url": o.url, "title": o.title, "site": o.site} for o in outlines],
    }
    show(document, as_json, [f"{counted(len(outlines), 'feed')} written to {file}"])


def _write(file: Path, written: bytes) -> None:
    try:
        file.write_bytes(written)
    except OSError as error:
        raise MailuoError(f"{file} cannot be written: {error.strerror}") from error


def _outline(feed: StoredFeed) -> opml.Outline:
    return opml.Outline(feed.feed.url, feed.feed.outlet or feed.state.title, feed.state.site)
