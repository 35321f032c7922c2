"""Filing: an article into its story, its revisions and the indexes, within a transaction."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.addresses import host
from bot.model import (
    DIGEST_VERSION,
    Article,
    Candidate,
    Digest,
    Filed,
    Saved,
    Sketched,
    StoryChoice,
    Words,
)
from bot.store import arrangement, bans, heard, retention, rows, sketches
from bot.store.engine import FILING, Database

Find = Callable[[Sequence[str], datetime | None, datetime | None], list[Candidate]]
Decide = Callable[[Filed, Find], tuple[StoryChoice, Sequence[Sketched]]]


def keep(db: Database, filed: Sequence[Filed], decide: Decide, now: datetime) -> list[Saved]:
    """Store what was made of articles, each in the story that is decided on by what is stored.

    The text index comes last: it is written to disk whenever another table is changed after it.

    Args:
        db: within a transaction.
        filed: what is stored.
        decide: is given one of it and what finds candidates (see `Stories.candidates`); says which
            story it joins, and with what sketches.
        now: UTC.
    """
    db.alone(FILING)
    kept = [(one.index, *_keep(db, one, decide, now)) for one in filed]
    for words, saved, changed in kept:
        if changed:
            _index(db, saved.id, words)
    return [saved for _, saved, _ in kept]


def _keep(db: Database, filed: Filed, decide: Decide, now: datetime) -> tuple[Saved, bool]:
    """Store an article without its words; also whether anything was changed."""
    choice, made = decide(
        filed, lambda words, since, until: sketches.candidates(db, words, since, until)
    )
    saved, story = _save(db, filed.article, filed.digest, choice, now)
    if story is not None:
        _file(db, saved.id, story, filed, choice, made)
    return saved, story is not None


def _save(
    db: Database, article: Article, digest: Digest, choice: StoryChoice, now: datetime
) -> tuple[Saved, int | None]:
    """Store an article; also the number of its story, None when nothing was changed."""
    known = db.execute(
        """SELECT id, content_hash, revision, digest_version, story_id, text_dropped_at
           FROM all_articles WHERE key = ?""",
        [article.key],
    ).fetchone()
    if known is None:
        number, story = _insert(db, article, digest, choice, now)
        return Saved(number, "new"), story
    number, content_hash, revision, version, story, dropped = known
    same = content_hash == article.content_hash
    if same and (dropped or version == DIGEST_VERSION):  # its text is not brought back
        return Saved(number, "unchanged"), None
    fields = _fields(article, digest)
    if not same:
        revision += 1
        fields |= {"revision": revision, "updated_at": rows.instant(now), "text_dropped_at": None}
        _keep_revision(db, number, fields, now)
    db.update("all_articles", number, fields)
    sketches.forget(db, number)
    heard.forget(db, number)
    return Saved(number, "unchanged" if same else "updated"), story


def _insert(
    db: Database, article: Article, digest: Digest, choice: StoryChoice, now: datetime
) -> tuple[int, int]:
    """A new article in its story: the numbers of both."""
    story = choice.story_id or arrangement.new_story(db)
    fields = {
        **_fields(article, digest),
        "key": article.key,
        "revision": 1,
        "story_id": story,
        "story_score": choice.score,
        "story_reason": choice.reason,
        "reprint_of": choice.reprint_of,
        "first_seen_at": rows.instant(now),
        "updated_at": rows.instant(now),
    }
    number = db.add("all_articles", fields)
    _keep_revision(db, number, fields, now)
    arrangement.record(db, number, choice, now)
    if choice.merged:
        arrangement.merge(db, choice.merged, story)
    return number, story


def _file(
    db: Database,
    number: int,
    story: int,
    filed: Filed,
    choice: StoryChoice,
    made: Sequence[Sketched],
) -> None:
    """Keep what finds the article, take what tells of the story into it, and date it."""
    sketches.keep(db, number, story, filed.article.published_at, made)
    bans.mark(db, number)
    sketches.claim(db, choice.items, story, choice.reason)
    arrangement.date_story(db, story)
    heard.keep(db, number, filed.digest.keywords)


def _fields(article: Article, digest: Digest) -> dict[str, object]:
    """The columns that change with the text."""
    return {
        "outlet": rows.storable(article.outlet),
        "published_at": rows.instant_or_none(article.published_at),
        "content_hash": article.content_hash,
        "document": rows.article_json(article),
        "digest": rows.digest_json(digest),
        "digest_version": DIGEST_VERSION,
        "events": len(digest.events),
        "host": host(article.url),
        "plain": retention.plain(article),
    }


def _keep_revision(db: Database, number: int, fields: Mapping[str, object], now: datetime) -> None:
    """Keep what an article's columns hold as one of its revisions."""
    revision = {
        "article_id": number,
        "number": fields["revision"],
        "content_hash": fields["content_hash"],
        "document": fields["document"],
        "read_at": rows.instant(now),
    }
    db.insert("revisions", revision)


def _index(db: Database, number: int, words: Words) -> None:
    db.index(number, *(rows.storable(" ".join(part)) for part in (words.title, words.body)))
