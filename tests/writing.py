"""Articles and posts for tests, and where things are."""

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.digest import stories
from bot.digest.article import digest
from bot.flow.keeping import file
from bot.flow.pacing import Limits
from bot.flow.visit import Visit
from bot.model import Article, Block, BlockKind, StoredArticle
from bot.model.delivery import Asker, Place
from bot.render.reader import Reader

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
ARTICLES = ROOT / "benchmarks/labelled/articles"  # of many kinds, a story each
SHARED = ROOT.parent / "shared"  # public data that only its owners have
SHANGHAI = ZoneInfo("Asia/Shanghai")
UNLIMITED = Limits(per_second=1e6, chat_seconds=0, per_group=10**6, group_seconds=0)  # no pauses
NOW = datetime(2021, 12, 7, 4, 0, tzinfo=UTC)  # noon in Shanghai, the day after the last seed
READER = Reader(NOW, SHANGHAI)
TRADITIONAL = Reader.speaking("zh-hant", NOW, SHANGHAI)
VISIT = Visit(Asker(Place(1), "private", "", 1), READER)


def article(
    *paragraphs: str,
    title: str = "一则消息",
    outlet: str = "晨报",
    at: datetime | None = datetime(2021, 12, 2, 1, 0, tzinfo=UTC),
) -> Article:
    """An article of some paragraphs."""
    blocks = tuple(Block(BlockKind.TEXT, p) for p in paragraphs)
    key = f"{outlet}|{title}|{at}"
    return Article(key, repr(blocks), f"{title}.md", title, outlet, at, str(at), blocks=blocks)


def stored(number: int, one: Article, story: int = 1) -> StoredArticle:
    """An article as the store gives it, digested."""
    return StoredArticle(number, one, digest(one, SHANGHAI), story, 1, NOW, NOW)


def one_story(one: Article, other: Article) -> bool:
    """Whether two articles would be one story."""
    a, b = (file(article, SHANGHAI).whole for article in (one, other))
    assert a is not None
    assert b is not None
    return stories.compare(a, b).same


def post(body: str, **front: str) -> bytes:
    """The bytes of a post."""
    fields = {"title": "'一则消息'", "author": "晨报", "date": "2021-12-02 09:00:00"} | front
    lines = "\n".join(f"{name}: {value}" for name, value in fields.items())
    return f"\n---\n{lines}\n---\n\n<div>\n{body}\n</div>\n".encode()


def is_verbatim(shown: str, source: str) -> bool:
    """Whether a line stands in a text, asides in brackets apart."""
    aside = re.compile(r"\s*[（(][^（）()]*[）)]")
    return shown in source or aside.sub("", shown) in aside.sub("", source)
