"""Traditional characters: words kept, people's names not read as words, tags left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.traditional import traditional, traditional_html


@pytest.mark.parametrize(
    ("simplified", "shown"),
    [
        ("微信发布更新", "微信發佈更新"),  # the word stays: not 釋出
        ("网络视频和短信", "網絡視頻和短信"),
        ("他的头发干净", "他的頭髮乾淨"),
        ("台风过后", "颱風過後"),
        ("乍得总统", "乍得總統"),
        ("一只只有三公里", "一隻只有三公里"),
        ("皇后在后面", "皇后在後面"),
        ("钟南山、李先念、朱镕基", "鍾南山、李先念、朱鎔基"),
        ("GPT-4，2021年。<b>", "GPT-4，2021年。<b>"),
        ("遊戲業者干擾市場的後果", "遊戲業者干擾市場的後果"),  # it is Traditional already
        ("干擾", "干擾"),
        ("", ""),
        ("a\0b\ud800微", "ab微"),
    ],
)
def test_conversion(simplified: str, shown: str) -> None:
    assert traditional(simplified) == shown


def test_a_surname_is_no_word() -> None:
    assert traditional("于欢对于余华，至于范某", ["于欢", "余华", "范某"]) == (
        "于歡對於余華，至於范某"
    )


def test_tags_and_addresses_stay() -> None:
    html = '<a href="https://a.com/发">发布</a> <b>后台</b>'
    assert traditional_html(html) == '<a href="https://a.com/发">發佈</a> <b>後台</b>'


@given(st.text(max_size=60), st.lists(st.text(max_size=4), max_size=4))
def test_anything_can_be_converted_and_nothing_private_remains(text: str, names: list[str]) -> None:
    shown = traditional(text, names)
    assert shown.count("<") == text.count("<")
    assert "\ue000" not in shown or "\ue000" in text
