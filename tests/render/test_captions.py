"""What stands below pictures: within Telegram's limit, whatever it holds; and its buttons."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Cited, Granularity, Timeline, TimelineEvent, When
from bot.model.trends import Rise
from bot.render import captions
from bot.render.album import Leaf, Show, pack, unpack
from bot.render.reader import Reader
from bot.sandbox.entities import parse_html, utf16
from tests.writing import NOW, READER, SHANGHAI, TRADITIONAL, article, stored

ENGLISH = Reader.speaking("en", NOW, SHANGHAI)
ONE = stored(1, article("9月17日，微信宣布开放外链。", outlet="证券报"))
CITED = Cited(ONE, ONE.digest.events[0].sentence)
DAY = When(date(2021, 9, 17), date(2021, 9, 18), Granularity.DAY)
EVENT = TimelineEvent(DAY, "9月17日宣布开放外链。", (CITED,), 0.7)
ANY = st.text(max_size=60) | st.sampled_from(["<b>&amp;", "😀" * 40, "里" * 400, "\ud800", ""])
LEAVES = st.builds(
    Leaf,
    st.sampled_from(Show),
    st.integers(0, 10**12 - 1),
    st.integers(0, 10**5 - 1),
    st.booleans(),
    st.booleans(),
)


def test_the_events_are_there_in_words() -> None:
    line = Timeline((EVENT, replace(EVENT, text="随后再次开放。", subject="微信")), 9)
    below = captions.timeline(line, line.events, 3, "微信", Leaf(Show.TIMELINE, 4, 1), READER)
    text = parse_html(below.text)[0]
    assert text == (
        "时间线：微信\n共 9 条，先列最要紧的 2 条 · 第 2/3 页\n"
        "2021年9月17日 9月17日宣布开放外链。（证券报）\n"
        "2021年9月17日 〔微信〕随后再次开放。（证券报）"
    )
    assert [[b.text for b in row] for row in below.buttons] == [
        ["‹ 上一页", "下一页 ›"],
        ["深色", "文字"],
    ]


@pytest.mark.parametrize("reader", [READER, TRADITIONAL, ENGLISH], ids=lambda r: r.words.code)
@given(
    st.lists(st.tuples(ANY, ANY, ANY), min_size=1, max_size=12),
    ANY,
)
def test_a_caption_is_never_too_long(
    reader: Reader, said: list[tuple[str, str, str]], title: str
) -> None:
    events = tuple(
        replace(
            EVENT,
            text=text,
            subject=subject[:20],
            sources=(Cited(stored(2, article("好。", outlet=outlet)), CITED.sentence),),
        )
        for text, subject, outlet in said
    )
    line = Timeline(events, len(events) + 1)
    below = captions.timeline(line, events, 2, title, Leaf(Show.STORYLINE, 1), reader)
    assert 0 < utf16(parse_html(below.text)[0]) <= 1024


@pytest.mark.parametrize("reader", [READER, TRADITIONAL, ENGLISH], ids=lambda r: r.words.code)
@given(st.lists(ANY, max_size=5))
def test_a_list_of_what_rose_is_never_too_long(reader: Reader, words: list[str]) -> None:
    rises = [Rise(word, 99999, 999, 0, 20, (1,)) for word in words]
    sections = [(reader.words.trends_day, rises), (reader.words.trends_week, rises)]
    phrases = {word: n for n, word in enumerate(words)}
    below = captions.trends(sections, phrases, Leaf(Show.TRENDS), reader)
    assert 0 < utf16(parse_html(below.text)[0]) <= 1024
    assert all(b.text.strip() for row in below.buttons for b in row)


@given(LEAVES)
def test_a_button_leads_where_it_says(leaf: Leaf) -> None:
    assert unpack(pack(leaf)) == leaf
    assert len(pack(leaf).encode()) <= 64


@given(st.text() | st.from_regex(r"p\.[a-z]\.[0-9.]*"))
def test_any_data_is_a_button_of_ours_or_nothing(data: str) -> None:
    leaf = unpack(data)
    assert leaf is None or unpack(pack(leaf)) == leaf
