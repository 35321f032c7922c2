"""Sentences: quotations stay whole, unclosed ones swallow nothing, and no text makes it slow."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.sentences import balanced, outside, split

MARKS = "甲乙。！？!?“”《》（）‘’「」.a A…；，说1"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("他说：“我们会等。你们也等。第三句没有合上。第四句。",
         ["他说：“我们会等。", "你们也等。", "第三句没有合上。", "第四句。"]),
        ("“开头没有合上。乙说：“好。”丙走了。", ["“开头没有合上。", "乙说：“好。”", "丙走了。"]),
        ("会议（见图。通过了决议。散会。", ["会议（见图。", "通过了决议。", "散会。"]),
        ("他问：“去吗？不去？”她笑了。", ["他问：“去吗？不去？”", "她笑了。"]),
    ],
)  # fmt: skip
def test_a_mark_that_is_never_closed_swallows_nothing(text: str, told: list[str]) -> None:
    assert split(text) == told


def test_a_very_long_sentence_ends_at_semicolons() -> None:
    clause = "规定自公布之日起施行并由市政府负责解释" * 4
    assert split(f"{clause}；{clause}；{clause}。") == [f"{clause}；", f"{clause}；", f"{clause}。"]
    assert len(split("甲队夺冠；乙队第二；丙队第三。")) == 1


@given(st.text(alphabet=MARKS, max_size=80))
def test_splitting_loses_nothing(text: str) -> None:
    assert "".join("".join(split(text)).split()) == "".join(text.split())


@given(st.text(alphabet=MARKS, max_size=80))
def test_balanced_pieces_make_balanced_texts(text: str) -> None:
    if balanced(text):
        assert balanced(f"“{text}”")
        assert not balanced(f"{text}“")


@given(st.text(alphabet=MARKS, max_size=80))
def test_commas_outside_stand_in_no_quotation(text: str) -> None:
    for at in outside(text, "，"):
        assert text[at] == "，"
    assert outside(f"“{text.replace('”', '').replace('“', '')}，”", "，") == []


@pytest.mark.parametrize("piece", ["“", "（，", "1、；", "”", "。“", "据", "（）", "《，》，"])
def test_hostile_paragraphs_cost_their_length_only(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        started = time.process_time()
        split(text), balanced(text), outside(text, "[，；]")
        return time.process_time() - started

    small = max(seconds(50_000), 0.005)
    assert seconds(400_000) < 40 * small  # eight times the text; the square would be 64 times
