"""Later migrations: cheap lists and a cheap text index, and how long feeds are left alone."""

from sqlite_utils import Database

from bot.store.schema.filing import migrations
from bot.store.schema.founding import run

__all__ = ["migrations"]


@migrations()
def m018_lists(db: Database) -> None:
    """The index of a story's articles tells whether one has changed, and who wrote it: their rows,
    large ones, need not be looked at. While others write, no page stays in a reader's cache."""
    run(
        db,
        """
        DROP INDEX articles_story;
        CREATE INDEX articles_story ON all_articles (
            story_id, published_at DESC, id DESC,
            revision, digest_version, text_dropped_at, updated_at, reprint_of, outlet
        );
        """,
    )


@migrations()
def m019_merging(db: Database) -> None:
    """The text index is merged half as often: it was a third of all that storing wrote."""
    db.execute("INSERT INTO words (words, rank) VALUES ('automerge', 8)")


@migrations()
def m020_feed_ttl(db: Database) -> None:
    """How long a feed's last document asks to be left alone, in seconds: a 304 does not repeat it.
    It is not known before the document comes anew."""
    db.execute("ALTER TABLE feeds ADD COLUMN ttl REAL NOT NULL DEFAULT 0")
