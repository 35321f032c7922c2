"""Chats: how they want to be told, whether we may write to them, and the end of it all."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.model.delivery import ChatSettings, Quiet, Size
from bot.model.links import LinkPolicy
from bot.store import feedback, links, rows
from bot.store.engine import Database, Engine

_COLUMNS = "id, kind, title, zone, language, quiet_since, quiet_until, paused, size"
_PLACED = ("subscriptions", "told", "outbox")  # in a topic
_CHILDREN = (*_PLACED, "links")
_KEYS = {
    "subscriptions": ("chat_id", "topic", "scope", "value"),
    "told": ("chat_id", "topic", "story_id"),
    "outbox": ("chat_id", "subscription_id", "digest", "part"),
    "links": ("chat_id", "target"),
}
# Of a complaint, without who made it: a group's administrators need not know.
_REPORTED = """SELECT id, chat_id, about, story_id, article_id, detail, note, reported_at, closed_at
    FROM reports WHERE ? IN (chat_id, user_id)"""


class Chats:
    """The chats that asked us to remember something of theirs; others are not kept."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def get(self, chat: int) -> ChatSettings | None:
        """A chat's settings, or None for one that we do not know."""
        return next(iter(await self.some([chat])), None)

    async def some(self, chats: Sequence[int]) -> list[ChatSettings]:
        """The settings of those of some chats that we know."""
        return await self._engine.read(lambda db: _some(db, chats, links.policies(db, chats)))

    async def met(self, chat: int) -> tuple[ChatSettings | None, LinkPolicy]:
        """A chat's settings, None for one that we do not know, and what is done with links there:
        what is blocked holds for all."""

        def find(db: Database) -> tuple[ChatSettings | None, LinkPolicy]:
            policies = links.policies(db, [chat])
            return next(iter(_some(db, [chat], policies)), None), policies[chat]

        return await self._engine.read(find)

    async def put(self, settings: ChatSettings, now: datetime) -> None:
        """Keep a chat's settings; not whether it is paused, nor its links."""

        def put(db: Database) -> None:
            quiet = settings.quiet
            fields = {
                "kind": settings.kind,
                "title": rows.storable(settings.title),
                "zone": settings.zone,
                "language": settings.language,
                "quiet_since": quiet.since if quiet else None,
                "quiet_until": quiet.until if quiet else None,
                "size": settings.size,
            }
            known = db.execute("SELECT 1 FROM chats WHERE id = ?", [settings.id]).fetchone()
            if known:
                db.update("chats", settings.id, fields)
            else:
                since = {"known_since": rows.instant(now), "id": settings.id}
                db.insert("chats", {**since, **fields})

        await self._engine.write(put)

    async def pause(self, chat: int, reason: str) -> None:
        """We may not write to a chat: its subscriptions and its queue wait."""
        await self._engine.write(lambda db: _set_paused(db, chat, reason or "?"))

    async def resume(self, chat: int) -> str:
        """We may write again; why the chat had been paused, empty if it was not."""

        def resume(db: Database) -> str:
            found = db.execute("SELECT paused FROM chats WHERE id = ?", [chat]).fetchone()
            if found and found[0]:
                _set_paused(db, chat, "")
            return str(found[0]) if found else ""

        if not await self._is_paused(chat):
            return ""  # nearly always: no need to bother the writer
        return await self._engine.write(resume)

    async def _is_paused(self, chat: int) -> bool:
        known = await self.get(chat)
        return known is not None and bool(known.paused)

    async def move(self, old: int, new: int) -> None:
        """A group became a supergroup: settings, subscriptions, what it was told, and its queue go
        with it. What the new number has already stays."""
        await self._engine.write(lambda db: _move(db, old, new))

    async def close_topic(self, chat: int, topic: int) -> int:
        """Move all that belongs to a topic to the general one; how many subscriptions that were."""
        return await self._engine.write(lambda db: _close_topic(db, chat, topic))

    async def forget(self, chat: int) -> None:
        """Delete all that is kept of a chat; of a private one also what its reader reported, and
        who added the feeds that they added."""

        def forget(db: Database) -> None:
            db.execute("DELETE FROM chats WHERE id = ?", [chat])
            db.execute("DELETE FROM reports WHERE chat_id = ? OR user_id = ?", [chat, chat])
            db.execute("UPDATE feeds SET added_by = 0 WHERE added_by = ?", [chat])
            feedback.forget(db, chat)

        await self._engine.write(forget)

    async def export(self, chat: int) -> dict[str, Any]:
        """All that is kept of a chat, a list of rows for each table; not which of a group's members
        voted and reported."""

        def export(db: Database) -> dict[str, Any]:
            found = {"chat": _rows(db, "SELECT * FROM chats WHERE id = ?", chat)}
            for table in _CHILDREN:
                found[table] = _rows(db, f"SELECT * FROM {table} WHERE chat_id = ?", chat)
            found["reports"] = _rows(db, _REPORTED, chat)
            found["feeds"] = _rows(db, "SELECT url, added_at FROM feeds WHERE added_by = ?", chat)
            return found | {"votes": feedback.export(db, chat)}

        return await self._engine.read(export)


def _some(
    db: Database, chats: Sequence[int], policies: Mapping[int, LinkPolicy]
) -> list[ChatSettings]:
    sql = f"SELECT {_COLUMNS} FROM chats WHERE id IN ({rows.marks(chats)})"
    known = [_settings(row) for row in db.execute(sql, list(chats)).fetchall()]
    return [replace(chat, links=policies[chat.id]) for chat in known]


def _settings(row: tuple[Any, ...]) -> ChatSettings:
    number, kind, title, zone, language, since, until, paused, size = row
    quiet = None if since is None else Quiet(since, until)
    return ChatSettings(number, kind, title, zone, language, quiet, paused, Size(size))


def _set_paused(db: Database, chat: int, reason: str) -> None:
    db.execute("UPDATE chats SET paused = ? WHERE id = ?", [rows.storable(reason), chat])
    active = int(not reason)
    db.execute("UPDATE subscriptions SET active = ? WHERE chat_id = ?", [active, chat])


def _move(db: Database, old: int, new: int) -> None:
    feedback.move(db, old, new)
    db.execute("UPDATE reports SET chat_id = ? WHERE chat_id = ?", [new, old])
    if not db.execute("SELECT 1 FROM chats WHERE id = ?", [new]).fetchone():
        db.execute("UPDATE chats SET id = ?, kind = 'supergroup' WHERE id = ?", [new, old])
        return
    for table in _CHILDREN:
        _change(db, table, "chat_id", new, "WHERE chat_id = ?", [old])
    db.execute("DELETE FROM chats WHERE id = ?", [old])
    paused = db.execute("SELECT paused FROM chats WHERE id = ?", [new]).fetchone()[0]
    _set_paused(db, new, paused)


def _close_topic(db: Database, chat: int, topic: int) -> int:
    where = "WHERE chat_id = ? AND topic = ?"
    found = db.execute(f"SELECT count(*) FROM subscriptions {where}", [chat, topic]).fetchone()
    for table in _PLACED:
        _change(db, table, "topic", 0, where, [chat, topic])
        db.execute(f"DELETE FROM {table} {where}", [chat, topic])
    return int(found[0])


def _change(
    db: Database, table: str, column: str, to: int, where: str, parameters: list[int]
) -> None:
    """Change a column of some rows; those whose place is taken stay as they are."""
    if column in _KEYS[table]:
        same = (f"o.{k} = " + ("?" if k == column else f"{table}.{k}") for k in _KEYS[table])
        where += f" AND NOT EXISTS (SELECT 1 FROM {table} o WHERE {' AND '.join(same)})"
        parameters = [*parameters, to]
    db.execute(f"UPDATE {table} SET {column} = ? {where}", [to, *parameters])


def _rows(db: Database, sql: str, chat: int) -> list[dict[str, Any]]:
    cursor = db.execute(sql, [chat])
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
