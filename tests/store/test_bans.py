"""What is blocked is hidden and comes back whole; files from before have nothing hidden."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlite_utils import Database

from bot.model import Digest, StoryChoice, Words
from bot.model.delivery import ChatSettings
from bot.model.links import BanKind, LinkKind, LinkPolicy, LinkRule
from bot.model.reports import About, Complaint
from bot.store import Store, rows
from bot.store.schema import migrations
from tests.writing import NOW, article

ONE = replace(article("第一段。", title="甲", outlet="ZAKER"), url="https://m.a.com/1")
TWO = article("第二段。", title="乙", outlet="晨报")
NEW = StoryChoice(None, 0.0, "")


async def opened(where: Path | str) -> Store:
    return await Store.open(where, word_engine="jieba")


async def put(store: Store, one: object = ONE, choice: StoryChoice = NEW) -> int:
    assert isinstance(one, type(ONE))
    return (await store.articles.save(one, Digest(None), Words(), choice, NOW)).id


async def test_an_upgraded_file_hides_nothing_and_knows_its_hosts(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    db = Database(path)
    migrations.apply(db, stop_before=["m010_links"])
    at = rows.instant(NOW)
    db.execute("INSERT INTO stories (id) VALUES (7)")
    db.execute(
        """INSERT INTO articles (id, key, outlet, published_at, content_hash, revision, document,
           digest, plain, story_id, story_score, story_reason, first_seen_at, updated_at)
           VALUES (3, ?, 'ZAKER', ?, ?, 1, ?, ?, '', 7, 0.5, '', ?, ?)""",
        [ONE.key, at, ONE.content_hash, rows.article_json(ONE), rows.digest_json(Digest(None)),
         at, at],
    )  # fmt: skip
    db.conn.commit()
    db.close()
    async with await opened(path) as store:
        assert await store.articles.get(3)
        assert await store.stories.count(None) == 1
        ban, _ = await store.bans.add(BanKind.DOMAIN, "a.com", NOW)
        assert ban.articles == 1
        assert await store.articles.get(3) is None
        assert await store.stories.count(None) == 0


async def test_a_story_is_told_without_what_is_blocked(where: Path | str) -> None:
    async with await opened(where) as store:
        await put(store)
        late = replace(TWO, published_at=NOW + timedelta(days=1))
        await put(store, late, StoryChoice(1, 1.0, ""))
        await store.bans.add(BanKind.SOURCE, "晨报", NOW)
        (story,) = await store.stories.latest(None, 9)
        assert [a.article.title for a in story.articles] == ["甲"]
        assert [o.outlet for o in await store.articles.outlets()] == ["ZAKER"]
        assert await store.articles.newest() == 2
        await store.bans.remove(BanKind.SOURCE, "晨报")
        (story,) = await store.stories.latest(None, 9)
        assert [a.article.title for a in story.articles] == ["乙", "甲"]


async def test_two_bans_on_one_article_are_both_to_be_lifted(where: Path | str) -> None:
    async with await opened(where) as store:
        await put(store)
        await store.bans.add(BanKind.SOURCE, "zaker", NOW)  # case does not matter
        await store.bans.add(BanKind.DOMAIN, "a.com", NOW)
        await store.bans.remove(BanKind.SOURCE, "ZAKER")
        assert await store.articles.get(1) is None
        assert await store.chats.met(1) == (None, LinkPolicy(blocked=frozenset({"a.com"})))
        await store.bans.remove(BanKind.DOMAIN, "a.com")
        assert await store.articles.get(1)
        assert await store.bans.remove(BanKind.DOMAIN, "a.com") is None


async def test_what_comes_later_is_hidden_too_and_not_read_again(where: Path | str) -> None:
    async with await opened(where) as store:
        await store.bans.add(BanKind.SOURCE, "ZAKER", NOW)
        await put(store)
        assert await store.articles.get(1) is None
        assert await store.articles.hashes([ONE.key]) == {ONE.key: ONE.content_hash}
        renamed = replace(ONE, outlet="晚报", content_hash="x")
        await put(store, renamed)
        assert await store.articles.get(1)
        assert await store.stories.count(None) == 1


async def test_a_domain_below_is_meant_and_one_that_looks_alike_is_not(where: Path | str) -> None:
    async with await opened(where) as store:
        await put(store, replace(ONE, url="https://nota.com/"))
        ban, _ = await store.bans.add(BanKind.DOMAIN, "a.com", NOW)
        assert ban.articles == 0


async def test_rules_for_links_are_kept_exported_and_forgotten(where: Path | str) -> None:
    async with await opened(where) as store:
        await store.chats.put(ChatSettings(5), NOW)
        await store.links.set(5, LinkKind.VIDEO, LinkRule.HIDE)
        await store.links.set(5, "a.com", LinkRule.TEXT)
        kept = await store.chats.get(5)
        assert kept is not None
        chosen = {LinkKind.VIDEO: LinkRule.HIDE}, {"a.com": LinkRule.TEXT}
        assert kept.links == LinkPolicy(*chosen)
        assert len((await store.chats.export(5))["links"]) == 2
        await store.chats.move(5, -100)
        moved = await store.chats.get(-100)
        assert moved is not None
        assert moved.links == kept.links
        await store.links.set(-100, "a.com", None)
        await store.chats.forget(-100)
        assert (await store.chats.export(-100))["links"] == []


async def test_the_queue_of_reports(where: Path | str) -> None:
    async with await opened(where) as store:
        said = Complaint(About.SUMMARY, 1)
        add = store.reports.add
        assert await add(said, 5, 6, NOW, NOW - timedelta(hours=1), 1) == 1
        assert await add(said, 5, 6, NOW, NOW - timedelta(hours=1), 1) == 1
        assert await add(Complaint(About.SUMMARY, 2), 5, 6, NOW, NOW, 1) == 2
        assert (
            await add(Complaint(About.SUMMARY, 3), 5, 6, NOW, NOW - timedelta(hours=1), 1) is None
        )
        assert await store.reports.untold(NOW, NOW - timedelta(hours=1)) == 2
        later = NOW + timedelta(hours=2)
        assert await add(said, 5, 7, later, NOW, 1) == 3
        assert await store.reports.untold(NOW, NOW - timedelta(hours=1)) == 0
        assert await store.reports.untold(later, later - timedelta(hours=1)) == 1
        assert await store.reports.close(1, later)
        assert not await store.reports.close(1, later)
        assert [r.id for r in await store.reports.listed()] == [2, 3]
        assert [r.id for r in await store.reports.listed(closed=True)] == [1, 2, 3]
