"""Later migrations: what makes filing an article cheap."""

from itertools import groupby
from operator import itemgetter

from sqlite_utils import Database

from bot.store.newest import MOST, packed
from bot.store.schema.founding import migrations, run

__all__ = ["migrations"]


@migrations()
def m015_newest(db: Database) -> None:
    """Of each word the newest sketches, of each sketch its words: each in one row, see `newest`."""
    run(
        db,
        """
        CREATE TABLE newest (
            word TEXT PRIMARY KEY,
            numbers BLOB NOT NULL  -- of sketches that are still compared, eight bytes each
        ) WITHOUT ROWID;
        CREATE TABLE keywords (
            sketch_id INTEGER PRIMARY KEY REFERENCES sketches (id),
            words TEXT NOT NULL  -- under which it is found, a line each
        );
        INSERT INTO keywords SELECT sketch_id, group_concat(word, char(10)) FROM sketch_words
            GROUP BY sketch_id ORDER BY sketch_id;
        """,
    )
    pairs = db.execute("SELECT word, sketch_id FROM sketch_words ORDER BY word, sketch_id")
    db.conn.executemany(
        "INSERT INTO newest (word, numbers) VALUES (?, ?)",
        (
            (word, packed([number for _, number in having][-MOST:]))
            for word, having in groupby(pairs, itemgetter(0))
        ),
    )
    db.execute("DROP TABLE sketch_words")


@migrations()
def m016_revisions(db: Database) -> None:
    """The present revision of an article stands in `all_articles` only: it is most of them."""
    db.execute(
        """DELETE FROM revisions WHERE number =
           (SELECT revision FROM all_articles WHERE id = revisions.article_id)"""
    )


@migrations()
def m017_signs(db: Database) -> None:
    """By its sign a sketch is known without being read, 0 for those of before; stories that an
    administrator arranged are few, and known at once."""
    db.execute("ALTER TABLE sketches ADD COLUMN sign INTEGER NOT NULL DEFAULT 0")
    db.execute("CREATE INDEX stories_settled ON stories (id) WHERE settled = 1")
