"""What rose as a picture: every entry with its bars, nothing cut off or on top of another."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.trends import Rise
from bot.render.picture import DARK, LIGHT, png, trends
from bot.render.picture.trends import _LIST
from tests.render.picture.drawn import areas, assert_inside, texts, words_of
from tests.writing import READER, TRADITIONAL

RISE = Rise("召回", 12, 5, 1.5, 30.0, (0, 1, 0, 2, 1, 0, 3, 5), ("车企", "刹车"))
LONG = Rise("全国互联网行业专项整治行动", 1200, 90, 0, 20.0, (9,) * 8, ("屏蔽网址链接",))


def test_words_counts_and_headings_are_there() -> None:
    svg = trends([("过去 24 小时", [RISE]), ("过去 7 天", [])], READER)
    for part in ("正在升温", "过去 24 小时", "召回", "车企 刹车", "12 篇 · 5 家媒体", "没有明显"):
        assert part in words_of(svg)


def test_bars_are_as_high_as_the_counts() -> None:
    svg = trends([("过去 24 小时", [RISE])], READER)
    bars = [area for area in areas(svg) if area.fill == LIGHT.accent]
    heights = [area.bottom - area.top for area in bars]
    assert len(bars) == 5
    assert [round(h / heights[0]) for h in heights] == [1, 2, 1, 3, 5]
    assert len({area.bottom for area in bars}) == 1


def test_long_words_leave_the_bars_alone() -> None:
    svg = trends([("过去 24 小时", [LONG, RISE])], READER, DARK)
    assert_inside(svg)
    chart = min(area.left for area in areas(svg) if area.fill == DARK.accent)
    rows = [put for put in texts(svg) if put.fill in (DARK.text, DARK.accent) and put.size < 20]
    assert all(put.right <= chart for put in rows)
    assert _LIST > 150
    assert "…" in words_of(svg)


def test_traditional_and_always_the_same() -> None:
    svg = trends([("过去 24 小时", [RISE])], TRADITIONAL)
    assert "車企 剎車" in words_of(svg)
    assert svg == trends([("过去 24 小时", [RISE])], TRADITIONAL)


@settings(max_examples=20)
@given(
    st.lists(
        st.builds(
            Rise,
            st.text(max_size=30) | st.sampled_from(["长" * 90, "a" * 90, "<b>&"]),
            st.integers(0, 10**7),
            st.integers(0, 10**5),
            st.floats(0, 9),
            st.just(1.0),
            st.lists(st.integers(0, 10**6), max_size=24).map(tuple),
            st.lists(st.text(max_size=20), max_size=3).map(tuple),
        ),
        max_size=9,
    ),
    st.text(max_size=60),
)
def test_whatever_rose_is_drawn_inside(rises: list[Rise], heading: str) -> None:
    svg = trends([(heading, rises)], READER)
    assert_inside(svg)
    assert png(svg)
