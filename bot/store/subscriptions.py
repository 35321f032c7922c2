"""Subscriptions: who is due, and their digests, queued in the transaction that advances them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from bot.model.delivery import (
    ChatSettings,
    Pace,
    ParcelState,
    Place,
    Publication,
    Rhythm,
    Scope,
    ScopeKind,
    Size,
    Subscription,
    Told,
    days_mask,
    days_of,
)
from bot.parts import parts
from bot.store import rows
from bot.store.engine import Database, Engine

_COLUMNS = """s.id, s.chat_id, s.topic, s.scope, s.value, s.pace, s.minute, s.days, s.size,
              s.silent, s.seen, s.digests, s.due_at, s.created_at, s.told_until"""

_KEYS = 5000  # asked for in one statement


class Subscriptions:
    """What chats and topics asked to be told, and what they were told already."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def put(
        self,
        place: Place,
        scope: Scope,
        rhythm: Rhythm,
        size: Size,
        *,
        silent: bool,
        due_at: datetime | None,
        now: datetime,
    ) -> Subscription:
        """Subscribe a place of a chat from the next article on; for a scope that it
        subscribes to already, only rhythm, size and silence change."""

        def put(db: Database) -> Subscription:
            _known(db, place.chat, now)
            _put(db, place, scope, rhythm, size, silent, due_at, now)
            key = [place.chat, place.topic, scope.kind, rows.storable(scope.value)]
            where = "s.chat_id = ? AND s.topic = ? AND s.scope = ? AND s.value = ?"
            return _select(db, where, key)[0]

        return await self._engine.write(put)

    async def get(self, number: int) -> Subscription | None:
        """The subscription of a number, or None."""
        return next(iter(await self._find("s.id = ?", rows.number(number))), None)

    async def of_chat(self, chat: int) -> list[Subscription]:
        """A chat's subscriptions, of all its topics, oldest first."""
        return await self._find("s.chat_id = ? ORDER BY s.id", chat)

    async def remove(self, number: int) -> None:
        """End a subscription; what it queued and was not sent is withdrawn."""

        def remove(db: Database) -> None:
            db.execute("DELETE FROM subscriptions WHERE id = ?", [number])
            waiting = "subscription_id = ? AND state = 'queued' AND attempts = 0"
            db.execute(f"DELETE FROM outbox WHERE {waiting}", [number])

        await self._engine.write(remove, once=True)

    async def resize(self, chat: int, size: Size) -> None:
        """Give all subscriptions of a chat one size, from their next digest on."""
        sql = "UPDATE subscriptions SET size = ? WHERE chat_id = ?"
        await self._engine.write(lambda db: db.execute(sql, [size, chat]) and None)

    async def set_due(self, due: Sequence[tuple[int, datetime | None]]) -> None:
        """Change when subscriptions are due: pairs of number and instant (UTC)."""

        def change(db: Database) -> None:
            for number, at in due:
                db.execute(
                    "UPDATE subscriptions SET due_at = ? WHERE id = ?",
                    [rows.instant_or_none(at), number],
                )

        if due:
            await self._engine.write(change)

    async def wake(self, newest: int, now: datetime) -> None:
        """Those that wait for an article are due, when there is one that they were not asked about.

        Args:
            newest: the number of the newest article.
            now: UTC.
        """
        waiting = "active = 1 AND due_at IS NULL AND seen < ?"

        def any_waiting(db: Database) -> bool:
            sql = f"SELECT 1 FROM subscriptions WHERE {waiting} LIMIT 1"
            return db.execute(sql, [newest]).fetchone() is not None

        def wake(db: Database) -> None:
            sql = f"UPDATE subscriptions SET due_at = ? WHERE {waiting}"
            db.execute(sql, [rows.instant(now), newest])

        if await self._engine.read(any_waiting):
            await self._engine.write(wake)

    async def due(self, now: datetime, limit: int) -> list[Subscription]:
        """Those that are due, longest overdue first; those of paused chats are not.

        Args:
            now: UTC.
            limit: how many at most.
        """
        return await self._find(
            "s.active = 1 AND s.due_at <= ? ORDER BY s.due_at, s.id LIMIT ?",
            rows.instant(now),
            limit,
        )

    async def told(self, place: Place, stories: Sequence[int]) -> dict[int, Told]:
        """What a place was told of some stories, by story."""

        def find(db: Database) -> dict[int, Told]:
            marks = rows.marks(stories)
            sql = f"""SELECT story_id, article_id, subscription_id, digest, told_at FROM told
                      WHERE chat_id = ? AND topic = ? AND story_id IN ({marks})"""
            found = db.execute(sql, [place.chat, place.topic, *stories]).fetchall()
            return {row[0]: _told(row) for row in found}

        return await self._engine.read(find) if stories else {}

    async def told_of_news(
        self, places: Collection[Place], after: int, upto: int
    ) -> dict[Place, dict[int, Told]]:
        """What some places were told of stories that have new articles, by story.

        Args:
            places: of chats.
            after: articles of higher numbers are new …
            upto: … up to this.
        """

        def find(db: Database) -> dict[Place, dict[int, Told]]:
            # First by place, as both columns: also before PostgreSQL knows the table, it takes few
            # rows to have both; and not by story, which everybody may have been told.
            sql = f"""WITH asked (chat, topic) AS ({_values(len(places), 2)}),
                      known AS MATERIALIZED (SELECT told.* FROM asked JOIN told
                          ON told.chat_id = asked.chat AND told.topic = asked.topic)
                      SELECT chat_id, topic, story_id, article_id, subscription_id, digest, told_at
                      FROM known WHERE EXISTS (SELECT 1 FROM articles a
                          WHERE a.story_id = known.story_id AND a.id > ? AND a.id <= ?)"""
            keys = [part for place in places for part in (place.chat, place.topic)]
            known: dict[Place, dict[int, Told]] = {}
            for chat, topic, *row in db.execute(sql, [*keys, after, upto]).fetchall():
                known.setdefault(Place(chat, topic), {})[row[0]] = _told(tuple(row))
            return known

        return await self._engine.read(find) if places else {}

    async def know(self, subscription: Subscription, story: int, now: datetime) -> None:
        """A place knows a story as it stands; it is told only what is new from here on."""
        place = subscription.place

        def know(db: Database) -> None:
            db.execute(
                """INSERT INTO told (chat_id, topic, story_id, article_id,
                       subscription_id, digest, told_at)
                   SELECT ?, ?, story_id, max(id), ?, 0, ? FROM articles
                   WHERE story_id = ? GROUP BY story_id ON CONFLICT DO NOTHING""",
                [place.chat, place.topic, subscription.id, rows.instant(now), story],
            )

        await self._engine.write(know)

    async def publish(self, publications: Sequence[Publication], now: datetime) -> int:
        """Queue digests and advance their subscriptions, all in one transaction.

        A subscription that was changed, removed or published meanwhile is passed over: what it has
        to tell is found again at the next asking.

        Args:
            publications: subscriptions with what to send; no messages only advances them.
            now: UTC.

        Returns:
            How many were carried out.
        """
        return await self._engine.write(lambda db: _publish(db, publications, now))

    async def _find(self, where: str, *parameters: object) -> list[Subscription]:
        return await self._engine.read(lambda db: _select(db, where, list(parameters)))


def _select(db: Database, where: str, parameters: list[Any]) -> list[Subscription]:
    sql = f"SELECT {_COLUMNS} FROM subscriptions s WHERE {where}"
    return [_subscription(row) for row in db.execute(sql, parameters).fetchall()]


def _subscription(row: tuple[Any, ...]) -> Subscription:
    number, chat, topic, scope, value, pace, minute, days, size, silent, seen, digests = row[:12]
    due_at, created_at, told_until = row[12:]
    return Subscription(
        number,
        Place(chat, topic),
        Scope(ScopeKind(scope), value),
        Rhythm(Pace(pace), minute, days_of(days)),
        Size(size),
        bool(silent),
        seen,
        digests,
        datetime.fromisoformat(due_at) if due_at else None,
        datetime.fromisoformat(created_at),
        datetime.fromisoformat(told_until) if told_until else None,
    )


def _known(db: Database, chat: int, now: datetime) -> None:
    """Know a chat again that was forgotten while its subscription was on the way."""
    fresh = ChatSettings(chat, "private" if chat > 0 else "supergroup")
    db.execute(
        """INSERT INTO chats (id, kind, title, zone, language, known_since)
           VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
        [chat, fresh.kind, fresh.title, fresh.zone, fresh.language, rows.instant(now)],
    )


def _put(
    db: Database,
    place: Place,
    scope: Scope,
    rhythm: Rhythm,
    size: Size,
    silent: bool,
    due_at: datetime | None,
    now: datetime,
) -> None:
    db.execute(
        """INSERT INTO subscriptions (chat_id, topic, scope, value, pace, minute, days, size,
               silent, due_at, created_at, digests, seen, active)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0,
               (SELECT coalesce(max(id), 0) FROM all_articles),
               (SELECT CASE WHEN paused = '' THEN 1 ELSE 0 END FROM chats WHERE id = ?))
           ON CONFLICT (chat_id, topic, scope, value) DO UPDATE SET pace = excluded.pace,
               minute = excluded.minute, days = excluded.days, size = excluded.size,
               silent = excluded.silent, due_at = excluded.due_at""",
        [
            *(place.chat, place.topic, scope.kind, rows.storable(scope.value)),
            *(rhythm.pace, rhythm.minute, days_mask(rhythm.days), size, int(silent)),
            *(rows.instant_or_none(due_at), rows.instant(now), place.chat),
        ],
    )


def _told(row: tuple[Any, ...]) -> Told:
    """A row of story, article, subscription, digest and instant."""
    story, article, subscription, digest, at = row
    return Told(story, article, subscription, digest, datetime.fromisoformat(at))


def _publish(db: Database, publications: Sequence[Publication], now: datetime) -> int:
    """All at once: a few statements, however many publications."""
    db.hold({p.subscription.place.chat for p in publications})
    as_read, upto = _standing(db, publications), _told_upto(db, publications)
    made = []
    for publication in publications:
        s, told = publication.subscription, publication.told
        if as_read.pop(s.id, None) != (s.digests, s.seen, s.place.chat, s.place.topic):
            continue
        if any(upto.get((s.place.chat, s.place.topic, story), 0) != was for story, was, _ in told):
            continue
        upto |= {(s.place.chat, s.place.topic, story): article for story, _, article in told}
        made.append((publication, s.digests + bool(publication.messages)))
    _advance(db, made)
    _queue(db, made, rows.instant(now))
    _note_told(db, made, rows.instant(now))
    return len(made)


def _standing(
    db: Database, publications: Sequence[Publication]
) -> dict[int, tuple[int, int, int, int]]:
    """How subscriptions stand that nobody else is just changing: digests, seen, chat and topic."""
    numbers = [p.subscription.id for p in publications]
    sql = f"""SELECT s.id, s.digests, s.seen, s.chat_id, s.topic FROM subscriptions s
              WHERE s.id IN ({rows.marks(numbers)}) {db.unlocked("s")}"""
    return {number: tuple(rest) for number, *rest in db.execute(sql, numbers).fetchall()}


def _told_upto(
    db: Database, publications: Sequence[Publication]
) -> dict[tuple[int, int, int], int]:
    """Up to which article places were told of stories, by chat, topic and story.

    Each is asked for by its whole key: by chats and stories apart, PostgreSQL reads all that
    anybody was told of the stories. The keys are joined, for with IN (VALUES …) SQLite reads all
    that anybody was told.
    """
    keys = [
        (p.subscription.place.chat, p.subscription.place.topic, story)
        for p in publications
        for story, *_ in p.told
    ]
    found: list[tuple[int, int, int, int]] = []
    for some in parts(keys, _KEYS):
        sql = f"""WITH asked (chat, topic, story) AS ({_values(len(some), 3)})
                  SELECT t.chat_id, t.topic, t.story_id, t.article_id FROM asked JOIN told t
                  ON t.chat_id = chat AND t.topic = asked.topic AND t.story_id = story"""
        found += db.execute(sql, [part for key in some for part in key]).fetchall()
    return {(chat, topic, story): article for chat, topic, story, article in found}


def _values(count: int, columns: int) -> str:
    row = f"({', '.join('?' * columns)})"
    return f"VALUES {', '.join([row] * count)}"


def _advance(db: Database, made: Sequence[tuple[Publication, int]]) -> None:
    db.executemany(
        "UPDATE subscriptions SET seen = ?, due_at = ?, digests = ? WHERE id = ?",
        [(p.seen, rows.instant_or_none(p.due_at), digest, p.subscription.id) for p, digest in made],
    )


def _queue(db: Database, made: Sequence[tuple[Publication, int]], at: str) -> None:
    db.executemany(
        """INSERT INTO outbox (chat_id, topic, subscription_id, digest, part, message, silent,
               urgent, state, next_at, queued_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            (
                *(s.place.chat, s.place.topic, s.id, digest, part, rows.message_json(message)),
                *(int(s.silent), int(p.urgent), ParcelState.QUEUED, at, at),
            )
            for p, digest in made
            for s in [p.subscription]
            for part, message in enumerate(p.messages, 1)
        ],
    )


def _note_told(db: Database, made: Sequence[tuple[Publication, int]], at: str) -> None:
    db.executemany(
        """INSERT INTO told (chat_id, topic, story_id, article_id, subscription_id, digest, told_at)
           VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (chat_id, topic, story_id) DO UPDATE SET article_id = excluded.article_id,
               subscription_id = excluded.subscription_id, digest = excluded.digest,
               told_at = excluded.told_at""",
        [
            (s.place.chat, s.place.topic, story, upto, s.id, digest, at)
            for p, digest in made
            for s in [p.subscription]
            for story, _, upto in p.told
        ],
    )
