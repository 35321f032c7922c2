"""Revisions: the present one of an article stands with it, those of before in a table of theirs."""

from bot.model import Article
from bot.store import rows
from bot.store.engine import Database


def keep(db: Database, article: int) -> None:
    """Keep the present revision of an article, before another takes its place."""
    db.execute(
        """INSERT INTO revisions (article_id, number, content_hash, document, read_at)
           SELECT id, revision, content_hash, document, updated_at FROM all_articles
           WHERE id = ?""",
        [article],
    )


def all_of(db: Database, article: int) -> list[tuple[int, Article]]:
    """All revisions of an article with their numbers, oldest first; none of one that is unknown."""
    found = db.execute(
        """SELECT number, document FROM revisions WHERE article_id = ?
           UNION ALL SELECT revision, document FROM all_articles WHERE id = ?
           ORDER BY number""",
        [article, article],
    )
    return [(number, rows.article_of(document)) for number, document in found.fetchall()]
