"""OUT: parcels are leased from the outbox, sent, and settled.

What became of a parcel is written down after it was sent. A crash in between repeats it (or, if the
operator wants no repeats, leaves it as uncertain): never more than were under way at that moment,
which is `at_once`.
"""

import asyncio
import logging
import random
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.digest.due import quiet_until
from bot.flow.pacing import Pace
from bot.flow.visit import reader_of
from bot.model import Message
from bot.model.delivery import (
    GENERAL,
    ChatSettings,
    Gone,
    Moved,
    NoTopic,
    Outcome,
    Parcel,
    ParcelState,
    Place,
    Quiet,
    Refused,
    Retry,
    Sender,
    Sent,
    Settlement,
    Unreadable,
    Wait,
)
from bot.model.meter import UNMEASURED, Meter
from bot.render import notes
from bot.render.rich import plain
from bot.store import Store

log = logging.getLogger(__name__)

AHEAD = 4  # times `at_once` are leased before they are sent: a lease costs a transaction
LEASE_SECONDS = 300.0
PATIENCE_SECONDS = 2.0  # a chat that must wait longer goes back into the queue
FIRST_BACKOFF, LONGEST_BACKOFF = 1.0, 300.0  # seconds
BEAT_SECONDS = 5.0
REST_SECONDS = 0.01  # between two transactions that settle; what comes meanwhile shares the next
FINISH_SECONDS = 6.0  # a little longer than a call that gets no answer
MOST_ATTEMPTS = 200  # with the longest back-off that is most of a day

Leased = tuple[Parcel, str, Quiet | None]


@dataclass(frozen=True, slots=True)
class Delivering:
    """How to deliver.

    Args:
        at_once: how many messages may be under way.
        repeat: whether a message that may have been sent is sent again (`at_least_once`).
    """

    at_once: int = 16
    repeat: bool = True


class Delivery:
    """Empties the outbox.

    Args:
        store: an open store.
        sender: sends one message.
        pacer: knows which chats must wait.
        clock: gives the time, UTC.
        settings: how to deliver.
        chance: for jitter; from 0 to 1.
        meter: is told of what was sent, and that this goes on.
    """

    def __init__(
        self,
        store: Store,
        sender: Sender,
        pacer: Pace,
        clock: Callable[[], datetime],
        settings: Delivering | None = None,
        chance: Callable[[], float] = random.random,
        meter: Meter = UNMEASURED,
    ) -> None:
        self._store = store
        self._send = sender
        self._pacer = pacer
        self._clock = clock
        self._settings = settings or Delivering()
        self._chance = chance
        self._meter = meter
        self._settling = Settling(store)

    async def begin(self) -> None:
        """Before the first tick of the only worker: what the one before was sending is settled."""
        interrupted = await self._store.outbox.recover(
            self._clock(), repeat=self._settings.repeat, everything=True
        )
        if interrupted:
            log.warning(
                "%d messages were being sent when the worker stopped: %s",
                interrupted,
                "they are sent again" if self._settings.repeat else "see mailuo outbox",
            )

    async def tick(self) -> int:
        """Send all that may be sent now, and what becomes free meanwhile; how many were tried."""
        await self._store.outbox.recover(self._clock(), repeat=self._settings.repeat)
        leased: deque[Leased] = deque()
        under_way: set[asyncio.Task[None]] = set()
        tried = 0
        try:
            while True:
                self._meter.beat("sending")
                if not leased:
                    await self._lease(leased)
                while leased and len(under_way) < self._settings.at_once:
                    under_way.add(asyncio.create_task(self._deliver(*leased.popleft())))
                    tried += 1
                if not under_way:
                    return tried
                done, under_way = await asyncio.wait(
                    under_way, timeout=BEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )
                for task in done:
                    task.result()
        finally:
            await self._stop(leased, under_way)

    async def _lease(self, leased: deque[Leased]) -> None:
        """Take more; when that is interrupted, what was taken meanwhile is known all the same."""
        # Without repeats, whatever is leased when the worker dies is uncertain: lease no stock.
        ahead = AHEAD if self._settings.repeat else 1
        limit = self._settings.at_once * ahead
        lease = self._store.outbox.lease(self._clock(), limit, LEASE_SECONDS)
        taking = asyncio.ensure_future(lease)
        try:
            leased.extend(await asyncio.shield(taking))
        except asyncio.CancelledError:
            leased.extend(await taking)
            raise

    async def _stop(self, leased: deque[Leased], under_way: set[asyncio.Task[None]]) -> None:
        """The tick was interrupted: what was not begun goes back, what was is seen to its end."""
        back = [self._postponed(parcel, self._clock()) for parcel, _, _ in leased]
        if back:
            await self._store.outbox.settle(back)
        if under_way:
            _, late = await asyncio.wait(under_way, timeout=FINISH_SECONDS)
            for task in late:
                task.cancel()  # what has not had its turn goes back, too: see `Sender`
            if late:
                await asyncio.wait(late)

    async def _deliver(self, parcel: Parcel, zone: str, quiet: Quiet | None) -> None:
        now = self._clock()
        until = None if parcel.urgent else quiet_until(quiet, ZoneInfo(zone), now)
        held = await self._pacer.waits(parcel.place.chat)
        if until is None and held > PATIENCE_SECONDS:
            until = now + timedelta(seconds=held)
        if until is not None:
            await self._settling.settle(self._postponed(parcel, until))
            return
        outcome = await self._send(parcel.place, parcel.message, silent=parcel.silent)
        if isinstance(outcome, Unreadable):
            log.error("a defect: Telegram cannot read message %d: %s", parcel.id, outcome.reason)
            simple = replace(parcel.message, text=plain(parcel.message.text), plain=True)
            outcome = await self._send(parcel.place, simple, silent=parcel.silent)
        self._meter.sent(type(outcome).__name__.lower())
        await self._settling.settle(await self._settlement(parcel, outcome))

    async def _settlement(self, parcel: Parcel, outcome: Outcome) -> Settlement:
        """What to write down, after what an outcome means for the chat was done."""
        now = self._clock()
        match outcome:
            case Sent():
                return Settlement(parcel.id, ParcelState.SENT, now, message_id=outcome.message_id)
            case Wait():
                return self._postponed(parcel, now + timedelta(seconds=outcome.seconds))
            case Moved():
                log.info("group %d is now %d", parcel.place.chat, outcome.to)
                await self._store.chats.move(parcel.place.chat, outcome.to)
                return self._postponed(parcel, now)
            case Gone():
                return await self._gone(parcel, outcome.reason)
            case NoTopic() if parcel.place.topic != GENERAL:
                await self._to_general(parcel.place, now)
                return self._postponed(parcel, now)
            case NoTopic():
                return await self._gone(parcel, outcome.reason)
            case Unreadable() | Refused():
                log.error("message %d can never be sent: %s", parcel.id, outcome.reason)
                return Settlement(parcel.id, ParcelState.DEAD, now, error=outcome.reason)
            case Retry():
                return self._again(parcel, outcome, now)

    def _postponed(self, parcel: Parcel, until: datetime) -> Settlement:
        """Back into the queue, without blame."""
        now = self._clock()
        return Settlement(parcel.id, ParcelState.QUEUED, now, until, attempted=False)

    async def _gone(self, parcel: Parcel, reason: str) -> Settlement:
        """The chat waits with all it has until it comes back."""
        log.info("chat %d is paused: %s", parcel.place.chat, reason)
        await self._store.chats.pause(parcel.place.chat, reason)
        return self._postponed(parcel, self._clock())

    async def _to_general(self, place: Place, now: datetime) -> None:
        moved = await self._store.chats.close_topic(place.chat, place.topic)
        if moved:
            settings = await self._store.chats.get(place.chat) or ChatSettings(place.chat)
            reader = reader_of(settings, now)
            told: Message = notes.note(reader, reader.words.topic_gone, count=moved)
            await self._store.outbox.notice(Place(place.chat), told, now)

    def _again(self, parcel: Parcel, outcome: Retry, now: datetime) -> Settlement:
        if outcome.uncertain and not self._settings.repeat:
            return Settlement(parcel.id, ParcelState.UNCERTAIN, now, error=outcome.reason)
        if parcel.attempts + 1 >= MOST_ATTEMPTS:
            log.error("message %d is given up: %s", parcel.id, outcome.reason)
            return Settlement(parcel.id, ParcelState.DEAD, now, error=outcome.reason)
        backoff = min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** min(parcel.attempts, 10))
        jittered = timedelta(seconds=backoff * (0.5 + self._chance() / 2))
        return Settlement(parcel.id, ParcelState.QUEUED, now, now + jittered, error=outcome.reason)


class Settling:
    """Writes settlements down, all that wait in one transaction; returns when it is durable.

    A transaction costs about as much for many as for one, so it rests between two.

    Args:
        store: an open store.
        sleep: waits for so many seconds.
    """

    def __init__(
        self, store: Store, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._store = store
        self._sleep = sleep
        self._waiting: list[tuple[Settlement, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def settle(self, settlement: Settlement) -> None:
        """Write one down."""
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((settlement, done))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())
        await done

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await self._store.outbox.settle([settlement for settlement, _ in batch])
            except Exception as error:
                for done in _waited_for(batch):
                    done.set_exception(error)
            else:
                for done in _waited_for(batch):
                    done.set_result(None)
            await self._sleep(REST_SECONDS)


def _waited_for(
    batch: Iterable[tuple[Settlement, asyncio.Future[None]]],
) -> Iterator[asyncio.Future[None]]:
    return (done for _, done in batch if not done.done())
