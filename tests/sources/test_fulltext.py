"""The whole article from its page, on servers of this machine; pages and articles written by us."""

import asyncio
import importlib.util
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot import app
from bot.config import Config
from bot.errors import ConfigError
from bot.model import Article, BlockKind
from bot.sources import fulltext
from bot.sources.extraction import MOST_CHARACTERS, Extractor, extract
from bot.sources.fetch import Fetcher, Limits
from bot.sources.fulltext import FullText
from bot.sources.robots import Robots
from tests.conftest import still
from tests.sources.servers import (
    PUBLIC,
    Behaviour,
    Server,
    Wires,
    Writer,
    answering,
    names,
    redirecting,
    serving,
)
from tests.writing import article

URL = "http://news.example/2021/bridge.html"
TEXT = (
    "12月7日，<a href='/bridge'>新桥</a>正式通车，全长三公里，双向六车道。",
    "市交通局局长王强在仪式上表示，大桥将两岸车程缩短到十分钟，公交线路将增加三条。",
    "大桥2018年动工，历时三年。施工方称，共用钢材四万吨，主塔高一百八十米。",
)
PAGE = f"""<!doctype html><html><head><meta charset="utf-8">
<title>新桥正式通车 - 晨报网</title></head>
<body><nav><ul><li><a href="/">首页</a></li><li><a href="/news">新闻</a></li></ul></nav>
<article><h1>新桥正式通车</h1><p>{"</p><p>".join(TEXT)}</p>
<figure><img src="/p/1.jpg" alt="桥"></figure><p>来源：江城晚报</p></article>
<aside><h3>推荐阅读</h3><a href="/x">十大美食</a></aside>
<footer>版权所有 晨报网 联系我们</footer></body></html>"""
GIVEN = replace(
    article("12月7日，新桥正式通车……", title="新桥正式通车"), url=URL, content_hash="of the feed"
)


def site(paths: Mapping[str, Behaviour]) -> Behaviour:
    """A site of some paths; what is not there is 404."""

    async def behave(request: bytes, writer: Writer) -> None:
        path = request.split(b" ")[1].decode()
        await paths.get(path, answering("404 Not Found"))(request, writer)

    return behave


def page(body: str | bytes = PAGE, **headers: str) -> Behaviour:
    raw = body.encode() if isinstance(body, str) else body
    return answering(body=raw, **({"content_type": "text/html"} | headers))


@asynccontextmanager
async def reading(
    behave: Behaviour, extractor: Extractor | None = None
) -> AsyncIterator[tuple[Server, FullText]]:
    async with serving(behave) as server, extractor or Extractor() as finding:
        limits = Limits(seconds=5)
        resolver, wires = names([PUBLIC]), Wires(server.port)
        async with Fetcher(
            "Mailuo", still, limits=limits, resolver=resolver, backend=wires
        ) as fetcher:
            yield server, FullText(fetcher, Robots(fetcher, "Mailuo", still), finding)


async def made_of(behave: Behaviour, given: Article = GIVEN) -> Article:
    async with reading(behave) as (_, full):
        return await full.whole(given)


def prose(made: Article) -> str:
    return "\n".join(b.text for b in made.blocks if b.kind is BlockKind.TEXT)


async def test_a_page_makes_an_article_whole() -> None:
    made = await made_of(site({"/2021/bridge.html": page()}))
    for paragraph in TEXT:
        assert paragraph.replace("<a href='/bridge'>", "").replace("</a>", "") in prose(made)
    assert "首页" not in prose(made)
    assert "版权所有" not in prose(made)
    assert [link.url for link in made.links] == ["http://news.example/bridge"]
    assert [image.url for image in made.images] == ["http://news.example/p/1.jpg"]
    assert made.byline.upstream == "江城晚报"


async def test_who_it_is_stays() -> None:
    made = await made_of(site({"/2021/bridge.html": page()}))
    for name in ("key", "content_hash", "path", "title", "outlet", "published_at", "url"):
        assert getattr(made, name) == getattr(GIVEN, name)


async def test_a_page_in_gbk_that_names_its_encoding_only_inside() -> None:
    raw = PAGE.replace("utf-8", "gbk").encode("gb18030")
    assert TEXT[1] in prose(await made_of(site({"/2021/bridge.html": page(raw)})))


LEFT = {
    "no page": {},
    "robots.txt forbids": {
        "/robots.txt": answering(body=b"User-agent: mailuo\nDisallow: /2021"),
        "/2021/bridge.html": page(),
    },
    "robots.txt cannot be had": {
        "/robots.txt": answering("500 Oh No"),
        "/2021/bridge.html": page(),
    },
    "it leads to where robots.txt forbids": {
        "/robots.txt": answering(body=b"User-agent: *\nDisallow: /closed"),
        "/2021/bridge.html": redirecting((302, "/closed/1.html")),
        "/closed/1.html": page(),
    },
    "round and round": {"/2021/bridge.html": answering("302 Found", location=URL)},
    "another article": {"/2021/bridge.html": page(PAGE.replace("新桥", "旧路"))},
    "nothing more": {"/2021/bridge.html": page("<h1>新桥正式通车</h1><p>12月7日。</p>")},
    "not a page": {"/2021/bridge.html": page(content_type="application/pdf")},
    "empty": {"/2021/bridge.html": page("")},
    "too large": {"/2021/bridge.html": page(PAGE + " " * 6 * 2**20)},
    "it leads into our own network": {
        "/2021/bridge.html": answering("302 Found", location="http://169.254.169.254/x")
    },
}


@pytest.mark.parametrize("paths", LEFT.values(), ids=LEFT.keys())
async def test_what_goes_wrong_leaves_the_feeds_text(paths: Mapping[str, Behaviour]) -> None:
    async with reading(site(paths)) as (server, full):
        assert await full.whole(GIVEN) is GIVEN
    assert not any(request.startswith(b"GET /closed") for request in server.asked)


async def test_an_entry_without_a_link_asks_nobody() -> None:
    async with reading(site({})) as (server, full):
        assert (await full.whole(replace(GIVEN, url=""))).url == ""
        assert server.asked == []


async def test_a_redirect_to_the_page_is_followed() -> None:
    made = await made_of(
        site({"/2021/bridge.html": redirecting((301, "/new/1.html")), "/new/1.html": page()})
    )
    assert TEXT[1] in prose(made)


async def test_a_page_of_many_sentences_is_compared_in_little_time() -> None:
    given = replace(article(*["一句没有的话说了又说。" * 2000] * 2000, title="没有"), url=URL)
    async with asyncio.timeout(10):
        assert await made_of(site({"/2021/bridge.html": page(PAGE + "长" * 10**6)}), given) is given


async def test_an_entry_that_did_not_change_asks_for_its_page_once(config: Config) -> None:
    async with (
        app.opened(config, still) as house,
        reading(site({"/2021/bridge.html": page()})) as (server, full),
    ):
        assert await house.ingest.articles([GIVEN], full.whole) == {"new": 1}
        asked = len(server.asked)
        assert await house.ingest.articles([GIVEN], full.whole) == {"unchanged": 1}
        assert len(server.asked) == asked
        kept = await house.lookup.article(1)
    assert kept is not None
    assert TEXT[1] in prose(kept.article)
    assert kept.digest.events


# ---------------------------------------------------------------- hostile pages


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 100_000,
        "<table><tr><td>" * 20_000,
        "<a href=x>" * 50_000,
        "\ud800 \0 &#0; <p>\U0001f600",
        "<",
        "<script>" + "x" * 10**6,
        "<p>" + "新" * 10**6,
    ],
    ids=["deep", "tables", "links", "odd", "sign", "script", "long"],
)
async def test_hostile_pages_are_survived(hostile: str) -> None:
    async with Extractor() as extractor:
        await extractor.article(hostile, URL)
        assert TEXT[1] in await extractor.article(PAGE, URL)  # and the next is read


async def test_what_takes_too_long_is_killed_and_the_next_is_read() -> None:
    slow = (sys.executable, "-c", "import time; time.sleep(1000)")
    async with Extractor(0.2, slow) as extractor:
        assert await extractor.article(PAGE, URL) == ""
        assert extractor._process is None


async def test_a_process_that_dies_is_begun_anew() -> None:
    async with Extractor() as extractor:
        assert await extractor.article(PAGE, URL)
        assert extractor._process is not None
        extractor._process.kill()
        assert await extractor.article(PAGE, URL) == ""
        assert await extractor.article(PAGE, URL)


@pytest.mark.parametrize("command", ["import sys; print('nonsense')", "import sys; sys.exit(1)"])
async def test_an_answer_that_is_none(command: str) -> None:
    async with Extractor(5, (sys.executable, "-c", command)) as extractor:
        assert await extractor.article(PAGE, URL) == ""


def test_an_article_without_end_is_cut() -> None:
    paragraph = f"<p>{'新桥正式通车，全长三公里。' * 100}</p>"
    page = f"<article>{paragraph * 900}</article>"
    assert len(page) > MOST_CHARACTERS
    assert 0 < len(extract(page, URL)) <= MOST_CHARACTERS


def test_without_the_library_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    fulltext.ready()
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ConfigError, match=r"pip install 'mailuo\[fulltext\]'"):
        fulltext.ready()
