"""Live news end to end: the worker as another process, a feed over HTTP, what a reader gets."""

import asyncio
import signal
import sys
from pathlib import Path

from bot.sandbox import World, create_app, serve
from bot.store import Store
from tests.conftest import still
from tests.flow.web import Site, feed, serving_web
from tests.sources.servers import answering
from tests.test_worker import SECONDS, process

RUN = [sys.executable, "-m", "bot", "run"]


def settings(tmp_path: Path, *feeds: str, **env: str) -> dict[str, str]:
    """The worker's environment, with feeds in its settings file and no posts."""
    config = tmp_path / "config.toml"
    text = "".join(f'[[feeds]]\nurl = "{url}"\noutlet = "晨报"\n' for url in feeds)
    config.write_text(text, encoding="utf-8")
    return {"MAILUO_CONFIG": str(config), "MAILUO_POSTS": "", **env}


async def test_a_new_entry_reaches_a_subscriber_with_its_source(tmp_path: Path) -> None:
    world = World(still)
    chat = world.private_chat()
    pages = {"/feed": feed("旧闻一则")}
    async with serving_web(pages) as web, serve(world, create_app(world)) as address:
        env = settings(tmp_path, web.at("/feed"), MAILUO_ALLOWED_HOSTS=",".join(web.hosts))
        async with process(RUN, address, tmp_path, **env) as worker, asyncio.timeout(SECONDS):
            text = ""
            while "旧闻一则" not in text:
                chat.say("/latest")
                text = (await chat.answer(SECONDS))["text"]
            chat.say("/subscribe 即时")
            assert "已订阅" in (await chat.answer(SECONDS))["text"]
            pages["/feed"] = feed("新桥正式通车", "旧闻一则", etag='"2"')
            await _due(tmp_path / "mailuo.db")
            while "新桥正式通车" not in chat.last()["text"]:
                await world.change(SECONDS)
            chat.say("/source 2")
            said = (await chat.answer(SECONDS))["text"]
            worker.send_signal(signal.SIGTERM)
            assert await worker.wait() == 0
    assert "晨报 · 文章编号 2" in said
    assert "订阅源：晨报 127.0.0.1" in said
    assert "http://news.example.cn/0" in str(chat.last())


async def _due(database: Path) -> None:
    """As if half an hour had passed for the feeds."""
    async with await Store.open(database, word_engine="jieba") as store:
        await store._engine.write(
            lambda db: db.execute("UPDATE feeds SET next_at = polled_at") and None
        )


async def test_a_worker_stops_while_it_asks_and_loses_nothing(tmp_path: Path) -> None:
    world = World(still)
    chat = world.private_chat()
    slow = {f"/slow{n}": Site.faults()["/slow"] for n in range(4)}
    pages = {"/good": feed("大桥通车"), **slow}
    async with serving_web(pages) as web, serve(world, create_app(world)) as address:
        feeds = [web.at(path) for path in pages]
        env = settings(tmp_path, *feeds, MAILUO_ALLOWED_HOSTS=",".join(web.hosts))
        async with process(RUN, address, tmp_path, **env) as worker, asyncio.timeout(SECONDS):
            while not {"/good", "/slow0"} <= set(web.paths):
                await web.asked_again()
            text = ""
            while "大桥通车" not in text:
                chat.say("/latest")
                text = (await chat.answer(SECONDS))["text"]
            started = asyncio.get_running_loop().time()
            worker.send_signal(signal.SIGTERM)
            _, err = await worker.communicate()
            assert asyncio.get_running_loop().time() - started < 15  # a slow feed has 30
    assert worker.returncode == 0
    assert b"Traceback" not in err
    async with await Store.open(tmp_path / "mailuo.db", word_engine="jieba") as store:
        asked = {f.feed.url: f.state.polled_at for f in await store.feeds.listed()}
        assert asked[web.at("/good")] is not None
        assert await store.articles.newest() == 1


async def test_an_idle_worker_without_feeds_asks_nobody(tmp_path: Path) -> None:
    world = World(still)
    chat = world.private_chat()
    pages = {"/feed": Site(answering("500 Oops"))}
    async with serving_web(pages) as web, serve(world, create_app(world)) as address:
        env = settings(tmp_path)
        async with process(RUN, address, tmp_path, **env) as worker, asyncio.timeout(SECONDS):
            chat.say("/latest")
            assert "现在没有可看的报道" in (await chat.answer(SECONDS))["text"]
            worker.send_signal(signal.SIGTERM)
            assert await worker.wait() == 0
        assert web.asked == []
