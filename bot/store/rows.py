"""Rows to dataclasses and back."""

from datetime import UTC, datetime
from sqlite3 import Row
from typing import Any

from pydantic import TypeAdapter

from bot.model import Article, Digest, StoredArticle

_article = TypeAdapter(Article)
_digest = TypeAdapter(Digest)

COLUMNS = "a.id, a.document, a.digest, a.story_id, a.revision, a.first_seen_at, a.updated_at"


def article_json(article: Article) -> str:
    """An article as JSON."""
    return _article.dump_json(article).decode()


def article_of(document: str) -> Article:
    """The article in a JSON text that `article_json` wrote."""
    return _article.validate_json(document)


def digest_json(digest: Digest) -> str:
    """A digest as JSON."""
    return _digest.dump_json(digest).decode()


def digest_of(document: str) -> Digest:
    """The digest in a JSON text that `digest_json` wrote."""
    return _digest.validate_json(document)


def stored(row: tuple[Any, ...] | Row) -> StoredArticle:
    """A row of `COLUMNS` as an article."""
    number, document, digest, story, revision, first_seen, updated = row
    return StoredArticle(
        number,
        article_of(document),
        digest_of(digest),
        story,
        revision,
        datetime.fromisoformat(first_seen),
        datetime.fromisoformat(updated),
    )


def instant(at: datetime) -> str:
    """An instant as text of fixed width that sorts: 2021-11-30T23:51:14.000000+00:00."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def instant_or_none(at: datetime | None) -> str | None:
    """As `instant`, keeping None."""
    return instant(at) if at else None
