"""Dates in sentences of the news: `cases/dates.txt` says what each should give."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.dates import find_dates
from bot.digest.dates.find import FAMILIES, families_at, numeral_at
from bot.digest.dates.numerals import fold
from bot.model import DateMention

CASES = Path(__file__).with_name("cases") / "dates.txt"


def cases() -> Iterator[tuple[str, date, list[str]]]:
    """Sentence, day of the article, and what is expected of it."""
    anchor = date.min
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            anchor = date.fromisoformat(line[1:].strip())
        elif line and not line.startswith("#"):
            text, expected = line.split(" =>")
            yield text, anchor, [e.strip() for e in expected.split(";") if e.strip()]


def written(mention: DateMention) -> str:
    """A mention as the cases write it."""
    when = mention.when
    one_day = when.end == when.start + timedelta(days=1)
    stretch = f"{when.start}" if one_day else f"{when.start}..{when.end}"
    return f"{mention.text} {stretch}{'' if when.certain else ' ?'}"


@pytest.mark.parametrize(("text", "anchor", "expected"), list(cases()))
def test_sentences_of_the_news(text: str, anchor: date, expected: list[str]) -> None:
    assert [written(m) for m in find_dates(text, anchor)] == expected


def test_families_begin_as_they_say() -> None:
    """`Family.first` and `Family.behind` only spare looks; they keep nothing from being found."""
    text = fold(CASES.read_text(encoding="utf-8"))
    missed = []
    for family, _ in FAMILIES:
        if "era" in family.look.groupindex:
            continue  # looks for any two characters, and knows the names of eras
        for match in family.look.finditer(text):
            start = match.start()
            numeral = numeral_at(text, start)
            behind = text[numeral.end()] if numeral else ""
            tried = families_at(text[start : start + 2], behind, family.only_in_year, second=True)
            if family not in tried:
                missed.append((family.meaning.__name__, match[0]))
    assert missed == []


PIECES = st.sampled_from(
    (
        "2021 21 07 99999 0 9 12 30 3.5 1/3 年 月 日 号 至 - — 到 、 和 之间 将 于 次日 当晚 同年 "
        "去年 上 下 周 五 末 第一 最后一个 世纪 年代 八九十 季度 前 后 过去 近 个月 天 春节 "
        "双11 正月 初一 农历 闰 民国 康熙 十 。 今年 底 Q3 H1 同期 以来 至今 期间 凌晨 （周一） "
        "财年 年代 中旬 旬 半 几 两 每 元 版"
    ).split()
)


@given(
    st.lists(PIECES | st.text(max_size=3), max_size=16).map("".join),
    st.dates(date(1, 1, 1), date(9999, 12, 31)),
)
def test_mentions_stand_in_the_text_in_order(text: str, anchor: date) -> None:
    end = 0
    for mention in find_dates(text, anchor):
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.text
        assert mention.when.start < mention.when.end
        end = mention.end


@given(st.lists(PIECES, max_size=10).map("".join))
def test_full_width_figures_change_nothing(text: str) -> None:
    wide = text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    anchor = date(2021, 12, 2)
    assert [m.when for m in find_dates(wide, anchor)] == [m.when for m in find_dates(text, anchor)]


@pytest.mark.parametrize(
    "piece",
    [*"1 一 年 2021年 1- 上 第 十年 每年3月 9月 农历 将 （周 a 3、 至 11月29日至".split(), " "],
)
def test_a_long_hostile_paragraph_is_read_at_once(piece: str) -> None:
    """Quadratic time would take minutes here; it takes less than a second."""
    started = process_time()
    find_dates(piece * (40_000 // len(piece)), date(2021, 12, 2))
    assert process_time() - started < 10
