"""Feeds as they are found are read; what is no feed is refused; an entry stays itself."""

import json
import time
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ReadError
from bot.model import Article
from bot.model.feeds import Feed, FeedContent
from bot.sources.feeds import read_feed
from tests.sources.feed_cases import (
    BODY,
    DATES,
    ENCODED,
    HOSTILE,
    NIGHT,
    NO_FEEDS,
    SHAPES,
    URL,
    atom,
    item,
    rss,
)

HOME = Feed(URL, URL)


def read(document: str | bytes, content_type: str = "", feed: Feed = HOME) -> FeedContent:
    body = document.encode() if isinstance(document, str) else document
    return read_feed(body, content_type, URL, feed)


def first(document: str | bytes, content_type: str = "", feed: Feed = HOME) -> Article:
    return read(document, content_type, feed).articles[0]


def seen(article: Article, name: str) -> object:
    """What a case asks of an article."""
    if name == "text":
        return "/".join(block.text for block in article.blocks)
    if name == "link":
        return article.links[0].url
    if name == "image":
        return article.images[0].url
    if name == "author":
        return article.byline.author
    return getattr(article, name)


@pytest.mark.parametrize(
    ("document", "wanted"), [c[1:] for c in SHAPES], ids=[c[0] for c in SHAPES]
)
def test_a_peculiar_feed_is_read(document: str, wanted: dict[str, object]) -> None:
    article = first(document)
    assert {name: seen(article, name) for name in wanted} == wanted


@pytest.mark.parametrize("date", DATES, ids=lambda d: d[:40])
def test_a_date_is_understood(date: str) -> None:
    assert first(rss(item(f"<pubDate>{date}</pubDate>"))).published_at == DATES[date]


@pytest.mark.parametrize(("body", "kind"), [c[1:] for c in ENCODED], ids=[c[0] for c in ENCODED])
def test_an_encoding_is_found(body: bytes, kind: str) -> None:
    assert first(body, kind).title == "朱镕基喆"


@pytest.mark.parametrize(
    ("declared", "written", "title"),
    [
        ("big5", "big5", "臺灣大橋通車"),
        ("Big5", "cp950", "恒生指數碁"),
        ("big5", "big5hkscs", "佢哋嘅新聞咗"),
        ("Shift_JIS", "cp932", "髙島屋①の記事"),
        ("x-sjis", "cp932", "髙島屋①の記事"),
        ("euc-kr", "cp949", "똠방각하 뉴스"),
    ],
)
def test_an_encoding_is_read_as_declared_with_what_is_really_written_under_its_name(
    declared: str, written: str, title: str
) -> None:
    document = rss(item("", f"<title>{title}</title>")).replace("晨报", "").encode(written)
    assert first(document, f"text/xml; charset={declared}").title == title
    said = f'<?xml version="1.0" encoding="{declared}"?>'.encode()
    assert first(said + document).title == title
    damaged = document.replace(b"</item>", b"\xff</item>")
    assert first(said + damaged).title == title


def test_no_encoding_takes_longer_than_the_document_is_long() -> None:
    started = time.process_time()
    with suppress(ReadError):
        read(b'<?xml version="1.0" encoding="punycode"?>\xff-' + b"bb" * 60_000)
    assert time.process_time() - started < 2


def test_a_few_damaged_bytes_do_not_make_it_gibberish() -> None:
    body = rss(item(f"<description>{'大桥今天通车。' * 9}</description>")).encode()
    assert first(body.replace("今".encode(), b"\xe4\xbb", 1)).title == "大桥通车"


def test_a_character_cut_in_two_does_not_make_the_few_beside_it_gibberish() -> None:
    body = rss(item("", "<title>中国人</title>"), "").encode()
    assert first(body.replace("人".encode(), "人".encode()[:2])).title == "中国\ufffd"


def test_entries_of_other_encodings_do_not_make_those_in_utf_8_gibberish() -> None:
    among = [
        item("", f"<title>新大桥{i}</title>").encode(e) for i, e in enumerate(["utf-8", "gbk"] * 9)
    ]
    titles = [a.title for a in read(rss("_").encode().replace(b"_", b"".join(among))).articles]
    assert titles[0] == "新大桥0"


def test_the_zone_of_a_feed_is_that_of_its_naive_dates() -> None:
    abroad = Feed(URL, URL, zone="America/New_York")
    naive = rss(item("<pubDate>2021-11-30 10:51:14</pubDate>"))
    assert first(naive, feed=abroad).published_at == NIGHT


def test_a_feed_says_its_title_site_and_how_often() -> None:
    head = "<title>晨报</title><link>/home</link><ttl>45</ttl>"
    content = read(rss(item(BODY), head))
    assert (content.title, content.site, content.ttl) == (
        "晨报", "http://news.example.cn/home", 45 * 60,
    )  # fmt: skip
    period = "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"
    assert read(rss(item(BODY), "<title>晨报</title>" + period)).ttl == 6 * 3600
    assert read(rss(item(BODY), "<title>晨报</title><ttl>often</ttl>")).ttl == 0


def test_an_untitled_feed_goes_by_the_site_that_its_entries_are_of() -> None:
    untitled = "<rss><channel><item><title>快讯</title>{}</item></channel></rss>"
    assert first(untitled.format("<link>https://news.a.cn/1</link>")).outlet == "news.a.cn"
    assert first(untitled.format("")).outlet == urlsplit(URL).hostname


def test_a_feed_s_title_is_shown_without_markup() -> None:
    titled = "<rss><channel><title>杭州<![CDATA[ <i>晚报</i>]]></title></channel></rss>"
    assert read(titled).title == "杭州 晚报"


def test_the_operators_name_for_the_outlet_wins() -> None:
    named = Feed(URL, URL, outlet="早报")
    assert first(rss(item('<source url="http://b.com">晚报</source>')), feed=named).outlet == "早报"


# ---------------------------------------------------------------- identity


def keys(*items: str) -> list[str]:
    return [a.key for a in read(rss("".join(items))).articles]


def known(guid: str = "", title: str = "大桥通车", link: str = "", date: str = "") -> str:
    parts = {"guid": guid, "title": title, "link": link, "pubDate": date, "description": link}
    return "<item>" + "".join(f"<{n}>{v}</{n}>" for n, v in parts.items() if v) + "</item>"


def test_an_entry_stays_itself() -> None:
    day = "2021-11-30"
    assert keys(known("7", "甲", "http://a.com/1")) == keys(known("7", "乙", "http://b.com/2", day))
    assert keys(known("", "甲", "http://a.com/1", day)) == keys(
        known("", "甲", "http://b.com/2", day)
    )
    assert keys(known("7")) != keys(known("8"))


def test_an_entry_is_another_feeds_when_the_feed_is_another() -> None:
    moved = Feed(URL, "https://new.example.cn/feed")
    other = Feed("http://other.cn/", URL)
    document = rss(known("7"))
    assert first(document).key == first(document, feed=moved).key != first(document, feed=other).key


def test_one_guid_for_all_entries_tells_nothing() -> None:
    assert len(set(keys(known("0", "甲"), known("0", "乙"), known("0", "丙")))) == 3


def test_entries_of_one_guid_and_title_are_told_apart_by_date_and_link() -> None:
    posts = [known("0", "", f"http://a.com/{i}") for i in range(4)]  # whose title is their text
    assert len(set(keys(*posts))) == 4
    daily = [known("0", "每日快讯", f"http://a.com/{i}", f"2021-11-{i}") for i in (29, 30)]
    assert len(set(keys(*daily))) == 2


def test_the_address_of_the_site_is_the_guid_of_no_entry() -> None:
    def alone(guid: str, title: str) -> str:
        head = "<title>晨报</title><link>http://a.com</link>"
        return first(rss(known(guid, title), head)).key

    for whole in ("http://a.com/", URL):
        assert alone(whole, "甲") != alone(whole, "乙")
        assert alone(whole, "甲") == keys(known(whole, "甲"), known(whole, "乙"))[0]
    assert alone("http://a.com/1", "甲") == alone("http://a.com/1", "乙")


def test_keys_are_those_of_the_articles_that_are_kept() -> None:
    """Literal: were they others, all that is stored would be stored and sent once more."""
    at = "Tue, 30 Nov 2021 23:51:14 +0800"
    one, two = "http://a.com/1", "http://a.com/2"
    by_guid = "2ab28d97e9bb6d1d10725c89f65018bd"
    by_title, another = "3954b33e581eb812e486e010ec6f6d96", "124fa4c96fa4087caab529ad2c0a1018"
    assert keys(known("7", "甲", one, at), known("8", "甲", two, at)) == [
        by_guid, "8863cd36fcf62d7a1be679fe681def52",
    ]  # fmt: skip
    assert keys(known("0", "甲", one, at), known("0", "乙", two, at)) == [by_title, another]
    assert keys(known("", "甲", one, at), known("", "乙", two, at)) == [by_title, another]
    assert keys(known("", "甲", "", at)) == [by_title]
    assert keys(known("", "甲", one), known("", "甲", two)) == [
        "08aabeae48bdfe52216176cdfc029806", "be812681983e223f08152440a198d6eb",
    ]  # fmt: skip
    assert keys(known("", "", one), known("", "", two, at)) == [
        "dfa567245a51f791c805e178340c4dfe", "51ee66f4e33b64e81cfae2f1d94e636a",
    ]  # fmt: skip
    assert keys(known("", "甲"), known("", "乙")) == [
        "69934080608ab0b1c0c74815f99c5afc", "23e288104f591234ecd563b43c189b82",
    ]  # fmt: skip
    assert first(atom(f"<link href='{one}'/><content>甲。</content>")).key == by_guid


def test_flashes_of_one_title_without_guid_and_date_are_told_apart() -> None:
    assert (
        len(set(keys(known("", "快讯", "http://a.com/1"), known("", "快讯", "http://a.com/2"))))
        == 2
    )


def test_the_same_entry_twice_is_one() -> None:
    assert len(keys(known("7"), known("7"))) == 1


def test_an_edited_entry_is_the_same_with_other_content() -> None:
    before, after = (first(rss(item(f"<description>{d}</description>"))) for d in ("甲。", "乙。"))
    assert before.key == after.key
    assert before.content_hash != after.content_hash


def test_what_a_server_makes_anew_each_time_is_no_edit() -> None:
    asked = [
        rss(
            f"<item><guid>7</guid><title>快讯</title><pubDate>Mon, 06 Dec 2021 0{n}:00:00 GMT"
            f"</pubDate><description>&lt;img src='http://a.com/b.jpg?sign={n}'&gt;甲。</description>"
            f"</item>"
        )
        for n in (1, 2)
    ]
    before, after = map(first, asked)
    assert before.published_at != after.published_at
    assert before.images != after.images
    assert before.content_hash == after.content_hash


def test_an_entry_with_neither_title_nor_text_is_named() -> None:
    content = read(rss("<item><guid>7</guid></item>" + known("8")))
    assert len(content.articles) == 1
    assert "7" in content.rejected[0].reason


# ---------------------------------------------------------------- hostile


@pytest.mark.parametrize(
    ("document", "why"),
    NO_FEEDS,
    ids=[why + str(i) for i, (_, why) in enumerate(NO_FEEDS)],
)
def test_what_is_no_feed_is_refused_with_a_reason(document: str, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        read(document)


@pytest.mark.parametrize("document", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_document_takes_no_longer_than_its_length(document: str) -> None:
    started = time.process_time()
    try:
        content = read(document)
    except ReadError:
        content = None
    assert time.process_time() - started < 5
    assert content is None or len(content.articles) <= 500


@given(st.binary(max_size=300), st.text(max_size=40))
def test_any_bytes_are_a_feed_or_refused(body: bytes, kind: str) -> None:
    starts = (b"", b"<rss><channel>", b'{"items":[', rss(item("")).encode()[:-20])
    for start in starts:
        with suppress(ReadError):
            read(start + body, kind)


FIELDS = ["id", "title", "url", "date_published", "tags", "content_html"]


@given(
    st.dictionaries(
        st.sampled_from(FIELDS), st.none() | st.text() | st.integers() | st.lists(st.text())
    )
)
def test_any_json_entry_is_read_or_named(fields: dict[str, object]) -> None:
    read(json.dumps({"items": [fields]}))
