"""The first migrations: all tables but those that came of making filing cheap."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from bot.addresses import host

migrations = Migrations("mailuo")


@migrations()
def m001_articles(db: Database) -> None:
    """Articles with all their revisions, digests, stories and the text index."""
    run(
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
    run(
        db,
        """
        CREATE TABLE phrases (
            id INTEGER PRIMARY KEY,
            text TEXT NOT NULL UNIQUE,
            remembered_at TEXT NOT NULL
        );
        """,
    )


@migrations()
def m003_delivery(db: Database) -> None:
    """Chats, what they subscribe to, what they were told, and the outbox."""
    run(
        db,
        """
        CREATE TABLE chats (
            id INTEGER PRIMARY KEY,  -- Telegram's number; changes when a group is upgraded
            kind TEXT NOT NULL,
            title TEXT NOT NULL,
            zone TEXT NOT NULL,
            language TEXT NOT NULL,
            quiet_since INTEGER,  -- minutes of the day; null for no quiet hours
            quiet_until INTEGER,
            paused TEXT NOT NULL DEFAULT '',  -- why we may not write; empty when we may
            known_since TEXT NOT NULL
        );
        CREATE TABLE subscriptions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again: old buttons name it
            chat_id INTEGER NOT NULL REFERENCES chats (id) ON UPDATE CASCADE ON DELETE CASCADE,
            topic INTEGER NOT NULL,  -- 0 for none
            scope TEXT NOT NULL,
            value TEXT NOT NULL,
            pace TEXT NOT NULL,
            minute INTEGER NOT NULL,
            days INTEGER NOT NULL,  -- bits, Monday the lowest
            size TEXT NOT NULL,
            silent INTEGER NOT NULL,
            seen INTEGER NOT NULL,  -- the newest article it was asked about
            digests INTEGER NOT NULL,  -- how many were queued
            due_at TEXT,  -- null while it waits for an article
            active INTEGER NOT NULL,  -- 0 while its chat is paused
            created_at TEXT NOT NULL,
            UNIQUE (chat_id, topic, scope, value)
        );
        CREATE INDEX subscriptions_due ON subscriptions (due_at, id)
            WHERE active = 1 AND due_at IS NOT NULL;
        CREATE INDEX subscriptions_waiting ON subscriptions (seen)
            WHERE active = 1 AND due_at IS NULL;
        CREATE INDEX subscriptions_following ON subscriptions (value) WHERE scope = 'story';
        CREATE TABLE told (
            chat_id INTEGER NOT NULL REFERENCES chats (id) ON UPDATE CASCADE ON DELETE CASCADE,
            topic INTEGER NOT NULL,
            story_id INTEGER NOT NULL,
            article_id INTEGER NOT NULL,  -- up to which article of the story
            subscription_id INTEGER NOT NULL,
            digest INTEGER NOT NULL,
            told_at TEXT NOT NULL,
            PRIMARY KEY (chat_id, topic, story_id)
        ) WITHOUT ROWID;
        CREATE INDEX told_story ON told (story_id);
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            chat_id INTEGER NOT NULL REFERENCES chats (id) ON UPDATE CASCADE ON DELETE CASCADE,
            topic INTEGER NOT NULL,
            subscription_id INTEGER NOT NULL,
            digest INTEGER NOT NULL,
            part INTEGER NOT NULL,
            message TEXT NOT NULL,
            silent INTEGER NOT NULL,
            urgent INTEGER NOT NULL,  -- asked for, so also in quiet hours
            state TEXT NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            next_at TEXT NOT NULL,  -- not before; the end of the lease while it is being sent
            error TEXT NOT NULL DEFAULT '',
            message_id INTEGER,
            queued_at TEXT NOT NULL,
            settled_at TEXT,
            UNIQUE (chat_id, subscription_id, digest, part)
        );
        CREATE INDEX outbox_next ON outbox (next_at, id) WHERE state = 'queued';
        CREATE INDEX outbox_open ON outbox (chat_id, id) WHERE state IN ('queued', 'sending');
        CREATE INDEX outbox_leased ON outbox (next_at) WHERE state = 'sending';
        CREATE INDEX outbox_aside ON outbox (id) WHERE state IN ('dead', 'uncertain');
        CREATE INDEX outbox_settled ON outbox (settled_at) WHERE state = 'sent';
        """,
    )


@migrations()
def m004_sketches(db: Database) -> None:
    """What articles are compared by, how each came to its story, and what an administrator said.

    Sketches take the place of the keywords; articles of before have none until they are read again.
    """
    run(
        db,
        """
        ALTER TABLE articles ADD COLUMN digest_version INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE articles ADD COLUMN reprint_of INTEGER REFERENCES articles (id);
        CREATE TABLE joins (
            article_id INTEGER PRIMARY KEY REFERENCES articles (id),
            joined_at TEXT NOT NULL,
            by_administrator INTEGER NOT NULL,
            score REAL NOT NULL,
            reason TEXT NOT NULL,
            with_article INTEGER REFERENCES articles (id)  -- the one it was most like
        );
        INSERT INTO joins
            SELECT id, first_seen_at, 0, story_score, story_reason, NULL FROM articles;
        DROP INDEX articles_story;
        CREATE INDEX articles_story ON articles (story_id, published_at DESC);
        -- the story that an emptied one leads to; old buttons name it
        ALTER TABLE stories ADD COLUMN merged_into INTEGER REFERENCES stories (id);
        -- 1 when an administrator arranged it: never merged with another
        ALTER TABLE stories ADD COLUMN settled INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE sketches (
            id INTEGER PRIMARY KEY,
            article_id INTEGER NOT NULL REFERENCES articles (id),
            number INTEGER NOT NULL,  -- 0 for the article as a whole, else of a round-up's item
            story_id INTEGER REFERENCES stories (id),  -- null for an item that is in none
            published_at TEXT,
            sketch TEXT NOT NULL,
            sentence TEXT,  -- an item's first, as JSON
            reason TEXT NOT NULL DEFAULT ''  -- why an item is in its story
        );
        CREATE INDEX sketches_article ON sketches (article_id);
        CREATE INDEX sketches_story ON sketches (story_id);
        CREATE TABLE sketch_words (
            word TEXT NOT NULL,
            sketch_id INTEGER NOT NULL REFERENCES sketches (id),
            PRIMARY KEY (word, sketch_id)
        ) WITHOUT ROWID;
        CREATE INDEX sketch_words_sketch ON sketch_words (sketch_id);
        DROP TABLE keywords;
        """,
    )


@migrations()
def m005_feeds(db: Database) -> None:
    """Feeds: where they are, how they stand, and when they are to be asked again."""
    run(
        db,
        """
        CREATE TABLE feeds (
            id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again: old buttons name it
            key TEXT NOT NULL UNIQUE,  -- the address it was added under; in its articles' keys
            url TEXT NOT NULL UNIQUE,  -- where it is now
            outlet TEXT NOT NULL,
            zone TEXT NOT NULL,
            full_text INTEGER NOT NULL,
            added_by INTEGER NOT NULL,  -- an administrator's number; 0 for the operator
            added_at TEXT NOT NULL,
            title TEXT NOT NULL DEFAULT '',
            site TEXT NOT NULL DEFAULT '',
            etag TEXT NOT NULL DEFAULT '',
            last_modified TEXT NOT NULL DEFAULT '',
            interval REAL NOT NULL DEFAULT 0,  -- seconds
            next_at TEXT,  -- null for one that is gone
            polled_at TEXT,
            changed_at TEXT,
            failures INTEGER NOT NULL DEFAULT 0,  -- in a row
            error TEXT NOT NULL DEFAULT '',
            failing_since TEXT,
            told_operator INTEGER NOT NULL DEFAULT 0,  -- of the present failure
            gone INTEGER NOT NULL DEFAULT 0
        );
        CREATE INDEX feeds_due ON feeds (next_at, id) WHERE next_at IS NOT NULL;
        CREATE INDEX feeds_failing ON feeds (failing_since)
            WHERE failing_since IS NOT NULL AND told_operator = 0;
        """,
    )


@migrations()
def m006_retention(db: Database) -> None:
    """When an article's full text was dropped, and which still have theirs, oldest first; what was
    read when, to be counted."""
    run(
        db,
        """
        ALTER TABLE articles ADD COLUMN text_dropped_at TEXT;
        CREATE INDEX articles_with_text ON articles (updated_at) WHERE text_dropped_at IS NULL;
        -- how many its digest has
        ALTER TABLE articles ADD COLUMN events INTEGER NOT NULL DEFAULT 0;
        UPDATE articles SET events = coalesce(json_array_length(digest, '$.events'), 0);
        CREATE INDEX articles_read ON articles (first_seen_at, events);
        """,
    )


@migrations()
def m008_feedback(db: Database) -> None:
    """What readers think of stories; who they are is kept as a hash, keyed with a secret."""
    run(
        db,
        """
        INSERT INTO meta (name, value) VALUES ('feedback_key', lower(hex(randomblob(32))));
        CREATE TABLE votes (
            voter TEXT NOT NULL,  -- a hash of the reader's number
            story_id INTEGER NOT NULL,
            chat TEXT NOT NULL,  -- a hash of the number of the chat where it was given
            vote TEXT NOT NULL,
            method TEXT NOT NULL,  -- how the story was told
            version INTEGER NOT NULL,  -- of the digest
            title TEXT NOT NULL,  -- of the story, as it was then
            outlets TEXT NOT NULL,  -- whose sentences were judged, as JSON
            voted_at TEXT NOT NULL,
            PRIMARY KEY (voter, story_id)
        ) WITHOUT ROWID;
        CREATE INDEX votes_chat ON votes (chat);
        CREATE INDEX votes_story ON votes (story_id);
        """,
    )


@migrations()
def m009_heard(db: Database) -> None:
    """What articles are about, apart from their texts: for what rose, weeks are read at once."""
    run(
        db,
        """
        CREATE TABLE heard (
            at TEXT NOT NULL,  -- publication
            article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            outlet TEXT NOT NULL,
            words TEXT NOT NULL,  -- its keywords, a line each
            PRIMARY KEY (at, article_id)
        ) WITHOUT ROWID;
        CREATE INDEX heard_article ON heard (article_id);
        INSERT INTO heard
            SELECT a.published_at, a.id, a.outlet,
                   coalesce((SELECT group_concat(value, char(10))
                             FROM json_each(a.digest, '$.keywords')), '')
            FROM articles a WHERE a.published_at IS NOT NULL AND a.reprint_of IS NULL;
        """,
    )


@migrations()
def m010_links(db: Database) -> None:
    """What chats want done with links."""
    run(
        db,
        """
        CREATE TABLE links (
            chat_id INTEGER NOT NULL REFERENCES chats (id) ON UPDATE CASCADE ON DELETE CASCADE,
            target TEXT NOT NULL,  -- a kind, or a domain in ASCII
            rule TEXT NOT NULL,
            PRIMARY KEY (chat_id, target)
        ) WITHOUT ROWID;
        """,
    )


@migrations()
def m011_reports(db: Database) -> None:
    """What readers complain of, and what the operator blocks.

    `articles` becomes a view without what is hidden, so that no query can forget to leave it out;
    what is written goes into `all_articles`. Hidden ones stand in a table of their own, since a
    column behind the long texts of an article would have to be fetched through all of them.
    """
    run(
        db,
        """
        CREATE TABLE reports (
            id INTEGER PRIMARY KEY AUTOINCREMENT,  -- readers are told the number
            user_id INTEGER NOT NULL,
            chat_id INTEGER NOT NULL,
            about TEXT NOT NULL,
            story_id INTEGER NOT NULL,
            article_id INTEGER NOT NULL,  -- 0 for the story as a whole
            detail TEXT NOT NULL,
            note TEXT NOT NULL,
            reported_at TEXT NOT NULL,
            closed_at TEXT,
            UNIQUE (user_id, about, story_id, article_id, detail)
        );
        CREATE INDEX reports_open ON reports (id) WHERE closed_at IS NULL;
        CREATE INDEX reports_chat ON reports (chat_id);
        CREATE TABLE bans (
            kind TEXT NOT NULL,
            value TEXT NOT NULL COLLATE NOCASE,  -- an outlet's name, or a domain in ASCII
            since TEXT NOT NULL,
            PRIMARY KEY (kind, value)
        ) WITHOUT ROWID;
        ALTER TABLE articles RENAME TO all_articles;
        -- of the original, in ASCII
        ALTER TABLE all_articles ADD COLUMN host TEXT NOT NULL DEFAULT '';
        CREATE TABLE hidden (article_id INTEGER PRIMARY KEY REFERENCES all_articles (id));
        CREATE VIEW articles AS SELECT * FROM all_articles a
            WHERE NOT EXISTS (SELECT 1 FROM hidden h WHERE h.article_id = a.id);
        -- 1 when all articles of a story are hidden
        ALTER TABLE stories ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
        """,
    )
    sql = "SELECT id, json_extract(document, '$.url') FROM all_articles"
    hosts = [(host(url or ""), number) for number, url in db.execute(sql).fetchall()]
    db.conn.executemany("UPDATE all_articles SET host = ? WHERE id = ?", hosts)


@migrations()
def m012_sizes(db: Database) -> None:
    """How much a chat wants to be told of each story, when it subscribes anew."""
    run(db, "ALTER TABLE chats ADD COLUMN size TEXT NOT NULL DEFAULT 'brief'")


@migrations()
def m013_passing(db: Database) -> None:
    """What was told, and what is still compared, oldest first: both are kept for a time only."""
    db.execute("CREATE INDEX told_old ON told (told_at)")
    db.execute("CREATE INDEX sketches_compared ON sketches (id) WHERE sketch <> ''")


@migrations()
def m014_told_until(db: Database) -> None:
    """What was published up to then, a lost database told a subscription of."""
    db.execute("ALTER TABLE subscriptions ADD COLUMN told_until TEXT NOT NULL DEFAULT ''")


def run(db: Database, script: str) -> None:
    """Run statements one by one: `executescript` would end the transaction."""
    for statement in filter(str.strip, script.split(";\n")):
        db.execute(statement)
