"""Retention: articles whose full text has been kept for long enough, and the room it took."""

from collections.abc import Sequence
from datetime import datetime

from bot.model import Article
from bot.model.retention import Bare, Passing, WithText
from bot.store import passing, revisions, rows
from bot.store.engine import Database, Engine


class Retention:
    """Texts are dropped in small lots, so that no other write waits long.

    The words of the text index stay, each once and in no order: an article is found as before.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def with_text(self, before: datetime, limit: int) -> list[WithText]:
        """Articles with their text that did not change since an instant, oldest first.

        Args:
            before: UTC.
            limit: how many at most.
        """

        def find(db: Database) -> list[WithText]:
            sql = """SELECT id, revision, digest FROM all_articles
                     WHERE text_dropped_at IS NULL AND updated_at < ? ORDER BY updated_at LIMIT ?"""
            found = db.execute(sql, [rows.instant(before), limit]).fetchall()
            return [_with_text(db, *row) for row in found]

        return await self._engine.read(find)

    async def drop(self, articles: Sequence[Bare], now: datetime) -> None:
        """Keep articles without their text from now on, in one transaction; one that was changed
        meanwhile stays as it is.

        Args:
            articles: as they are to be kept.
            now: UTC.
        """

        def drop(db: Database) -> None:
            for bare in articles:
                _drop(db, bare, rows.instant(now))

        await self._engine.write(drop)

    async def drop_old(self, kind: Passing, before: datetime, limit: int) -> int:
        """Drop what is older than an instant, in one transaction; how many that were.

        Args:
            kind: of what is kept for a time only.
            before: UTC.
            limit: how many at most.
        """
        if not await self._engine.read(lambda db: passing.old(db, kind, before, limit)):
            return 0  # mostly: no need to bother the writer
        return await self._engine.write(lambda db: passing.drop(db, kind, before, limit))

    async def give_back(self) -> int:
        """Give some free pages back to the file system; how many."""
        return await self._engine.write(lambda db: db.give_back())


def _with_text(db: Database, number: int, revision: int, digest: str) -> WithText:
    items = "SELECT sentence FROM sketches WHERE article_id = ? AND sentence IS NOT NULL"
    return WithText(
        number,
        revision,
        rows.digest_of(digest),
        tuple(revisions.all_of(db, number)),
        tuple(rows.sentence_of(s) for (s,) in db.execute(items, [number]).fetchall()),
    )


def _drop(db: Database, bare: Bare, at: str) -> None:
    documents = {number: rows.article_json(article) for number, article in bare.revisions}
    present = dict(bare.revisions)[bare.revision]
    dropped = db.execute(
        """UPDATE all_articles SET document = ?, plain = ?, text_dropped_at = ?
           WHERE id = ? AND revision = ? AND text_dropped_at IS NULL""",
        [documents[bare.revision], plain(present), at, bare.id, bare.revision],
    )
    if dropped.rowcount:
        db.executemany(
            "UPDATE revisions SET document = ? WHERE article_id = ? AND number = ?",
            [(document, bare.id, number) for number, document in documents.items()],
        )


def plain(article: Article) -> str:
    """Title, outlet, categories and body, for searching without words."""
    body = (block.text for block in article.blocks)
    return rows.storable("\n".join([article.title, article.outlet, *article.categories, *body]))
