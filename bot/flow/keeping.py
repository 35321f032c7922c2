"""Keeping: articles are read, digested and stored by functions that run beside the event loop, in
a thread or in a worker process.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.digest import stories
from bot.digest.article import digested
from bot.digest.index import index_words
from bot.digest.reading import Reading, read
from bot.flow.desk import Desk
from bot.model import Article, Filed, Item, Outcome, Saved, Sketched, StoryChoice, Words
from bot.model.feeds import Feed, FeedContent
from bot.parts import parts
from bot.sources.feeds import read_feed
from bot.store import Find, Store

# An article may join a story that was last reported on within this time of its own publication.
STORY_WINDOW = timedelta(days=14)
STORED = 20  # articles of one transaction, for which a reader's own may have to wait


def keep_document(
    desk: Desk,
    body: bytes,
    content_type: str,
    url: str,
    feed: Feed,
    zone: ZoneInfo,
    now: datetime,
) -> tuple[FeedContent, Counter[Outcome]]:
    """Read, digest and store a feed's document; see `Ingest.document`, and `read_feed`."""
    content = read_feed(body, content_type, url, feed)
    told = not_later(content.articles, now)
    outcomes = keep(desk, desk.ask(lambda store: unknown(store, told)), zone, now)
    return replace(content, articles=()), with_unchanged(outcomes, len(told))


def keep(
    desk: Desk, articles: Sequence[Article], zone: ZoneInfo, now: datetime
) -> Counter[Outcome]:
    """Digest and store articles that are new, a few at a time.

    Args:
        desk: where the store is within reach.
        articles: what is not stored, or not as it is now.
        zone: the zone whose days count.
        now: UTC.
    """
    outcomes: Counter[Outcome] = Counter()
    for part in parts(articles, STORED):
        filed = file_all(part, zone)
        saved = desk.ask(partial(save, filed=filed, now=now))
        outcomes.update(one.outcome for one in saved)
    return outcomes


async def unknown(store: Store, articles: Sequence[Article]) -> list[Article]:
    """Those that are not stored, or not as they are now."""
    known = await store.articles.hashes([article.key for article in articles])
    return [a for a in articles if known.get(a.key) != a.content_hash]


def with_unchanged(outcomes: Counter[Outcome], given: int) -> Counter[Outcome]:
    """What became of so many articles, when the others were known."""
    return outcomes + Counter({"unchanged": given - outcomes.total()})


def not_later(articles: Iterable[Article], now: datetime) -> list[Article]:
    """The articles, published now at the latest: 'next year' would stand first for a year. The
    date as written is kept."""
    return [
        replace(one, published_at=now) if one.published_at and one.published_at > now else one
        for one in articles
    ]


async def save(store: Store, filed: Sequence[Filed], now: datetime) -> list[Saved]:
    """Store some articles in one transaction, each in its story."""
    return await store.articles.save_all(filed, decide, now)


def decide(filed: Filed, find: Find) -> tuple[StoryChoice, Sequence[Sketched]]:
    """The story that an article joins, and its sketches, those of a round-up's items with the
    stories that they tell.

    Args:
        filed: the article.
        find: finds what its sketches are compared with.
    """
    at = filed.article.published_at
    since, until = (at - STORY_WINDOW, at + STORY_WINDOW) if at else (None, None)
    known, made = stories.ROUNDUP, []
    for one in filed.sketches:
        found = find(one.keywords, since, until)
        if one.number:  # an item joins stories, no other items
            joined = stories.choose(one.sketch, [c for c in found if c.story_id is not None])
            made.append(replace(one, choice=joined))
        else:
            known = stories.choose(one.sketch, found)
            made.append(one)
    return known, made


def file_all(articles: Sequence[Article], zone: ZoneInfo) -> list[Filed]:
    """All that is made of some articles before they are stored.

    What is made of all is made step by step, not article by article: each step leaves in the
    processor's caches what it needs for the next article.
    """
    readings = [read(article, zone) for article in articles]
    digests = [digested(reading, zone) for reading in readings]
    indexes = [index_words(*pair) for pair in zip(readings, digests, strict=True)]
    return [
        Filed(reading.article, made, index, _sketched(reading, index, zone))
        for reading, made, index in zip(readings, digests, indexes, strict=True)
    ]


def file(article: Article, zone: ZoneInfo) -> Filed:
    """All that is made of an article before it is stored."""
    return file_all([article], zone)[0]


def _sketched(reading: Reading, index: Words, zone: ZoneInfo) -> tuple[Sketched, ...]:
    """The sketch of an article, or those of a round-up's items."""
    if items := stories.items(reading.article):
        return tuple(_item(item, zone) for item in items)
    return (Sketched(0, stories.sketch(reading, index), index.keywords),)


def _item(item: Item, zone: ZoneInfo) -> Sketched:
    reading = read(item.article, zone)
    index = index_words(reading, digested(reading, zone))
    return Sketched(item.number, stories.sketch(reading, index), index.keywords, item.sentence)
