"""Posts: from messy files to clean articles, and clear words for what is no post."""

import contextlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.addresses import web
from bot.errors import ReadError
from bot.model import BlockKind, Byline
from bot.sources.body import read_body
from bot.sources.posts import find_posts, parse_post, read_post
from bot.sources.published import published
from bot.sources.urls import picture
from tests.writing import SEEDS, post

CASES = Path(__file__).parent / "cases"


def blocks(html: str) -> list[tuple[str, str]]:
    return [(str(b.kind), b.text) for b in parse_post(post(html), "a.md").blocks]


@pytest.mark.parametrize("case", sorted(CASES.glob("*.md")), ids=lambda p: p.stem)
def test_a_case_reads_as_written_beside_it(case: Path) -> None:
    """To add a case, add two files: what a source wrote, and what we should make of it."""
    expected = json.loads(case.with_suffix(".json").read_text(encoding="utf-8"))
    article = read_post(case)
    got = {
        "title": article.title,
        "outlet": article.outlet,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "blocks": [[str(b.kind), b.text] for b in article.blocks],
        "links": [link.url for link in article.links],
        "images": [image.url for image in article.images],
        "flags": list(article.flags),
    }
    assert got == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Tue, 30 Nov 2021 23:51:14 GMT", datetime(2021, 11, 30, 23, 51, 14, tzinfo=UTC)),
        ("2021-10-28T14:08:07Z", datetime(2021, 10, 28, 14, 8, 7, tzinfo=UTC)),
        ("2021-10-28T14:08:07+08:00", datetime(2021, 10, 28, 6, 8, 7, tzinfo=UTC)),
        ("2021-10-28 14:08:07", datetime(2021, 10, 28, 6, 8, 7, tzinfo=UTC)),
        ("2021年10月28日 14:08", datetime(2021, 10, 28, 6, 8, tzinfo=UTC)),
        ("2021-10-28", datetime(2021, 10, 27, 16, 0, tzinfo=UTC)),
        ("Invalid Date", None),
        ("", None),
        ("昨天", None),
        ("0001-01-01 00:00:00", None),
        ("2021-13-45", None),
    ],
)
def test_publication_dates(raw: str, expected: datetime | None) -> None:
    assert published(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("https://cors.example.dev/?http://real.com/a.jpg", "http://real.com/a.jpg"),
        ("https://p.dev/?url=https%3A%2F%2Freal.com%2Fa", "https://real.com/a"),
        ("https://a.dev/?https://b.dev/?http://real.com/a", "http://real.com/a"),
        ("http://real.com/?q=1", "http://real.com/?q=1"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("http://[::1", ""),
        ("mailto:a@b.c", ""),
    ],
)
def test_addresses(raw: str, expected: str) -> None:
    assert web(raw) == expected


def test_placeholder_pictures_are_dropped() -> None:
    assert picture("https://picsum.photos/400/300?random=8958") == ""
    assert picture("https://real.com/a.png") == "https://real.com/a.png"


def test_one_tag_a_character_is_one_paragraph() -> None:
    spans = "".join(f"<zkspan class='x'>{c}</zkspan>" for c in "逐字标签，也是一段。")
    assert blocks(f"<p>{spans}</p>") == [("text", "逐字标签，也是一段。")]


def test_inline_tags_do_not_split_a_paragraph() -> None:
    html = "<p>前半句<strong>加粗</strong>，<a href='http://a.com'>链接</a><em>后半句</em>。</p>"
    assert blocks(html) == [("text", "前半句加粗，链接后半句。")]


def test_bare_text_between_boxes_is_a_paragraph() -> None:
    html = "<p></p><div><img src='http://a.com/1.jpg'></div>裸露的一段话。<p>下一段。</p>"
    assert blocks(html) == [("text", "裸露的一段话。"), ("text", "下一段。")]


def test_straight_quotes_around_chinese_are_mended_and_code_is_left_alone() -> None:
    assert blocks('<p>工信部谈 " 屏蔽 " 一事，按 "Alt + F4" 即可。</p>') == [
        ("text", '工信部谈“屏蔽”一事，按 "Alt + F4" 即可。')
    ]


def test_underscores_in_titles_are_quotes() -> None:
    assert parse_post(post("<p>正文。</p>", title="巨头的_隐形门_"), "a").title == "巨头的“隐形门”"
    assert parse_post(post("<p>正文。</p>", title="snake_case_name"), "a").title == (
        "snake_case_name"
    )


def test_titles_lose_tags_and_entities() -> None:
    title = "'<b>粗体</b> A&amp;B'"
    assert parse_post(post("<p>正文。</p>", title=title), "a").title == "粗体 A&B"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("来源：新华社", Byline(upstream="新华社")),
        ("文 / 曾宪天", Byline(author="曾宪天")),
        ("作者：张三 编辑：李四", Byline(author="张三", editor="李四")),
        ("（责任编辑：王五）", Byline(editor="王五")),
        (
            "本文来自微信公众号：新榜（ID：newrankcn），作者：松露，头图来自：视觉中国",
            Byline(upstream="新榜（ID：newrankcn）", author="松露", pictures="视觉中国"),
        ),
    ],
)
def test_bylines(line: str, expected: Byline) -> None:
    article = parse_post(post(f"<p>正文在这里。</p><p>{line}</p>"), "a.md")
    assert article.byline == expected
    assert article.blocks[-1].kind is BlockKind.BYLINE


def test_a_sentence_about_sources_is_no_byline() -> None:
    assert blocks("<p>消息来源：多位知情人士向本报证实，公司将在下月裁员并关闭两座工厂。</p>")[0][
        0
    ] == ("text")


@pytest.mark.parametrize(
    "line",
    ["【本文图片来自网络】", "相关阅读：《另一篇》", "扫描二维码关注我们", "未经授权不得转载"],
)
def test_boilerplate(line: str) -> None:
    assert blocks(f"<p>正文。</p><p>{line}</p>")[-1] == ("boilerplate", line)


def test_scripts_styles_and_comments_are_dropped() -> None:
    html = "<style>p{}</style><script>alert(1)</script><!-- 注释 --><p>留下的。</p>"
    assert blocks(html) == [("text", "留下的。")]


def test_picture_only_and_empty_bodies_are_kept_as_such() -> None:
    assert parse_post(post("<img src='http://a.com/1.jpg'>"), "a").flags == ("picture-only",)
    assert parse_post(post(""), "a").flags == ("empty-body",)


def test_an_unusable_date_is_unknown_and_never_now() -> None:
    article = parse_post(post("<p>正文。</p>", date="Invalid Date"), "a")
    assert (article.published_at, article.published_at_raw) == (None, "Invalid Date")
    assert article.flags == ("date-unknown",)


@pytest.mark.parametrize("encode", ["gb18030", "utf-8-sig", "utf-16"])
def test_encodings(encode: str) -> None:
    raw = post("<p>简体中文的正文。</p>").decode().encode(encode)
    assert parse_post(raw, "a").blocks[0].text == "简体中文的正文。"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02PNG", "binary"),
        (b"# just markdown", "no front matter"),
        (b"---\ntitle: [unclosed\n---\nx", "not valid YAML"),
        (b"---\na: &a [x]\nb: *a\ntitle: t\n---\nx", "aliases"),
        (b"---\n- a\n- b\n---\nx", "name: value"),
        (b"---\nauthor: x\n---\nx", "no 'title'"),
        (b"---\ntitle: [a, b]\n---\nx", "must be a text"),
        (b"---\ntitle: t\nnever closed", "not closed"),
        (b"---\ntitle: \xff\xff\xff\n---\n", "encoding"),
        (b"---\ntitle: t\n---\n" + b"x" * (5 * 1024 * 1024), "larger than 5 MiB"),
    ],
)
def test_what_is_no_post_is_rejected_with_a_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        parse_post(raw, "bad.md")


def test_deep_nesting_is_survived() -> None:
    html = "<div>" * 20_000 + "深处的一句话。" + "</div>" * 20_000
    assert parse_post(post(html), "a").outlet == "晨报"


def test_identity_does_not_change_with_the_text() -> None:
    one, other = parse_post(post("<p>初稿。</p>"), "a"), parse_post(post("<p>定稿。</p>"), "b")
    assert one.key == other.key
    assert one.content_hash != other.content_hash


def test_folders_are_searched_and_strange_files_passed_over(folder: Path) -> None:
    (folder / "sub").mkdir()
    for name in ("b.md", "sub/a.html", "c.png", ".hidden.md"):
        (folder / name).write_bytes(post("<p>正文。</p>"))
    assert [p.name for p in find_posts([folder])] == ["b.md", "a.html"]
    with pytest.raises(ReadError, match="does not exist"):
        find_posts([folder / "nowhere"])


@given(st.binary(max_size=400))
def test_any_bytes_are_a_post_or_a_reason(raw: bytes) -> None:
    for candidate in (raw, b"---\ntitle: t\n---\n" + raw, b"---\n" + raw + b"\n---\n"):
        with contextlib.suppress(ReadError):
            assert parse_post(candidate, "x.md").title


TAGS = st.sampled_from(
    "<p>|</p>|<div>|</div>|<br>|<b>|</b>|<a href='javascript:x'>|</a>|<table><tr><td>|</td></tr>"
    "|<pre>|</pre>|<li>|<h3>|</h3>|<script>|</script>|<!--|-->|&lt;|&#0;|<img src=x>|\n|。".split(
        "|"
    )
)


@given(st.lists(TAGS | st.text(max_size=12), max_size=30).map("".join))
def test_any_html_makes_clean_blocks(html: str) -> None:
    body = read_body(html)
    assert read_body(html) == body
    for block in body.blocks:
        assert block.text.strip()
        assert not set(block.text) & {"\0", "\u202e", "\ufeff"}
    assert all(link.url.startswith("http") for link in body.links)


def test_the_seeds_are_read() -> None:
    articles = [read_post(path) for path in find_posts([SEEDS])]
    assert len(articles) == 5
    for article in articles:
        prose = [b.text for b in article.blocks if b.kind in (BlockKind.TEXT, BlockKind.LIST)]
        assert 400 <= len("".join("".join(prose).split())) <= 900, article.title
        assert not any("picsum" in i.url or "/?http" in i.url for i in article.images)


def test_the_originals_are_read(shared: Path) -> None:
    articles = {a.title[:6]: a for a in map(read_post, find_posts([shared / "seeds"]))}
    assert len(articles) == 5
    wall = articles["微信拆墙，淘"]
    assert wall.byline == Byline(
        "新榜（ID：newrankcn）",
        "https://mp.weixin.qq.com/s/DLgYgvEVnXsih6qlnWXgkA",
        "松露",
        "张洁",
        "视觉中国",
    )
    loosened = articles["微信再度松绑"]
    assert loosened.byline.author == "曾宪天"
    assert loosened.blocks[2].text.startswith("一是在点对点聊天场景中，用户将可以直接访问")
    assert loosened.images[0].url.startswith("http://zkres2.myzaker.com/")
