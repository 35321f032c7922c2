"""The pace of a token in the database: when anybody's next message may go, by the server's clock.

All messages together by the generic cell rate algorithm (ITU-T I.371): a message takes the next
place in time and moves it on by one interval. Of a chat the times of its last messages are kept.
One call is one round trip; whoever calls has the row of all messages for himself meanwhile.
"""

import math
from dataclasses import dataclass, replace

from bot.store.postgres.link import Line

# The row of chat 0 is that of all together: `next_at` is the next free place. `sent` says when the
# last messages to a chat had theirs. Not written ahead: what was permitted two minutes ago is of no
# use to anybody.
TABLES = (
    """CREATE UNLOGGED TABLE pace (
        chat bigint PRIMARY KEY,
        next_at float8 NOT NULL DEFAULT 0,
        held_until float8 NOT NULL DEFAULT 0,
        sent float8[] NOT NULL DEFAULT '{}'
    )""",
    """CREATE FUNCTION pace_take(
        asked bigint, is_answer bool, interval_all float8, ahead float8,
        chat_seconds float8, in_a_row int, most int, group_seconds float8, missed float8,
        OUT now_is float8, OUT place float8, OUT chat_waits float8
    ) LANGUAGE plpgsql AS $$
    DECLARE
        everybody pace;
        theirs pace;
        n int;
    BEGIN
        INSERT INTO pace (chat) VALUES (0) ON CONFLICT DO NOTHING;
        SELECT * INTO everybody FROM pace WHERE chat = 0 FOR UPDATE;
        SELECT * INTO theirs FROM pace WHERE chat = asked;
        theirs.sent := array_remove(theirs.sent, missed);
        now_is := extract(epoch FROM clock_timestamp());
        n := coalesce(cardinality(theirs.sent), 0);
        chat_waits := greatest(everybody.held_until, theirs.held_until, 0) - now_is;
        IF n >= in_a_row THEN
            chat_waits := greatest(
                chat_waits, theirs.sent[n - in_a_row + 1] + chat_seconds * in_a_row - now_is);
        END IF;
        IF most > 0 AND n >= most THEN
            chat_waits := greatest(chat_waits, theirs.sent[n - most + 1] + group_seconds - now_is);
        END IF;
        chat_waits := greatest(chat_waits, 0);
        place := greatest(now_is, everybody.next_at);
        IF chat_waits > 0 OR (place > now_is + ahead AND NOT is_answer) THEN
            RETURN;
        END IF;
        UPDATE pace SET next_at = place + interval_all WHERE chat = 0;
        n := coalesce(cardinality(theirs.sent), 0);
        INSERT INTO pace (chat, sent) VALUES (asked, ARRAY[place]) ON CONFLICT (chat) DO UPDATE
            SET sent = theirs.sent[greatest(1, n + 2 - 20):] || place;
        chat_waits := -1;
    END$$""",
)
ALL = 0  # no chat has this number
FORGOTTEN_AFTER = 120.0  # seconds


@dataclass(frozen=True, slots=True)
class Terms:
    """What a message must keep to.

    Args:
        interval: seconds between two messages of all.
        ahead: how far ahead of its time a place may be taken; answers may at any time.
        chat_seconds: seconds a message costs its chat.
        in_a_row: how many may go to a chat at once.
        most: how many of a group's within `group_seconds`; 0 for a chat that is none.
        group_seconds: the window of a group.
    """

    interval: float
    ahead: float
    chat_seconds: float
    in_a_row: int
    most: int
    group_seconds: float


@dataclass(frozen=True, slots=True)
class Granted:
    """What the database says to a message, in seconds by its own clock.

    Attributes:
        now: when it was asked.
        place: the place that it has, or that is the next.
        chat_waits: how long its chat must wait first.
        taken: whether it has its place.
    """

    now: float
    place: float
    chat_waits: float
    taken: bool


class Pacebook:
    """The table of the pace.

    Args:
        url: of the database. It has a connection of its own, made anew when it is lost.
    """

    def __init__(self, url: str) -> None:
        self._line = Line(url, "pace")

    async def take(self, chat: int, terms: Terms, *, answer: bool, missed: float = 0.0) -> Granted:
        """Take the next place for a message, if its chat may have it and it is near.

        Args:
            chat: its number.
            terms: what it must keep to.
            answer: whether a reader waits for it.
            missed: the place that it had and missed, which costs its chat nothing.

        Raises:
            StoreError: the connection is lost.
        """
        values = [
            *(chat, answer, terms.interval, terms.ahead),
            *(terms.chat_seconds, terms.in_a_row, terms.most, terms.group_seconds, missed),
        ]
        [row] = await self._line.all(f"SELECT * FROM pace_take({', '.join(['%s'] * 9)})", values)
        now, place, waits = (float(str(value)) for value in row)
        return Granted(now, place, max(0.0, waits), waits < 0)

    async def waits(self, chat: int, terms: Terms) -> float:
        """How many seconds a chat must wait for a message, the others aside."""
        return (await self.take(chat, replace(terms, ahead=-math.inf), answer=False)).chat_waits

    async def hold(self, chat: int, seconds: float) -> None:
        """Nobody writes to a chat (to any, for `ALL`) for so many seconds."""
        sql = """INSERT INTO pace (chat, held_until)
                 VALUES (%s, extract(epoch FROM clock_timestamp()) + %s)
                 ON CONFLICT (chat) DO UPDATE
                 SET held_until = greatest(pace.held_until, excluded.held_until)
                 RETURNING 1"""
        await self._line.all(sql, [chat, seconds])

    async def tidy(self) -> None:
        """Forget chats that have had no message for a while."""
        sql = """DELETE FROM pace WHERE chat <> 0
                     AND greatest(held_until, sent[cardinality(sent)])
                         < extract(epoch FROM clock_timestamp()) - %s
                 RETURNING chat"""
        await self._line.all(sql, [FORGOTTEN_AFTER])

    async def close(self) -> None:
        """Close the connection."""
        await self._line.close()
