"""Dates: the published specifications of Recognizers-Text for Chinese, and news sentences of ours.

A case is right when every date that it expects was found, where the spans overlap, and resolved to
one of the accepted stretches of days; a case that expects none is right when none is found.
`dates_scope.toml` says which cases count, and why the others do not.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks import baselines
from benchmarks.sections import Section
from bot.digest.dates import find_dates

OURS = "Mailuo"
PARSERS = ("DateParser", "DatePeriodParser", "HolidayParser")
EXTRACTORS = ("DateExtractor", "DatePeriodExtractor")
REFERENCE = "2017-03-22"  # of cases that name no day
SCOPE = tomllib.loads(
    (Path(__file__).parent.parent / "dates_scope.toml").read_text(encoding="utf-8")
)
SENTENCES = Path(__file__).parent.parent.parent / "tests" / "digest" / "cases" / "dates.txt"

Stretch = tuple[date, date]  # the second exclusive
Answer = Sequence[tuple[int, int, date, date]]  # offsets in the text, from, to


@dataclass(frozen=True)
class Expected:
    """A date that should be found: where, and the stretches that are right (empty: any)."""

    start: int
    end: int
    accepted: frozenset[Stretch] = frozenset()


@dataclass(frozen=True)
class Case:
    """A text, the day it is read on, and what should be found (`no_day`: no day may be)."""

    text: str
    day: str
    expected: tuple[Expected, ...]
    no_day: bool = False

    def is_right(self, answer: Answer) -> bool:
        """Whether an answer is right."""
        if self.no_day:
            return all(to - since > timedelta(1) for _, _, since, to in answer)
        if not self.expected:
            return not answer
        return all(self._found(e, answer) for e in self.expected)

    def _found(self, expected: Expected, answer: Answer) -> bool:
        return any(
            start < expected.end
            and expected.start < end
            and (not expected.accepted or (since, to) in expected.accepted)
            for start, end, since, to in answer
        )


def measure(data: Path) -> list[Section]:
    """Cases answered rightly, by specification and system."""
    folder = data / "dates"
    sets: dict[str, list[Case]] = {}
    for name in PARSERS + EXTRACTORS:
        document = json.loads((folder / f"{name}.json").read_text(encoding="utf-8-sig"))
        if name in PARSERS:
            sets[f"{name}, as published"] = list(_published(document))
        sets[f"{name}, in scope"] = list(_in_scope(document, resolved=name in PARSERS))
    specified = [case for name, cases in sets.items() if "in scope" in name for case in cases]
    sets["all in scope"] = specified
    sentences = list(_sentences())
    sets["our news sentences with dates"] = [case for case in sentences if case.expected]
    sets["our news sentences without"] = [case for case in sentences if not case.expected]
    return [_section(sets, *_answers({c.text + c.day: c for s in sets.values() for c in s}))]


def _section(
    sets: Mapping[str, list[Case]],
    answers: Mapping[str, Mapping[str, Answer]],
    reasons: Mapping[str, str],
) -> Section:
    rows, figures = [], {}
    for name, cases in sets.items():
        cells = [name, str(len(cases))]
        for system in (OURS, *baselines.DATES):
            if system not in answers:
                cells.append("-")
                continue
            right = sum(case.is_right(answers[system][case.text + case.day]) for case in cases)
            cells.append(f"{right} ({right / len(cases):.1%})")
            figures[f"{name}: {system}"] = right / len(cases)
        rows.append(tuple(cells))
    notes = [f"{len(g['inputs'])} left out: {g['reason']}" for g in SCOPE["left_out"]]
    notes.append("our news sentences are held by our tests, so our own figure there is no surprise")
    notes += [f"{system} is missing: {reason}" for system, reason in reasons.items()]
    columns = ("cases", "number", OURS, *baselines.DATES)
    return Section("Dates found and resolved", columns, tuple(rows), tuple(notes), figures)


def _answers(
    cases: Mapping[str, Case],
) -> tuple[dict[str, dict[str, Answer]], dict[str, str]]:
    """What each system answers to each case, and why a baseline is missing."""
    asked = baselines.dates([(case.text, case.day) for case in cases.values()])
    answers: dict[str, dict[str, Answer]] = {
        name: {
            key: [(a, b, date.fromisoformat(c), date.fromisoformat(d)) for a, b, c, d in answer]
            for key, answer in zip(cases, given, strict=True)
        }
        for name, given in asked.items()
    }
    answers[OURS] = {key: _ours(case) for key, case in cases.items()}
    return answers, asked.reasons


def _ours(case: Case) -> Answer:
    mentions = find_dates(case.text, date.fromisoformat(case.day))
    return [(m.start, m.end, m.when.start, m.when.end) for m in mentions]


def _published(document: list[dict[str, Any]]) -> Iterator[Case]:
    """The cases of a parser's specification that expect dates, and nothing but dates."""
    for entry in document:
        expected = [_expected(result) for result in entry["Results"]]
        if expected and all(e.accepted for e in expected):
            yield Case(entry["Input"], _day(entry), tuple(expected))


def _in_scope(document: list[dict[str, Any]], *, resolved: bool) -> Iterator[Case]:
    groups = [g for g in SCOPE["left_out"] if resolved or g["of"] == "everything"]
    left_out = {text for group in groups for text in group["inputs"]}
    if resolved:
        cases = _published(document)
    else:
        cases = (
            Case(entry["Input"], _day(entry), tuple(map(_place, entry["Results"])))
            for entry in document
        )
    for case in cases:
        if case.text not in left_out:
            yield _amended(case)


def _amended(case: Case) -> Case:
    if case.text in SCOPE["impossible"]["inputs"]:
        return Case(case.text, case.day, (), no_day=True)
    (first, *others) = case.expected or (Expected(0, 0),)
    accepted = set(first.accepted)
    if case.text in SCOPE["end_included"]["day"]:
        accepted |= {(since, to + timedelta(1)) for since, to in first.accepted}
    if case.text in SCOPE["end_included"]["year"]:
        accepted |= {(since, to.replace(year=to.year + 1)) for since, to in first.accepted}
    if accepted == first.accepted:
        return case
    return Case(
        case.text, case.day, (Expected(first.start, first.end, frozenset(accepted)), *others)
    )


def _day(entry: dict[str, Any]) -> str:
    day: str = entry.get("Context", {}).get("ReferenceDateTime", REFERENCE)
    return day[:10]


def _place(result: dict[str, Any]) -> Expected:
    return Expected(result["Start"], result["Start"] + len(result["Text"]))


def _expected(result: dict[str, Any]) -> Expected:
    place = _place(result)
    values = result.get("Value") or {}
    stretches = set()
    for resolution in (values.get("FutureResolution") or {}, values.get("PastResolution") or {}):
        since = resolution.get("date") or resolution.get("startDate")
        if since and ("date" in resolution or "endDate" in resolution):
            first = date.fromisoformat(since)
            last = resolution.get("endDate")
            stretches.add((first, date.fromisoformat(last) if last else first + timedelta(1)))
    return Expected(place.start, place.end, frozenset(stretches))


def _sentences() -> Iterator[Case]:
    """The sentences that our tests hold us to (their format: at the top of the file).

    What is marked as uncertain is a convention of ours, so it is not asked of anybody.
    """
    day = REFERENCE
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            day = line[1:].strip()
        elif line and not line.startswith("#"):
            text, expected = line.split(" =>")
            wanted = tuple(_written(text, expected))
            if wanted or not expected.strip():
                yield Case(text, day, wanted)


def _written(text: str, expected: str) -> Iterator[Expected]:
    at = 0
    for part in filter(None, map(str.strip, expected.split(";"))):
        if part.endswith(" ?"):
            continue
        words, days = part.rsplit(" ", 1)
        at = text.index(words, at)
        since, _, to = days.partition("..")
        first = date.fromisoformat(since)
        stretch = (first, date.fromisoformat(to) if to else first + timedelta(1))
        yield Expected(at, at + len(words), frozenset({stretch}))
        at += len(words)
