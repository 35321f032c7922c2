"""Feeds in the chat, for those who keep the bot: the list, one feed, and what became of a wish."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.model import Button, Message
from bot.model.feeds import StoredFeed
from bot.render.keys import Row, message
from bot.render.notes import filled
from bot.render.reader import Reader
from bot.render.rich import Rich, bold, clip, code, join, text
from bot.render.times import moment
from bot.render.unread import unread

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
    feeds: Sequence[StoredFeed], page: int, reader: Reader, above: Rich | None = None
) -> Message:
    """One page of the feeds, each with its number, which stays, and how it stands.

    Args:
        feeds: all.
        page: from 0; the last there is when it is beyond.
        reader: for whom.
        above: a word before it.
    """
    pages = max(1, -(-len(feeds) // PER_PAGE))
    page = min(page, pages - 1)
    here = feeds[page * PER_PAGE : (page + 1) * PER_PAGE]
    head = join(
        [bold(reader.words.feeds), filled(reader.words.feeds_count, total=len(feeds))], " · "
    )
    lines = [_line(feed, reader) for feed in here]
    blocks = [above or Rich(), head, *lines, text(reader.words.feeds_hint)]
    if not feeds:
        blocks = [above or Rich(), bold(reader.words.feeds), text(reader.words.feeds_none)]
    keys = [_key(str(feed.id), Press(Step.ITEM, feed.id, page)) for feed in here]
    turning = []
    if page:
        turning.append(_key(reader.words.to_previous, Press(Step.LIST, page=page - 1)))
    if page + 1 < pages:
        turning.append(_key(reader.words.to_next, Press(Step.LIST, page=page + 1)))
    rows: list[Row] = [tuple(keys[n : n + 4]) for n in range(0, len(keys), 4)]
    return message(reader, blocks, *rows, tuple(turning))


def item(feed: StoredFeed, page: int, reader: Reader) -> Message:
    """One feed, and the button that removes it."""
    return message(
        reader,
        [bold(name(feed), NAME_UNITS), code(feed.feed.url, URL_UNITS), stands(feed, reader)],
        (
            _key(reader.words.to_remove, Press(Step.REMOVE, feed.id, page)),
            _key(reader.words.to_back, Press(Step.LIST, page=page)),
        ),
    )


def note(reader: Reader, said: str, **fields: str | int) -> Message:
    """A sentence of the bot's, with the way to the list."""
    return message(
        reader, [filled(said, **fields)], (_key(reader.words.to_feeds, Press(Step.LIST)),)
    )


def offered(found: Sequence[tuple[str, str]], reader: Reader) -> Message:
    """Several feeds of one site, as commands to send; each an address and a title."""
    lines = [
        join([text(title, NAME_UNITS), code(f"/addfeed {url}", URL_UNITS)])
        for url, title in found[:MOST_OFFERED]
    ]
    return message(reader, [text(reader.words.feed_which), *lines])


def trouble(feeds: Sequence[StoredFeed], reader: Reader) -> Message:
    """Feeds that cannot be read, with the reason."""
    lines = [
        filled(
            reader.words.trouble_line,
            name=clip(name(f), NAME_UNITS),
            reason=clip(unread(f.state.error, reader), REASON_UNITS),
        )
        for f in feeds
    ]
    keys = (_key(reader.words.to_feeds, Press(Step.LIST)),)
    return message(
        reader, [text(reader.words.trouble), join(lines), text(reader.words.trouble_hint)], keys
    )


def name(feed: StoredFeed) -> str:
    """What a feed is called: as the operator, or as it calls itself, or its address."""
    return feed.feed.outlet or feed.state.title or feed.feed.url


def stands(feed: StoredFeed, reader: Reader) -> Rich:
    """How a feed stands, in a line."""
    state = feed.state
    if state.gone:
        return filled(reader.words.feed_gone, reason=unread(state.error, reader))
    if state.polled_at is None:
        return text(reader.words.feed_new)
    said = [filled(reader.words.feed_well, time=moment(state.polled_at, reader))]
    if state.error:
        said = [filled(reader.words.feed_failing, reason=unread(state.error, reader))]
    if state.next_at:
        said.append(filled(reader.words.feed_next, time=moment(state.next_at, reader)))
    return join(said, " · ")


def _line(feed: StoredFeed, reader: Reader) -> Rich:
    return join([bold(f"{feed.id}. {name(feed)}", NAME_UNITS), stands(feed, reader)])


def _key(label: str, press: Press) -> Button:
    return Button(label, data=pack(press))
