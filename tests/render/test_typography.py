"""Blanks and marks as native readers expect them; a quotation loses nothing but blanks."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.typography import spaced, tidy, whole

MIXED = st.text(
    alphabet='微信，。（）“”《》,.;:?!()"abZ09 %年月#@/:\u3000\t\n😀\ud800', max_size=60
)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("微信8.0发布", "微信 8.0 发布"),
        ("用iPhone看News", "用 iPhone 看 News"),
        ("增长5%的收入", "增长 5% 的收入"),
        ("2021年9月17日宣布", "2021年9月17日宣布"),
        ("9月17日08时30分", "9月17日08时30分"),
        ("在2021 年 9 月 17日至20日，共3天", "在2021年9月17日至20日，共 3 天"),
        ("於5時50分", "於5時50分"),
        ("微信 ，淘宝 。", "微信，淘宝。"),
        ("（ 微信 ）", "（微信）"),
        ("张三 李四", "张三 李四"),  # a blank between Han may mean something
        ("微信，iOS版", "微信，iOS 版"),
        ("见https://a.com/微信abc微信", "见https://a.com/微信abc微信"),
        ("话题#微信2021 热", "话题#微信2021 热"),
        ("问@mailuo_bot", "问@mailuo_bot"),
        ("", ""),
    ],
)
def test_blanks(written: str, shown: str) -> None:
    assert spaced(written) == shown
    assert spaced(shown) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("微信,淘宝", "微信，淘宝"),
        ("好吗?好!", "好吗？好！"),
        ("微信(腾讯)说", "微信（腾讯）说"),
        ("价格为3,000元", "价格为 3,000 元"),
        ("08:30开始", "08:30 开始"),
        ("完了.", "完了。"),
        ("版本8.0.1", "版本 8.0.1"),
        ("等等...", "等等……"),
        ('他说"微信"好', "他说“微信”好"),
        ("，微信", "微信"),
        ("Hello, world (ok)", "Hello, world (ok)"),
        ("看https://a.com/?q=微信,淘宝", "看https://a.com/?q=微信,淘宝"),
    ],
)
def test_marks(written: str, shown: str) -> None:
    assert tidy(written) == shown
    assert tidy(shown) == shown


@given(MIXED)
def test_a_quotation_loses_nothing_but_blanks(text: str) -> None:
    assert "".join(spaced(text).split()) == "".join(text.split())


@given(MIXED)
def test_doing_it_twice_changes_nothing(text: str) -> None:
    assert spaced(spaced(text)) == spaced(text)


@given(MIXED)
def test_anything_can_be_tidied(text: str) -> None:
    assert isinstance(tidy(text), str)


@pytest.mark.parametrize("piece", ["微", "微 ", "(微", '"微', " ", "微.", "http://", "#", "，"])
def test_a_very_long_paragraph_does_not_hang(piece: str) -> None:
    before = time.process_time()
    tidy(piece * (2**18 // len(piece)))
    assert time.process_time() - before < 5


@pytest.mark.parametrize(
    ("kept", "after", "left"),
    [
        ("微信更新了iPho", "n", "微信更新了"),
        ("微信更新了iPhone", "的", "微信更新了iPhone"),
        ("总投资12", ".", "总投资"),
        ("总投资12.5", "亿", "总投资"),
        ("好友聊天，", "群", "好友聊天"),
        ("他说：“", "好", "他说"),
        ("x" * 60, "x", "x" * 60),
        ("abc", "d", "abc"),
    ],
)
def test_a_cut_breaks_no_word_no_number_and_leaves_no_mark_open(
    kept: str, after: str, left: str
) -> None:
    assert whole(kept, after) == left


def test_minutes_are_closed_behind_an_hour_only() -> None:
    assert spaced("最快71分钟，8时20分发车") == "最快 71 分钟，8时20分发车"
