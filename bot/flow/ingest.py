"""IN: posts become articles, are digested, find their story and are stored."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.digest import stories, words
from bot.digest.article import digest
from bot.errors import ReadError
from bot.model import Article, Digest, Outcome, Rejection, Saved, Words
from bot.sources.posts import find_posts, read_post
from bot.store import Store

# An article may join a story that was last reported on within this time of its own publication.
STORY_WINDOW = timedelta(days=14)
CANDIDATES = 20


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
    """Reads posts into the store.

    Args:
        store: an open store.
        zone: the zone of dates that name none.
        clock: gives the time, UTC.
    """

    def __init__(self, store: Store, zone: ZoneInfo, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._zone = zone
        self._clock = clock

    async def posts(
        self, paths: Iterable[Path], progress: Callable[[int, int], None] | None = None
    ) -> Report:
        """Read files and folders of posts; a bad file is reported and the rest goes on.

        Args:
            paths: post files and folders that hold some.
            progress: is told after each file how many of how many are done.

        Raises:
            ReadError: a path does not exist.
        """
        report = Report()
        files = await asyncio.to_thread(find_posts, paths)
        for done, path in enumerate(files, 1):
            await self._post(path, report)
            if progress:
                progress(done, len(files))
        return report

    async def _post(self, path: Path, report: Report) -> None:
        try:
            article = await asyncio.to_thread(read_post, path)
        except ReadError as error:
            report.rejected.append(Rejection(str(path), str(error)))
            return
        report.outcomes[await self.article(article)] += 1

    async def article(self, article: Article) -> Outcome:
        """Store one article and say what became of it. An unchanged one costs one look-up."""
        known = await self._store.articles.hashes([article.key])
        if known.get(article.key) == article.content_hash:
            return "unchanged"
        made, index = await asyncio.to_thread(self._digest, article)
        return (await self._save(article, made, index)).outcome

    def _digest(self, article: Article) -> tuple[Digest, Words]:
        made = digest(article, self._zone)
        return made, words.index_words(article, made)

    async def _save(self, article: Article, made: Digest, index: Words) -> Saved:
        at = article.published_at
        since, until = (at - STORY_WINDOW, at + STORY_WINDOW) if at else (None, None)
        candidates = await self._store.stories.candidates(index.keywords, since, until, CANDIDATES)
        choice = stories.choose(article, made, index, candidates)
        return await self._store.articles.save(article, made, index, choice, self._clock())
