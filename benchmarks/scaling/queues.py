"""Queues: what follows from how much comes and how long each takes. Pure.

Sources: the wait of M/D/1 is Pollaczek and Khinchine's; with priorities Cobham's (1954); a line of
stations is Lindley's recursion (1952).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


def wait(rate: float, service: float) -> float:
    """Mean wait, in seconds, before one server that takes `service` seconds each, of what comes by
    chance `rate` times a second; infinite when more comes than it can do."""
    load = rate * service
    return load * service / (2 * (1 - load)) if load < 1 else float("inf")


def wait_first(rate: float, service: float) -> float:
    """As `wait`, of those who are let in front of a line that never ends: the server is always busy
    with one that has begun, half of it left on average."""
    load = rate * service
    return service / (2 * (1 - load)) if load < 1 else float("inf")


def waits(arrivals: Iterable[float], service: float) -> Iterator[float]:
    """How long each waits before one server, by the instants at which they come, in order."""
    free = float("-inf")
    for at in arrivals:
        begun = max(at, free)
        yield begun - at
        free = begun + service


@dataclass(frozen=True, slots=True)
class Lot:
    """Some messages that go together: when they are due, queued and sent; seconds."""

    due: float
    queued: float
    sent: float


def line(due: Iterable[float], queueing: float, sending: float) -> list[Lot]:
    """Lots through two stations, one behind the other, each of which does one after the other.

    Args:
        due: when each lot is due, in order.
        queueing: seconds at the first station.
        sending: seconds at the second.
    """
    found: list[Lot] = []
    queued = sent = float("-inf")
    for at in due:
        queued = max(queued, at) + queueing
        sent = max(sent, queued) + sending
        found.append(Lot(at, queued, sent))
    return found


def most_waiting(lots: list[Lot]) -> int:
    """The most lots that were queued and not sent at any instant."""
    sent = most = 0
    for number, lot in enumerate(lots):
        while lots[sent].sent <= lot.queued:
            sent += 1
        most = max(most, number - sent + 1)
    return most


def quantile(lots: list[Lot], share: float) -> float:
    """The delay, from due to sent, that so great a share of the lots does not exceed."""
    delays = sorted(lot.sent - lot.due for lot in lots)
    return delays[min(len(delays) - 1, int(share * len(delays)))]


def even(total: int, seconds: float) -> list[float]:
    """Instants spread evenly over so long; all at 0 for 0."""
    return [seconds * n / total for n in range(total)]
