"""Feeds in the chat, for those who keep the bot: the list, one feed, and what became of a wish."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.model import Button, Message
from bot.model.feeds import StoredFeed
from bot.render import words
from bot.render.keys import Row, message
from bot.render.notes import filled
from bot.render.rich import Rich, bold, code, join, text
from bot.render.times import moment

PER_PAGE = 8
MOST_OFFERED = 10
NAME_UNITS = 60
REASON_UNITS = 120
URL_UNITS = 200
PREFIX = "f"


class Step(StrEnum):
    """The screens, and the change, of feeds."""

    LIST = "list"
    ITEM = "item"
    REMOVE = "drop"


@dataclass(frozen=True, slots=True)
class Press:
    """What a button does: shows a page of the list, or a feed; or removes one."""

    step: Step
    feed: int = 0
    page: int = 0


_FORM = re.compile(rf"{PREFIX}\.([a-z]{{4}})\.(\d{{1,12}})\.(\d{{1,5}})", re.ASCII)


def pack(press: Press) -> str:
    """The press as callback data."""
    return f"{PREFIX}.{press.step}.{press.feed}.{press.page}"


def unpack(data: str) -> Press | None:
    """The press that `pack` wrote, or None for anything else."""
    match = _FORM.fullmatch(data)
    if match is None or match[1] not in set(Step):
        return None
    return Press(Step(match[1]), int(match[2]), int(match[3]))


def listing(
    feeds: Sequence[StoredFeed], page: int, now: datetime, zone: ZoneInfo, above: Rich | None = None
) -> Message:
    """One page of the feeds, each with how it stands.

    Args:
        feeds: all.
        page: from 0; the last there is when it is beyond.
        now: UTC.
        zone: in which times are shown.
        above: a word before it.
    """
    pages = max(1, -(-len(feeds) // PER_PAGE))
    page = min(page, pages - 1)
    first = page * PER_PAGE
    here = feeds[first : first + PER_PAGE]
    head = join([bold(words.FEEDS), filled(words.FEEDS_COUNT, total=len(feeds))], " · ")
    lines = [_line(n, feed, now, zone) for n, feed in enumerate(here, first + 1)]
    blocks = [above or Rich(), head, *lines, text(words.FEEDS_HINT)]
    if not feeds:
        blocks = [above or Rich(), bold(words.FEEDS), text(words.FEEDS_NONE)]
    keys = [_key(str(n), Press(Step.ITEM, feed.id, page)) for n, feed in enumerate(here, first + 1)]
    turning = []
    if page:
        turning.append(_key(words.TO_PREVIOUS, Press(Step.LIST, page=page - 1)))
    if page + 1 < pages:
        turning.append(_key(words.TO_NEXT, Press(Step.LIST, page=page + 1)))
    rows: list[Row] = [tuple(keys[n : n + 4]) for n in range(0, len(keys), 4)]
    return message(blocks, *rows, tuple(turning))


def item(feed: StoredFeed, page: int, now: datetime, zone: ZoneInfo) -> Message:
    """One feed, and the button that removes it."""
    return message(
        [bold(name(feed), NAME_UNITS), code(feed.feed.url, URL_UNITS), stands(feed, now, zone)],
        (
            _key(words.TO_REMOVE, Press(Step.REMOVE, feed.id, page)),
            _key(words.TO_BACK, Press(Step.LIST, page=page)),
        ),
    )


def note(said: str, **fields: str | int) -> Message:
    """A sentence of the bot's, with the way to the list."""
    return message([filled(said, **fields)], (_key(words.TO_FEEDS, Press(Step.LIST)),))


def offered(found: Sequence[tuple[str, str]]) -> Message:
    """Several feeds of one site, as commands to send; each an address and a title."""
    lines = [
        join([text(title, NAME_UNITS), code(f"/addfeed {url}", URL_UNITS)])
        for url, title in found[:MOST_OFFERED]
    ]
    return message([text(words.FEED_WHICH), *lines])


def trouble(feeds: Sequence[StoredFeed]) -> Message:
    """Feeds that cannot be read, with the reason."""
    lines = [
        join([text(name(f), NAME_UNITS), text("："), text(f.state.error, REASON_UNITS)], "")
        for f in feeds
    ]
    keys = (_key(words.TO_FEEDS, Press(Step.LIST)),)
    return message([text(words.TROUBLE), join(lines), text(words.TROUBLE_HINT)], keys)


def name(feed: StoredFeed) -> str:
    """What a feed is called: as the operator, or as it calls itself, or its address."""
    return feed.feed.outlet or feed.state.title or feed.feed.url


def stands(feed: StoredFeed, now: datetime, zone: ZoneInfo) -> Rich:
    """How a feed stands, in a line."""
    state = feed.state
    if state.gone:
        return filled(words.FEED_GONE, reason=state.error)
    if state.polled_at is None:
        return text(words.FEED_NEW)
    said = [filled(words.FEED_WELL, time=moment(state.polled_at, now, zone))]
    if state.error:
        said = [filled(words.FEED_FAILING, reason=state.error)]
    if state.next_at:
        said.append(filled(words.FEED_NEXT, time=moment(state.next_at, now, zone)))
    return join(said, " · ")


def _line(number: int, feed: StoredFeed, now: datetime, zone: ZoneInfo) -> Rich:
    return join([bold(f"{number}. {name(feed)}", NAME_UNITS), stands(feed, now, zone)])


def _key(label: str, press: Press) -> Button:
    return Button(label, data=pack(press))
