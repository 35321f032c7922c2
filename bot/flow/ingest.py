"""IN: posts become articles, are digested, find their story and are stored."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.digest import stories, words
from bot.digest.article import digest
from bot.errors import ReadError
from bot.model import (
    Article,
    Candidate,
    Digest,
    Item,
    Outcome,
    Rejection,
    Saved,
    Sketch,
    Sketched,
    Words,
)
from bot.sources.posts import find_posts, read_post
from bot.sources.settling import at_rest
from bot.store import Store

# An article may join a story that was last reported on within this time of its own publication.
STORY_WINDOW = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Filed:
    """An article with all that was made of it."""

    article: Article
    digest: Digest
    index: Words
    sketches: tuple[Sketched, ...]  # of the article, or of the items of a round-up

    @property
    def whole(self) -> Sketch | None:
        """The sketch of the article as a whole; a round-up has none."""
        return next((made.sketch for made in self.sketches if made.number == 0), None)


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
        self,
        paths: Iterable[Path],
        progress: Callable[[int, int], None] | None = None,
        *,
        whole_only: bool = False,
    ) -> Report:
        """Read files and folders of posts; a bad file is reported and the rest goes on.

        Args:
            paths: post files and folders that hold some.
            progress: is told after each file how many of how many are done.
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
        filed = await asyncio.to_thread(file, article, self._zone)
        return (await self._save(filed)).outcome

    async def _save(self, filed: Filed) -> Saved:
        article = filed.article
        known, items = stories.ROUNDUP, []
        for made in filed.sketches:
            choice = stories.choose(made.sketch, await self._candidates(article, made))
            if made.number:
                items.append(replace(made, choice=choice))
            else:
                known = choice
        return await self._store.articles.save(
            article, filed.digest, filed.index, known, self._clock(), items or filed.sketches
        )

    async def _candidates(self, article: Article, made: Sketched) -> list[Candidate]:
        """What a sketch is compared with; an item of a round-up joins stories, no other items."""
        at = article.published_at
        since, until = (at - STORY_WINDOW, at + STORY_WINDOW) if at else (None, None)
        found = await self._store.stories.candidates(made.keywords, since, until)
        return [c for c in found if c.story_id is not None] if made.number else found


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
