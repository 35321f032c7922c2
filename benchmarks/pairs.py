"""Labelled pairs: articles of our own, by family (what looks alike) and event (what is one story).

Each line of a file is an article. Two of one event are a true pair, two of one family but different
events are a hard negative, any others an easy one.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.digest import stories
from bot.digest.article import digested
from bot.digest.index import index_words
from bot.digest.reading import read
from bot.model import Article, Sketch
from bot.sources.posts import find_posts, parse_post, read_post

LABELLED = Path(__file__).parent / "labelled" / "pairs"
SEEDS = Path(__file__).resolve().parent.parent / "seeds"
SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Labelled:
    """An article with its labels."""

    family: str
    event: str
    title: str
    sketch: Sketch


@dataclass(frozen=True)
class Pair:
    """Two articles: `hard` when they look alike, `same` when they are one story."""

    one: Labelled
    other: Labelled
    hard: bool
    same: bool


@cache
def pairs(half: str) -> tuple[Pair, ...]:
    """All pairs of one half, `dev` or `held`. The bundled posts are one event of `dev`."""
    labelled = list(_articles(LABELLED / f"{half}.jsonl"))
    if half == "dev":
        labelled += [_labelled("微信", "外链", read_post(path)) for path in find_posts([SEEDS])]
    return tuple(
        Pair(a, b, a.family == b.family, (a.family, a.event) == (b.family, b.event))
        for a, b in combinations(labelled, 2)
    )


def sketched(article: Article) -> Sketch:
    """An article's sketch, as on its way into the store."""
    reading = read(article, SHANGHAI)
    return stories.sketch(reading, index_words(reading, digested(reading, SHANGHAI)))


def _articles(path: Path) -> Iterator[Labelled]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        told = json.loads(line)
        yield _labelled(told["family"], told["event"], parse_post(_post(told), f"{path}:{number}"))


def _labelled(family: str, event: str, article: Article) -> Labelled:
    return Labelled(family, event, article.title, sketched(article))


def _post(told: dict[str, str]) -> bytes:
    """The bytes of a post, so that a pair takes the way of any other article."""
    fields = {"title": told["title"], "author": told["outlet"], "date": told["published"]}
    front = "\n".join(f"{name}: {json.dumps(v, ensure_ascii=False)}" for name, v in fields.items())
    body = "".join(f"<p>{paragraph}</p>" for paragraph in told["body"])
    return f"---\n{front}\n---\n\n<div>{body}</div>\n".encode()
