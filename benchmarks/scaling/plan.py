"""What so many chats mean, by measured costs: the day's digest at 08:00 and all that comes with it.

What is assumed and not measured stands in `Day`. Telegram's limits:
https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this and
https://core.telegram.org/bots/api#sendmessage (allow_paid_broadcast).
"""

from dataclasses import dataclass
from math import ceil

from benchmarks.scaling import queues
from benchmarks.scaling.costs import Costs

FREE, PAID = 30.0, 1000.0  # messages a second that Telegram permits a token
KEPT = 28 / 30  # of it that we use: answers and late arrivals want room
STARS = 0.1  # for each message of a paid broadcast
LOTS = 20_000  # at most; more chats make larger lots, and nothing else
BUSY = 0.7  # of a core, on which a process is to work at most
GIB = 2.0**30
MESSAGES_KEPT, TOLD_KEPT = 30, 90  # days; bot/flow/retention.py


@dataclass(frozen=True, slots=True)
class Day:
    """What readers and outlets do in a day.

    Args:
        questions: of a chat.
        peak: how many times the mean the busiest hour's questions are.
        articles: that all feeds bring.
    """

    questions: float = 0.2
    peak: float = 4.0
    articles: float = 5_000.0


@dataclass(frozen=True, slots=True)
class Way:
    """A way to send: how many a second, by one token or by several (then each has its share of
    the chats), and over how many hours digests are due."""

    name: str
    rate: float
    tokens: int = 1
    hours: float = 0.0
    paid: bool = False


WAYS = (
    Way("one token, all at 08:00", FREE * KEPT),
    Way("one token, over 10 hours", FREE * KEPT, hours=10),
    Way("ten tokens, all at 08:00", FREE * KEPT, tokens=10),
    Way("paid, all at 08:00", PAID * KEPT, paid=True),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a day's digest for so many chats, sent in a way; times in seconds from 08:00.

    Attributes:
        last: until the last was sent.
        median, late: the delay of half, and of 95 of 100, behind the instant they were due at.
        backlog: messages queued and not sent, at most.
        cores: CPU while it sends, of all processes.
        senders: processes that send, so that none works its core too hard.
        writes: rows a second in the database while it sends.
        answers: cores for answers in the busiest hour.
        disk: GiB of the database after a year.
        stars: Telegram Stars a day.
    """

    chats: int
    way: Way
    last: float
    median: float
    late: float
    backlog: int
    cores: float
    senders: int
    writes: float
    answers: float
    disk: float
    stars: float


def simulated(chats: int, way: Way, costs: Costs, day: Day = Day()) -> Outcome:
    """A day's digest, lot by lot through the queueing (one process) and the sending.

    Each token's chats are a bot of their own on a machine of its own; what is counted is all.
    """
    of_one = chats / way.tokens
    size = max(1, round(of_one / LOTS))
    due = queues.even(round(of_one / size), way.hours * 3600)
    lots = queues.line(due, size * costs.queue.wall, size / way.rate)
    rate = len(lots) * size / lots[-1].sent * way.tokens
    return Outcome(
        chats,
        way,
        lots[-1].sent,
        queues.quantile(lots, 0.5),
        queues.quantile(lots, 0.95),
        queues.most_waiting(lots) * size * way.tokens,
        rate * costs.message,
        max(way.tokens, ceil(rate * costs.send.cpu / BUSY)),
        rate * costs.writes,
        chats * day.questions * day.peak / 86_400 * (costs.answer.cpu + costs.send.cpu),
        disk(chats, costs, day) / GIB,
        chats * STARS if way.paid else 0.0,
    )


def disk(chats: int, costs: Costs, day: Day) -> float:
    """Bytes of the database after a year of a digest a day."""
    size = costs.sizes
    sent = MESSAGES_KEPT * size["outbox"] + TOLD_KEPT * costs.stories * size["told"]
    each = size["chats"] + size["subscriptions"] + sent
    return chats * each + 365 * day.articles * size["all_articles"]


def digesting(costs: Costs, day: Day) -> float:
    """Cores that the articles of a day keep busy, evenly over it."""
    return day.articles * costs.article.cpu / 86_400
