"""A timeline as pictures: everything is there, nothing is cut off, always the same bytes."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Cited, EventKind, Granularity, Timeline, TimelineEvent, When
from bot.render.picture import DARK, LIGHT, Theme, png
from bot.render.picture.timeline import HIGHEST, timeline
from tests.render.picture.drawn import areas, assert_inside, size, texts, words_of
from tests.writing import READER, TRADITIONAL, article, stored

OUTLETS = "证券时报 虎嗅 ZAKER cnBeta.COM中文业界资讯站 新华社".split()
ARTICLES = [
    stored(n, article("9月17日，微信宣布开放外链。", outlet=o, title=str(n)))
    for n, o in enumerate(OUTLETS, 1)
]
CITED = [Cited(a, a.digest.events[0].sentence) for a in ARTICLES]


def day(d: date, days: int = 1, granularity: Granularity = Granularity.DAY) -> When:
    return When(d, d + timedelta(days=days), granularity)


EVENT = TimelineEvent(
    day(date(2021, 9, 17)), "微信发布声明，可以在聊天里打开外部链接。", (CITED[0],), 0.7
)
LONG = replace(EVENT, text="用户升级后可以打开外部链接，平台应当开放。" * 30)


def drawn(*events: TimelineEvent, theme: Theme = LIGHT) -> list[str]:
    return [s.svg for s in timeline(Timeline(events, len(events)), "微信外链", READER, theme)]


def test_date_text_and_outlets_are_there() -> None:
    (svg,) = drawn(replace(EVENT, sources=tuple(CITED)))
    shown = words_of(svg)
    for part in ("时间线：微信外链", "2021年9月17日", "微信发布声明，", "虎嗅", "ZAKER +2"):
        assert part in shown
    assert "新华社" not in shown
    assert "共 1 条" in shown


@pytest.mark.parametrize(
    ("granularity", "days", "letter", "written"),
    [
        (Granularity.DAY, 1, "日", "2021年1月1日"),
        (Granularity.WEEK, 7, "周", "2021年1月1日至7日"),
        (Granularity.MONTH, 31, "月", "2021年1月"),
        (Granularity.QUARTER, 90, "季", "2021年第一季度"),
        (Granularity.HALF, 181, "半", "2021年上半年"),
        (Granularity.YEAR, 365, "年", "2021年"),
        (Granularity.DECADE, 3652, "代", "2020年代"),
    ],
)
def test_the_dot_says_how_exactly_a_date_is_known(
    granularity: Granularity, days: int, letter: str, written: str
) -> None:
    start = date(2020 if granularity is Granularity.DECADE else 2021, 1, 1)
    (svg,) = drawn(replace(EVENT, when=day(start, days, granularity)))
    shown = [put.text for put in texts(svg)]
    assert letter in shown
    assert written in shown


def test_an_uncertain_date_is_dashed_and_said() -> None:
    (svg,) = drawn(replace(EVENT, when=replace(EVENT.when, certain=False)))
    assert "stroke-dasharray" in svg
    assert "2021年9月17日前后" in words_of(svg)


def test_sentences_are_spaced_and_names_are_not() -> None:
    other = stored(8, article("9月17日，微信宣布开放外链。", outlet="36氪"))
    cited = Cited(other, CITED[0].sentence)
    shown = words_of(drawn(replace(EVENT, text="共3天。", sources=(cited,)))[0])
    assert "共 3 天" in shown
    assert "36氪" in shown


def test_a_plan_is_named() -> None:
    assert "· 预计" in words_of(drawn(replace(EVENT, kind=EventKind.PLANNED))[0])


def test_a_restored_subject_is_fainter_than_what_was_said() -> None:
    (svg,) = drawn(replace(EVENT, subject="腾讯", text="发布声明。"))
    fills = {put.text: put.fill for put in texts(svg)}
    assert fills["〔腾讯〕"] == LIGHT.faint
    assert fills["发布声明。"] == LIGHT.text


def test_contradictions_are_marked_in_the_colour_of_warning() -> None:
    (svg,) = drawn(replace(EVENT, conflicts=((day(date(2021, 9, 16)), CITED[1]),)))
    warned = "".join(put.text for put in texts(svg) if put.fill == LIGHT.warning)
    assert warned == "!另一说法（虎嗅）：2021年9月16日"
    assert any(area.fill == LIGHT.warning_ground for area in areas(svg))


def test_a_long_timeline_has_pages_and_no_event_is_divided() -> None:
    events = [replace(EVENT, text=f"第{n:03}件事，{EVENT.text * (n % 6 + 1)}") for n in range(200)]
    pages = drawn(*events)
    assert len(pages) > 5
    shown = [words_of(page) for page in pages]
    for n, event in enumerate(events):
        (at,) = [s for s in shown if f"第{n:03}" in s.replace(" ", "")]
        assert event.text[:200].replace(" ", "")[7:] in at.replace(" ", "")
    for n, page in enumerate(pages, 1):
        assert_inside(page)
        assert size(page)[1] <= HIGHEST
        assert f"第 {n}/{len(pages)} 页" in words_of(page)


def test_the_longest_event_fits_on_a_page() -> None:
    conflicts = tuple((day(date(2021, 9, n)), CITED[n]) for n in (1, 2, 3))
    long = replace(LONG, subject="一" * 20, sources=tuple(CITED), conflicts=conflicts)
    for page in drawn(long, long):
        assert_inside(page)
        assert size(page)[1] <= HIGHEST


def test_lines_do_not_lie_on_each_other() -> None:
    for page in drawn(LONG, EVENT, replace(EVENT, sources=tuple(CITED))):
        ys = sorted({(put.y, put.size) for put in texts(page)})
        for (y, _), (below, height) in pairwise(ys):
            assert below - y < 2 or below - y >= 0.6 * height


def test_the_same_timeline_is_the_same_picture() -> None:
    assert drawn(EVENT, LONG) == drawn(EVENT, LONG)
    assert png(drawn(EVENT)[0]) == png(drawn(EVENT)[0])


def test_light_and_dark_differ_in_colours_only() -> None:
    (light,), (dark,) = drawn(EVENT), drawn(EVENT, theme=DARK)
    assert light != dark
    assert [(p.text, p.left, p.y) for p in texts(light)] == [
        (p.text, p.left, p.y) for p in texts(dark)
    ]


def test_it_can_be_had_in_traditional_characters() -> None:
    (sheet,) = timeline(Timeline((EVENT,), 1), "微信外链", TRADITIONAL)
    assert "微信發佈聲明" in words_of(sheet.svg)
    assert "時間軸：微信外鏈" in words_of(sheet.svg)


def test_a_picture_is_a_png_of_twice_the_size() -> None:
    (svg,) = drawn(EVENT)
    made = png(svg)
    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    wide, high = size(svg)
    assert int.from_bytes(made[16:20]) == wide * 2
    assert abs(int.from_bytes(made[20:24]) - high * 2) <= 1


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_text_can_be_read_on_its_ground(theme: Theme) -> None:
    pairs = [(c, theme.ground) for c in (theme.text, theme.faint, theme.accent)]
    pairs += [(theme.on_accent, theme.accent), (theme.warning, theme.warning_ground)]
    pairs += [("#ffffff", mark) for mark in theme.marks]
    assert [p for p in pairs if contrast(*p) < 4.5] == []


ANY = st.text(max_size=80) | st.sampled_from(
    ["<b>&\"'", "😀" * 50, "长" * 900, "a" * 900, "，" * 99]
)


@settings(max_examples=25)
@given(ANY, ANY, ANY, ANY)
def test_whatever_is_written_is_drawn_inside(title: str, said: str, who: str, outlet: str) -> None:
    by = stored(9, article("9月17日，微信宣布开放外链。", outlet=outlet))
    cited = Cited(by, ARTICLES[0].digest.events[0].sentence)
    event = replace(
        EVENT, text=said, subject=who[:20], sources=(cited,), conflicts=((EVENT.when, cited),)
    )
    for page in timeline(Timeline((event,), 3), title, READER, DARK):
        assert_inside(page.svg)
        assert png(page.svg)
