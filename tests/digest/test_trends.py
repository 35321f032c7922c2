"""What rose: by a statistic that is checked by hand, from several outlets, one thing once."""

from datetime import timedelta
from math import isclose, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.trends import BEFORE, DAY, WEEK, rising, surprise
from bot.model.trends import Heard
from tests.writing import NOW


def heard(hours: float, *words: str, outlet: str = "") -> Heard:
    return Heard(NOW - timedelta(hours=hours), outlet or f"报{hours}", words)


USUAL = [heard(24 + n, "天气", f"词{n}") for n in range(96)]
NEW = [heard(n + 0.5, "天气", "召回", "车企") for n in range(6)]
OTHER = [heard(n + 0.4, "天气", f"新{n}") for n in range(18)]


def test_what_is_new_rises_and_the_usual_does_not() -> None:
    (rise,) = rising([*OTHER, *NEW, *USUAL], NOW, DAY)
    assert rise.word == "召回"
    assert rise.beside == ("车企",)
    assert (rise.articles, rise.outlets, rise.usual) == (6, 6, 0)


def test_the_statistic_is_dunnings() -> None:
    def table(*cells: int) -> float:
        """The same as twice the sum of observed · log(observed / expected), cell by cell."""
        a, b, c, d = cells
        n = a + b + c + d
        rows, columns = (a + b, a + b, c + d, c + d), (a + c, b + d, a + c, b + d)
        return 2 * sum(
            o * log(o * n / (r * k)) for o, r, k in zip(cells, rows, columns, strict=True) if o
        )

    assert isclose(surprise(6, 24, 3, 96), table(6, 18, 3, 93))
    assert isclose(surprise(6, 24, 0, 96), table(6, 18, 0, 96))
    assert surprise(1, 24, 4, 96) == 0
    assert surprise(1, 24, 9, 96) == 0
    assert surprise(3, 3, 0, 0) == 0


def test_a_word_that_was_usual_must_rise_more() -> None:
    before = [heard(24 + n, "地铁" if n % 4 == 0 else f"词{n}") for n in range(96)]
    now = [heard(n + 0.5, "地铁" if n < 6 else f"新{n}") for n in range(23)]
    assert rising(before + now, NOW, DAY) == ()
    many = [heard(n / 2 + 0.1, "地铁") for n in range(40)]
    (rise,) = rising(before + many, NOW, DAY)
    assert rise.usual == pytest.approx(24 / 96 * 40)


def test_one_outlet_alone_is_no_trend() -> None:
    alone = [heard(n + 0.5, "召回", outlet="晨报") for n in range(6)]
    assert rising([*alone, *OTHER, *USUAL], NOW, DAY) == ()


def test_two_articles_are_no_trend() -> None:
    assert rising([*NEW[:2], *OTHER, *USUAL], NOW, DAY) == ()


def test_without_a_time_before_nothing_rose() -> None:
    assert rising(NEW, NOW, DAY) == ()
    assert rising([], NOW, WEEK) == ()


def test_the_series_counts_parts_of_the_time() -> None:
    (rise,) = rising([*NEW, *OTHER, *USUAL], NOW, DAY, parts=4)
    assert rise.series == (0, 0, 0, 6)


def test_what_is_dated_ahead_or_long_ago_is_not_counted() -> None:
    ahead = [heard(-1 - n, "召回") for n in range(9)]
    past = [heard(24 * (1 + BEFORE) + 1 + n, "召回") for n in range(99)]
    assert rising([*ahead, *OTHER, *USUAL], NOW, DAY) == ()
    (rise,) = rising([*NEW, *OTHER, *USUAL, *past], NOW, DAY)
    assert (rise.articles, rise.usual) == (6, 0)


@given(
    st.lists(
        st.builds(
            heard,
            st.floats(-30, 24 * 40),
            st.sampled_from("甲乙丙"),
            st.sampled_from("甲丁\ud800"),
            outlet=st.sampled_from("一二三"),
        ),
        max_size=60,
    ),
    st.sampled_from([DAY, WEEK]),
)
def test_counts_add_up(some: list[Heard], span: timedelta) -> None:
    rises = rising(some, NOW, span)
    assert rises == rising(some[::-1], NOW, span)
    for rise in rises:
        assert sum(rise.series) == rise.articles >= 3
        assert rise.articles > rise.usual
    assert [r.score for r in rises] == sorted((r.score for r in rises), reverse=True)
