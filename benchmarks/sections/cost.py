"""Cost: CPU time of a digest, by part, as a multiple of one jieba pass over the same text.

Ratios, not seconds, are what compares: machines differ, and jieba is the floor for anything on it.
"""

import resource
import time
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import jieba

from benchmarks.sections import Section
from bot.digest import headline, keywords, names, summary, words
from bot.digest.article import digest
from bot.digest.events import dated, events
from bot.digest.reading import published_on, read
from bot.errors import ConfigError
from bot.model import Article
from bot.sources.posts import find_posts, read_post

ROOT = Path(__file__).resolve().parent.parent.parent
SHANGHAI = ZoneInfo("Asia/Shanghai")
ROUNDS = 7
OURS = [ROOT / "seeds", ROOT / "benchmarks" / "labelled" / "articles"]
MEGABYTE = 1024  # kilobytes, in which the peak is given


def measure(data: Path) -> list[Section]:
    """One table: the parts of a digest with each word engine.

    Args:
        data: the folder of public data, beside which the original reports lie.
    """
    folders = [folder for folder in (data.parent / "seeds", *OURS) if folder.exists()]
    articles = [read_post(path) for path in find_posts(folders)]
    words.load()
    texts = ["\n".join(block.text for block in a.blocks) for a in articles]
    pass_ = _best(lambda: [jieba.lcut(text) for text in texts])
    columns = {name: _parts(name, articles, pass_) for name in ("jieba", "rjieba")}
    parts = list(columns["jieba"])
    rows = tuple(
        (part, *(f"{c[part]:.2f}" if c else "-" for c in columns.values())) for part in parts
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    return [
        Section(
            f"CPU of a digest against one jieba pass ({len(articles)} articles)",
            ("part", *columns),
            rows,
            (
                f"one pass: {pass_ * 1000:.0f} ms; best of {ROUNDS} rounds",
                f"peak memory of this process: {peak:.0f} MB",
            ),
            {f"cost_{name}": c["the whole digest"] for name, c in columns.items() if c},
        )
    ]


def _parts(engine: str, articles: list[Article], pass_: float) -> dict[str, float]:
    """What each part costs with an engine, in passes; empty when it is not installed."""
    before = words.engine()
    try:
        words.use_engine(engine)
    except ConfigError:
        return {}
    readings = [read(a) for a in articles]
    days = [published_on(a, SHANGHAI) for a in articles]
    lines = [headline.line(r, d) for r, d in zip(readings, days, strict=True)]
    parts: dict[str, Callable[[], object]] = {
        "the whole digest": lambda: [digest(a, SHANGHAI) for a in articles],
        "cutting the words": lambda: [[words.cut(s.text) for s in r.sentences] for r in readings],
        "sentences, words, new words": lambda: [read(a) for a in articles],
        "one line": lambda: [headline.line(r, d) for r, d in zip(readings, days, strict=True)],
        "summaries": lambda: [
            summary.ranked(r, summary.FULL, s) for r, s in zip(readings, lines, strict=True)
        ],
        "keywords": lambda: [keywords.keywords(r) for r in readings],
        "names": lambda: [names.names(r) for r in readings],
        "events": lambda: [
            events(tuple(dated(r.sentences, d)), d) for r, d in zip(readings, days, strict=True)
        ],
    }
    try:
        return {name: _best(part) / pass_ for name, part in parts.items()}
    finally:
        words.use_engine(before)


def _best(part: Callable[[], object]) -> float:
    """The least CPU seconds of some rounds."""
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        part()
        times.append(time.process_time() - started)
    return min(times)
