"""What each step costs, measured on a small scale: seconds of CPU, and bytes that stay."""

import asyncio
import itertools
import sqlite3
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from telegram import Bot

from benchmarks.delivery.common import CONSOLE, TOKEN, Sandbox, sandbox
from benchmarks.feeds.documents import document
from bot import app
from bot.chat.reply import arguments
from bot.config import Config
from bot.flow.answer import Answers
from bot.flow.deliver import Delivering, Delivery
from bot.flow.ingest import Ingest
from bot.flow.pacing import Limits, Pacer
from bot.flow.visit import Visit
from bot.flow.workers import Workers
from bot.model import Article, Message
from bot.model.delivery import (
    Asker,
    ChatSettings,
    Outcome,
    Pace,
    Place,
    Rhythm,
    Scope,
    Sent,
    Size,
)
from bot.model.feeds import Feed
from bot.render.reader import Reader
from bot.sources.feeds import read_feed

FEEDS, AT_ONCE, ASKED, SENT = 8, 16, 60, 1000
ROUNDS, LATE = 4, 5  # of subscribing and telling; articles that come in each
TABLES = ("all_articles", "chats", "subscriptions", "outbox", "told")
UNLIMITED = Limits(per_second=1e9, chat_seconds=0, per_group=10**9, group_seconds=0)
TEXT = Message("<b>第 1 件</b>\n新桥正式通车，全长 3 公里。")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds for one: by the wall's clock, and of CPU in this process with all its threads."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Costs:
    """What each step costs with one engine.

    Attributes:
        engine: of the database.
        article: reading what a feed brought, digesting, finding its story, storing.
        due: finding one subscription that is due.
        queue: composing and queueing one digest, `due` included.
        settle: leasing a message and writing down that it was sent.
        send: one call of the Bot API.
        answer: making the answer to /latest; sending it is one `send` more.
        stories: told in a digest.
        sizes: bytes of a row of some tables, indexes included.
    """

    engine: str
    article: Cost
    due: Cost
    queue: Cost
    settle: Cost
    send: Cost
    answer: Cost
    stories: float
    sizes: dict[str, float]

    @property
    def message(self) -> float:
        """CPU seconds of a digest's message, from due to settled."""
        return self.queue.cpu + self.settle.cpu + self.send.cpu

    @property
    def writes(self) -> float:
        """Rows written for a digest of one message: the subscription, the message queued, leased
        and settled, and what was told."""
        return 4 + self.stories


async def measured(config: Config, engine: str, chats: int) -> Costs:
    """Measure with an empty database.

    Args:
        config: names the database.
        engine: what to call it.
        chats: how many there are to be, each with one subscription to everything; they come in
            rounds, of which the best counts.
    """
    async with app.opened(config) as house, sandbox() as control:
        articles = _articles()
        article = await _each(len(articles), _here(house).articles, articles)
        rounds = [await _round(house, articles, chats, n) for n in range(ROUNDS)]
        due, queue, settle = (_least(costs) for costs in zip(*rounds, strict=True))
        send = await _sending(control)
        answer = await _each(ASKED, _asking, house)
    sizes = await _sizes(config)
    stories = sizes.pop("told rows") / chats
    return Costs(engine, article, due, queue, settle, send, answer, stories, sizes)


async def _round(
    house: app.House, articles: list[Article], chats: int, number: int
) -> tuple[Cost, Cost, Cost]:
    """More chats subscribe, something happens, all are told: finding, queueing, settling."""
    some = range(number * chats // ROUNDS + 1, (number + 1) * chats // ROUNDS + 1)
    await _subscribed(house, some)
    await house.ingest.articles([_late(one, number) for one in articles[:LATE]])
    due = await _each(100, house.store.subscriptions.due, datetime.now(UTC), 100)
    queue = await _each(len(some), house.publisher.tick)
    return due, queue, await _each(len(some), _delivery(house).tick)


def _least(costs: Sequence[Cost]) -> Cost:
    """The best of some rounds: a machine that does other things besides only makes it slower."""
    return Cost(min(c.wall for c in costs), min(c.cpu for c in costs))


async def _each(count: int, work: Callable[..., Awaitable[object]], *given: object) -> Cost:
    """What each of so many costs that are done together."""
    wall, cpu = time.perf_counter(), time.process_time()
    with CONSOLE.status(f"{getattr(work, '__qualname__', work)}, {count:,}"):
        await work(*given)
    return Cost((time.perf_counter() - wall) / count, (time.process_time() - cpu) / count)


def _here(house: app.House) -> Ingest:
    """Ingest in this process, so that all of its work is counted."""
    return Ingest(house.store, house.zone, house.clock, Workers(much=10**9))


def _articles() -> list[Article]:
    """What some feeds bring."""
    found: list[Article] = []
    for feed in range(FEEDS):
        body, kind = document(feed, FEEDS, datetime.now(UTC))
        known = Feed(f"http://x/{feed}", "")
        found += read_feed(body, kind, "http://x/", known).articles
    return found


def _late(article: Article, number: int) -> Article:
    """As if it came only now, and anew."""
    key = f"late {number} {article.key}"
    return replace(
        article, key=key, title=f"{article.title}（续{number}）", published_at=datetime.now(UTC)
    )


async def _subscribed(house: app.House, chats: Iterable[int]) -> None:
    now = datetime.now(UTC)
    for chat in chats:
        await house.store.chats.put(ChatSettings(chat), now)
        await house.store.subscriptions.put(
            Place(chat), Scope(), Rhythm(Pace.SLOT), Size.BRIEF,
            silent=False, due_at=now - timedelta(minutes=1), now=now,
        )  # fmt: skip


class _Taken:
    """A Telegram that takes everything at once."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)

    async def __call__(self, place: Place, message: Message, *, silent: bool) -> Outcome:
        return Sent(next(self._numbers))


def _delivery(house: app.House) -> Delivery:
    pacer = Pacer(UNLIMITED)
    return Delivery(house.store, _Taken(), pacer, house.clock, Delivering(AT_ONCE))


async def _sending(control: Sandbox) -> Cost:
    """What a call costs on our side; the other is a process of its own."""
    chats = (await control.post("chats", private=SENT))["private"]
    waiting = iter(chats)

    async def loop(bot: Bot) -> None:
        for chat in waiting:
            await bot.send_message(chat, **arguments(TEXT))

    async with Bot(TOKEN, base_url=f"{control.address}/bot") as bot:

        async def all_() -> None:
            await asyncio.gather(*(loop(bot) for _ in range(AT_ONCE)))

        return await _each(SENT, all_)


async def _asking(house: app.House) -> None:
    answers = Answers(house.store, house.lookup, "mailuo_bot")
    for chat in range(1, ASKED + 1):
        asker = Asker(Place(chat), "private", "", chat)
        visit = Visit(asker, Reader(datetime.now(UTC), house.zone))
        await answers.command("latest", "", visit)


async def _sizes(config: Config) -> dict[str, float]:
    """Bytes of a row of each table that grows, its indexes included; and the rows of `told`."""
    measure = _of_server if config.store.url.get_secret_value() else _of_file
    rows, sizes = await asyncio.to_thread(measure, config)
    return {t: sizes[t] / rows[t] for t in TABLES} | {"told rows": rows["told"]}


def _of_file(config: Config) -> tuple[dict[str, float], dict[str, float]]:
    """Rows and bytes of tables in an SQLite file."""
    db = sqlite3.connect(config.store.path)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    rows = {t: db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in TABLES}
    sizes: dict[str, float] = defaultdict(float)
    of = dict(db.execute("SELECT name, tbl_name FROM sqlite_master").fetchall())
    for name, size in db.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"):
        sizes[of.get(name, name)] += size
    db.close()
    return rows, sizes


def _of_server(config: Config) -> tuple[dict[str, float], dict[str, float]]:
    """Rows and bytes of tables in a PostgreSQL database; dead rows are swept first."""
    import psycopg

    with psycopg.connect(config.store.url.get_secret_value(), autocommit=True) as db:
        rows, sizes = {}, {}
        for table in TABLES:
            db.execute(f"VACUUM FULL {table}")
            found = db.execute(
                f"SELECT count(*), pg_total_relation_size('{table}') FROM {table}"
            ).fetchone()
            assert found is not None
            rows[table], sizes[table] = map(float, found)
    return rows, sizes
