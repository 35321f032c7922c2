"""The tables, as migrations: forward only, each in one transaction with its record.

Never change a migration that was released; add one, and a test that upgrades a file from the one
before. Instants are ISO 8601 texts in UTC of fixed width, so that they sort.
"""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("mailuo")


@migrations()
def m001_articles(db: Database) -> None:
    """Articles with all their revisions, digests, stories and the text index."""
    _run(
        db,
        """
        CREATE TABLE meta (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL
        );
        CREATE TABLE stories (
            id INTEGER PRIMARY KEY,
            latest_at TEXT  -- newest publication of its articles; null if none has a date
        );
        CREATE INDEX stories_latest ON stories (latest_at DESC, id DESC);
        CREATE TABLE articles (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            outlet TEXT NOT NULL,
            published_at TEXT,  -- null if the source gave no usable date
            content_hash TEXT NOT NULL,  -- of the present revision
            revision INTEGER NOT NULL,  -- its number, from 1
            document TEXT NOT NULL,  -- the present revision as JSON
            digest TEXT NOT NULL,  -- what was made of it, as JSON
            plain TEXT NOT NULL,  -- title, outlet, categories and body, for searching without words
            story_id INTEGER NOT NULL REFERENCES stories (id),
            story_score REAL NOT NULL,  -- how sure the choice of the story was, 0 to 1
            story_reason TEXT NOT NULL,
            first_seen_at TEXT NOT NULL,
            updated_at TEXT NOT NULL
        );
        CREATE INDEX articles_newest ON articles (published_at DESC, id DESC);
        CREATE INDEX articles_story ON articles (story_id);
        CREATE INDEX articles_outlet ON articles (outlet COLLATE NOCASE, published_at DESC);
        CREATE TABLE revisions (
            article_id INTEGER NOT NULL REFERENCES articles (id),
            number INTEGER NOT NULL,
            content_hash TEXT NOT NULL,
            document TEXT NOT NULL,
            read_at TEXT NOT NULL,
            PRIMARY KEY (article_id, number)
        ) WITHOUT ROWID;
        CREATE TABLE keywords (
            word TEXT NOT NULL,
            article_id INTEGER NOT NULL REFERENCES articles (id),
            PRIMARY KEY (word, article_id)
        ) WITHOUT ROWID;
        CREATE INDEX keywords_article ON keywords (article_id);
        CREATE VIRTUAL TABLE words USING fts5 (
            title, body, tokenize = "unicode61 remove_diacritics 0"
        );
        """,
    )


@migrations()
def m002_phrases(db: Database) -> None:
    """What readers searched for, so that a button of 64 bytes can name it, also after a restart."""
    _run(
        db,
        """
        CREATE TABLE phrases (
            id INTEGER PRIMARY KEY,
            text TEXT NOT NULL UNIQUE,
            remembered_at TEXT NOT NULL
        );
        """,
    )


def _run(db: Database, script: str) -> None:
    """Run statements one by one: `executescript` would end the transaction."""
    for statement in script.split(";\n"):
        if statement.strip():
            db.execute(statement)
