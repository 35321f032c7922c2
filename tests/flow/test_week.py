"""A week of simulated time: every chat is told what its subscriptions say, no more, no less.

What is expected is worked out from the subscriptions alone, without looking at the publisher: for
each a list of the ticks at which it may speak, and for each story the first of them.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.digest.article import digest
from bot.digest.due import next_slot
from bot.digest.index import index_words
from bot.digest.reading import read
from bot.flow.deliver import Delivery
from bot.flow.pacing import Pacer
from bot.flow.publish import Publisher
from bot.model import Message, StoryChoice
from bot.model.delivery import (
    ChatSettings,
    Outcome,
    Pace,
    Place,
    Quiet,
    Rhythm,
    Scope,
    ScopeKind,
    Sent,
    Size,
    Subscription,
)
from bot.render.rich import plain
from bot.store import Store
from tests.writing import SHANGHAI, UNLIMITED, article

START = datetime(2021, 12, 6, tzinfo=UTC)
DAYS, A_DAY, CHATS = 7, 50, 80
TICK = timedelta(minutes=20)
TICKS = [START + n * TICK for n in range(1, DAYS * 72 + 1)]

WORDS = ("微信", "淘宝", "抖音", "腾讯")
OUTLETS = ("虎嗅", "晨报", "晚报")
SCOPES = [
    Scope(),
    Scope(ScopeKind.WORDS, "微信"),
    Scope(ScopeKind.WORDS, "微信 -淘宝"),
    Scope(ScopeKind.WORDS, "-抖音"),
    Scope(ScopeKind.OUTLET, "虎嗅"),
    Scope(ScopeKind.CATEGORY, "科技"),
]
TOLD = re.compile(r"^(?:\d+\. )?(后续：)?故事 (\d+)$", re.MULTILINE)
ZONES = ("Asia/Shanghai", "America/New_York", "Europe/London")


@dataclass(frozen=True, slots=True)
class Report:
    """An article, as whoever wrote this test knows it."""

    number: int
    story: int
    at: datetime
    words: frozenset[str]
    outlet: str
    category: str
    news: bool  # says something that no article of its story said before


@dataclass(frozen=True, slots=True)
class Telling:
    """A story told to a chat."""

    at: datetime
    chat: int
    story: int
    development: bool


def reports(chance: random.Random) -> list[Report]:
    """Stories, some with a second article that adds to them and some with one that repeats."""
    times = sorted(
        START + timedelta(minutes=chance.randrange(DAYS * 24 * 60 - 30))
        for _ in range(DAYS * A_DAY)
    )
    made: list[Report] = []
    for number, at in enumerate(times, 1):
        earlier = chance.choice(made[-40:]) if made and chance.random() < 0.3 else None
        made.append(
            Report(
                number,
                earlier.story if earlier else number,
                at,
                frozenset(chance.sample(WORDS, chance.randrange(3))),
                chance.choice(OUTLETS),
                chance.choice(("科技", "财经")),
                earlier is None or chance.random() < 0.5,
            )
        )
    return made


async def store_report(store: Store, report: Report, stories: dict[int, int]) -> None:
    """Put a report where the publisher finds it."""
    fact = report.number if report.news else report.story
    facts = "、".join(f"{name}{fact}" for name in ("zx", "qa", "ky", "wb", "fp", "mr"))
    said = f"{facts}发布，{'、'.join(sorted(report.words))}回应。"
    one = article(said, title=f"故事{report.story}", outlet=report.outlet, at=report.at)
    one = replace(one, key=str(report.number), categories=(report.category,))
    made = digest(one, SHANGHAI)
    choice = StoryChoice(stories.get(report.story), 1.0, "")
    saved = await store.articles.save(one, made, index_words(read(one), made), choice, report.at)
    kept = await store.articles.get(saved.id)
    assert kept is not None
    stories[report.story] = kept.story_id


def chats(chance: random.Random) -> list[ChatSettings]:
    """Chats in three zones, some with quiet hours."""
    nights = (None, None, Quiet(23 * 60, 7 * 60), Quiet(12 * 60, 14 * 60))
    return [
        ChatSettings(n, zone=chance.choice(ZONES), quiet=chance.choice(nights))
        for n in range(1, CHATS + 1)
    ]


def rhythm(chance: random.Random) -> Rhythm:
    days = tuple(sorted(chance.sample(range(7), chance.choice((1, 3, 7)))))
    slots = Rhythm(Pace.SLOT, chance.randrange(0, 24 * 60, 20), days)
    return chance.choice((Rhythm(Pace.INSTANT), Rhythm(Pace.HOURLY), slots, slots))


def matches(report: Report, scope: Scope) -> bool:
    match scope:
        case Scope(ScopeKind.WORDS, "-抖音"):
            return "抖音" not in report.words
        case Scope(ScopeKind.WORDS, "微信 -淘宝"):
            return "微信" in report.words and "淘宝" not in report.words
        case Scope(ScopeKind.WORDS, word):
            return word in report.words
        case Scope(ScopeKind.OUTLET, name):
            return report.outlet == name
        case Scope(ScopeKind.CATEGORY, name):
            return report.category == name
        case _:
            return True


def speaks(subscription: Subscription, chat: ChatSettings) -> Iterator[datetime]:
    """The ticks at which a subscription may speak: its slots, those in quiet hours at their end."""
    zone = ZoneInfo(chat.zone)
    late = False
    for tick in TICKS:
        local = tick.astimezone(zone)
        minute = local.hour * 60 + local.minute
        match subscription.rhythm.pace:
            case Pace.INSTANT:
                late = True
            case Pace.HOURLY:
                late |= local.minute == 0
            case Pace.SLOT:
                days = subscription.rhythm.days
                late |= minute == subscription.rhythm.minute and local.weekday() in days
        if late and not quiet_at(chat.quiet, minute):
            late = False
            yield tick


def quiet_at(quiet: Quiet | None, minute: int) -> bool:
    if quiet is None:
        return False
    if quiet.since < quiet.until:
        return quiet.since <= minute < quiet.until
    return minute >= quiet.since or minute < quiet.until


def expected(
    subscriptions: list[Subscription], chat: ChatSettings, all_reports: list[Report]
) -> Iterator[Telling]:
    """What a chat is to be told."""
    spoken: set[tuple[datetime, int]] = set()
    for subscription in subscriptions:
        ticks = list(speaks(subscription, chat))
        for report in all_reports:
            at = next((t for t in ticks if t >= report.at), None)
            if at is not None and matches(report, subscription.scope):
                spoken.add((at, report.story))
    told: dict[int, datetime] = {}
    for at, story in sorted(spoken):
        since = told.get(story)
        fresh = [
            r.news
            for r in all_reports
            if r.story == story and r.at <= at and (not since or r.at > since)
        ]
        if since is None or any(fresh):
            yield Telling(at, chat.id, story, since is not None)
            told[story] = at


class Readers:
    """Receives what is sent, and notes what it tells."""

    def __init__(self) -> None:
        self.now = START
        self.told: list[Telling] = []

    async def __call__(self, place: Place, message: Message, *, silent: bool) -> Outcome:
        for later, story in re.findall(
            r"^(?:\d+\. )?(后续：)?故事 (\d+)$", plain(message.text), re.MULTILINE
        ):
            self.told.append(Telling(self.now, place.chat, int(story), bool(later)))
        return Sent(1)


@pytest.mark.parametrize("seed", [1])
async def test_every_chat_is_told_what_its_subscriptions_say(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    readers, waiting, stories = Readers(), reports(chance), dict[int, int]()
    all_reports = list(waiting)
    async with await Store.open(tmp_path / "a.db", word_engine="jieba") as store:
        known = chats(chance)
        for chat in known:
            await store.chats.put(chat, START)
            for scope in chance.sample(SCOPES, chance.randrange(1, 4)):
                kept = rhythm(chance)
                await store.subscriptions.put(
                    Place(chat.id),
                    scope,
                    kept,
                    Size.HEADLINES,
                    silent=False,
                    due_at=next_slot(kept, ZoneInfo(chat.zone), START),
                    now=START,
                )
        theirs = {chat.id: await store.subscriptions.of_chat(chat.id) for chat in known}
        publisher = Publisher(store, lambda: readers.now, most=10_000)
        delivery = Delivery(store, readers, Pacer(UNLIMITED), lambda: readers.now)
        for tick in TICKS:
            readers.now = tick
            while waiting and waiting[0].at <= tick:
                await store_report(store, waiting.pop(0), stories)
            await publisher.tick()
            await delivery.tick()
    for chat in known:
        got = sorted((t for t in readers.told if t.chat == chat.id), key=lambda t: (t.at, t.story))
        assert got == list(expected(theirs[chat.id], chat, all_reports)), chat
    assert len(readers.told) > 1000
    assert any(t.development for t in readers.told)
