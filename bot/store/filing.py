"""Filing: an article into its story, its revisions and the indexes, within a transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
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
from bot.store import arrangement, bans, heard, newest, retention, revisions, rows
from bot.store.adding import Adding
from bot.store.engine import FILING, Database
from bot.store.signs import signed
from bot.store.sketches import Sketches

Find = Callable[[Sequence[str], datetime | None, datetime | None], list[Candidate]]
Decide = Callable[[Filed, Find], tuple[StoryChoice, Sequence[Sketched]]]


def keep(db: Database, filed: Sequence[Filed], decide: Decide, now: datetime) -> list[Saved]:
    """Store what was made of articles, each in the story that is decided on by what is stored.

    Nothing is written between one decision and the next, as long as articles are new.

    Args:
        db: within a transaction.
        filed: what is stored.
        decide: is given one of it and what finds candidates (see `Stories.candidates`); says which
            story it joins, and gives its sketches with the stories that its items join.
        now: UTC.
    """
    ready = [_ready(db, one) for one in filed]  # what nobody need wait for
    db.alone(FILING)
    db.unhurried()  # others wait until it ends
    filing = _Filing(db, filed, rows.instant(now))
    saved = [filing.keep(one, decide) for one in ready]
    filing.finish()
    return saved


@dataclass(frozen=True, slots=True)
class _Ready:
    """What was made of an article, and the same as columns and as words of the text index."""

    filed: Filed
    fields: Mapping[str, object]
    sketches: Mapping[int, tuple[str, int]]  # as `signed`, by their numbers
    words: tuple[Any, ...]


def _ready(db: Database, filed: Filed) -> _Ready:
    title, body = (
        rows.storable(" ".join(words)) for words in (filed.index.title, filed.index.body)
    )
    sketches = {made.number: signed(made.sketch) for made in filed.sketches}
    fields = _fields(filed.article, filed.digest)
    return _Ready(filed, fields, sketches, db.indexable(title, body))


class _Filing:
    """What one transaction stores."""

    def __init__(self, db: Database, filed: Sequence[Filed], at: str) -> None:
        self._db, self._at = db, at
        sketches = [made for one in filed for made in one.sketches]
        self._sketches = Sketches(db)
        self._sketches.look_up(sketches)
        most = {"stories": len(filed), "all_articles": len(filed), "sketches": len(sketches)}
        self._adding = Adding(db, most)
        self._known = _known(db, [one.article.key for one in filed])
        self._changed: dict[int, _Ready] = {}
        self._stories: set[int] = set()

    def keep(self, ready: _Ready, decide: Decide) -> Saved:
        """Store an article, by which the next ones are decided on."""
        choice, made = decide(ready.filed, self._sketches.candidates)
        key = ready.filed.article.key
        if key in self._known:
            saved, story = self._change(ready)
        else:
            saved, story = self._insert(ready, choice)
            self._known.add(key)
        if story is not None:
            self._changed[saved.id] = ready
            self._stories.add(story)
            self._sketch(ready, saved.id, story, made)
            if choice.items:
                self._write()
                self._sketches.claim(choice.items, story, choice.reason)
        return saved

    def finish(self) -> None:
        """Write what is left, hide articles that are blocked, date their stories, and take them
        into the indexes.

        The text index comes last: it is written to disk whenever another table is changed after it.
        """
        self._write()
        self._sketches.write()
        bans.mark(self._db, self._changed)
        arrangement.date(self._db, self._stories)
        self._db.index({number: one.words for number, one in self._changed.items()})

    def _write(self) -> None:
        """Put what was added into the tables, for a statement that must see it."""
        self._adding.write()
        self._sketches.written()

    def _insert(self, ready: _Ready, choice: StoryChoice) -> tuple[Saved, int]:
        """A new article, and the number of its story."""
        story, number = choice.story_id, self._adding.number("all_articles")
        if story is None:
            story = self._adding.number("stories")
            self._adding.add("stories", {"id": story})
        elif choice.merged:
            self._write()
            story = arrangement.merge(self._db, [story, *choice.merged])
        row = {
            **ready.fields,
            "id": number,
            "key": ready.filed.article.key,
            "revision": 1,
            "story_id": story,
            "story_score": choice.score,
            "story_reason": choice.reason,
            "reprint_of": choice.reprint_of,
            "first_seen_at": self._at,
            "updated_at": self._at,
        }
        self._adding.add("all_articles", row)
        self._adding.add("joins", arrangement.joining(number, choice, self._at))
        self._hear(ready, number, choice.reprint_of)
        return Saved(number, "new"), story

    def _change(self, ready: _Ready) -> tuple[Saved, int | None]:
        """An article that is stored, in its own story; that is None where nothing was changed."""
        self._write()
        article = ready.filed.article
        number, content_hash, revision, version, story, reprint_of, dropped, document = (
            self._db.execute(
                """SELECT id, content_hash, revision, digest_version, story_id, reprint_of,
                          text_dropped_at, document
                   FROM all_articles WHERE key = ?""",
                [article.key],
            ).fetchone()
        )
        same = content_hash == article.content_hash
        if same and (dropped or version == DIGEST_VERSION):  # its text is not brought back
            return Saved(number, "unchanged"), None
        same = same or rows.article_of(document).seen() == article.seen()  # hashed otherwise then
        fields = dict(ready.fields)
        if not same:
            revisions.keep(self._db, number)
            new = {"revision": revision + 1, "updated_at": self._at, "text_dropped_at": None}
            fields |= new
        self._db.update("all_articles", number, fields)
        self._sketches.forget(number)
        heard.forget(self._db, number)
        bans.unmark(self._db, number)
        self._hear(ready, number, reprint_of)
        return Saved(number, "unchanged" if same else "updated"), story

    def _hear(self, ready: _Ready, article: int, reprint_of: int | None) -> None:
        """Add what an article is about, of which nothing is kept."""
        if reprint_of is None and ready.fields["published_at"]:
            words = ready.filed.digest.keywords
            self._adding.add("heard", heard.row(article, ready.fields, words))

    def _sketch(
        self, ready: _Ready, article: int, story: int, sketches: Sequence[Sketched]
    ) -> None:
        """Add the sketches of an article of which there are none."""
        at = rows.instant_or_none(ready.filed.article.published_at)
        for made in sketches:
            number, words = self._adding.number("sketches"), newest.joined(made.keywords)
            document, sign = ready.sketches[made.number]
            item = made.choice.story_id if made.choice else None
            row = {
                "id": number,
                "article_id": article,
                "number": made.number,
                "story_id": item if made.number else story,
                "published_at": at,
                "sketch": document,
                "sign": sign,
                "sentence": rows.sentence_json(made.sentence) if made.sentence else None,
                "reason": made.choice.reason if made.choice else "",
            }
            self._adding.add("sketches", row)
            self._adding.add("keywords", {"sketch_id": number, "words": words})
            self._sketches.add(row, words)


def _known(db: Database, keys: Sequence[str]) -> set[str]:
    """Those of some keys that are stored."""
    sql = f"SELECT key FROM all_articles WHERE key IN ({rows.marks(keys)})"
    return {key for (key,) in db.execute(sql, list(keys)).fetchall()}


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
