"""Upgrading a file from before chats had a size of digest."""

from dataclasses import replace
from pathlib import Path

from sqlite_utils import Database

from bot.model.delivery import Size
from bot.store import Store
from bot.store.schema import migrations
from tests.writing import NOW


async def test_chats_of_before_are_told_briefly(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db = Database(path)
    migrations.apply(db, stop_before=["m012_sizes"])
    db.execute(
        """INSERT INTO chats (id, kind, title, zone, language, known_since)
           VALUES (5, 'private', '', 'Asia/Tokyo', 'en', '2021')"""
    )
    db.conn.commit()
    db.close()
    async with await Store.open(path, word_engine="jieba") as store:
        kept = await store.chats.get(5)
        assert kept is not None
        assert (kept.zone, kept.size) == ("Asia/Tokyo", Size.BRIEF)
        await store.chats.put(replace(kept, size=Size.FULL), NOW)
        assert await store.chats.get(5) == replace(kept, size=Size.FULL)
