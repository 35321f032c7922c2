"""IN: posts become articles, are digested, find their story and are stored."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.errors import ReadError
from bot.flow.desk import Desk
from bot.flow.keeping import (
    STORED,
    file_all,
    keep,
    keep_document,
    not_later,
    save,
    unknown,
    with_unchanged,
)
from bot.flow.workers import Workers
from bot.model import Article, Filed, Outcome, Rejection
from bot.model.feeds import Feed, FeedContent, Fetched
from bot.parts import parts
from bot.sources.feeds import read_feed
from bot.sources.posts import find_posts, read_post
from bot.sources.settling import at_rest
from bot.store import Store

log = logging.getLogger(__name__)

TOGETHER = 20  # articles that are digested in one go
READING = 1000  # what reading a post costs, in characters to digest
# Bytes of a feed's document that cost as much as a character to digest: when its articles are
# known, and when they are digested as well.
READ, NEW = 5, 3

# For the pages of one feed in one round, which all other feeds wait for. The first round of a feed
# with hundreds of entries may not reach the last of them.
PAGES_SECONDS = 120.0

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
        self._desk = Desk(store, asyncio.get_running_loop())

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
        for read, filed in await asyncio.gather(*map(self._read, parts(files, TOGETHER))):
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
            whole: fetches the full text of one that is new, until `PAGES_SECONDS` have passed; the
                others stay as the source gave them. It is stored under the hash of what the
                source gave, or each reading would find it changed.
        """
        outcomes: Counter[Outcome] = Counter()
        until = time.monotonic() + PAGES_SECONDS
        for part in parts(await self._new(articles), TOGETHER):
            texts = [await _fuller(one, whole, until) for one in part] if whole else part
            outcomes += await self._workers.run(
                _size(texts), keep, self._desk, texts, self._zone, self._clock()
            )
        return with_unchanged(outcomes, len(articles))

    async def document(
        self, fetched: Fetched, feed: Feed, whole: Whole | None = None, *, first: bool = False
    ) -> tuple[FeedContent, Counter[Outcome]]:
        """Read a feed's document, and store its articles.

        Args:
            fetched: the document.
            feed: whose it is.
            whole: as of `articles`.
            first: whether nothing of the feed is stored.

        Returns:
            What it held, without its articles, and what became of them.

        Raises:
            ReadError: it is no feed, or killed the process that read it.
        """
        size = len(fetched.body) // (NEW if first else READ)
        given = fetched.body, fetched.content_type, fetched.url, feed
        if whole is None:
            now = self._clock()
            return await self._workers.run(size, keep_document, self._desk, *given, self._zone, now)
        content = await self._workers.run(size, read_feed, *given)
        told = not_later(content.articles, self._clock())
        return replace(content, articles=()), await self.articles(told, whole)

    async def _new(self, articles: Sequence[Article]) -> list[Article]:
        """Those that are not stored, or not as they are now."""
        return await unknown(self._store, articles)

    async def _made(self, articles: Sequence[Article]) -> list[Filed]:
        if not articles:
            return []
        return await self._workers.run(_size(articles), file_all, articles, self._zone)

    async def _save(self, filed: Sequence[Filed]) -> Counter[Outcome]:
        outcomes: Counter[Outcome] = Counter()
        for part in parts(filed, STORED):
            saved = await save(self._store, part, self._clock())
            outcomes.update(one.outcome for one in saved)
        return outcomes


def _size(articles: Iterable[Article]) -> int:
    """How much some articles are to digest."""
    return sum(len(block.text) for article in articles for block in article.blocks)


async def _fuller(article: Article, whole: Whole, until: float) -> Article:
    if time.monotonic() >= until:
        log.info("no full text of %s: its feed has had its time", article.url)
        return article
    return replace(await whole(article), key=article.key, content_hash=article.content_hash)


def read_posts(files: Sequence[Path]) -> list[Article | Rejection]:
    """The articles of some files, a `Rejection` for each that holds none."""
    return [_read_post(file) for file in files]


def _read_post(file: Path) -> Article | Rejection:
    try:
        return read_post(file)
    except ReadError as error:
        return Rejection(str(file), str(error))
