"""Upgrading a file from before sketches."""

from pathlib import Path

from sqlite_utils import Database

from bot.model import Digest, StoryChoice, Words
from bot.store import Store, rows
from bot.store.schema import migrations
from tests.writing import NOW, article


async def test_articles_keep_their_stories_and_reasons_and_are_digested_anew(
    tmp_path: Path,
) -> None:
    path = tmp_path / "old.db"
    one = article("第一段。")
    db = Database(path)
    migrations.apply(db, stop_before=["m004_sketches"])
    at = rows.instant(NOW)
    db.execute("INSERT INTO meta (name, value) VALUES ('word_engine', 'jieba')")
    db.execute("INSERT INTO stories (id) VALUES (7)")
    db.execute(
        """INSERT INTO articles (id, key, outlet, published_at, content_hash, revision, document,
           digest, plain, story_id, story_score, story_reason, first_seen_at, updated_at)
           VALUES (3, ?, '晨报', ?, ?, 1, ?, ?, '', 7, 0.5, '共同关键词：大桥', ?, ?)""",
        [one.key, at, one.content_hash, rows.article_json(one), rows.digest_json(Digest(None)),
         at, at],
    )  # fmt: skip
    db.conn.commit()
    db.close()
    async with await Store.open(path, word_engine="jieba") as store:
        joined = await store.stories.joined(3)
        assert joined is not None
        assert (joined.story_id, joined.reason, joined.at) == (7, "共同关键词：大桥", NOW)
        assert not joined.by_administrator
        assert joined.sketch is None
        assert await store.articles.hashes([one.key]) == {}
        alone = StoryChoice(None, 0.0, "")
        saved = await store.articles.save(one, Digest(None), Words(), alone, NOW)
        assert (saved.id, saved.outcome) == (3, "unchanged")
        assert await store.articles.hashes([one.key]) == {one.key: one.content_hash}
        kept = await store.articles.get(3)
        assert kept is not None
        assert (kept.story_id, kept.revision) == (7, 1)
