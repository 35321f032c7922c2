"""Any HTML step by step, by a parser that each thread keeps."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.sources import nodes


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("大桥通车", "大桥通车"),
        ("甲 &amp; 乙 &#8220;丙&#8221;", "甲 & 乙 “丙”"),
        ("<b>大桥</b>通<!-- 不 -->车", "大桥通车"),
        ("<ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>字", "漢字"),
        ("前<script>x < y</script><style>a{}</style><template>不</template>后", "前后"),
        ("甲\ud800乙</html>丙", "甲乙丙"),
    ],
)
def test_the_text_of_html(html: str, text: str) -> None:
    assert nodes.shown(html) == text


def test_nothing_of_a_document_is_left_for_the_next() -> None:
    for html in ("<div><p>甲<b>乙", "", "<!-- cut off", "<a href='x", "</p></p>", "\0"):
        nodes.steps(html)
        assert nodes.shown("<p>丙</p>") == "丙"


def test_threads_do_not_share_a_parser() -> None:
    texts = [f"<p>{n}{'字' * 500}<b>{n}</b></p>" * 20 for n in range(200)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(nodes.shown, texts)) == [nodes.shown(text) for text in texts]
