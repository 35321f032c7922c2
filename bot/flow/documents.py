"""ASK, for scripts: what the command line prints with `--json`. The contract stands here alone."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.digest import stories, summary
from bot.digest.article import digest
from bot.digest.dates import find_dates
from bot.digest.kept import DROPPED
from bot.errors import ReadError
from bot.flow import typed
from bot.flow.ingest import Report
from bot.flow.keeping import file
from bot.flow.lookup import Lookup
from bot.model import (
    Article,
    Cited,
    Digest,
    Granularity,
    OutletCount,
    Sentence,
    StoredArticle,
    StoryView,
    TimelineEvent,
    When,
)
from bot.model.delivery import Parcel
from bot.render.rich import plain
from bot.render.times import label, utc
from bot.sources.posts import read_post

Document = dict[str, Any]

PUBLISHED_EARLY = "published-before-event"  # a flag of the digest, beside those of the source

# The contract knows five granularities; a week is told by its days, a half by its quarters.
_TOLD_AS = {Granularity.WEEK: Granularity.DAY, Granularity.HALF: Granularity.QUARTER}

_MONTHS = {
    Granularity.MONTH: 1,
    Granularity.QUARTER: 3,
    Granularity.YEAR: 12,
    Granularity.DECADE: 120,
}


class Documents:
    """The answers of `Lookup`, and digests of files that are not stored, as plain data.

    Args:
        lookup: answers questions about what is stored.
        zone: the zone whose days count.
    """

    def __init__(self, lookup: Lookup, zone: ZoneInfo) -> None:
        self._lookup = lookup
        self._zone = zone

    async def latest(self, text: str, limit: int) -> Document:
        """Stories, newest first."""
        return {"stories": [_story(view) for view in await self._lookup.latest(text, limit)]}

    async def timeline(self, text: str, *, full: bool) -> Document:
        """Dated events, oldest first."""
        line = await self._lookup.timeline(text, full=full)
        return {"query": text, "total": line.total, "events": [_event(e) for e in line.events]}

    async def search(self, text: str, limit: int) -> Document:
        """Articles, newest first, each with the sentence that answers best."""
        found = await self._lookup.search(text, limit)
        return {
            "query": text,
            "total": await self._lookup.count_articles(text),
            "articles": [
                {**_article(a), "story": a.story_id, "sentence": c.sentence.text if c else None}
                for a, c in found
            ],
        }

    async def source(self, asked: str) -> Document | None:
        """All outlets, one outlet's articles, or one article's provenance; None when unknown."""
        if not asked:
            return {"outlets": [_outlet(count) for count in await self._lookup.outlets()]}
        number = typed.number(asked)
        if number is not None:
            stored = await self._lookup.article(number)
            return provenance(stored) if stored else None
        articles = await self._lookup.of_outlet(asked, 100)
        if not articles:
            return None
        return {"outlet": articles[0].article.outlet, "articles": [_article(a) for a in articles]}

    async def summary(self, named: Sequence[str], sentences: int) -> Document:
        """The summaries of stored articles (by number) and of post files (by path).

        Raises:
            ReadError: a file cannot be read, or no article has that number.
        """
        return {"summaries": [await self._summary(name, sentences) for name in named]}

    async def _summary(self, name: str, sentences: int) -> Document:
        if not name.isdecimal():
            article = await asyncio.to_thread(read_post, Path(name))
            return _summed(article, None, digest(article, self._zone), sentences)
        stored = await self._lookup.article(int(name))
        if stored is None:
            raise ReadError(f"there is no article number {name}")
        return _summed(stored.article, stored.id, stored.digest, sentences)

    async def same(self, pairs: Sequence[tuple[Path, Path]]) -> list[Document]:
        """Whether two post files would be one story, pair by pair.

        Raises:
            ReadError: a file cannot be read.
        """
        return [await asyncio.to_thread(self._same, *pair) for pair in pairs]

    def _same(self, first: Path, second: Path) -> Document:
        one, other = (file(read_post(path), self._zone) for path in (first, second))
        if not (one.whole and other.whole):
            return {"same": False, "score": 0.0, "reason": stories.ROUNDUP.reason}
        found = stories.compare(one.whole, other.whole)
        return {"same": found.same, "score": found.score, "reason": found.reason}


def dates(text: str, at: date) -> list[Document]:
    """The date expressions in a text, resolved from the day `at`."""
    return [
        {
            "start": found.start,
            "end": found.end,
            "text": found.text,
            "from": found.when.start.isoformat(),
            "to": found.when.end.isoformat(),
            "granularity": str(found.when.granularity),
            "certain": found.when.certain,
        }
        for found in find_dates(text, at)
    ]


def reading(report: Report, seconds: float) -> Document:
    """What became of the files of one reading; `seconds` is how long it took."""
    return {
        "read": report.read,
        **{name: report.outcomes[name] for name in ("new", "updated", "unchanged")},
        "rejected": [{"path": r.path, "reason": r.reason} for r in report.rejected],
        "seconds": round(seconds, 3),
    }


def parcel(one: Parcel) -> Document:
    """A message of the outbox."""
    return {
        "id": one.id,
        "chat": one.place.chat,
        "topic": one.place.topic or None,
        "subscription": one.subscription or None,
        "digest": one.digest,
        "part": one.part,
        "state": str(one.state),
        "attempts": one.attempts,
        "next_at": utc(one.next_at),
        "sent_at": utc(one.sent_at),
        "message_id": one.message_id,
        "error": one.error,
        "text": plain(one.message.text),
    }


def provenance(stored: StoredArticle) -> Document:
    """Where one article comes from."""
    a = stored.article
    return {
        "article": stored.id,
        "title": a.title,
        "path": a.path,
        "outlet": a.outlet,
        "byline": asdict(a.byline),
        "published_at": utc(a.published_at),
        "published_at_raw": a.published_at_raw,
        "categories": list(a.categories),
        "url": a.url or None,
        "links": [asdict(link) for link in a.links],
        "images": [asdict(image) for image in a.images],
        "flags": [*a.flags, *([PUBLISHED_EARLY] if stored.digest.early else [])],
        "revision": stored.revision,
        "story": stored.story_id,
    }


def _article(stored: StoredArticle) -> Document:
    a = stored.article
    return {
        "id": stored.id,
        "path": a.path,
        "title": a.title,
        "outlet": a.outlet,
        "published_at": utc(a.published_at),
        "url": a.url or None,
    }


def _outlet(count: OutletCount) -> Document:
    return {
        "outlet": count.outlet,
        "articles": count.articles,
        "latest_at": utc(count.latest_at),
    }


def _story(view: StoryView) -> Document:
    articles = view.story.articles
    return {
        "id": view.story.id,
        "title": view.title,
        "line": view.line.sentence.text if view.line else None,
        "summary": "".join(_ended(c.sentence.text) for c in view.summary),
        "sentences": [
            {"text": c.sentence.text, "article": c.article.id, "position": c.sentence.position}
            for c in view.summary
        ],
        "published_at": utc(articles[0].article.published_at),
        "outlets": list(dict.fromkeys(a.article.outlet for a in articles)),
        "articles": [_article(a) for a in articles],
        "sources": [
            {"article": s.article.id, "reprints": [a.id for a in s.reprints]} for s in view.sources
        ],
        "mentions": [
            {**_article(m.article), "sentence": m.sentence.text} for m in view.story.mentions
        ],
    }


def _ended(sentence: str) -> str:
    """A sentence for running text: a line that was cut at a comma has no full stop."""
    return sentence if sentence[-1:] in tuple("。！？!?…”；") else f"{sentence}。"


def _event(event: TimelineEvent) -> Document:
    return {
        **_dated(event.when),
        "certain": event.when.certain,
        "salience": round(event.salience, 4),
        "kind": str(event.kind),
        "subject": event.subject,
        "text": event.text,
        "sources": [_cited(c) for c in event.sources],
        "conflicts": [{**_dated(when), **_cited(c)} for when, c in event.conflicts],
    }


def _dated(span: When) -> Document:
    told = _TOLD_AS.get(span.granularity, span.granularity)
    first, last = label(span.start, told), label(span.end - timedelta(days=1), told)
    return {
        "date": first,
        "until": None if _is_one(span, told) else last,
        "granularity": str(told),
    }


def _cited(cited: Cited) -> Document:
    return {
        "article": cited.article.id,
        "path": cited.article.article.path,
        "outlet": cited.article.article.outlet,
        "sentence": cited.sentence.text,
    }


def _is_one(span: When, told: Granularity) -> bool:
    """Whether a stretch is just one day, month, quarter, year or decade."""
    if told is Granularity.DAY:
        return span.end - span.start == timedelta(days=1)
    months = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month
    return months == _MONTHS[told]


def _chosen(article: Article, made: Digest, most: int) -> Sequence[Sentence]:
    """The best sentences; of an article without its text those that its digest kept."""
    if DROPPED not in article.flags:
        return summary.brief(article, most)
    return (made.summary if most <= summary.BRIEF else made.full)[:most]


def _summed(article: Article, number: int | None, made: Digest, sentences: int) -> Document:
    return {
        "path": article.path,
        "article": number,
        "title": article.title,
        "line": made.line.text if made.line else None,
        "sentences": [
            {"text": s.text, "position": s.position} for s in _chosen(article, made, sentences)
        ],
        "keywords": list(made.keywords),
        "names": [{"text": name.text, "kind": str(name.kind)} for name in made.names],
    }
