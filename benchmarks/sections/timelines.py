"""Timelines: dates, merges and contradictions on labelled stories, and the five originals.

A labelled story is a folder of posts with `expected.json`: the events that a timeline of them
should hold (date, which posts state it, words one of which it must say), contradictions, dates that
must not be shown as events, and dates about which one may differ (`also`).
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.sections import Section
from bot.digest import timeline, words
from bot.digest.article import digest
from bot.digest.dates import find_dates
from bot.digest.reading import published_on
from bot.digest.sentences import sentences
from bot.model import StoredArticle, When
from bot.render.times import label
from bot.sources.posts import find_posts, read_post

LABELLED = Path(__file__).resolve().parent.parent / "labelled" / "timelines"
SHANGHAI = ZoneInfo("Asia/Shanghai")
MOST = 25
NOW = datetime(2024, 1, 1, tzinfo=UTC)

# The 13 dates of the five originals: a word of the event, and the posts (by number) that state it.
THIRTEEN = {
    "2010": ("3Q", "3"), "2013": ("淘宝", "234"), "2020-08": ("冷知识", "4"),
    "2021-02": ("起诉", "4"), "2021-06": ("大事记", "4"), "2021-07-26": ("专项整治", "013"),
    "2021-09-09": ("行政指导会", "02"), "2021-09-16": ("QQ", "0"), "2021-09-17": ("微信", "0124"),
    "2021-10": ("彭博社", "4"), "2021-11-12": ("抖音公开", "4"), "2021-11-29": ("微信", "0234"),
    "2021-11-30": ("证券日报", "0"),
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """An entry of a timeline, ours or a baseline's: its date, what it says, the posts it cites."""

    date: str
    text: str
    posts: frozenset[str]
    conflicts: frozenset[str] = frozenset()


@dataclass
class Score:
    """Counts over some stories."""

    found: int = 0  # dates shown that should be
    shown: int = 0
    expected: int = 0
    forbidden: int = 0  # dates shown that should not be
    told: int = 0  # events of which there is an entry
    events: int = 0
    twice: int = 0  # events of which there is more than one
    good_pairs: int = 0  # two posts in one entry that tell of one event
    pairs: int = 0
    expected_pairs: int = 0
    conflicts: int = 0
    wrong_conflicts: int = 0
    expected_conflicts: int = 0
    worst: list[str] = field(default_factory=list)


Maker = Callable[[list[StoredArticle]], list[Entry]]


def read(folder: Path) -> list[StoredArticle]:
    """The posts of a folder as if they were stored."""
    articles = [read_post(path) for path in find_posts([folder])]
    return [
        StoredArticle(n, a, digest(a, SHANGHAI), 1, 1, NOW, NOW) for n, a in enumerate(articles)
    ]


def ours(articles: list[StoredArticle]) -> list[Entry]:
    """What a reader is shown first."""
    events = timeline.top(timeline.timeline(articles, (), SHANGHAI), MOST)
    return [
        Entry(
            _label(e.when),
            e.subject + e.text,
            frozenset(_name(c.article) for c in e.sources),
            frozenset(_label(when) for when, _ in e.conflicts),
        )
        for e in events
    ]


def each_sentence(articles: list[StoredArticle]) -> list[Entry]:
    """Baseline: every sentence with a date is an event of its own."""
    return [
        Entry(_label(m.when), s.text, frozenset([_name(a)]))
        for a in articles
        for s in sentences(a.article)
        for m in find_dates(s.text, published_on(a.article, SHANGHAI) or NOW.date())
        if m.when.certain
    ]


def each_date(articles: list[StoredArticle]) -> list[Entry]:
    """Baseline: all sentences with one date are one event."""
    by_date: dict[str, list[Entry]] = {}
    for entry in each_sentence(articles):
        by_date.setdefault(entry.date, []).append(entry)
    return [
        Entry(day, "".join(e.text for e in group), frozenset(p for e in group for p in e.posts))
        for day, group in by_date.items()
    ]


MAKERS: dict[str, Maker] = {
    "脉络": ours,
    "baseline: each dated sentence": each_sentence,
    "baseline: one event a date": each_date,
}


def measure(data: Path) -> list[Section]:
    """The labelled stories, and the originals where `seeds` lies beside the data."""
    words.load()
    sections = [_labelled()]
    originals = data.parent / "seeds"
    return [*sections, _originals(originals)] if originals.is_dir() else sections


def _labelled() -> Section:
    scores = {name: Score() for name in MAKERS}
    folders = sorted(path.parent for path in LABELLED.glob("*/expected.json"))
    for folder in folders:
        articles = read(folder)
        expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        for name, make in MAKERS.items():
            _score(scores[name], make(articles), expected, folder.name)
    return Section(
        f"Timelines: {len(folders)} labelled stories",
        ("method", "date P", "date R", "date F1", "events told", "told twice", "merge P", "merge R",
         "must-not dates", "contradictions"),
        tuple((name, *_row(score)) for name, score in scores.items()),
        tuple(scores["脉络"].worst),
        _figures(scores["脉络"]),
    )  # fmt: skip


def _score(
    score: Score, entries: Sequence[Entry], expected: dict[str, list[object]], story: str
) -> None:
    """Add a story to the counts. Dates under `also` count neither for nor against."""
    events = [e for e in expected["events"] if isinstance(e, dict)]
    wanted = {e["date"] for e in events}
    shown = {e.date for e in entries} - (set(expected["also"]) - wanted)
    score.found += len(wanted & shown)
    score.shown += len(shown)
    score.expected += len(wanted)
    score.forbidden += len(shown & set(expected["not_events"]))
    score.worst += [f"{story}: {d} is missing" for d in sorted(wanted - shown)]
    score.worst += [f"{story}: {d} is no event's" for d in sorted(shown - wanted)]
    _score_events(score, entries, events, story)
    planted = {(a, b) for a, b in expected["conflicts"]}  # type: ignore[misc]
    seen = {(e.date, other) for e in entries for other in e.conflicts}
    score.conflicts += len(planted & seen)
    score.wrong_conflicts += len(seen - planted)
    score.expected_conflicts += len(planted)


def _score_events(
    score: Score, entries: Sequence[Entry], events: Sequence[dict[str, list[str]]], story: str
) -> None:
    """Match entries to events by date and words; count pairs of posts under one event."""
    matched: dict[int, list[Entry]] = {n: [] for n in range(len(events))}
    for entry in entries:
        hits = [n for n, e in enumerate(events) if _tells(entry, e)]
        if hits:
            matched[hits[0]].append(entry)
        if not hits and len(entry.posts) > 1:
            score.worst.append(f"{story}: {entry.date} joins {'、'.join(sorted(entry.posts))}")
        score.pairs += _pairs(entry.posts)
        score.good_pairs += max(
            (_pairs(entry.posts & set(events[n]["articles"])) for n in hits), default=0
        )
    for n, event in enumerate(events):
        score.events += 1
        score.told += bool(matched[n])
        score.twice += len(matched[n]) > 1
        score.expected_pairs += _pairs(event["articles"])
        cited = frozenset().union(*(e.posts for e in matched[n]))
        missing = sorted(set(event["articles"]) - cited)
        if len(matched[n]) > 1:
            score.worst.append(f"{story}: {event['date']} {event['words'][0]} is told twice")
        for post in sorted(cited - set(event["articles"])):
            score.worst.append(f"{story}: {event['date']} {event['words'][0]} cites {post}")
        if missing:
            score.worst.append(
                f"{story}: {event['date']} {event['words'][0]} lacks {'、'.join(missing)}"
            )


def _tells(entry: Entry, event: dict[str, list[str]]) -> bool:
    return entry.date == event["date"] and any(w in entry.text for w in event["words"])  # type: ignore[comparison-overlap]


def _pairs(posts: Sequence[str] | frozenset[str]) -> int:
    return len(posts) * (len(posts) - 1) // 2


def _row(score: Score) -> tuple[str, ...]:
    f = _figures(score)
    return (
        f"{f['date precision']:.2f}", f"{f['date recall']:.2f}", f"{f['date F1']:.2f}",
        f"{score.told}/{score.events}", str(score.twice),
        f"{f['merge precision']:.2f}", f"{f['merge recall']:.2f}", str(score.forbidden),
        f"{score.conflicts}/{score.expected_conflicts}, {score.wrong_conflicts} wrong",
    )  # fmt: skip


def _figures(score: Score) -> dict[str, float]:
    precision = score.found / max(1, score.shown)
    recall = score.found / max(1, score.expected)
    return {
        "date precision": precision,
        "date recall": recall,
        "date F1": 2 * precision * recall / max(1e-9, precision + recall),
        "events told": score.told / max(1, score.events),
        "merge precision": score.good_pairs / max(1, score.pairs),
        "merge recall": score.good_pairs / max(1, score.expected_pairs),
    }


def _originals(folder: Path) -> Section:
    """The five originals against the 13 dates, each with every article that states it."""
    entries = ours(read(folder))
    rows = []
    for day, (word, posts) in THIRTEEN.items():
        there = [e for e in entries if e.date == day and word in e.text]
        cited = frozenset().union(*(e.posts for e in there))
        rows.append(
            (day, str(len(there)), f"{sum(p in cited for p in _stems(folder, posts))}/{len(posts)}")
        )
    whole = [r for r in rows if r[1] == "1" and r[2][0] == r[2][2]]
    dates = [e.date for e in entries]
    again = sorted({d for d in dates if dates.count(d) > 1})
    return Section(
        "Timelines: the five originals",
        ("date", "entries", "articles cited"),
        tuple(rows),
        (f"{len(entries)} entries by default; shown twice: {'、'.join(again) or 'none'}",),
        {"dates told whole": len(whole) / len(rows), "entries": float(len(entries))},
    )


def _stems(folder: Path, numbers: str) -> list[str]:
    names = sorted(path.stem for path in find_posts([folder]))
    return [names[int(n)] for n in numbers]


def _name(stored: StoredArticle) -> str:
    return Path(stored.article.path).stem


def _label(when: When) -> str:
    return label(when.start, when.granularity)
