"""Votes: one a reader and story, by hash, gone when the chat says so."""

import sqlite3
from pathlib import Path

from sqlite_utils import Database

from bot.model import Method, Tally, Vote, VoteKind
from bot.model.delivery import ChatSettings
from bot.store import Store
from bot.store.schema import migrations
from tests.writing import NOW

UP, DOWN = VoteKind.UP, VoteKind.DOWN
READER_, FRIEND, GROUP = 777000111, 777000222, -100200300


def vote(kind: VoteKind, story: int = 1, method: Method = Method.BRIEF) -> Vote:
    return Vote(story, method, 3, kind)


async def press(
    store: Store, one: Vote, voter: int = READER_, chat: int = READER_
) -> tuple[VoteKind | None, VoteKind | None]:
    return await store.votes.press(one, voter, chat, "新桥通车", ["晨报", "晚报"], NOW)


async def opened(folder: Path) -> Store:
    return await Store.open(folder / "mailuo.db", word_engine="jieba")


async def test_a_vote_is_kept_changed_and_taken_back(tmp_path: Path) -> None:
    async with await opened(tmp_path) as store:
        assert await press(store, vote(UP)) == (None, UP)
        assert await press(store, vote(DOWN)) == (UP, DOWN)
        assert (await store.votes.all(9)).outlets == (Tally("晚报", 0, 1), Tally("晨报", 0, 1))
        assert await press(store, vote(DOWN)) == (DOWN, None)
        assert (await store.votes.all(9)).votes == 0


async def test_each_member_of_a_group_has_a_vote(tmp_path: Path) -> None:
    async with await opened(tmp_path) as store:
        await press(store, vote(UP), READER_, GROUP)
        await press(store, vote(DOWN), FRIEND, GROUP)
        await press(store, vote(DOWN, 2, Method.FULL), FRIEND, GROUP)
        told = await store.votes.all(1)
        assert told.methods == (Tally("brief 3", 1, 1), Tally("full 3", 0, 1))
        assert [(d.story, d.up, d.down) for d in told.disliked] == [(1, 1, 1)]


async def test_who_voted_cannot_be_read(tmp_path: Path) -> None:
    async with await opened(tmp_path) as store:
        await press(store, vote(UP), READER_, GROUP)
    with sqlite3.connect(tmp_path / "mailuo.db") as db:
        kept = str(db.execute("SELECT * FROM votes").fetchall())
    assert str(READER_) not in kept
    assert str(GROUP) not in kept


async def test_forgetting_and_exporting(tmp_path: Path) -> None:
    async with await opened(tmp_path) as store:
        await press(store, vote(UP))
        await press(store, vote(UP, 2), READER_, GROUP)
        await press(store, vote(UP), FRIEND, GROUP)
        found = (await store.chats.export(READER_))["votes"]
        assert [(row["story_id"], row["vote"]) for row in found] == [(1, "up"), (2, "up")]
        assert "voter" not in found[0]
        await store.chats.forget(READER_)
        assert (await store.chats.export(READER_))["votes"] == []
        assert (await store.votes.all(9)).votes == 1
        await store.chats.forget(GROUP)
        assert (await store.votes.all(9)).votes == 0


async def test_votes_go_with_a_group_that_gets_a_new_number(tmp_path: Path) -> None:
    async with await opened(tmp_path) as store:
        await store.chats.put(ChatSettings(GROUP, "group"), NOW)
        await press(store, vote(UP), FRIEND, GROUP)
        await store.chats.move(GROUP, GROUP - 1)
        assert (await store.chats.export(GROUP))["votes"] == []
        assert len((await store.chats.export(GROUP - 1))["votes"]) == 1


async def test_a_file_from_before_feedback_is_upgraded(tmp_path: Path) -> None:
    path = tmp_path / "mailuo.db"
    db = Database(path)
    migrations.apply(db, stop_before=["m008_feedback"])
    db.execute("INSERT INTO meta (name, value) VALUES ('word_engine', 'jieba')")
    db.conn.commit()
    db.close()
    async with await opened(tmp_path) as store:
        assert await press(store, vote(UP)) == (None, UP)
