"""What readers type, whatever it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flow import typed


@pytest.mark.parametrize(
    ("word", "number"),
    [("12", 12), ("#12", 12), ("１２", 12), ("0", 0), ("", None), ("#", None), ("-1", None),
     ("1.5", None), ("²", None), ("9" * 12, 10**12 - 1), ("9" * 13, None), ("9" * 9999, None)],
)  # fmt: skip
def test_a_number_is_read_as_it_is_written(word: str, number: int | None) -> None:
    assert typed.number(word) == number


@given(st.text())
def test_anything_typed_is_one_line_and_a_number_or_none(said: str) -> None:
    line = typed.line(said)
    assert line == " ".join(line.split())
    assert typed.line(line) == line
    assert (typed.number(line) or 0) >= 0
