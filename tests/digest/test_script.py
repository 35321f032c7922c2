"""Looking things up in either script."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.digest import words
from bot.digest.article import digest
from bot.digest.index import index_words
from bot.digest.reading import read
from bot.digest.script import same_name, simplified
from bot.model import Block, BlockKind
from tests.writing import SHANGHAI, article


def test_a_query_is_the_same_in_both_scripts() -> None:
    assert words.query("淘寶 鏈接").words == words.query("淘宝 链接").words
    assert words.query("淘寶").text == "淘寶"  # shown as typed


def test_an_article_in_traditional_is_indexed_in_simplified() -> None:
    one = article("微信將開放淘寶的外部鏈接。", title="平臺互通")
    index = index_words(read(one), digest(one, SHANGHAI))
    assert {"淘宝", "链接", "开放"} <= set(index.body)
    assert "平台" in index.title


def test_what_was_read_is_indexed_as_if_it_were_cut_alone() -> None:
    told = ("大桥通车。GDP增长，歐盟同意。\x1e再无他事。", "图：“桥面”。", "记者张三")
    plain = replace(article(*told), outlet="晨报")
    kinds = (BlockKind.TEXT, BlockKind.CAPTION, BlockKind.BYLINE)
    blocks = tuple(Block(kind, text) for kind, text in zip(kinds, told, strict=True))
    for one in (replace(plain, blocks=blocks), replace(plain, blocks=blocks[:1])):
        shown = "\n".join(b.text for b in one.blocks if b.kind is not BlockKind.BYLINE)
        body = index_words(read(one), digest(one, SHANGHAI)).body
        assert body == words.searchable(words.cut(simplified(shown.lower())))
        assert {"gdp", "欧盟"} <= set(body)


def test_names_are_one_in_either_script() -> None:
    assert same_name("聯合報", "联合报")
    assert same_name("ZAKER新聞", "zaker新闻")
    assert not same_name("联合报", "联合早报")


@given(st.text())
def test_any_text_has_a_simplified_form(text: str) -> None:
    assert len(simplified(text)) == len(text)
