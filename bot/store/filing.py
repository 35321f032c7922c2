"""Filing: an article into its story, its revisions and the indexes, within a transaction."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

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
)
from bot.store import arrangement, bans, heard, retention, revisions, rows, sketches
from bot.store.engine import FILING, Database
from bot.store.newest import Newest, storable

Find = Callable[[Sequence[str], datetime | None, datetime | None], list[Candidate]]
Decide = Callable[[Filed, Find], tuple[StoryChoice, Sequence[Sketched]]]


@dataclass(frozen=True, slots=True)
class _Ready:
    """What was made of an article, and the same as columns and as words of the text index."""

    filed: Filed
    fields: Mapping[str, object]
    words: tuple[Any, ...]


def keep(db: Database, filed: Sequence[Filed], decide: Decide, now: datetime) -> list[Saved]:
    """Store what was made of articles, each in the story that is decided on by what is stored.

    What the next article is not compared with is written at the end, for all at once.

    Args:
        db: within a transaction.
        filed: what is stored.
        decide: is given one of it and what finds candidates (see `Stories.candidates`); says which
            story it joins, and with what sketches.
        now: UTC.
    """
    ready = [_ready(db, one) for one in filed]  # what nobody need wait for
    db.alone(FILING)
    db.unhurried()  # others wait until it ends
    newest = Newest(db)
    newest.look_up(w for one in filed for made in one.sketches for w in storable(made.keywords))
    kept = [(one, *_keep(db, newest, one, decide, rows.instant(now))) for one in ready]
    newest.write()
    _finish(
        db,
        {saved.id: one for one, saved, story in kept if story is not None},
        {story for _, _, story in kept if story is not None},
    )
    return [saved for _, saved, _ in kept]


def _ready(db: Database, filed: Filed) -> _Ready:
    title, body = (
        rows.storable(" ".join(words)) for words in (filed.index.title, filed.index.body)
    )
    return _Ready(filed, _fields(filed.article, filed.digest), db.indexable(title, body))


def _keep(
    db: Database, newest: Newest, ready: _Ready, decide: Decide, at: str
) -> tuple[Saved, int | None]:
    """Store an article by which later ones are decided on; also the number of its story, None when
    nothing was changed."""
    choice, made = decide(ready.filed, partial(sketches.candidates, db, newest))
    saved, story = _save(db, newest, ready, choice, at)
    if story is not None:
        sketches.keep(db, newest, saved.id, story, ready.filed.article.published_at, made)
        sketches.claim(db, choice.items, story, choice.reason)
    return saved, story


def _finish(db: Database, changed: Mapping[int, _Ready], stories: Collection[int]) -> None:
    """Hide articles that are blocked, date their stories, and take them into the indexes.

    The text index comes last: it is written to disk whenever another table is changed after it.
    """
    bans.mark(db, changed)
    arrangement.date(db, stories)
    heard.keep(db, {number: one.filed.digest.keywords for number, one in changed.items()})
    for number, one in changed.items():
        db.index(number, one.words)


def _save(
    db: Database, newest: Newest, ready: _Ready, choice: StoryChoice, at: str
) -> tuple[Saved, int | None]:
    """Store an article without what finds it; see `_keep`."""
    article = ready.filed.article
    known = db.execute(
        """SELECT id, content_hash, revision, digest_version, story_id, text_dropped_at
           FROM all_articles WHERE key = ?""",
        [article.key],
    ).fetchone()
    if known is None:
        number, story = _insert(db, ready, choice, at)
        return Saved(number, "new"), story
    number, content_hash, revision, version, story, dropped = known
    same = content_hash == article.content_hash
    if same and (dropped or version == DIGEST_VERSION):  # its text is not brought back
        return Saved(number, "unchanged"), None
    fields = dict(ready.fields)
    if not same:
        revisions.keep(db, number)
        fields |= {"revision": revision + 1, "updated_at": at, "text_dropped_at": None}
    db.update("all_articles", number, fields)
    sketches.forget(db, newest, number)
    heard.forget(db, number)
    return Saved(number, "unchanged" if same else "updated"), story


def _insert(db: Database, ready: _Ready, choice: StoryChoice, at: str) -> tuple[int, int]:
    """A new article in its story: the numbers of both."""
    story = choice.story_id or arrangement.new_story(db)
    fields = {
        **ready.fields,
        "key": ready.filed.article.key,
        "revision": 1,
        "story_id": story,
        "story_score": choice.score,
        "story_reason": choice.reason,
        "reprint_of": choice.reprint_of,
        "first_seen_at": at,
        "updated_at": at,
    }
    number = db.add("all_articles", fields)
    arrangement.record(db, number, choice, at)
    if choice.merged:
        arrangement.merge(db, choice.merged, story)
    return number, story


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
