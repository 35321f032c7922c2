"""Feeds in the chat: for those who keep the bot, and for nobody else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot import trial
from bot.config import Config, Fetching
from bot.flow.operators import Operators
from bot.flow.trouble import Trouble
from bot.model.feeds import Feed
from bot.render.feeds import Press, Step, pack, unpack
from bot.sandbox import Chat
from bot.sandbox.core import FIRST_PERSON
from tests.conftest import still
from tests.flow.web import Site, Web, feed, serving_web
from tests.sources.servers import answering
from tests.writing import NOW, SHANGHAI, UNLIMITED


@asynccontextmanager
async def keeping(
    config: Config, pages: dict[str, Site]
) -> AsyncIterator[tuple[trial.Trial, Chat, Web]]:
    """The whole bot, the chat of an operator, and a web to read feeds of."""
    async with serving_web(pages) as web:
        mine = config.telegram.model_copy(update={"operators": [FIRST_PERSON]})
        fetching = Fetching(allowed_hosts=web.hosts)
        config = config.model_copy(update={"telegram": mine, "fetching": fetching})
        async with trial.trying(config, still, limits=UNLIMITED) as tried:
            yield tried, tried.world.private_chat(), web


async def ask(chat: Chat, words: str) -> str:
    chat.say(words)
    return str((await chat.answer())["text"])


async def press(chat: Chat, label: str) -> str:
    chat.press(label)
    return str((await chat.answer())["text"])


async def test_an_operator_adds_sees_and_removes_a_feed(config: Config) -> None:
    async with keeping(config, {"/a": feed("大桥通车")}) as (tried, chat, web):
        assert "还没有订阅源" in await ask(chat, "/feeds")
        assert await ask(chat, f"/addfeed {web.at('/a')}") == "已添加“晨报”，马上去读。"
        assert "已经在了" in await ask(chat, f"/addfeed {web.at('/a')}")
        assert "1. 晨报\n还没有读过" in await ask(chat, "/feeds")
        await tried.bot.feeding.polling.tick()
        shown = await ask(chat, "/feeds")
        assert "1. 晨报" in shown
        assert "订阅源：晨报 127.0.0.1" in await ask(chat, "/source 1")
        await ask(chat, "/feeds")
        assert "读取" in shown
        assert web.at("/a") in await press(chat, "1")
        assert "已移除“晨报”" in await press(chat, "移除")
        assert await tried.house.store.feeds.listed() == []
        assert await tried.house.lookup.count_articles("") == 1


async def test_a_site_of_several_feeds_offers_them(config: Config) -> None:
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{t}" href="/{p}">'
        for t, p in (("要闻", "a"), ("体育", "b"), ("评论", "comments/feed"))
    )
    page = Site(answering(body=f"<html><head>{links}</head></html>".encode()))
    async with keeping(config, {"/": page, "/a": feed("甲"), "/b": feed("乙")}) as (_, chat, web):
        shown = await ask(chat, f"/addfeed {web.at('/')}")
        assert f"/addfeed {web.at('/a')}" in shown
        assert f"/addfeed {web.at('/b')}" in shown
        assert "comments" not in shown


async def test_an_address_without_a_scheme_is_found_where_only_http_answers(
    config: Config,
) -> None:
    async with keeping(config, {"/a": feed("大桥通车")}) as (tried, chat, web):
        assert "已添加" in await ask(chat, f"/addfeed {web.at('/a').removeprefix('http://')}")
        (kept,) = await tried.house.store.feeds.listed()
        assert kept.feed.url == web.at("/a")


async def test_what_cannot_be_read_says_why(config: Config) -> None:
    async with keeping(config, {"/a": Site(answering("500 Oops"))}) as (tried, chat, web):
        assert "HTTP 500" in await ask(chat, f"/addfeed {web.at('/a')}")
        assert "是内网地址" in await ask(chat, "/addfeed http://127.0.0.1:8080/")
        assert "例如" in await ask(chat, "/addfeed")
        assert "例如" in await ask(chat, "/removefeed")
        assert "没有这个订阅源" in await ask(chat, "/removefeed 7")
        assert await tried.house.store.feeds.listed() == []


async def test_a_feed_that_was_gone_can_be_added_again(config: Config) -> None:
    pages = {"/a": Site(answering("410 Gone"))}
    async with keeping(config, pages) as (tried, chat, web):
        await tried.house.store.feeds.add(Feed(web.at("/a"), web.at("/a")), NOW)
        await tried.bot.feeding.polling.tick()
        assert "HTTP 410" in await ask(chat, "/feeds")
        assert "HTTP 410" in await ask(chat, f"/addfeed {web.at('/a')}")
        pages["/a"] = feed("大桥通车")
        assert "已添加" in await ask(chat, f"/addfeed {web.at('/a')}")
        await tried.bot.feeding.polling.tick()
        assert await tried.house.lookup.count_articles("") == 1


@pytest.mark.parametrize("words", ["/feeds", "/addfeed http://a.cn", "/removefeed 1"])
async def test_others_are_refused_kindly(config: Config, words: str) -> None:
    async with trial.trying(config, still, limits=UNLIMITED) as tried:
        await tried.house.store.feeds.add(Feed("http://a.cn", "http://a.cn"), NOW)
        assert "由机器人的管理者维护" in await ask(tried.world.private_chat(), words)
        assert len(await tried.house.store.feeds.listed()) == 1


async def test_many_feeds_are_turned_like_pages(config: Config) -> None:
    async with keeping(config, {}) as (tried, chat, _):
        for n in range(20):
            at = f"http://{n}.example.cn/" + "长" * 400 + "<b>"
            await tried.house.store.feeds.add(Feed(at, at, outlet=f"媒体{n}"), NOW)
        assert "8. 媒体7" in await ask(chat, "/feeds")
        assert "16. 媒体15" in await press(chat, "下一页 ›")
        assert "17. 媒体16" in await press(chat, "下一页 ›")
        assert "媒体17" in await press(chat, "18")
        shown = await press(chat, "移除")
        assert "媒体17" in shown  # named once more, as removed
        assert "共 19 个" in shown
        assert "19. 媒体18" in shown  # the others keep their numbers, those of the command line
        assert "已移除“媒体18”" in await ask(chat, "/removefeed 19")
        for none in ("18", "0", "9" * 19, "9" * 90):
            assert "没有这个订阅源" in await ask(chat, f"/removefeed {none}")


def test_only_our_own_buttons_are_read() -> None:
    for step in Step:
        assert unpack(pack(Press(step, 12, 3))) == Press(step, 12, 3)
    for data in ("", "f.list", "f.what.1.1", "f.list.1.1.1", "f.list.-1.1", "s.list.1.1"):
        assert unpack(data) is None


async def test_an_operator_is_told_once_of_a_feed_that_fails_for_long(config: Config) -> None:
    async with keeping(config, {}) as (tried, chat, _):
        store = tried.house.store
        at = "http://127.0.0.1:9/feed"  # refused: it is this machine
        await store.feeds.add(Feed(at, at, outlet="晨报"), NOW - timedelta(days=2))
        await tried.bot.feeding.polling.tick()
        trouble = tried.bot.feeding.trouble
        assert await trouble.tell() == 0  # not for long yet
        later = Trouble(store, Operators(store, [chat.id], SHANGHAI, still), timedelta(0), still)
        assert await later.tell() == 1
        assert await later.tell() == 0
        await tried.deliver()
        (told,) = [str(m["text"]) for m in chat.messages.values()]
    assert "晨报：端口 9 不是网页用的" in told
