"""Reports: what readers complain of, in a queue for the operator."""

from datetime import datetime
from typing import Any

from bot.model.reports import About, Complaint, Report
from bot.store import rows
from bot.store.engine import Database, Engine

_COLUMNS = """r.id, r.about, r.story_id, r.article_id, r.detail, r.note, r.chat_id, r.user_id,
    r.reported_at, r.closed_at, coalesce(
        (SELECT json_extract(a.document, '$.title') FROM articles a WHERE a.id = r.article_id),
        (SELECT json_extract(a.document, '$.title') FROM articles a WHERE a.story_id = r.story_id
         ORDER BY a.published_at DESC NULLS LAST, a.id DESC LIMIT 1), '')"""
_SAME = "user_id = ? AND about = ? AND story_id = ? AND article_id = ? AND detail = ?"
_TOLD = "reports_told"  # in meta: the number up to which operators were told, and when


class Reports:
    """One of each user and thing; a second says more, but is no second report."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def add(
        self, complaint: Complaint, chat: int, user: int, now: datetime, since: datetime, most: int
    ) -> int | None:
        """Put a complaint into the queue.

        Args:
            complaint: what is wrong.
            chat: where it was said.
            user: by whom.
            now: UTC.
            since: how far back a user's reports count …
            most: … and how many are taken.

        Returns:
            Its number, that of the first for one that was made before; None when it is too many.
        """

        def add(db: Database) -> int | None:
            c = complaint
            note = rows.storable(c.note)
            same = [user, c.about, c.story, c.article, rows.storable(c.detail)]
            known = db.execute(f"SELECT id FROM reports WHERE {_SAME}", same).fetchone()
            if known:
                if note:
                    db.execute("UPDATE reports SET note = ? WHERE id = ?", [note, known[0]])
                return int(known[0])
            sql = "SELECT count(*) FROM reports WHERE user_id = ? AND reported_at > ?"
            if db.execute(sql, [user, rows.instant(since)]).fetchone()[0] >= most:
                return None
            made = db.execute(
                """INSERT INTO reports (user_id, about, story_id, article_id, detail, note, chat_id,
                       reported_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""",
                [*same, note, chat, rows.instant(now)],
            )
            return int(made.fetchone()[0])

        return await self._engine.write(add)

    async def listed(self, *, closed: bool = False) -> list[Report]:
        """Those that are open, oldest first; also the closed ones if asked; a thousand at most."""
        where = "TRUE" if closed else "r.closed_at IS NULL"
        sql = f"SELECT {_COLUMNS} FROM reports r WHERE {where} ORDER BY r.id LIMIT 1000"
        return await self._engine.read(
            lambda db: [_report(row) for row in db.execute(sql).fetchall()]
        )

    async def close(self, number: int, now: datetime) -> bool:
        """Take a report out of the queue; whether it was in it."""
        sql = "UPDATE reports SET closed_at = ? WHERE id = ? AND closed_at IS NULL"
        found = [rows.instant(now), rows.number(number)]
        return await self._engine.write(lambda db: db.execute(sql, found).rowcount == 1)

    async def untold(self, now: datetime, since: datetime) -> int:
        """How many reports there are that operators were not told of; told of from now on.

        0 when they were told of some after `since` (UTC): they are not to be bothered again.
        """

        def take(db: Database) -> int:
            db.alone(_TOLD)
            upto, at = _told(db)
            sql = "SELECT count(*), max(id) FROM reports WHERE id > ? AND closed_at IS NULL"
            count, newest = db.execute(sql, [upto]).fetchone()
            if not count or at > rows.instant(since):
                return 0
            db.execute(
                """INSERT INTO meta (name, value) VALUES (?, ?)
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value""",
                [_TOLD, f"{newest} {rows.instant(now)}"],
            )
            return int(count)

        def any_untold(db: Database) -> bool:
            sql = "SELECT 1 FROM reports WHERE id > ? AND closed_at IS NULL LIMIT 1"
            return db.execute(sql, [_told(db)[0]]).fetchone() is not None

        return await self._engine.write(take) if await self._engine.read(any_untold) else 0


def _told(db: Database) -> tuple[int, str]:
    row = db.execute("SELECT value FROM meta WHERE name = ?", [_TOLD]).fetchone()
    upto, _, at = (row[0] if row else "0 ").partition(" ")
    return int(upto), at


def _report(row: tuple[Any, ...]) -> Report:
    number, about, story, article, detail, note, chat, user, at, closed_at, title = row
    return Report(
        number,
        Complaint(About(about), story, article, detail, note),
        chat,
        user,
        datetime.fromisoformat(at),
        datetime.fromisoformat(closed_at) if closed_at else None,
        title,
    )
