"""IN, for several workers: what is new is found by one, and read and digested by whoever is free.

What is handed over is written down in the database before it counts as seen. A piece of work that
is done twice changes nothing, for an article that is stored is known.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from bot.flow.ingest import READ, TOGETHER, Ingest, Report, Whole
from bot.flow.keeping import not_later
from bot.model import Article, Outcome
from bot.model.feeds import Feed, FeedContent, Fetched
from bot.parts import parts
from bot.sources.feeds import read_feed

T = TypeVar("T")
Give = Callable[[Sequence[Sequence[T]]], Awaitable[None]]
Stamp = tuple[int, int]


class Handing(Ingest):
    """Hands over what the other `Ingest` would read, in pieces.

    Args:
        ingest: knows which articles are new.
        files: takes pieces of post files of this machine.
        articles: takes pieces of articles.
    """

    def __init__(self, ingest: Ingest, files: Give[Path], articles: Give[Article]) -> None:
        super().__init__(ingest._store, ingest._zone, ingest._clock, ingest._workers)
        self._give_files = files
        self._give_articles = articles
        self._given: dict[Path, Stamp] = {}  # only spares work: all are given again at a new start

    async def files(
        self, files: Sequence[Path], progress: Callable[[int, int], None] | None = None
    ) -> Report:
        """Hand over post files that were not handed over as they are now."""
        stamps = await asyncio.to_thread(_stamps, files)
        new = [file for file, stamp in stamps.items() if self._given.get(file) != stamp]
        if new:
            await self._give_files(list(parts(new, TOGETHER)))
        self._given |= stamps
        if progress:
            progress(len(files), len(files))
        return Report()

    async def articles(
        self, articles: Sequence[Article], whole: Whole | None = None
    ) -> Counter[Outcome]:
        """Hand over the articles of one source that are new; what will become of them."""
        known = await self._store.articles.hashes([article.key for article in articles])
        new = [a for a in articles if known.get(a.key) != a.content_hash]
        texts = [
            replace(await whole(a), key=a.key, content_hash=a.content_hash) if whole else a
            for a in new
        ]
        if texts:
            await self._give_articles(list(parts(texts, TOGETHER)))
        outcomes: Counter[Outcome] = Counter(
            "updated" if article.key in known else "new" for article in new
        )
        return outcomes + Counter({"unchanged": len(articles) - len(new)})

    async def document(
        self, fetched: Fetched, feed: Feed, whole: Whole | None = None, *, first: bool = False
    ) -> tuple[FeedContent, Counter[Outcome]]:
        """Read a feed's document, and hand its articles over."""
        given = fetched.body, fetched.content_type, fetched.url, feed
        content = await self._workers.run(len(fetched.body) // READ, read_feed, *given)
        told = not_later(content.articles, self._clock())
        return replace(content, articles=()), await self.articles(told, whole)


def _stamps(files: Iterable[Path]) -> dict[Path, Stamp]:
    """Files as they are now: when they were changed, and how large they are."""
    found = {}
    for file in files:
        try:
            status = file.stat()
        except OSError:  # gone meanwhile
            continue
        found[file] = (status.st_mtime_ns, status.st_size)
    return found
