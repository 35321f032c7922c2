"""Lines as Chinese is broken, as wide as the font says; no character without a glyph."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.picture import font
from bot.render.picture.font import MISSING, width, writable
from bot.render.picture.wrap import indent, lines
from bot.render.traditional import traditional
from tests.writing import SEEDS

CLOSING, OPENING = "。，、；：？！）》」』】”’…％", "（《「『【“‘"
# As in news: runs of marks are short, so that no line has to be broken against the rules.
SENSIBLE = st.lists(
    st.builds(
        lambda opening, words, closing: opening + words + closing,
        st.sampled_from(["", *OPENING, "（《"]),
        st.text(alphabet="微信发布更新一二三", min_size=1, max_size=9)
        | st.sampled_from(["iPhone", "8.0.15", "2021", "https://a.com"]),
        st.sampled_from(["", *CLOSING, "》。", "”）。", " "]),
    ),
    max_size=20,
).map("".join)


@given(SENSIBLE, st.integers(8, 30))
def test_no_line_begins_or_ends_with_the_wrong_mark(text: str, characters: int) -> None:
    for line in lines(writable(text), characters * 10, 10):
        assert line[0] not in CLOSING, line
        assert line[-1] not in OPENING, line


@given(st.text(max_size=200) | SENSIBLE, st.floats(20, 400))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, most: float) -> None:
    shown = writable(text)
    rows = lines(shown, most, 17)
    assert all(width(row, 17) <= most + 1e-6 for row in rows)
    assert "".join(rows).replace(" ", "") == shown.replace(" ", "")
    assert all(row == row.strip() for row in rows)


def test_latin_words_and_figures_stay_whole() -> None:
    assert lines("微信iPhone版8.0.15，发布", 60, 10) == ["微信iPhone", "版8.0.15，发", "布"]


def test_a_date_stays_whole_and_no_line_begins_with_a_stroke() -> None:
    assert lines("今天（10月11日）晴", 80, 10) == ["今天", "（10月11日）晴"]
    assert lines("风速二十五米/秒", 60, 10) == ["风速二十五", "米/秒"]


def test_a_word_wider_than_the_line_is_broken() -> None:
    assert lines("a" * 30, 60, 10) == ["a" * 10, "a" * 10, "a" * 10]


def test_an_opening_mark_at_the_beginning_hangs() -> None:
    assert indent("“微信”", 20) == -10
    assert indent("微信", 20) == indent("", 20) == 0


def test_every_character_of_gbk_and_big5_can_be_drawn() -> None:
    every = {chr(c) for c in range(0x4E00, 0xA000)}
    known = {c for c in every if c.encode("gbk", "ignore") or c.encode("big5", "ignore")}
    assert {c for c in known if writable(c) != c} == set()


def test_the_seeds_can_be_drawn_in_both_scripts() -> None:
    for path in SEEDS.glob("*.md"):
        text = " ".join(path.read_text(encoding="utf-8").split())
        assert MISSING not in writable(text) + writable(traditional(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("好😀👍🏽了", "好了"),
        ("\U0002a6d6字", f"{MISSING}字"),  # a Han character that the font lacks
        ("ก字", f"{MISSING}字"),
        ("a\u202eb\u200bc\ufeff", "abc"),
        ("a\ud800\0b", "ab"),
        ("a\n\u3000b", "a  b"),
        ("e\u0301", "é"),
        ("100℃ ￥5 ·—…", "100℃ ￥5 ·—…"),
        ("", ""),
    ],
)
def test_what_has_no_glyph_is_dropped_or_stands_in(text: str, shown: str) -> None:
    assert writable(text) == shown


@given(st.text(max_size=60))
def test_what_is_writable_can_be_measured_and_stays(text: str) -> None:
    shown = writable(text)
    assert writable(shown) == shown
    assert not re.search("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", shown)


@pytest.mark.parametrize("piece", ["微", "a", "，", "（", " ", "a.", "（a", "微 "])
def test_a_very_long_paragraph_does_not_hang(piece: str) -> None:
    before = time.process_time()
    lines(piece * (2**17 // len(piece)), 300, 17)
    assert time.process_time() - before < 10


def test_widths_are_those_of_the_font() -> None:
    assert width("微信", 20) == 40
    assert width("，", 20) == 20
    assert 9 < width("8", 20) < 12
    assert font.path().name.endswith(".otf")


def test_a_last_character_is_not_left_alone() -> None:
    assert lines("可以在聊天里打开外部链接。", 12 * 17, 17)[-1] == "链接。"


def test_marks_that_meet_stand_closer() -> None:
    assert width("“好”，", 10) == 35
    assert width("：“《好》”）。", 10) == 55
    assert width("好，好", 10) == 30
