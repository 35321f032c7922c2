"""Feeds are kept with how they stand; one indexed query tells which are due."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.model.feeds import Feed, FeedState, StoredFeed, Validators
from bot.store import Store, rows
from bot.store.schema import migrations
from tests.writing import NOW

HOUR = timedelta(hours=1)
ONE = Feed("http://a.cn/feed", "http://a.cn/feed")
TWO = Feed("http://b.cn/feed", "http://b.cn/feed", "晚报", "Asia/Taipei", True, 42)
WELL = FeedState(
    title="晨报",
    site="http://a.cn/",
    validators=Validators('"a1"', "Tue, 30 Nov 2021 15:51:14 GMT"),
    interval=1800.5,
    next_at=NOW + HOUR,
    polled_at=NOW,
    changed_at=NOW - HOUR,
    ttl=7200.5,
)
ILL = FeedState(next_at=NOW + HOUR, failures=3, error="HTTP 500", failing_since=NOW - 9 * HOUR)


async def added(store: Store, feed: Feed) -> StoredFeed:
    assert await store.feeds.add(feed, NOW)
    found = await store.feeds.find(feed.url)
    assert found is not None
    return found


async def test_a_new_feed_is_due_at_once(store: Store) -> None:
    one = await added(store, ONE)
    assert one == StoredFeed(1, ONE, FeedState(next_at=NOW))
    assert await store.feeds.due(NOW, 9) == [one]
    assert await store.feeds.due(NOW - HOUR, 9) == []


async def test_a_feed_keeps_all_that_is_said_of_it(store: Store) -> None:
    two = await added(store, TWO)
    assert two.feed == TWO
    for state in (WELL, ILL, replace(ILL, told_operator=True), FeedState(gone=True)):
        await store.feeds.settle([replace(two, state=state)])
        assert await store.feeds.listed() == [replace(two, state=state)]


async def test_the_same_feed_is_added_once(store: Store) -> None:
    one = await added(store, ONE)
    assert not await store.feeds.add(replace(ONE, outlet="x"), NOW)
    moved = replace(one, feed=replace(ONE, url="https://a.cn/new"), state=WELL)
    await store.feeds.settle([moved])
    assert not await store.feeds.add(ONE, NOW)
    assert not await store.feeds.add(Feed("https://a.cn/new", "https://a.cn/new"), NOW)
    assert await store.feeds.listed() == [moved]


async def test_the_feeds_of_a_list_are_added_once_with_their_titles(store: Store) -> None:
    one = await added(store, ONE)
    await store.feeds.settle([replace(one, state=FeedState(gone=True))])
    shouted = replace(TWO, key="HTTP://B.cn/feed", url="HTTP://B.cn/feed")
    longer = Feed("http://b.cn/Feed", "http://b.cn/Feed")
    wanted = [(ONE, ""), (shouted, "夜报"), (TWO, "晚报"), (longer, "")]
    assert await store.feeds.add_all(wanted, NOW) == 2
    assert await store.feeds.add_all(wanted, NOW) == 0
    assert await store.feeds.add_all([], NOW) == 0
    gone, two, other = await store.feeds.listed()
    assert gone.state.gone
    assert two.feed == TWO
    assert two.state == FeedState(title="夜报", next_at=NOW)
    assert other.feed.url == "http://b.cn/Feed"


async def test_the_host_of_a_feed_may_be_written_in_any_case(store: Store) -> None:
    assert await store.feeds.add(Feed("HTTP://A.cn/Feed", "HTTP://A.cn/Feed"), NOW)
    lower = Feed("http://a.cn/Feed", "http://a.cn/Feed")
    assert not await store.feeds.add(lower, NOW)
    assert await store.feeds.configure([Feed("http://A.CN/Feed", "http://A.CN/Feed")], NOW) == 0
    (one,) = await store.feeds.listed()
    assert one.feed == lower
    assert await store.feeds.find("hTTp://a.CN/Feed#top") == one
    assert await store.feeds.find("http://a.cn/feed") is None
    route = Feed("rsshub://Zhihu/hot", "rsshub://Zhihu/hot")
    assert await store.feeds.add(route, NOW)
    assert await store.feeds.find("RSSHub://Zhihu/hot") is not None
    assert await store.feeds.find("rsshub://zhihu/hot") is None


async def test_a_feed_whose_host_was_kept_as_written_is_known_and_mended(store: Store) -> None:
    shouted = "http://A.cn/feed"
    one = await added(store, ONE)
    await store._engine.write(lambda db: db.update("feeds", 1, {"key": shouted, "url": shouted}))
    kept = Feed(shouted, shouted)
    assert not await store.feeds.add(kept, NOW)
    assert await store.feeds.configure([kept], NOW) == 0
    assert await store.feeds.add_all([(kept, ""), (ONE, "")], NOW) == 0
    await store.feeds.settle([replace(one, feed=kept)])
    assert [feed.feed for feed in await store.feeds.listed()] == [Feed(shouted, ONE.url)]
    assert await store.feeds.find(shouted) == await store.feeds.find(ONE.url)


async def test_of_two_spellings_that_were_kept_the_common_one_is_meant(store: Store) -> None:
    shouted = "http://A.cn/feed"
    two, one = await added(store, TWO), await added(store, ONE)
    kept = {"key": shouted, "url": shouted, "gone": 1}
    await store._engine.write(lambda db: db.update("feeds", two.id, kept))
    assert await store.feeds.find(shouted) == one
    assert not await store.feeds.add(Feed(shouted, shouted), NOW)


async def test_a_feed_that_was_gone_is_added_again(store: Store) -> None:
    one = await added(store, ONE)
    gone = replace(WELL, next_at=None, failures=3, error="HTTP 410", failing_since=NOW, gone=True)
    moved = replace(ONE, url="https://a.cn/new")
    await store.feeds.settle([replace(one, feed=moved, state=replace(gone, told_operator=True))])
    assert await store.feeds.configure([ONE], NOW) == 0  # nobody has looked whether it lives
    assert await store.feeds.due(NOW, 9) == []
    assert await store.feeds.add(replace(ONE, outlet="早报"), NOW)
    alive = replace(one, feed=replace(ONE, outlet="早报"), state=replace(WELL, next_at=NOW))
    assert await store.feeds.due(NOW, 9) == [alive]
    assert not await store.feeds.add(ONE, NOW)


async def test_a_moved_feed_is_found_by_both_addresses_and_keeps_its_key(store: Store) -> None:
    one = await added(store, ONE)
    await store.feeds.settle([replace(one, feed=replace(ONE, url="https://a.cn/new"))])
    for address in ("http://a.cn/feed", "https://a.cn/new"):
        found = await store.feeds.find(address)
        assert found is not None
        assert (found.feed.key, found.feed.url) == ("http://a.cn/feed", "https://a.cn/new")
    assert await store.feeds.remove(one.id)
    assert await store.feeds.listed() == []


async def test_a_feed_that_moved_to_where_another_is_read_is_that_one(store: Store) -> None:
    one, two = await added(store, ONE), await added(store, TWO)
    moved = replace(one, feed=replace(ONE, url=TWO.url), state=WELL)
    for _ in range(2):
        await store.feeds.settle([moved, two])
        same = replace(WELL, gone=True, next_at=None, error="it moved to where feed 2 is read")
        assert await store.feeds.listed() == [replace(one, state=same), two]
        assert await store.feeds.configure([ONE, TWO], NOW) == 0
    assert [feed.id for feed in await store.feeds.failing(NOW, 9)] == [one.id]
    back = replace(two, feed=replace(TWO, url=ONE.url))  # never both: one of them is read
    await store.feeds.settle([back])
    assert await store.feeds.listed() == [replace(one, state=same), two]


async def test_a_feed_that_moved_to_where_another_was_is_read_on(store: Store) -> None:
    one, two = await added(store, ONE), await added(store, TWO)
    gone = replace(two, state=FeedState(gone=True))
    moved = replace(one, feed=replace(ONE, url=TWO.url), state=WELL)
    await store.feeds.settle([moved, gone])
    assert await store.feeds.listed() == [replace(one, state=WELL), gone]


async def test_a_feed_where_another_was_added_is_not_taken_for_it(store: Store) -> None:
    one, two = await added(store, ONE), await added(store, TWO)
    two = replace(two, feed=replace(TWO, url="https://b.cn/new"))
    await store.feeds.settle([two])
    one = replace(one, feed=replace(ONE, url=TWO.url))
    await store.feeds.settle([one])
    assert await store.feeds.find(TWO.url) == one  # who lives there opens
    assert await store.feeds.find(ONE.url) == one
    wishes = [replace(TWO, outlet="夜报"), replace(ONE, outlet="早报")]
    for order in (wishes, wishes[::-1]):  # the settings know addresses as they were
        assert await store.feeds.configure(order, NOW) == 0
        assert [f.feed.outlet for f in await store.feeds.listed()] == ["早报", "夜报"]
    assert await store.feeds.remove(one.id)
    assert [feed.id for feed in await store.feeds.listed()] == [two.id]


async def test_a_removed_feed_stays_removed_and_its_number_is_not_used_again(store: Store) -> None:
    one = await added(store, ONE)
    assert await store.feeds.remove(one.id)
    assert not await store.feeds.remove(one.id)
    assert not await store.feeds.remove(2**70)
    await store.feeds.settle([replace(one, state=WELL)])
    assert await store.feeds.find(ONE.url) is None
    assert (await added(store, TWO)).id == 2


async def test_due_feeds_come_longest_waiting_first_and_only_so_many(store: Store) -> None:
    feeds = [await added(store, Feed(f"http://{i}/", f"http://{i}/")) for i in range(6)]
    waits = [3, 1, 2, 9, 1]
    states = [FeedState(next_at=NOW + w * HOUR) for w in waits] + [FeedState(gone=True)]
    await store.feeds.settle([replace(f, state=s) for f, s in zip(feeds, states, strict=True)])
    assert [f.id for f in await store.feeds.due(NOW + 3 * HOUR, 9)] == [2, 5, 3, 1]
    assert [f.id for f in await store.feeds.due(NOW + 3 * HOUR, 2)] == [2, 5]
    assert await store.feeds.due(NOW, 9) == []


async def test_the_operator_is_told_of_a_failing_feed_once(store: Store) -> None:
    one, two = await added(store, ONE), await added(store, TWO)
    await store.feeds.settle([replace(one, state=ILL), replace(two, state=WELL)])
    assert await store.feeds.failing(NOW - 10 * HOUR, 9) == []
    assert [f.id for f in await store.feeds.failing(NOW - 9 * HOUR, 9)] == [one.id]
    await store.feeds.tell([one.id])
    assert await store.feeds.failing(NOW, 9) == []


@pytest.mark.parametrize("where", ["sqlite"], indirect=True)
async def test_due_and_failing_are_asked_of_an_index(store: Store) -> None:
    def plan(db: Database, where: str) -> str:
        rows = db.execute(f"EXPLAIN QUERY PLAN SELECT * FROM feeds WHERE {where}").fetchall()
        return " ".join(str(row[3]) for row in rows)

    due = "next_at IS NOT NULL AND next_at <= '2021' ORDER BY next_at, id LIMIT 9"
    failing = "failing_since IS NOT NULL AND told_operator = 0 AND failing_since <= '2021'"
    engine = store.feeds._engine
    asked = await engine.read(lambda db: plan(db, due))
    assert "USING INDEX feeds_due" in asked
    assert "TEMP B-TREE" not in asked
    assert "USING INDEX feeds_failing" in await engine.read(lambda db: plan(db, failing))


async def test_odd_words_are_kept(store: Store) -> None:
    odd = "甲\0乙\ud83d🎉'\";--"
    one = await added(store, Feed(f"http://{odd}/", f"http://{odd}/", odd))
    state = FeedState(title=odd, site=odd, error=odd, validators=Validators(odd, odd))
    await store.feeds.settle([replace(one, state=state)])
    (kept,) = await store.feeds.listed()
    assert kept.state.title == rows.storable(odd)
    assert await store.feeds.find(f"http://{odd}/") == kept
    assert await store.feeds.remove(one.id)


async def test_a_feed_from_before_it_could_ask_to_be_left_alone_is_upgraded(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db = Database(path)
    migrations.apply(db, stop_before=["m020_feed_ttl"])
    db.execute(
        """INSERT INTO feeds (key, url, outlet, zone, full_text, added_by, added_at, interval)
           VALUES (?, ?, '', ?, 0, 0, '2021', 1800.5)""",
        [ONE.key, ONE.url, ONE.zone],
    )
    db.conn.commit()
    db.close()
    async with await Store.open(path, word_engine="jieba") as store:
        assert await store.feeds.listed() == [StoredFeed(1, ONE, FeedState(interval=1800.5))]


async def test_a_file_from_before_feeds_is_upgraded(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db = Database(path)
    migrations.apply(db, stop_before=["m005_feeds"])
    db.execute("INSERT INTO phrases (text, remembered_at) VALUES ('微信', '2021')")
    db.conn.commit()
    db.close()
    async with await Store.open(path, word_engine="jieba") as store:
        assert await store.feeds.listed() == []
        assert await store.feeds.add(ONE, NOW)
        assert await store.phrases.recall(1) == "微信"
