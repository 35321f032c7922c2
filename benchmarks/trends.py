"""What asking for what rose costs with 100,000 articles in five weeks.

The reference is reading the same words out of the articles' digests, as it would be without a table
of their own.
"""

import argparse
import asyncio
import json
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlite_utils import Database

from bot.digest.trends import BEFORE, DAY, WEEK, rising
from bot.store import Store

ARTICLES, WORDS, PER_ARTICLE, OUTLETS = 100_000, 40_000, 20, 60
DIGEST_BYTES = 6_000  # about what a digest takes
ROUNDS = 5
NOW = datetime(2021, 12, 7, 4, tzinfo=UTC)
SPAN = WEEK * (1 + BEFORE)


def fill(path: Path) -> None:
    """Articles with words as frequent as words are, one of them rising."""
    chance = random.Random(5)
    shares = list(accumulate(1 / (n + 1) for n in range(WORDS)))
    names = [f"词{n}" for n in range(WORDS)]
    padding = "长" * (DIGEST_BYTES // 3)
    articles, heard = [], []
    for number in range(1, ARTICLES + 1):
        at = NOW - SPAN * chance.random()
        words = list(dict.fromkeys(chance.choices(names, cum_weights=shares, k=PER_ARTICLE)))
        if NOW - at < DAY and number % 9 == 0:
            words.append("召回")
        outlet, when = f"媒体{number % OUTLETS}", at.isoformat(timespec="microseconds")
        digest = json.dumps({"keywords": words, "line": padding}, ensure_ascii=False)
        articles.append((number, str(number), outlet, when, digest))
        heard.append((when, number, outlet, "\n".join(words)))
    db = Database(path)
    with db.conn:
        db.execute("INSERT INTO stories (id) VALUES (1)")
        db.conn.executemany(
            """INSERT INTO all_articles
                    (id, key, outlet, published_at, digest, content_hash, revision,
               document, plain, story_id, story_score, story_reason, first_seen_at, updated_at)
               VALUES (?, ?, ?, ?, ?, '', 1, '', '', 1, 0, '', '', '')""",
            articles,
        )
        db.conn.executemany("INSERT INTO heard VALUES (?, ?, ?, ?)", sorted(heard))
    db.close()


async def median(work: Callable[[], Awaitable[object]]) -> float:
    """Milliseconds at the median of some rounds, the first thrown away."""
    taken = []
    for _ in range(ROUNDS + 1):
        start = time.perf_counter()
        await work()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken[1:])


async def measure(path: Path) -> dict[str, float]:
    """What each step costs, in milliseconds."""
    async with await Store.open(path, word_engine="jieba") as store:
        await asyncio.to_thread(fill, path)
        heard = await store.talk.between(NOW - SPAN, NOW)

        async def count(span: timedelta) -> object:
            return await asyncio.to_thread(rising, heard, NOW, span, most=5)

        (first, *_) = rising(heard, NOW, DAY)
        assert first.word == "召回"
        sql = """SELECT published_at, outlet,
                    (SELECT group_concat(value, char(10)) FROM json_each(digest, '$.keywords'))
                 FROM articles WHERE published_at > ? AND reprint_of IS NULL"""
        db = Database(path)

        async def from_digests() -> object:
            return db.execute(sql, [(NOW - SPAN).isoformat()]).fetchall()

        cost = {
            "read": await median(lambda: store.talk.between(NOW - SPAN, NOW)),
            "counted, a day": await median(lambda: count(DAY)),
            "counted, a week": await median(lambda: count(WEEK)),
            "read from the digests": await median(from_digests),
        }
        db.close()
        return cost


def main() -> None:
    """Print a table, write JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cost = asyncio.run(measure(Path(folder, "trends.db")))
    ratio = cost["read"] / cost["read from the digests"]
    table = Table(f"what rose in {ARTICLES:,} articles", "ms, median")
    for name, taken in cost.items():
        table.add_row(name, f"{taken:.0f}")
    table.add_row("ratio of the readings", f"{ratio:.2f}")
    Console().print(table)
    if arguments.json:
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        document = {"articles": ARTICLES, "ms": cost, "ratio": ratio}
        arguments.json.write_text(json.dumps(document, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
