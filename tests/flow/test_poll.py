"""Feeds polled: real SQLite, real sockets, servers that misbehave, a clock of the test's own."""

import asyncio
import gzip
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot import app
from bot.config import Config
from bot.flow import ingest
from bot.flow.ingest import Ingest
from bot.flow.keeping import STORED, keep_document, save
from bot.flow.poll import Asking, Polling, spread
from bot.flow.workers import Workers
from bot.model import Article, Block, BlockKind
from bot.model.feeds import Feed, FeedState, Fetched, StoredFeed
from bot.sources.fetch import Fetcher, Limits
from tests.flow.web import Site, Web, feed, serving_web
from tests.sources.feed_cases import item, rss
from tests.sources.servers import answering, redirecting
from tests.writing import NOW, SHANGHAI

EIGHT = Asking(at_once=8)
QUICK = Limits(bytes=300_000, seconds=1.0, at_once=16)


@dataclass
class Desk:
    """A house that polls the feeds of a web of the test's own."""

    house: app.House
    web: Web
    polling: Polling
    now: list[datetime]

    async def add(self, *paths: str, full_text: bool = False) -> None:
        for path in paths:
            at = self.web.at(path)
            await self.house.store.feeds.add(Feed(at, at, full_text=full_text), self.now[0])

    async def stands(self, path: str) -> FeedState:
        found = await self.house.store.feeds.find(self.web.at(path))
        assert found is not None
        return found.state

    async def titles(self) -> list[str]:
        views = await self.house.lookup.latest("", 100)
        return [a.article.title for view in views for a in view.story.articles]


@asynccontextmanager
async def polling(
    config: Config, pages: dict[str, Site], how: Asking = EIGHT
) -> AsyncIterator[Desk]:
    now = [NOW]

    def clock() -> datetime:
        return now[0]

    async with (
        serving_web(pages) as web,
        app.opened(config, clock) as house,
        Fetcher("t", clock, web.hosts, QUICK) as fetcher,
    ):
        polled = Polling(house.store, fetcher, house.ingest, clock, how, lambda: 0.0)
        yield Desk(house, web, polled, now)


async def test_a_feed_is_read_once_and_then_asked_for_news(config: Config) -> None:
    async with polling(config, {"/a": feed("大桥通车", "粮价公布")}) as desk:
        await desk.add("/a")
        first = await desk.polling.tick()
        assert (first.asked, first.failed, dict(first.outcomes)) == (1, 0, {"new": 2})
        assert (await desk.polling.tick()).asked == 0  # not due
        desk.now[0] += timedelta(hours=3)
        second = await desk.polling.tick()
        assert (second.asked, second.outcomes.total()) == (1, 0)
        assert b"If-None-Match" in desk.web.asked[-1]
        state = await desk.stands("/a")
        assert state.title == "晨报"
        assert (state.failures, state.polled_at) == (0, desk.now[0])
        assert state.changed_at == NOW


async def test_a_feed_that_cannot_tell_costs_no_digest_when_nothing_is_new(config: Config) -> None:
    page = feed("大桥通车", etag="")
    async with polling(config, {"/a": page}) as desk:
        await desk.add("/a")
        await desk.polling.tick()
        desk.now[0] += timedelta(hours=3)
        again = await desk.polling.tick()
        assert dict(again.outcomes) == {"unchanged": 1}


async def test_an_edited_entry_is_a_revision(config: Config) -> None:
    pages = {"/a": feed("大桥通车")}
    async with polling(config, pages) as desk:
        await desk.add("/a")
        await desk.polling.tick()
        pages["/a"] = feed(
            "大桥通车", text="大桥12月2日通车，全长3公里，更正：投资12亿元。", etag='"2"'
        )
        desk.now[0] += timedelta(hours=3)
        assert dict((await desk.polling.tick()).outcomes) == {"updated": 1}
        (view,) = await desk.house.lookup.latest("", 10)
        (kept,) = view.story.articles
        assert kept.revision == 2
        assert "更正" in kept.article.blocks[0].text
        revisions = await desk.house.store.articles.revisions(kept.id)
        assert ["更正" in r.blocks[0].text for r in revisions] == [False, True]
        assert (await desk.stands("/a")).changed_at == desk.now[0]


async def test_a_date_to_come_is_now(config: Config) -> None:
    pages = {
        "/future": feed("明年的消息", date="Thu, 01 Dec 2022 09:00:00 +0800", name="甲"),
        "/today": feed("今天的消息", date="Tue, 07 Dec 2021 11:00:00 +0800", name="乙"),
    }
    async with polling(config, pages) as desk:
        await desk.add("/future", "/today")
        await desk.polling.tick()
        desk.now[0] += timedelta(days=1)
        pages["/today"] = feed("后来的消息", date="Wed, 08 Dec 2021 11:00:00 +0800", etag='"2"')
        await desk.polling.tick()
        assert await desk.titles() == ["后来的消息", "明年的消息", "今天的消息"]
        (found,) = await desk.house.lookup.search("明年", 5)
        assert found[0].article.published_at == NOW
        assert found[0].article.published_at_raw == "Thu, 01 Dec 2022 09:00:00 +0800"


async def test_one_bad_entry_spoils_no_other(config: Config) -> None:
    body = rss(item("", title="") + "<item><guid>8</guid><title>粮价</title></item>").encode()
    async with polling(config, {"/a": Site(answering(body=body))}) as desk:
        await desk.add("/a")
        done = await desk.polling.tick()
        assert dict(done.outcomes) == {"new": 1}
        assert len(done.rejected) == 1


async def test_encodings_that_are_not_as_declared(config: Config) -> None:
    text = rss(item("<description>大桥今天通车，全长三公里。</description>"))
    pages = {
        "/gbk": Site(
            answering(body=text.encode("gb18030"), content_type="text/html; charset=utf-8")
        ),
        "/gzip": Site(answering(body=gzip.compress(text.encode()), content_encoding="gzip")),
    }
    async with polling(config, pages) as desk:
        await desk.add(*pages)
        assert (await desk.polling.tick()).outcomes["new"] == 2
        assert await desk.titles() == ["大桥通车", "大桥通车"]


async def test_every_healthy_feed_is_read_whatever_the_others_do(config: Config) -> None:
    healthy = {f"/good{n}": feed(f"第{n}条消息", name=f"媒体{n}") for n in range(12)}
    async with polling(config, {**healthy, **Site.faults()}) as desk:
        await desk.add(*Site.faults(), *healthy)  # the bad ones first
        done = await desk.polling.tick()
        assert (done.asked, done.failed) == (12 + len(Site.faults()), len(Site.faults()))
        assert len(await desk.titles()) == 12
        for path in healthy:
            assert not (await desk.stands(path)).error
        said = {path: (await desk.stands(path)).error for path in Site.faults()}
    assert all(said.values()), said
    for path, words in {
        "/slow": "within 1 seconds",
        "/drip": "within 1 seconds",
        "/500": "HTTP 500",
        "/loop": "redirects",
        "/huge": "larger than",
        "/bomb": "larger than",
        "/410": "410",
        "/page": "not a feed",
        "/inside": "",
    }.items():
        assert words in said[path], (path, said[path])


async def test_many_feeds_of_one_host_do_not_come_first() -> None:
    at = ["http://a/1", "http://a/2", "http://a/3", "http://b/1", "http://b/2", "http://c/1"]
    feeds = [StoredFeed(n, Feed(url, url), FeedState()) for n, url in enumerate(at)]
    assert [f.feed.url[7:] for f in spread(feeds)] == ["a/1", "b/1", "c/1", "a/2", "b/2", "a/3"]


async def test_gone_is_never_asked_again_and_told_once(config: Config) -> None:
    async with polling(config, {"/a": Site(answering("410 Gone"))}) as desk:
        await desk.add("/a")
        await desk.polling.tick()
        state = await desk.stands("/a")
        assert state.gone
        assert state.next_at is None
        desk.now[0] += timedelta(days=99)
        assert (await desk.polling.tick()).asked == 0
        assert [f.state.gone for f in await desk.house.store.feeds.failing(NOW, 9)] == [True]


async def test_a_move_for_good_is_kept_and_its_articles_stay_the_same(config: Config) -> None:
    pages = {"/old": feed("大桥通车"), "/new": feed("大桥通车", etag="")}
    async with polling(config, pages) as desk:
        await desk.add("/old")
        await desk.polling.tick()
        pages["/old"] = Site(redirecting((301, desk.web.at("/new"))))
        desk.now[0] += timedelta(hours=3)
        assert dict((await desk.polling.tick()).outcomes) == {"unchanged": 1}
        (kept,) = await desk.house.store.feeds.listed()
        assert kept.feed.url == desk.web.at("/new")
        assert kept.feed.key == desk.web.at("/old")
        await desk.polling.ask([kept])
        assert desk.web.paths[-1] == "/new"


async def test_a_feed_of_two_addresses_is_not_read_twice_for_ever(config: Config) -> None:
    pages = {"/https": feed("大桥通车")}
    async with polling(config, pages) as desk:
        pages["/http"] = Site(redirecting((301, desk.web.at("/https"))))
        await desk.add("/http", "/https")
        await desk.polling.tick()
        assert (await desk.stands("/http")).gone
        pages["/https"] = feed("大桥通车", "粮价公布", etag='"2"')
        desk.now[0] += timedelta(hours=3)
        round_ = await desk.polling.tick()
        assert (round_.asked, round_.outcomes["new"]) == (1, 1)


async def test_a_failing_feed_is_asked_less_and_less_and_recovers(config: Config) -> None:
    pages = {"/a": Site(answering("500 Oops"))}
    async with polling(config, pages) as desk:
        await desk.add("/a")
        waits = []
        for _ in range(3):
            await desk.polling.tick()
            state = await desk.stands("/a")
            assert state.next_at is not None
            waits.append(state.next_at - desk.now[0])
            desk.now[0] = state.next_at
        assert waits[0] * 4 == waits[1] * 2 == waits[2]
        assert state.failing_since == NOW
        pages["/a"] = feed("大桥通车")
        await desk.polling.tick()
        state = await desk.stands("/a")
        assert (state.failures, state.error, state.failing_since) == (0, "", None)


async def test_a_route_is_read_at_the_instance_that_answers(config: Config) -> None:
    pages = {"/one/zhihu/hot": Site(answering("503 Busy")), "/two/zhihu/hot": feed("热榜第一")}
    async with polling(config, pages) as desk:
        how = Asking(8, [desk.web.at("/one"), desk.web.at("/two")])
        desk.polling._how = how
        await desk.house.store.feeds.add(Feed("rsshub://zhihu/hot", "rsshub://zhihu/hot"), NOW)
        assert (await desk.polling.tick()).outcomes["new"] == 1
        pages["/two/zhihu/hot"] = Site(answering("404 No"))
        desk.now[0] += timedelta(hours=3)
        await desk.polling.tick()
        (kept,) = await desk.house.store.feeds.listed()
    assert kept.feed.url == "rsshub://zhihu/hot"
    assert "HTTP 503" in kept.state.error
    assert "HTTP 404" in kept.state.error


async def test_full_text_is_fetched_once_and_only_where_it_is_wanted(config: Config) -> None:
    read: list[str] = []

    async def whole(article: Article) -> Article:
        read.append(article.title)
        return replace(
            article, content_hash="other", blocks=(Block(BlockKind.TEXT, "整篇报道在此。"),)
        )

    pages = {"/a": feed("大桥通车", etag=""), "/b": feed("粮价公布", etag="")}
    async with polling(config, pages, Asking(8, whole=whole)) as desk:
        await desk.add("/a", full_text=True)
        await desk.add("/b")
        await desk.polling.tick()
        desk.now[0] += timedelta(hours=3)
        assert dict((await desk.polling.tick()).outcomes) == {"unchanged": 2}
        (found,) = await desk.house.lookup.search("大桥", 5)
    assert read == ["大桥通车"]
    assert found[0].article.blocks[0].text == "整篇报道在此。"


async def test_pages_have_their_time_and_the_rest_stays_as_it_came(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def whole(article: Article) -> Article:
        raise AssertionError(f"asked for {article.title}")

    monkeypatch.setattr(ingest, "PAGES_SECONDS", 0.0)
    async with polling(config, {"/a": feed("大桥通车")}, Asking(8, whole=whole)) as desk:
        await desk.add("/a", full_text=True)
        assert dict((await desk.polling.tick()).outcomes) == {"new": 1}
        assert await desk.titles() == ["大桥通车"]


async def test_a_removed_feed_stays_removed_though_it_was_being_asked(config: Config) -> None:
    async with polling(config, {"/a": feed("大桥通车")}) as desk:
        await desk.add("/a")
        due = await desk.house.store.feeds.due(NOW, 9)
        await desk.house.store.feeds.remove(1)
        await desk.polling.ask(due)
        assert await desk.house.store.feeds.listed() == []


async def test_what_was_learned_before_a_stop_is_kept(config: Config) -> None:
    pages = {"/good": feed("大桥通车"), "/slow": Site.faults()["/slow"]}
    async with polling(config, pages, Asking(at_once=1)) as desk:
        await desk.add("/good", "/slow")
        round_ = asyncio.create_task(desk.polling.tick())
        while "/slow" not in desk.web.paths:
            await desk.web.asked_again()
        round_.cancel()
        with pytest.raises(asyncio.CancelledError):
            await round_
        assert (await desk.stands("/good")).polled_at == NOW
        assert (await desk.stands("/slow")).polled_at is None
        assert await desk.titles() == ["大桥通车"]


async def test_a_defect_in_reading_one_feed_leaves_the_others(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Ingest.document

    async def document(self: Ingest, fetched: Fetched, feed: Feed, *args: Any, **more: Any) -> Any:
        if feed.url.endswith("/bad"):
            raise ZeroDivisionError
        return await real(self, fetched, feed, *args, **more)

    monkeypatch.setattr(Ingest, "document", document)
    async with polling(config, {"/bad": feed("坏"), "/good": feed("大桥通车")}) as desk:
        await desk.add("/bad", "/good")
        done = await desk.polling.tick()
        assert (done.failed, done.outcomes["new"]) == (1, 1)
        assert "ZeroDivisionError" in (await desk.stands("/bad")).error


async def test_a_defect_in_asking_for_one_feed_leaves_the_others(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Fetcher.get

    async def get(self: Fetcher, address: str, *args: Any, **more: Any) -> Any:
        if address.endswith("/bad"):
            raise UnicodeError
        return await real(self, address, *args, **more)

    monkeypatch.setattr(Fetcher, "get", get)
    async with polling(config, {"/good": feed("大桥通车")}) as desk:
        await desk.add("/bad", "/good")
        done = await desk.polling.tick()
        assert (done.asked, done.failed, done.outcomes["new"]) == (2, 1, 1)
        assert "UnicodeError" in (await desk.stands("/bad")).error


async def test_much_work_goes_to_processes_and_comes_to_the_same(config: Config) -> None:
    pages = {
        f"/{n}": feed(*(f"第{n}网第{m}条" for m in range(4)), name=f"媒体{n}") for n in range(3)
    }
    async with polling(config, pages) as desk, Workers(1, much=1) as workers:
        ingest = Ingest(desk.house.store, SHANGHAI, lambda: NOW, workers)
        desk.polling._ingest = ingest
        await desk.add(*pages)
        assert dict((await desk.polling.tick()).outcomes) == {"new": 12}
        assert len(await desk.titles()) == 12


async def test_what_a_process_stored_before_it_was_killed_stays(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = [f"第{n}条消息" for n in range(STORED + 2)]
    async with polling(config, {"/a": feed(*titles)}) as desk, Workers(1, much=1) as workers:
        desk.polling._ingest = Ingest(desk.house.store, SHANGHAI, lambda: desk.now[0], workers)
        with monkeypatch.context() as patched:
            patched.setattr("bot.flow.ingest.keep_document", _killed_in_the_middle)
            await desk.add("/a")
            assert (await desk.polling.tick()).failed == 1
        assert "died" in (await desk.stands("/a")).error
        assert len(await desk.titles()) == STORED
        desk.now[0] += timedelta(days=1)
        again = await desk.polling.tick()
        assert again.outcomes == {"new": 2, "unchanged": STORED}


def _killed_in_the_middle(*given: Any) -> object:
    """As `keep_document`, in a process that is killed when it stores the second part."""
    stored = []

    async def once(*args: Any, **more: Any) -> object:
        if stored:
            os._exit(9)
        stored.append(await save(*args, **more))
        return stored[0]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("bot.flow.keeping.save", once)
        return keep_document(*given)
