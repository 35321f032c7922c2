"""Articles of stories that were just read, and are not read anew."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.digest.article import digest
from bot.digest.stories.reprints import folded
from bot.model import Article, Digest, Saved, StoryChoice, Words
from bot.model.links import BanKind
from bot.model.retention import Bare
from bot.store import Store, recent, stories
from bot.store.schema import migrations
from tests.writing import NOW, SHANGHAI, article

SHORT, LONG = article("消息。", title="短"), article("消息。" * 9000, title="长")
ALONE = StoryChoice(None, 0.0, "没有相近的报道")


async def save(store: Store, one: Article, choice: StoryChoice = ALONE) -> Saved:
    return await store.articles.save(one, digest(one, SHANGHAI), Words(), choice, NOW)


async def read(store: Store) -> dict[str, Article]:
    found = await store.stories.latest(None, 9)
    return {a.article.title: a.article for story in found for a in story.articles}


async def test_what_did_not_change_is_read_once(store: Store) -> None:
    await save(store, SHORT)
    await save(store, LONG)
    first = await read(store)
    await save(store, article("又一则。", title="新"))
    second = await read(store)
    assert first == {"短": SHORT, "长": LONG}
    assert second == first | {"新": article("又一则。", title="新")}
    assert first["短"] is second["短"]
    assert first["长"] is not second["长"]  # it would take much room


async def test_no_more_than_so_many_are_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "MOST", 1)
    some = [article("消息。", title=f"第{n}则") for n in range(3)]
    for one in some:
        await save(store, one)
    first, second = await read(store), await read(store)
    assert first == second == {one.title: one for one in some}
    assert sum(first[title] is second[title] for title in first) <= 1


async def test_a_list_has_the_heads_of_articles(store: Store) -> None:
    one = article("12月1日，江城新桥通车，市长周伟剪彩。", title="江城新桥通车")
    await save(store, one)
    (whole,) = await store.stories.latest(None, 9)
    total, (listed,) = await store.stories.page(None, 0, 9, 40)
    ((head,), (full,)) = listed.articles, whole.articles
    made = full.digest
    assert total == 1
    assert head == replace(
        full,
        article=replace(one, blocks=()),
        digest=Digest(made.line, keywords=made.keywords, full=made.full, names=made.names),
    )


async def test_of_a_large_story_a_list_has_the_newest_and_counts_who_tells_it(
    store: Store,
) -> None:
    root = await save(store, article("甲。", title="甲", outlet="甲报"))
    for number, (outlet, reprint) in enumerate(
        [("乙报", None), ("丙报", root.id), ("甲报", None), ("丁报", None), ("乙报", root.id)]
    ):
        at = datetime(2021, 12, 3, number, tzinfo=UTC)
        joined = StoryChoice(1, 0.9, "共同关键词", reprint_of=reprint)
        await save(store, article("乙。", title=f"{number}", outlet=outlet, at=at), joined)
    (story,) = await store.stories.latest(None, 9)
    who = {source.article.article.outlet for source in folded(story.articles)}
    for most in range(1, 9):
        _, (listed,) = await store.stories.page(None, 0, 9, most)
        assert [a.id for a in listed.articles] == [a.id for a in story.articles][:most]
        assert listed.outlets == (len(who) if most <= len(story.articles) else 0)


async def test_whatever_changes_is_seen(store: Store) -> None:
    one = await save(store, SHORT)
    other = await save(store, article("乙。", title="乙"), StoryChoice(1, 0.9, "共同关键词"))
    assert (await read(store))["短"] == SHORT

    changed = replace(SHORT, outlet="晚报", content_hash="2")
    await save(store, changed)
    assert (await read(store))["短"] == changed

    without = replace(changed, blocks=())
    await store.retention.drop([Bare(one.id, 2, ((2, without),))], NOW)
    assert (await read(store))["短"] == without

    story = await store.stories.split(other.id, ALONE, NOW)
    assert [s.id for s in await store.stories.latest(None, 9)] == [story, 1]
    assert story is not None
    kept = await store.stories.get(story)
    assert kept
    assert [a.story_id for a in kept.articles] == [story]

    await store.bans.add(BanKind.SOURCE, "晚报", NOW)
    assert list(await read(store)) == ["乙"]
    await store.bans.remove(BanKind.SOURCE, "晚报")
    assert (await read(store))["短"] == without


def test_whether_a_story_changed_is_seen_without_a_look_at_its_rows(tmp_path: Path) -> None:
    db = Database(tmp_path / "new.db")
    migrations.apply(db)
    for sql in (recent.NEWEST, stories.OUTLETS):
        plan = db.execute(f"EXPLAIN QUERY PLAN {sql}", [1] * sql.count("?")).fetchall()
        assert "COVERING INDEX articles_story (story_id=?)" in str(plan)
