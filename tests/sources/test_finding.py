"""Lists of feeds go in and come out, routes become addresses, pages tell of their feeds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ReadError
from bot.sources import opml, rsshub
from bot.sources.discover import feeds_of_page, usual_addresses
from bot.sources.opml import Outline
from tests.sources.feed_cases import LAUGHS

LIST = """<?xml version="1.0" encoding="utf-8"?><opml version="1.0"><head><title>我的</title></head>
<body>
<outline text="新闻"><outline type="rss" text="晨报" title="晨报 A&amp;B" xmlUrl="http://a.cn/feed"
 htmlUrl="http://a.cn/"/><outline text="知乎" xmlUrl="RSSHub://zhihu/hot"/></outline>
<outline text="两次" xmlUrl="http://a.cn/feed"/><outline text="空" xmlUrl=""/>
<outline text="坏" xmlUrl="file:///etc/passwd"/><OUTLINE TEXT="大写" XMLURL="http://b.cn/feed"/>
</body></opml>"""


def test_a_list_is_read_with_its_folders_open() -> None:
    assert [(f.url, f.title, f.site) for f in opml.read(LIST.encode()).feeds] == [
        ("http://a.cn/feed", "晨报 A&B", "http://a.cn/"),
        ("RSSHub://zhihu/hot", "知乎", ""),
        ("http://b.cn/feed", "大写", ""),
    ]


def test_a_feed_is_listed_once_however_its_host_is_written() -> None:
    urls = ("HTTP://A.cn/F", "http://a.cn/F", "http://a.cn/f", "rsshub://A/b", "RSSHub://a/b")
    lines = "".join(f'<outline xmlUrl="{url}" title="{url}"/>' for url in urls)
    found = opml.read(f"<opml><body>{lines}</body></opml>".encode()).feeds
    assert found == [Outline(url) for url in (urls[0], urls[2], urls[3], urls[4])]


def test_what_is_no_address_in_a_list_is_named() -> None:
    assert opml.read(LIST.encode()).refused == ["file:///etc/passwd"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_list_may_be_in_any_encoding(encoding: str) -> None:
    raw = LIST.replace('encoding="utf-8"', f'encoding="{encoding}"').encode(encoding)
    assert opml.read(raw).feeds[1].title == "知乎"


def test_a_list_with_stray_ampersands_is_read() -> None:
    broken = '<opml><body><outline text="A & B" xmlUrl="http://a.cn/?a=1&b=2"></body>'
    assert opml.read(broken.encode()).feeds == [Outline("http://a.cn/?a=1&b=2", "A & B")]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"http://a.cn/feed",
        b"<opml><body/></opml>",
        b"{}",
        f'<!DOCTYPE o [<!ENTITY l0 "x">{LAUGHS}]><opml><outline xmlUrl="&l9;"/></opml>'.encode(),
        b'<!DOCTYPE o [<!ENTITY f SYSTEM "file:///etc/passwd">]><opml><body>&f;</body></opml>',
        b"<opml>" + b" " * opml.MOST_BYTES,
    ],
    ids=["empty", "words", "no feed", "json", "bomb", "file", "large"],
)
def test_what_is_no_list_is_refused(raw: bytes) -> None:
    with pytest.raises(ReadError):
        opml.read(raw)


titles = st.text(max_size=50)


@given(st.lists(titles, min_size=1, max_size=8), titles)
def test_what_is_written_is_read_again(names: list[str], title: str) -> None:
    feeds = [Outline(f"http://a.cn/{i}?a=1&b=2", " ".join(n.split())) for i, n in enumerate(names)]
    read = opml.read(opml.write(feeds, title)).feeds
    assert [f.url for f in read] == [f.url for f in feeds]
    for written, found in zip(feeds, read, strict=True):
        shown = opml.read(opml.write([found], "")).feeds[0]
        assert shown == found  # once cleaned it stays as it is
        assert found.title in (written.title, written.url) or not written.title.isprintable()


@given(st.binary(max_size=200))
def test_any_bytes_are_a_list_or_refused(raw: bytes) -> None:
    for body in (raw, b"<opml><body><outline xmlUrl='" + raw):
        try:
            opml.read(body)
        except ReadError:
            continue


# ---------------------------------------------------------------- routes


@pytest.mark.parametrize(
    ("address", "instances", "wanted"),
    [
        ("rsshub://zhihu/hot", ["https://rsshub.app"], ["https://rsshub.app/zhihu/hot"]),
        ("RSSHub:///zhihu/hot/", ["http://10.0.0.2:1200/"], ["http://10.0.0.2:1200/zhihu/hot"]),
        ("rsshub://a/b?limit=9", ["https://r.cn/x?key=k"], ["https://r.cn/x/a/b?limit=9&key=k"]),
        (
            "rsshub://a/中文",
            ["r.cn", "r.cn", "s.cn"],
            ["https://r.cn/a/中文", "https://s.cn/a/中文"],
        ),
        ("http://a.cn/feed", [], ["http://a.cn/feed"]),
    ],
)
def test_a_route_is_read_at_the_instances_in_turn(
    address: str, instances: list[str], wanted: list[str]
) -> None:
    assert rsshub.addresses(address, instances) == wanted


@pytest.mark.parametrize("address", ["rsshub://", "rsshub:///", "rsshub://a/../../admin"])
def test_a_route_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ReadError):
        rsshub.addresses(address)


def test_a_route_cannot_change_the_host() -> None:
    for route in ("@evil.cn/x", "/evil.cn", "evil.cn:80/x", "#x", "\\evil.cn", "http://evil.cn/"):
        (found,) = rsshub.addresses(f"rsshub://{route}", ["https://r.cn"])
        assert found.startswith("https://r.cn/")


def test_without_an_instance_no_route_is_read() -> None:
    with pytest.raises(ReadError, match="no RSSHub"):
        rsshub.addresses("rsshub://a/b", [])


# ---------------------------------------------------------------- pages


def page(*links: str, base: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{base}{''.join(links)}</head><body>x</body></html>"


def link(
    href: str, kind: str = "application/rss+xml", title: str = "", rel: str = "alternate"
) -> str:
    return f'<link rel="{rel}" type="{kind}" title="{title}" href="{href}">'


def test_a_page_names_its_feeds_those_of_comments_last() -> None:
    html = page(
        link("/comments/feed", title="评论"),
        link("/feed", title=" 晨报\n新闻 "),
        link("atom.xml", "Application/Atom+XML; charset=utf-8", rel="ALTERNATE home"),
        link("/feed"),
        link("//b.cn/f", "", rel="feed"),
        link("/en", "text/html"),
        link("/style.css", "text/css", rel="stylesheet"),
        link("/oembed?x", "application/json"),
        link("javascript:alert(1)"),
        link("feed.json", "application/feed+json"),
    )
    assert [f.url for f in feeds_of_page(html, "https://a.cn/news/1")] == [
        "https://a.cn/feed",
        "https://a.cn/news/atom.xml",
        "https://b.cn/f",
        "https://a.cn/news/feed.json",
        "https://a.cn/comments/feed",
    ]


def test_the_base_of_a_page_counts() -> None:
    html = page(link("feed"), base='<base href="/blog/">')
    assert feeds_of_page(html, "http://a.cn/x/y") == [Outline("http://a.cn/blog/feed")]


@given(st.text(max_size=300))
def test_any_page_names_feeds_or_none(html: str) -> None:
    for found in feeds_of_page(
        html + "<link rel=alternate type=text/xml href=" + html, "http://a/"
    ):
        assert found.url.startswith(("http://", "https://"))


def test_a_page_of_ten_thousand_links_names_a_few() -> None:
    html = page(*(link(f"/{i}") for i in range(10_000)))
    assert len(feeds_of_page(html, "http://a.cn/")) == 20


def test_a_site_is_guessed_at_its_root() -> None:
    assert usual_addresses("https://a.cn/news/1")[:2] == ["https://a.cn/feed", "https://a.cn/rss"]
