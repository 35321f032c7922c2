"""What an article costs on its way in, with 1,000 stored and with 100,000.

The store is filled with made-up articles whose words are drawn as words are in the news, a few of
them often and most of them seldom, all within the days in which stories are looked for; half of
them tell of stories that many tell. Then the bundled posts are read in, under new titles so that
each is new, and the CPU time of an article is taken. The size must not show.
"""

import argparse
import asyncio
import json
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlite_utils import Database

from bot import app
from bot.config import Config, StoreSettings
from bot.digest.words import load
from bot.flow.keeping import Filed, file
from bot.model import DIGEST_VERSION, Article
from bot.sources.posts import find_posts, read_post
from bot.store import newest, rows
from bot.store.signs import signed

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
SIZES = (1_000, 100_000)
VOCABULARY = 20_000
KEYWORDS = 20
MOST_OF_ONE_STORY = 500
ROUNDS = 12
DAY = datetime(2021, 12, 1, tzinfo=UTC)


def words_of(posts: list[Filed], chance: random.Random) -> Iterator[list[str]]:
    """Keywords of made-up articles, without end: a few of the posts' own, and of a vocabulary."""
    own = sorted({word for post in posts for word in post.index.keywords})
    weights = [1 / (n + 1) for n in range(VOCABULARY)]
    while True:
        drawn = iter(chance.choices(range(VOCABULARY), weights, k=KEYWORDS * 1000))
        for _ in range(1000):
            made = {f"词{next(drawn)}" for _ in range(KEYWORDS - 2)}
            yield [*made, *chance.sample(own, 2)]


def fill(path: Path, size: int, posts: list[Filed]) -> None:
    """Fill an empty store with made-up articles, by bulk statements."""
    chance = random.Random(7)
    db = Database(path)
    template = posts[0].article
    digest = rows.digest_json(posts[0].digest)
    sketch = replace(posts[0].sketches[0].sketch, prints=())
    told: list[tuple[Any, ...]] = []
    sketches: list[tuple[Any, ...]] = []
    keywords: list[tuple[int, str]] = []
    having: defaultdict[str, list[int]] = defaultdict(list)
    indexed: list[tuple[Any, ...]] = []
    for number, said in zip(range(1, size + 1), words_of(posts, chance), strict=False):
        story = number if number % 2 else 1 + number // MOST_OF_ONE_STORY
        at = rows.instant(DAY + timedelta(seconds=chance.randrange(10 * 86_400)))
        title = "".join(said[:4])
        document = rows.article_json(replace(template, key=f"made{number}", title=title))
        told.append((number, f"made{number}", f"媒体{number % 300}", at, "x", 1, document, digest,
                     title, story, 0.0, "", at, at, DIGEST_VERSION))  # fmt: skip
        made = replace(sketch, title=tuple(said[:4]), words=tuple(said))
        sketches.append((number, number, 0, story, at, *signed(made)))
        keywords.append((number, newest.joined(said)))
        for word in said:
            having[word].append(number)
        indexed.append((number, " ".join(said[:4]), " ".join(said)))
    with db.conn:
        stories = [(number,) for number in range(1, size + 2)]
        db.conn.executemany("INSERT INTO stories (id) VALUES (?)", stories)
        db.conn.executemany(
            """INSERT INTO all_articles (id, key, outlet, published_at, content_hash, revision,
               document, digest, plain, story_id, story_score, story_reason, first_seen_at,
               updated_at, digest_version) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)""",
            told,
        )
        db.conn.executemany(
            """INSERT INTO sketches (id, article_id, number, story_id, published_at, sketch, sign)
               VALUES (?,?,?,?,?,?,?)""",
            sketches,
        )
        db.conn.executemany("INSERT INTO keywords VALUES (?,?)", keywords)
        packed = [(word, newest.packed(those[-newest.MOST :])) for word, those in having.items()]
        db.conn.executemany("INSERT INTO newest VALUES (?,?)", sorted(packed))
        db.conn.executemany("INSERT INTO words (rowid, title, body) VALUES (?,?,?)", indexed)
    db.close()


async def cost(size: int, articles: list[Article]) -> dict[str, float]:
    """CPU milliseconds for an article, the whole way in and storing alone."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        config = Config(store=StoreSettings(path=path))
        async with app.opened(config):
            pass
        fill(path, size, [file(a, app.ZoneInfo("Asia/Shanghai")) for a in articles])
        async with app.opened(config) as house:
            whole, again = [], []
            for n in range(ROUNDS):
                started = time.process_time()
                for article in articles:
                    await house.ingest.article(_anew(article, n))
                whole.append(time.process_time() - started)
                started = time.process_time()
                for article in articles:
                    await house.ingest.article(_anew(article, n))
                again.append(time.process_time() - started)
        per = 1000 / len(articles)
        return {"new": sorted(whole)[ROUNDS // 2] * per, "unchanged": min(again) * per}


def _anew(article: Article, number: int) -> Article:
    """The article as if it were another."""
    key, title = f"{article.key}{number}", f"{article.title}之{number}"
    return replace(article, key=key, title=title, content_hash=str(number))


def main() -> None:
    """Print a table, write JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    load()
    articles = [read_post(path) for path in find_posts([SEEDS])]
    costs = {size: asyncio.run(cost(size, articles)) for size in SIZES}
    small, large = (costs[size] for size in SIZES)
    ratios = {way: large[way] / small[way] for way in small}
    table = Table("an article that is", *(f"CPU ms, {size:,} stored" for size in SIZES), "ratio")
    for way in small:
        table.add_row(way, f"{small[way]:.2f}", f"{large[way]:.2f}", f"{ratios[way]:.2f}")
    Console().print(table)
    if arguments.json:
        document = {"cpu_ms": {str(size): c for size, c in costs.items()}, "ratios": ratios}
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        arguments.json.write_text(json.dumps(document, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
