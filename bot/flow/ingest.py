"""IN: posts become articles, are digested, find their story and are stored."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.digest import stories, words
from bot.digest.article import digest
from bot.errors import ReadError
from bot.flow.workers import Workers
from bot.model import (
    Article,
    Filed,
    Item,
    Outcome,
    Rejection,
    Sketched,
    StoryChoice,
)
from bot.sources.posts import find_posts, read_post
from bot.sources.settling import at_rest
from bot.store import Find, Store

# An article may join a story that was last reported on within this time of its own publication.
STORY_WINDOW = timedelta(days=14)
TOGETHER = 20  # articles that are digested in one go
STORED = 5  # articles of one transaction, for which a reader's own may have to wait
READING = 1000  # what reading a post costs, in characters to digest

T = TypeVar("T")
Whole = Callable[[Article], Awaitable[Article]]


@dataclass(slots=True)
class Report:
    """What became of the files of one reading."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    rejected: list[Rejection] = field(default_factory=list)

    @property
    def read(self) -> int:
        """How many files were read as articles."""
        return self.outcomes.total()


class Ingest:
    """Reads articles into the store.

    Args:
        store: an open store.
        zone: the zone of dates that name none.
        clock: gives the time, UTC.
        workers: digest what is new.
    """

    def __init__(
        self, store: Store, zone: ZoneInfo, clock: Callable[[], datetime], workers: Workers
    ) -> None:
        self._store = store
        self._zone = zone
        self._clock = clock
        self._workers = workers

    async def posts(
        self,
        paths: Iterable[Path],
        progress: Callable[[int, int], None] | None = None,
        *,
        whole_only: bool = False,
    ) -> Report:
        """Read files and folders of posts; a bad file is reported and the rest goes on.

        Args:
            paths: post files and folders that hold some.
            progress: is told now and then how many files of how many are done.
            whole_only: leave files that were changed just now, for somebody may still write them.

        Raises:
            ReadError: a path does not exist.
        """
        files = await asyncio.to_thread(find_posts, paths)
        if whole_only:
            now = self._clock().timestamp()
            files = await asyncio.to_thread(lambda: [p for p in files if at_rest(p, now)])
        return await self.files(files, progress)

    async def files(
        self, files: Sequence[Path], progress: Callable[[int, int], None] | None = None
    ) -> Report:
        """As `posts`, of post files; one that is not there is rejected as any other."""
        report = Report()
        done, at_once = 0, TOGETHER * (self._workers.count + 1)
        while wave := files[done : done + at_once]:
            await self._wave(wave, report)
            done += len(wave)
            if progress:
                progress(done, len(files))
        return report

    async def _wave(self, files: Sequence[Path], report: Report) -> None:
        """Read and digest some files side by side, and store them in their order."""
        for read, filed in await asyncio.gather(*map(self._read, _parts(files))):
            report.rejected += [one for one in read if isinstance(one, Rejection)]
            articles = sum(isinstance(one, Article) for one in read)
            report.outcomes.update(unchanged=articles - len(filed))
            report.outcomes.update(await self._save(filed))

    async def _read(
        self, files: Sequence[Path]
    ) -> tuple[Sequence[Article | Rejection], Sequence[Filed]]:
        """What stands in some files, and what was made of that which is new."""
        read = await self._workers.run(len(files) * READING, read_posts, files)
        return read, await self._made(await self._new([r for r in read if isinstance(r, Article)]))

    async def article(self, article: Article) -> Outcome:
        """Store one article and say what became of it. An unchanged one costs one look-up."""
        return next(iter(await self.articles([article])))

    async def articles(
        self, articles: Sequence[Article], whole: Whole | None = None
    ) -> Counter[Outcome]:
        """Store the articles of one source, and say what became of them.

        All look-ups together are one, and what is new is stored in few transactions.

        Args:
            articles: as the source gave them.
            whole: fetches the full text of one that is new. It is stored under the hash of what
                the source gave, or each reading would find it changed.
        """
        outcomes: Counter[Outcome] = Counter()
        for part in _parts(await self._new(articles)):
            texts = [await _fuller(one, whole) for one in part] if whole else part
            outcomes += await self._save(await self._made(texts))
        return outcomes + Counter({"unchanged": len(articles) - outcomes.total()})

    async def _new(self, articles: Sequence[Article]) -> list[Article]:
        """Those that are not stored, or not as they are now."""
        known = await self._store.articles.hashes([article.key for article in articles])
        return [a for a in articles if known.get(a.key) != a.content_hash]

    async def _made(self, articles: Sequence[Article]) -> list[Filed]:
        if not articles:
            return []
        size = sum(len(block.text) for article in articles for block in article.blocks)
        return await self._workers.run(size, file_all, articles, self._zone)

    async def _save(self, filed: Sequence[Filed]) -> Counter[Outcome]:
        outcomes: Counter[Outcome] = Counter()
        for part in _parts(filed, STORED):
            saved = await self._store.articles.save_all(part, decide, self._clock())
            outcomes.update(one.outcome for one in saved)
        return outcomes


def _parts(some: Sequence[T], size: int = TOGETHER) -> Iterator[Sequence[T]]:
    return (some[n : n + size] for n in range(0, len(some), size))


async def _fuller(article: Article, whole: Whole) -> Article:
    return replace(await whole(article), key=article.key, content_hash=article.content_hash)


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


def read_posts(files: Sequence[Path]) -> list[Article | Rejection]:
    """The articles of some files, a `Rejection` for each that holds none."""
    return [_read_post(file) for file in files]


def _read_post(file: Path) -> Article | Rejection:
    try:
        return read_post(file)
    except ReadError as error:
        return Rejection(str(file), str(error))


def file_all(articles: Sequence[Article], zone: ZoneInfo) -> list[Filed]:
    """All that is made of some articles before they are stored."""
    return [file(article, zone) for article in articles]


def file(article: Article, zone: ZoneInfo) -> Filed:
    """All that is made of an article before it is stored."""
    made = digest(article, zone)
    index = words.index_words(article, made)
    items = stories.items(article)
    if not items:
        sketches = (Sketched(0, stories.sketch(article, index, zone), index.keywords),)
        return Filed(article, made, index, sketches)
    return Filed(article, made, index, tuple(_item(item, zone) for item in items))


def _item(item: Item, zone: ZoneInfo) -> Sketched:
    index = words.index_words(item.article, digest(item.article, zone))
    sketch = stories.sketch(item.article, index, zone)
    return Sketched(item.number, sketch, index.keywords, item.sentence)
