"""Chats as they leave for another database, and as they come from one."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.model.delivery import (
    ChatSettings,
    Pace,
    Quiet,
    Rhythm,
    Scope,
    ScopeKind,
    Size,
    days_mask,
    days_of,
)
from bot.model.links import LinkKind, LinkRule
from bot.model.moving import Added, ListedChat, ListedSubscription
from bot.store import rows
from bot.store.engine import Database, Engine

AT_ONCE = 500

# A story's number means nothing elsewhere: it goes by the key of its newest article.
_SUBSCRIPTIONS = """SELECT s.chat_id, s.topic, s.scope, s.pace, s.minute, s.days, s.size, s.silent,
    CASE s.scope WHEN 'story' THEN (SELECT a.key FROM all_articles a
        WHERE a.story_id = CAST(s.value AS BIGINT) ORDER BY a.id DESC LIMIT 1)
    ELSE s.value END AS named
    FROM subscriptions s WHERE s.chat_id IN ({marks}) ORDER BY s.id"""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A chat of a list, with when each of its subscriptions is due first."""

    chat: ListedChat
    due: tuple[datetime | None, ...]


class Listing:
    """The list of chats."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def all(self) -> AsyncIterator[list[ListedChat]]:
        """All chats by their numbers, some at a time."""
        after = None
        while found := await self._engine.read(lambda db, a=after: _page(db, a)):  # type: ignore[misc]
            yield found
            after = found[-1].settings.id

    async def add(self, arrivals: Sequence[Arrival], paused: str, now: datetime) -> Added:
        """Add chats and subscriptions that are not there yet; what is there stays as it is.

        Args:
            arrivals: chats of a list.
            paused: why those that are new may not be written to; empty when they may.
            now: UTC.
        """

        def add(db: Database) -> Added:
            return sum((_add(db, one, paused, now) for one in arrivals), Added())

        return await self._engine.write(add)

    async def paused(self, chats: Sequence[int], reason: str) -> set[int]:
        """Which of some chats are paused for a reason."""
        sql = f"SELECT id FROM chats WHERE paused = ? AND id IN ({_marks(chats)})"
        found = [reason, *chats]
        return await self._engine.read(lambda db: {n for (n,) in db.execute(sql, found).fetchall()})


def _page(db: Database, after: int | None) -> list[ListedChat]:
    where, bound = ("WHERE id > ?", [after]) if after is not None else ("", [])
    sql = f"""SELECT id, kind, title, zone, language, quiet_since, quiet_until, size
              FROM chats {where} ORDER BY id LIMIT ?"""
    chats = [_settings(row) for row in db.execute(sql, [*bound, AT_ONCE]).fetchall()]
    numbers = [chat.id for chat in chats]
    links, subscriptions = _links(db, numbers), _subscriptions(db, numbers)
    return [
        ListedChat(chat, links.get(chat.id, {}), tuple(subscriptions.get(chat.id, ())))
        for chat in chats
    ]


def _settings(row: tuple[Any, ...]) -> ChatSettings:
    number, kind, title, zone, language, since, until, size = row
    quiet = None if since is None else Quiet(since, until)
    return ChatSettings(number, kind, title, zone, language, quiet, size=Size(size))


def _links(db: Database, chats: Sequence[int]) -> dict[int, dict[LinkKind | str, LinkRule]]:
    found: dict[int, dict[LinkKind | str, LinkRule]] = {}
    sql = f"SELECT chat_id, target, rule FROM links WHERE chat_id IN ({_marks(chats)})"
    for chat, target, rule in db.execute(sql, list(chats)).fetchall():
        found.setdefault(chat, {})[target] = LinkRule(rule)
    return found


def _subscriptions(db: Database, chats: Sequence[int]) -> dict[int, list[ListedSubscription]]:
    found: dict[int, list[ListedSubscription]] = {}
    sql = _SUBSCRIPTIONS.format(marks=_marks(chats))
    for row in db.execute(sql, list(chats)).fetchall():
        chat, topic, scope, pace, minute, days, size, silent, named = row
        if named is not None:  # a story that is gone
            rhythm = Rhythm(Pace(pace), minute, days_of(days))
            about = Scope(ScopeKind(scope), named)
            one = ListedSubscription(topic, about, rhythm, Size(size), bool(silent))
            found.setdefault(chat, []).append(one)
    return found


def _add(db: Database, arrival: Arrival, paused: str, now: datetime) -> Added:
    listed = arrival.chat
    new = _add_chat(db, listed.settings, paused, now)
    if new:
        db.executemany(
            "INSERT INTO links (chat_id, target, rule) VALUES (?, ?, ?)",
            [(listed.settings.id, str(target), rule) for target, rule in listed.links.items()],
        )
    added = Added(chats=int(new))
    for wanted, due in zip(listed.subscriptions, arrival.due, strict=True):
        added += _subscribe(db, listed.settings.id, wanted, due, now)
    return added


def _add_chat(db: Database, chat: ChatSettings, paused: str, now: datetime) -> bool:
    quiet = chat.quiet
    inserted = db.execute(
        """INSERT INTO chats (id, kind, title, zone, language, quiet_since, quiet_until, size,
               paused, known_since) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO NOTHING""",
        [
            *(chat.id, chat.kind, rows.storable(chat.title), chat.zone, chat.language),
            *((quiet.since, quiet.until) if quiet else (None, None)),
            *(chat.size, paused, rows.instant(now)),
        ],
    )
    return bool(inserted.rowcount == 1)


def _subscribe(
    db: Database, chat: int, wanted: ListedSubscription, due: datetime | None, now: datetime
) -> Added:
    value: str | None = rows.storable(wanted.scope.value)
    if wanted.scope.kind is ScopeKind.STORY:
        value = _story(db, wanted.scope.value)
        if value is None:
            return Added(unknown_stories=1)
    inserted = db.execute(
        """INSERT INTO subscriptions (chat_id, topic, scope, value, pace, minute, days, size,
               silent, due_at, created_at, digests, seen, active)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0,
               (SELECT coalesce(max(id), 0) FROM all_articles),
               (SELECT CASE paused WHEN '' THEN 1 ELSE 0 END FROM chats WHERE id = ?))
           ON CONFLICT (chat_id, topic, scope, value) DO NOTHING""",
        [
            *(chat, wanted.topic, wanted.scope.kind, value),
            *(wanted.rhythm.pace, wanted.rhythm.minute, days_mask(wanted.rhythm.days)),
            *(wanted.size, int(wanted.silent), rows.instant_or_none(due), rows.instant(now), chat),
        ],
    )
    return Added(subscriptions=inserted.rowcount)


def _story(db: Database, key: str) -> str | None:
    """The number of the story with the article of a key."""
    sql = "SELECT story_id FROM all_articles WHERE key = ?"
    found = db.execute(sql, [rows.storable(key)]).fetchone()
    return str(found[0]) if found else None


def _marks(values: Sequence[int]) -> str:
    return ",".join("?" * len(values))
