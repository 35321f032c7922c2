"""Feeds: which are read, how each stands, which is due."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.addresses import canonical
from bot.model.feeds import Feed, FeedState, StoredFeed, Validators
from bot.store import rows
from bot.store.engine import Database, Engine

_FEED = ("key", "url", "outlet", "zone", "full_text", "added_by")
_WISHES = ("outlet", "zone", "full_text")
_STATE = (
    *("title", "site", "etag", "last_modified", "interval", "next_at", "polled_at", "changed_at"),
    *("failures", "error", "failing_since", "told_operator", "gone", "ttl"),
)
_UNHARMED = {"gone": 0, "failures": 0, "error": "", "failing_since": None, "told_operator": 0}
# A feed may be where another was added: of such two, the one that is there, or the one that was.
_EITHER = "WHERE url IN (?1, ?2) OR key IN (?1, ?2)"  # see `_spellings`
_AT = f"{_EITHER} ORDER BY url = ?2 DESC, url = ?1 DESC LIMIT 1"
_ADDED_AT = f"{_EITHER} ORDER BY key = ?2 DESC, key = ?1 DESC LIMIT 1"
_COLUMNS = ", ".join(("id", *_FEED, *_STATE))


class Feeds:
    """The feeds that are read; one that is gone stays listed until it is removed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def add(self, feed: Feed, now: datetime, title: str = "") -> bool:
        """Read a feed from now on; whether it was not read before, by its address then or now.

        Args:
            feed: which; one that was gone lives again, at this address and as it is wanted now.
            now: UTC.
            title: how it calls itself, where that is known before it is read.
        """
        return await self._engine.write(lambda db: _add(db, feed, now, title))

    async def add_all(self, feeds: Sequence[tuple[Feed, str]], now: datetime) -> int:
        """Read some feeds, each with its title, from now on; how many are new.

        One that is gone stays so: nobody has looked whether it lives.
        """

        def add_all(db: Database) -> int:
            listed = db.execute("SELECT key, url FROM feeds").fetchall()
            known = {canonical(address) for row in listed for address in row}
            new: dict[str, dict[str, str | int]] = {}
            for feed, title in feeds:
                if (url := _address(feed.url)) not in known:
                    new.setdefault(url, _row(_feed_fields(feed), now, title))
            db.insert_all("feeds", list(new.values()))
            return len(new)

        return await self._engine.write(add_all)

    async def configure(self, feeds: Sequence[Feed], now: datetime) -> int:
        """Read some feeds from now on, as they are wanted now; how many are new.

        Where a feed is now and how it stands is not changed by this.
        """

        def configure(db: Database) -> int:
            new = 0
            for feed in feeds:
                fields = _feed_fields(feed)
                sql = f"SELECT id FROM feeds {_ADDED_AT}"
                known = db.execute(sql, _spellings(feed.url)).fetchone()
                if known:
                    db.update("feeds", known[0], {wish: fields[wish] for wish in _WISHES})
                else:
                    db.insert("feeds", _row(fields, now))
                    new += 1
            return new

        return await self._engine.write(configure) if feeds else 0

    async def remove(self, number: int) -> bool:
        """Read the feed of a number no more; whether there was one. Its articles are kept."""

        def remove(db: Database) -> bool:
            sql = "DELETE FROM feeds WHERE id = ?"
            return bool(db.execute(sql, [rows.number(number)]).rowcount)

        return await self._engine.write(remove)

    async def find(self, address: str) -> StoredFeed | None:
        """The feed that is at an address, else the one that was added there, or None."""
        return next(iter(await self._select(_AT, *_spellings(address))), None)

    async def get(self, number: int) -> StoredFeed | None:
        """The feed of a number, or None."""
        return next(iter(await self._select("WHERE id = ?", rows.number(number))), None)

    async def listed(self) -> list[StoredFeed]:
        """All feeds, in the order in which they were added."""
        return await self._select("ORDER BY id")

    async def due(self, now: datetime, limit: int) -> list[StoredFeed]:
        """Feeds to be asked, longest due first.

        Args:
            now: UTC.
            limit: how many at most.
        """
        sql = "WHERE next_at IS NOT NULL AND next_at <= ? ORDER BY next_at, id LIMIT ?"
        return await self._select(sql, rows.instant(now), limit)

    async def settle(self, feeds: Sequence[StoredFeed]) -> None:
        """Write down how feeds stand after a poll, in one transaction, and where they are now.

        A feed that moved to where another is read is not asked again: it is that one. One that was
        removed in the meantime stays removed.
        """

        def settle(db: Database) -> None:
            numbers = [feed.id for feed in feeds]
            sql = f"SELECT id, url FROM feeds WHERE id IN ({rows.marks(numbers)})"
            left = dict(db.execute(sql, numbers).fetchall())
            fields = ", ".join(f"{name} = ?" for name in _STATE)
            db.executemany(
                f"UPDATE feeds SET {fields} WHERE id = ?",
                [(*_state_fields(feed.state), feed.id) for feed in feeds],
            )
            for feed in feeds:
                url = _address(feed.feed.url)
                if left.get(feed.id, url) != url:
                    _move(db, feed.id, url)

        await self._engine.write(settle)

    async def failing(self, since: datetime, limit: int) -> list[StoredFeed]:
        """Feeds that have failed since an instant or longer, or are gone for good, and of which
        nobody was told."""
        sql = """WHERE told_operator = 0 AND (gone = 1 OR failing_since <= ?)
                 ORDER BY failing_since NULLS FIRST, id LIMIT ?"""
        return await self._select(sql, rows.instant(since), limit)

    async def tell(self, feeds: Sequence[int]) -> None:
        """Remember that the operator was told of some feeds' present failure."""

        def tell(db: Database) -> None:
            sql = "UPDATE feeds SET told_operator = 1 WHERE id = ?"
            db.executemany(sql, [(rows.number(feed),) for feed in feeds])

        await self._engine.write(tell)

    async def _select(self, rest: str, *parameters: str | int) -> list[StoredFeed]:
        sql = f"SELECT {_COLUMNS} FROM feeds {rest}"
        return await self._engine.read(
            lambda db: [_stored(row) for row in db.execute(sql, list(parameters)).fetchall()]
        )


def _add(db: Database, feed: Feed, now: datetime, title: str) -> bool:
    """Read a feed from now on; whether it was not read before."""
    fields = _feed_fields(feed)
    known = db.execute(f"SELECT id, gone FROM feeds {_AT}", _spellings(feed.url)).fetchone()
    if known is None:
        db.insert("feeds", _row(fields, now, title))
        return True
    number, gone = known
    if gone:
        anew = {name: fields[name] for name in ("url", *_WISHES)}
        db.update("feeds", number, {**anew, **_UNHARMED, "next_at": rows.instant(now)})
    return bool(gone)


def _move(db: Database, number: int, url: str) -> None:
    """A feed moved; where another is read, it is gone. One that is gone itself is in the way."""
    there = db.execute("SELECT id, gone FROM feeds WHERE url = ?", [url]).fetchone()
    if there is None:
        db.update("feeds", number, {"url": url})
    elif not there[1]:
        same = {"gone": 1, "next_at": None, "error": f"it moved to where feed {there[0]} is read"}
        db.update("feeds", number, same)


def _row(fields: dict[str, str | int], now: datetime, title: str = "") -> dict[str, str | int]:
    """Of a new feed, due at once."""
    at = rows.instant(now)
    return {**fields, "title": rows.storable(title), "added_at": at, "next_at": at}


def _feed_fields(feed: Feed) -> dict[str, str | int]:
    words = (_address(feed.key), _address(feed.url), *map(rows.storable, (feed.outlet, feed.zone)))
    return dict(zip(_FEED, (*words, int(feed.full_text), feed.added_by), strict=True))


def _address(address: str) -> str:
    return canonical(rows.storable(address))


def _spellings(address: str) -> list[str]:
    """An address as it may be kept: older versions kept it as it was written."""
    return [rows.storable(address), _address(address)]


def _state_fields(state: FeedState) -> tuple[str | int | float | None, ...]:
    """In the order of `_STATE`."""
    words = (state.title, state.site, state.validators.etag, state.validators.last_modified)
    return (
        *map(rows.storable, words),
        state.interval,
        rows.instant_or_none(state.next_at),
        rows.instant_or_none(state.polled_at),
        rows.instant_or_none(state.changed_at),
        state.failures,
        rows.storable(state.error),
        rows.instant_or_none(state.failing_since),
        int(state.told_operator),
        int(state.gone),
        state.ttl,
    )


def _stored(row: tuple[Any, ...]) -> StoredFeed:
    """A row of `_COLUMNS`."""
    number, key, url, outlet, zone, full_text, added_by = row[:7]
    title, site, etag, last_modified, interval, next_at, polled_at, changed_at = row[7:15]
    failures, error, failing_since, told_operator, gone, ttl = row[15:]
    feed = Feed(key, url, outlet, zone, bool(full_text), added_by)
    state = FeedState(
        title=title,
        site=site,
        validators=Validators(etag, last_modified),
        interval=interval,
        next_at=_instant(next_at),
        polled_at=_instant(polled_at),
        changed_at=_instant(changed_at),
        failures=failures,
        error=error,
        failing_since=_instant(failing_since),
        told_operator=bool(told_operator),
        gone=bool(gone),
        ttl=ttl,
    )
    return StoredFeed(number, feed, state)


def _instant(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
