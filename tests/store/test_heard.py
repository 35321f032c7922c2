"""What articles are about, kept beside them: a row each, none for reprints and the undated."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from bot.digest.article import digest
from bot.model import Article, Outcome, StoryChoice, Words
from bot.model.trends import Heard
from bot.store import Store
from bot.store.schema import migrations
from tests.writing import NOW, SHANGHAI, article

WEEK = timedelta(days=7)


async def save(store: Store, one: Article, choice: StoryChoice | None = None) -> Outcome:
    made = digest(one, SHANGHAI)
    words = Words(("一",), ("一",), ("一",))
    choice = choice or StoryChoice(None, 0.0, "new")
    return (await store.articles.save(one, made, words, choice, NOW)).outcome


async def heard(store: Store) -> list[Heard]:
    return await store.talk.between(NOW - WEEK, NOW)


def about(said: str, title: str = "一则", at: datetime | None = NOW - WEEK / 2) -> Article:
    return article(said, title=title, at=at)


async def test_an_article_is_heard_with_its_keywords_until_it_changes(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "a.db", word_engine="jieba") as store:
        await save(store, about("车企因电池隐患召回汽车。"))
        (one,) = await heard(store)
        assert one.outlet == "晨报"
        assert one.at == NOW - WEEK / 2
        assert "召回" in one.words
        assert await save(store, about("市民在公园里赏菊。")) == "updated"
        (changed,) = await heard(store)
        assert "召回" not in changed.words
        assert "赏菊" in changed.words


async def test_reprints_the_undated_and_other_times_are_not_heard(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "a.db", word_engine="jieba") as store:
        await save(store, about("车企召回汽车。", at=None))
        await save(store, about("车企召回汽车。", "早先", at=NOW - WEEK))
        await save(store, about("车企召回汽车。", "明天", at=NOW + WEEK))
        reprint = StoryChoice(None, 1.0, "reprint", reprint_of=1)
        await save(store, about("车企召回汽车。", "转载"), reprint)
        assert await heard(store) == []


async def test_a_file_from_before_is_upgraded_with_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db = Database(path)
    migrations.apply(db, stop_before=["m009_heard"])
    db.execute("INSERT INTO stories (id) VALUES (1)")
    rows = [(1, "召回", NOW, None), (2, "转载", NOW, 1), (3, "无日期", None, None)]
    for number, word, at, reprint_of in rows:
        db.table("articles").insert(
            {
                "id": number,
                "key": str(number),
                "outlet": "晨报",
                "published_at": at and at.isoformat(timespec="microseconds"),
                "content_hash": "",
                "revision": 1,
                "document": "{}",
                "digest": f'{{"line": null, "keywords": ["{word}", "汽车"]}}',
                "plain": "",
                "story_id": 1,
                "story_score": 0,
                "story_reason": "",
                "first_seen_at": "",
                "updated_at": "",
                "reprint_of": reprint_of,
            }
        )
    db.conn.commit()
    db.close()
    async with await Store.open(path, word_engine="jieba") as store:
        assert await heard(store) == [Heard(NOW, "晨报", ("召回", "汽车"))]
