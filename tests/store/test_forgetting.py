"""All that is kept of a chat is in its export, moves with it, and is gone once it is forgotten."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model import Message, Method, Vote, VoteKind
from bot.model.delivery import (
    ChatSettings,
    Pace,
    Place,
    Publication,
    Rhythm,
    Scope,
    ScopeKind,
    Size,
)
from bot.model.feeds import Feed
from bot.model.links import LinkKind, LinkRule
from bot.model.reports import About, Complaint
from bot.store import Store
from bot.store.copying import WORKERS
from tests.store.tables import asked, columns
from tests.writing import NOW

READER_ = 7_531_902_468
GROUP = -100_864_209_753
NEW_GROUP = GROUP - 1
WHO = ("chat", "chat_id", "user", "user_id", "voter", "added_by")  # columns that name somebody


@pytest.fixture
async def store(where: Path | str) -> AsyncIterator[Store]:
    """A store that keeps something of everything, of a reader and of a group that they are in."""
    async with await Store.open(where, word_engine="jieba") as store:
        for chat in (READER_, GROUP):
            await store.chats.put(ChatSettings(chat), NOW)
            await store.links.set(chat, LinkKind.VIDEO, LinkRule.HIDE)
            await _digest(store, chat)
            story = abs(chat) % 97
            vote = Vote(story, Method.BRIEF, 1, VoteKind.UP)
            await store.votes.press(vote, READER_, chat, "标题", ["晨报"], NOW)
            complaint, since = Complaint(About.SUMMARY, story), NOW - timedelta(hours=1)
            await store.reports.add(complaint, chat, READER_, NOW, since, 9)
        await store.feeds.add(Feed("http://a.cn/", "http://a.cn/", added_by=READER_), NOW)
        yield store


async def _digest(store: Store, chat: int) -> None:
    """A subscription, a digest of it in the outbox, and what it told."""
    wanted = await store.subscriptions.put(
        Place(chat),
        Scope(ScopeKind.ALL),
        Rhythm(Pace.INSTANT),
        Size.BRIEF,
        silent=False,
        due_at=NOW,
        now=NOW,
    )
    sent = Publication(wanted, (Message("一"),), ((1, 0, 1),), 0, None)
    assert await store.subscriptions.publish([sent], NOW)


async def names(store: Store, number: int) -> list[str]:
    """The tables that have a number in one of their columns."""
    return [
        table
        for table in await columns(store)
        if any(number in row for row in await asked(store, f"SELECT * FROM {table}"))
    ]


PLACES = ["chats", "subscriptions", "told", "outbox", "links", "reports"]


@pytest.mark.parametrize("chat", [READER_, GROUP])
async def test_all_is_exported_and_then_forgotten(store: Store, chat: int) -> None:
    kept = await names(store, chat)
    assert set(PLACES) <= set(kept)
    found = await store.chats.export(chat)
    assert {name for name, rows in found.items() if rows} >= set(kept) - {"chats"} | {
        "chat",
        "votes",
    }
    await store.chats.forget(chat)
    assert await names(store, chat) == []
    assert not any((await store.chats.export(chat)).values())


async def test_a_group_is_not_told_who_complained(store: Store) -> None:
    assert READER_ not in (await store.chats.export(GROUP))["reports"][0].values()


@pytest.mark.parametrize("known", [False, True])
async def test_all_moves_with_a_group(store: Store, known: bool) -> None:
    if known:
        await store.chats.put(ChatSettings(NEW_GROUP, "supergroup"), NOW)
    votes = (await store.chats.export(GROUP))["votes"]
    await store.chats.move(GROUP, NEW_GROUP)
    assert await names(store, GROUP) == []
    assert set(await names(store, NEW_GROUP)) == set(PLACES)
    assert (await store.chats.export(NEW_GROUP))["votes"] == votes


async def test_no_table_that_says_who_is_left_out(store: Store) -> None:
    telling = [("chats", "id")]
    for table, named in (await columns(store)).items():
        telling += [(table, column) for column in named if column in WHO]
    telling = [one for one in telling if one[0] not in WORKERS]  # which keep it for minutes
    for table, column in telling:
        assert await _said(store, table, column), f"{table}: let `store` write to it"
    for chat in (READER_, GROUP):
        await store.chats.forget(chat)
    assert not any([await _said(store, table, column) for table, column in telling])


async def _said(store: Store, table: str, column: str) -> list[tuple[int | str]]:
    """Who is named; nobody is the number 0."""
    nobody = ("0", 0, "")
    found = await asked(store, f"SELECT {column} FROM {table}")
    return [row for row in found if row[0] not in nobody]
