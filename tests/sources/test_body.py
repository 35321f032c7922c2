"""Bodies: tables, code, captions, boxes, links and pictures, however they are nested."""

import pytest

from bot.model import Image, Link
from bot.sources.body import read_body


def blocks(html: str) -> list[tuple[str, str]]:
    return [(str(b.kind), b.text) for b in read_body(html).blocks]


def test_a_table_is_a_block_a_row() -> None:
    html = (
        "<table><tr><th>平台</th><th>用户</th></tr>"
        "<tr><td><p>甲</p><p>乙</p></td><td>3<br>亿</td></tr></table>"
    )
    assert blocks(html) == [("table", "平台 | 用户"), ("table", "甲 乙 | 3 亿")]


def test_a_table_that_lays_out_the_page_holds_paragraphs() -> None:
    one_cell = "<table><tr><td><p>第一段。</p><p>第二段。</p></td></tr></table>"
    assert blocks(one_cell) == [("text", "第一段。"), ("text", "第二段。")]
    outer = "<table><tr><td>栏目</td><td><table><tr><td>甲</td><td>1</td></tr></table></td></tr>"
    assert ("table", "甲 | 1") in blocks(outer)


def test_code_keeps_lines_and_indentation() -> None:
    html = "<pre><code>if ok:\n    go(&#123;1&#125;)\n</code></pre><p>以上是代码。</p>"
    assert blocks(html) == [("code", "if ok:\n    go({1})"), ("text", "以上是代码。")]
    assert blocks("<pre><div>a = 1</div><div>b = 2</div></pre>") == [("code", "a = 1\nb = 2")]


def test_captions_are_marked_and_go_with_their_picture() -> None:
    html = (
        "<p><img src='http://a.com/1.jpg'></p><p label='图片备注'>新的页面<br></p>"
        "<figure><img src='http://a.com/2.jpg'><figcaption>旧的页面</figcaption></figure>"
        "<img src='http://a.com/3.jpg'><p>正文隔开。</p><p class='text-img-note'>不属于它</p>"
    )
    body = read_body(html)
    assert list(body.images.values()) == [
        Image("http://a.com/1.jpg", "新的页面"),
        Image("http://a.com/2.jpg", "旧的页面"),
        Image("http://a.com/3.jpg"),
    ]
    assert [str(b.kind) for b in body.blocks] == ["caption", "caption", "text", "caption"]


def test_a_list_in_a_recommend_box_is_the_boxes() -> None:
    html = "<p>正文。</p><div class='related'><ul><li>另一篇报道</li></ul></div>"
    assert blocks(html) == [("text", "正文。"), ("boilerplate", "另一篇报道")]


def test_lists_bullets_and_headings() -> None:
    html = "<ol><li>其一。</li></ol><p>• 其二。</p><p><strong>小标题</strong></p><div>01<br>正文。"
    assert blocks(html) == [
        ("list", "其一。"),
        ("list", "• 其二。"),
        ("heading", "小标题"),
        ("heading", "01"),
        ("text", "正文。"),
    ]


def test_a_bold_sentence_is_no_heading() -> None:
    assert blocks("<p><b>这是一句加粗的话。</b></p>") == [("text", "这是一句加粗的话。")]
    assert blocks("<p><b>平台</b>回应</p>") == [("text", "平台回应")]


@pytest.mark.parametrize("attribute", ["data-original", "data-src", "_src", "src"])
def test_pictures_behind_lazy_loading(attribute: str) -> None:
    html = f"<img src='data:image/gif;base64,R0' {attribute}='https://p.dev/?http://a.com/1.jpg'>"
    html = html if attribute != "src" else "<img src='http://a.com/1.jpg'>"
    assert list(read_body(html).images) == ["http://a.com/1.jpg"]


def test_links_are_safe_once_each_and_named() -> None:
    html = (
        "<p><a href='http://a.com/1'>一<b>号</b></a><a href='http://a.com/1'>又</a>"
        "<a href='javascript:alert(1)'>坏</a><a href='http://u:p@a.com/'>冒充</a>"
        "<a href='http://a.com/2'><img src='http://a.com/2.jpg'></a></p>"
    )
    body = read_body(html)
    assert list(body.links.values()) == [Link("http://a.com/1", "一号")]
    assert body.blocks[0].text == "一号又坏冒充"


def test_lines_of_bare_text_are_paragraphs_and_wrapped_lines_are_not() -> None:
    assert blocks("<div>\n第一段。 \n第二段\n折行。\n</div>") == [
        ("text", "第一段。"),
        ("text", "第二段折行。"),
    ]


@pytest.mark.parametrize(
    ("unit", "count"),
    [
        ("<ul><li>", 20_000),
        ("<a href='http://a.com/'><div>", 10_000),
        ("<span>", 40_000),
        ("<table><tr><td>格</td><td>", 3_000),
        ("<div class='share'>", 20_000),
    ],
)
def test_the_deepest_text_is_found(unit: str, count: int) -> None:
    assert blocks(unit * count + "深处的话。")[-1][1].endswith("深处的话。")


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<p>大桥\ud800通车</p>", ["大桥通车"]),
        ("<p>大桥<!-- 不显示 -->通车</p>", ["大桥通车"]),
        ("<html><body><p>大桥通车</p></body></html>今日开通", ["大桥通车", "今日开通"]),
        ("<meta charset=gbk><p>大桥通车", ["大桥通车"]),
        ("<!-- 不显示 -->", []),
        ("", []),
    ],
)
def test_what_is_no_page_at_all_is_read(html: str, told: list[str]) -> None:
    assert [block.text for block in read_body(html).blocks] == told
