"""The frame of the quality figures: what is absent is said, what is given is scored."""

from datetime import date
from pathlib import Path

import pytest
from rich.table import Table

from benchmarks import baselines, quality
from benchmarks.sections import Section, dates
from tests.writing import SHARED


def test_absent_data_becomes_a_note(tmp_path: Path) -> None:
    (section,) = quality.measured("dates", tmp_path)
    assert section.rows == ()
    assert "DateParser.json is absent" in section.notes[0]


def test_a_missing_baseline_is_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baselines, "PYTHON", tmp_path / "python")
    answers = baselines.dates([("昨日", "2021-12-02")])
    assert answers == {}
    assert set(answers.reasons) == set(baselines.DATES)


def test_a_baseline_that_fails_is_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho no such thing >&2\nexit 1\n", encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(baselines, "PYTHON", python)
    assert baselines.summaries(["一句。"], 1).reasons["LexRank"] == "no such thing"


def test_tables_and_notes_are_shown() -> None:
    shown = list(quality.shown(Section("题", ("a", "b"), (("1", "2"),), ("note",))))
    assert isinstance(shown[0], Table)
    assert shown[1:] == ["  note"]


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ([(0, 2, date(2021, 12, 1), date(2021, 12, 2))], True),
        ([(0, 2, date(2021, 12, 2), date(2021, 12, 3))], False),
        ([(3, 5, date(2021, 12, 1), date(2021, 12, 2))], False),
        ([], False),
    ],
)
def test_a_date_counts_where_it_stands_and_means_what_it_should(
    answer: list[tuple[int, int, date, date]], right: bool
) -> None:
    accepted = frozenset({(date(2021, 12, 1), date(2021, 12, 2))})
    case = dates.Case("昨日下雨", "2021-12-02", (dates.Expected(0, 2, accepted),))
    assert case.is_right(answer) is right


def test_a_case_without_dates_is_right_when_none_is_found() -> None:
    case = dates.Case("一点也不", "2021-12-02", ())
    assert case.is_right([])
    assert not case.is_right([(0, 1, date(2021, 12, 1), date(2021, 12, 2))])


def test_ours_reads_the_published_cases(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip("the published cases are not here")
    monkeypatch.setattr(baselines, "PYTHON", tmp_path / "python")
    (section,) = dates.measure(SHARED / "bench")
    assert section.figures["all in scope: Mailuo"] >= 0.95
    assert all(len(row) == len(section.columns) for row in section.rows)
