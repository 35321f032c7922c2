"""What the bot did, in Prometheus' words; names after https://prometheus.io/docs/practices/naming.

A registry of its own: nothing is global, so that two bots in one test count apart.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from datetime import datetime

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    Info,
    ProcessCollector,
    generate_latest,
)

from bot.errors import MailuoError
from bot.model.statistics import Backlog
from bot.web.pulse import Pulse

log = logging.getLogger(__name__)

ASK_SECONDS = 5.0
FRESH_SECONDS = 5.0  # the database is asked no more often, however many scrape
_LATENCY = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

Look = Callable[[], Awaitable[Backlog]]


class Metrics:
    """A `Meter` that can be read.

    Args:
        pulse: is told of beats.
        version: of the program.
        clock: gives the time, UTC.
    """

    def __init__(self, pulse: Pulse, version: str, clock: Callable[[], datetime]) -> None:
        self._pulse = pulse
        self._clock = clock
        self._registry = registry = CollectorRegistry()
        self._look: Look | None = None
        self._looked: datetime | None = None
        Info("mailuo_build", "The program.", registry=registry).info({"version": version})
        ProcessCollector(registry=registry)
        GCCollector(registry=registry)
        self._sends = Counter(
            "mailuo_sends", "Messages tried, by what became of them.", ["outcome"],
            registry=registry,
        )  # fmt: skip
        self._waits = Counter(
            "mailuo_retry_after", "How often Telegram told us to wait (429).", registry=registry
        )
        self._wait_seconds = Counter(
            "mailuo_retry_after_seconds", "For how long, all together.", registry=registry
        )
        self._articles = Counter(
            "mailuo_articles", "Articles, by what became of them.", ["outcome"], registry=registry
        )
        self._updates = Counter(
            "mailuo_updates", "Updates answered, by kind.", ["kind"], registry=registry
        )
        self._latency = Histogram(
            "mailuo_command_seconds", "Time to answer an update.", ["command"],
            buckets=_LATENCY, registry=registry,
        )  # fmt: skip
        self._ages = _gauge(registry, "heartbeat_age_seconds", "Since a part was heard of.", "part")
        self._outbox = _gauge(registry, "outbox_messages", "Messages kept, by state.", "state")
        self._feeds = _gauge(registry, "feeds", "Feeds, by state.", "state")
        self._jobs = _gauge(
            registry, "digest_jobs", "Jobs of reading and digesting, by state.", "state"
        )
        self._database = Gauge(
            "mailuo_database_up", "Whether the database answered last.", registry=registry
        )
        self._oldest = Gauge(
            "mailuo_outbox_oldest_due_seconds",
            "For how long the oldest message that may be sent has waited.",
            registry=registry,
        )
        self._lag = Gauge(
            "mailuo_digest_lag_seconds",
            "For how long the oldest subscription that is due has waited to be queued.",
            registry=registry,
        )

    def expecting(self, part: str, seconds: float) -> AbstractContextManager[None]:
        """As `Pulse`."""
        return self._pulse.expecting(part, seconds)

    def beat(self, part: str) -> None:
        """As `Pulse`."""
        self._pulse.beat(part)

    def sent(self, outcome: str) -> None:
        """Count a message that was tried."""
        self._sends.labels(outcome).inc()

    def told_to_wait(self, seconds: float) -> None:
        """Count a 429."""
        self._waits.inc()
        self._wait_seconds.inc(seconds)

    def articles(self, outcome: str, count: int) -> None:
        """Count articles."""
        self._articles.labels(outcome).inc(count)

    def handled(self, kind: str, command: str, seconds: float) -> None:
        """Count an update."""
        self._updates.labels(kind).inc()
        self._latency.labels(command).observe(seconds)

    def look_at(self, look: Look | None) -> None:
        """What is to be asked for the gauges of the database; None while there is none."""
        self._look, self._looked = look, None
        if look is None:
            self._database.set(0)

    async def text(self) -> bytes:
        """All of it, in Prometheus' text format."""
        self._ages.clear()
        for name, part in self._pulse.parts().items():
            self._ages.labels(name).set(part.age)
        now = self._clock()
        aged = self._looked is None or (now - self._looked).total_seconds() >= FRESH_SECONDS
        if self._look and aged:
            self._looked = now
            await self._ask(self._look, now)
        return generate_latest(self._registry)

    async def _ask(self, look: Look, now: datetime) -> None:
        """The database is asked; when it does not answer, the rest is told all the same."""
        try:
            async with asyncio.timeout(ASK_SECONDS):
                backlog = await look()
        except (MailuoError, TimeoutError) as error:
            log.error("the database was not asked for the metrics: %s", error or "no answer")
            self._database.set(0)
        else:
            self._database.set(1)
            self._set(backlog, now)

    def _set(self, backlog: Backlog, now: datetime) -> None:
        shown = (self._outbox, backlog.outbox), (self._feeds, backlog.feeds)
        for gauge, counts in (*shown, (self._jobs, backlog.jobs)):
            for state, count in counts.items():
                gauge.labels(state).set(count)
        self._oldest.set(_since(backlog.message_due_at, now))
        self._lag.set(_since(backlog.subscription_due_at, now))


def _gauge(registry: CollectorRegistry, name: str, about: str, label: str) -> Gauge:
    return Gauge(f"mailuo_{name}", about, [label], registry=registry)


def _since(at: datetime | None, now: datetime) -> float:
    return max(0.0, (now - at).total_seconds()) if at else 0.0
