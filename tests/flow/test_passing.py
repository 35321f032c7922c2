"""What is kept for a time only goes when its time is over, and nothing that is pressed breaks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot import app
from bot.app import House
from bot.config import Config
from bot.flow import retention as keeping
from bot.flow.arrange import DROPPED
from bot.flow.retention import KEPT, Retention
from bot.model import Method, Vote, VoteKind
from bot.model.delivery import (
    Pace,
    ParcelState,
    Place,
    Publication,
    Rhythm,
    Scope,
    ScopeKind,
    Settlement,
    Size,
    Subscription,
)
from bot.model.reports import About, Complaint
from bot.model.retention import Passing
from bot.render.notes import note
from bot.trial import Trial
from tests.chat.talk import ask, press
from tests.flow.test_ingest_stories import BRIDGE, BRIDGE_TOO, QUAKE, ROUNDUP
from tests.writing import NOW, READER, SHANGHAI, article

PLACE = Place(7)
HOUR = timedelta(hours=1)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Keeper:
    """A house whose time is ours, and what tidies it."""

    def __init__(self, opened: House, clock: Clock) -> None:
        self.house = opened
        self.store = opened.store
        self.clock = clock
        self._retention = Retention(opened.store, None, SHANGHAI, clock, opened.workers)

    async def after(self, kind: Passing, less: timedelta = timedelta()) -> None:
        """Tidy when the time of a kind has passed since the beginning, or a little before."""
        self.clock.now = NOW + KEPT[kind] - less + timedelta(seconds=1)
        await self._retention.tidy()

    async def subscribed(self, scope: Scope) -> Subscription:
        hourly = Rhythm(Pace.HOURLY)
        return await self.store.subscriptions.put(
            PLACE, scope, hourly, Size.BRIEF, silent=False, due_at=None, now=NOW
        )

    async def count(self, table: str) -> int:
        return await self.store._engine.read(
            lambda db: int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        )


@pytest.fixture
async def keeper(config: Config) -> AsyncIterator[Keeper]:
    async with _keeping(config) as made:
        yield made


@asynccontextmanager
async def _keeping(config: Config) -> AsyncIterator[Keeper]:
    clock = Clock()
    async with app.opened(config, clock) as opened:
        yield Keeper(opened, clock)


async def test_words_behind_buttons_go_unless_they_were_asked_for_again(keeper: Keeper) -> None:
    phrases = keeper.store.phrases
    once, often, newest = [await phrases.remember(word, NOW) for word in ("一次", "常问", "最新")]
    assert await phrases.remember("常问", NOW + 9 * HOUR) == often  # within a day: not written anew
    assert await phrases.remember("常问", NOW + timedelta(days=90)) == often
    await keeper.after(Passing.PHRASES, HOUR)
    assert await phrases.recall(once) == "一次"
    await keeper.after(Passing.PHRASES)
    assert await phrases.recall(once) is None
    assert await phrases.recall(often) == "常问"
    assert await phrases.recall(newest) == "最新"  # or its number would be given again
    assert await phrases.remember("再来", keeper.clock.now) > newest


async def test_a_button_whose_words_are_gone_is_answered_politely(tried: Trial) -> None:
    chat = tried.world.private_chat()
    await tried.house.ingest.articles(
        [replace(BRIDGE, key=f"{n}", title=f"大桥{n}", outlet=f"{n}报") for n in range(12)]
    )
    await ask(chat, "/search 云山")
    await ask(chat, "/search 大桥")
    await tried.house.store.phrases.remember("最新", NOW)
    later = NOW + KEPT[Passing.PHRASES]
    dropped = await tried.house.store.retention.drop_old(
        Passing.PHRASES, later + HOUR, keeping.ROWS
    )
    assert dropped >= 2
    gone = note(READER, READER.words.gone).text
    assert await press(chat, READER.words.to_next) == gone


async def test_what_was_told_goes_but_not_of_a_story_that_is_followed(keeper: Keeper) -> None:
    await keeper.house.ingest.articles([BRIDGE, QUAKE])
    bridge, quake = [(await keeper.house.lookup.article(n)).story_id for n in (1, 2)]  # type: ignore[union-attr]
    everything = await keeper.subscribed(Scope())
    await keeper.subscribed(Scope(ScopeKind.STORY, str(bridge)))
    told = Publication(everything, (), ((bridge, 0, 1), (quake, 0, 2)), 2, None)
    await keeper.store.subscriptions.publish([told], NOW)
    await keeper.after(Passing.TOLD, HOUR)
    assert await keeper.count("told") == 2
    await keeper.after(Passing.TOLD)
    assert set(await keeper.store.subscriptions.told(PLACE, [bridge, quake])) == {bridge}


async def test_articles_are_compared_for_a_time_and_shown_as_before(keeper: Keeper) -> None:
    await keeper.house.ingest.articles([BRIDGE, QUAKE, ROUNDUP])
    before = await keeper.house.documents.latest("", 10)
    mentions = [v.story.mentions for v in await keeper.house.lookup.latest("", 10)]
    assert any(mentions)
    await keeper.after(Passing.SKETCHES, HOUR)
    assert (await keeper.house.arrangement.why_merged(1, 2))["score"] is not None
    await keeper.after(Passing.SKETCHES)
    assert await keeper.count("keywords") + await keeper.count("newest") == 0
    assert await keeper.house.documents.latest("", 10) == before
    assert [v.story.mentions for v in await keeper.house.lookup.latest("", 10)] == mentions
    why = await keeper.house.arrangement.why_merged(1, 2)
    assert (why["score"], why["reason"]) == (None, DROPPED)
    assert "要闻汇总" in (await keeper.house.arrangement.why_merged(1, 3))["reason"]
    await keeper.house.ingest.article(BRIDGE_TOO)  # comes too late to be joined
    assert not (await keeper.house.arrangement.why_merged(1, 4))["same"]


async def test_an_article_that_changes_is_compared_anew(keeper: Keeper) -> None:
    await keeper.house.ingest.article(BRIDGE)
    keeper.clock.now += timedelta(days=50)
    await keeper.house.ingest.article(replace(BRIDGE_TOO, key=BRIDGE.key, content_hash="other"))
    await keeper.after(Passing.SKETCHES)
    assert await keeper.count("keywords") + await keeper.count("newest") > 0


async def test_messages_that_were_given_up_go(keeper: Keeper) -> None:
    everything, message = await keeper.subscribed(Scope()), note(READER, "新桥通车")
    await keeper.store.subscriptions.publish(
        [Publication(everything, (message, message, message), (), 0, None)], NOW
    )
    first, second, _ = await keeper.store.outbox.listed([ParcelState.QUEUED], 9)
    dead, uncertain = ParcelState.DEAD, ParcelState.UNCERTAIN
    await keeper.store.outbox.settle(
        [Settlement(first.id, dead, NOW), Settlement(second.id, uncertain, NOW + 2 * HOUR)]
    )
    await keeper.after(Passing.ASIDE)
    counts = await keeper.store.outbox.counts()
    assert counts == {uncertain: 1, ParcelState.QUEUED: 1}


async def test_votes_and_closed_reports_go(keeper: Keeper) -> None:
    await keeper.store.votes.press(Vote(1, Method.BRIEF, 1, VoteKind.UP), 5, 5, "新桥", [], NOW)
    reports = keeper.store.reports
    for story in (1, 2):
        complaint = Complaint(About.STORY, story)
        assert await reports.add(complaint, 5, 5, NOW, NOW - HOUR, 9) == story
    await reports.close(1, NOW)
    await keeper.after(Passing.REPORTS, HOUR)
    assert (await keeper.count("votes"), await keeper.count("reports")) == (1, 2)
    await keeper.after(Passing.REPORTS)
    assert (await keeper.count("votes"), await keeper.count("reports")) == (0, 1)
    assert [r.id for r in await reports.listed(closed=True)] == [2]


async def test_many_go_in_lots(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "ROWS", 10)
    for n in range(35):
        await keeper.store.phrases.remember(f"词{n}", NOW)
    await keeper.house.ingest.articles(
        [
            article(f"12月7日，第{n}座桥通车。", title=f"第{n}座桥", outlet=f"{n}报")
            for n in range(25)
        ]
    )
    await keeper.after(Passing.PHRASES)
    assert await keeper.count("phrases") == 1
    assert await keeper.count("keywords") + await keeper.count("newest") == 0
