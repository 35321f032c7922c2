"""Arrangement: which story an article is in, how it came there, and what is moved."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.model import Joined, StoryChoice
from bot.store import rows
from bot.store.engine import Database


def new_story(db: Database) -> int:
    """The number of a new, empty story."""
    return db.add("stories", {"latest_at": None})


def joining(
    article: int, choice: StoryChoice, at: str, *, by_administrator: bool = False
) -> dict[str, object]:
    """The row of `joins` that tells how an article came to its story.

    Args:
        at: the instant, as it is stored.
    """
    return {
        "article_id": article,
        "joined_at": at,
        "by_administrator": int(by_administrator),
        "score": choice.score,
        "reason": choice.reason,
        "with_article": choice.article_id,
    }


def settle(db: Database, article: int, choice: StoryChoice, at: str) -> None:
    """An administrator put an article into its story, which stays as it was arranged."""
    story = "SELECT story_id FROM all_articles WHERE id = ?"
    db.execute(f"UPDATE stories SET settled = 1 WHERE id = ({story})", [article])
    db.execute("DELETE FROM joins WHERE article_id = ?", [article])
    db.insert("joins", joining(article, choice, at, by_administrator=True))


def move(db: Database, article: int, story: int) -> None:
    """Put an article into a story. A story that is left empty leads to it."""
    (before,) = db.execute("SELECT story_id FROM all_articles WHERE id = ?", [article]).fetchone()
    db.execute("UPDATE all_articles SET story_id = ? WHERE id = ?", [story, article])
    db.execute(
        "UPDATE sketches SET story_id = ? WHERE article_id = ? AND number = 0", [story, article]
    )
    left = db.execute("SELECT 1 FROM all_articles WHERE story_id = ? LIMIT 1", [before]).fetchone()
    if not left and before != story:
        _empty(db, before, story)
    date(db, {before, story})


def merge(db: Database, stories: Sequence[int]) -> int:
    """Put all that is in some stories into the one that holds most, the first where several do.

    So an article is moved a few times at most, however often its story meets others (union by
    size: Galler and Fischer, An improved equivalence algorithm, 1964).

    Returns:
        the number of that story.
    """
    found = db.execute(
        f"""SELECT story_id, count(*) FROM all_articles WHERE story_id IN ({rows.marks(stories)})
            GROUP BY story_id""",
        list(stories),
    )
    held: dict[int, int] = dict(found.fetchall())
    into = max(stories, key=lambda story: held.get(story, 0))
    for story in stories:
        if story != into:
            db.execute("UPDATE all_articles SET story_id = ? WHERE story_id = ?", [into, story])
            _empty(db, story, into)
    date(db, [into])
    return into


def _empty(db: Database, story: int, into: int) -> None:
    """A story without articles leads to another: old buttons name it, chats were told of it."""
    db.execute("UPDATE sketches SET story_id = ? WHERE story_id = ?", [into, story])
    db.execute("UPDATE stories SET merged_into = ?, latest_at = NULL WHERE id = ?", [into, story])
    db.execute("UPDATE stories SET merged_into = ? WHERE merged_into = ?", [into, story])
    db.execute(
        """INSERT INTO told SELECT chat_id, topic, ?, article_id, subscription_id, digest, told_at
               FROM told WHERE story_id = ?
           ON CONFLICT (chat_id, topic, story_id) DO UPDATE SET article_id = excluded.article_id
               WHERE excluded.article_id > told.article_id""",
        [into, story],
    )
    db.execute("DELETE FROM told WHERE story_id = ?", [story])
    following = "scope = 'story' AND value = ?"
    db.execute(
        f"""UPDATE subscriptions SET value = ? WHERE {following} AND NOT EXISTS (
                SELECT 1 FROM subscriptions o WHERE o.chat_id = subscriptions.chat_id
                AND o.topic = subscriptions.topic AND o.scope = 'story' AND o.value = ?)""",
        [str(into), str(story), str(into)],
    )
    db.execute(f"DELETE FROM subscriptions WHERE {following}", [str(story)])


def date(db: Database, stories: Collection[int]) -> None:
    """Date stories by the newest of their articles; one is hidden when all its articles are."""
    db.execute(
        f"""UPDATE stories SET
               latest_at = (SELECT max(published_at) FROM articles WHERE story_id = stories.id),
               hidden = CASE
                   WHEN EXISTS (SELECT 1 FROM articles WHERE story_id = stories.id) THEN 0
                   WHEN EXISTS (SELECT 1 FROM all_articles WHERE story_id = stories.id) THEN 1
                   ELSE 0 END
           WHERE id IN ({rows.marks(stories)})""",
        list(stories),
    )


def joined(db: Database, article: int) -> Joined | None:
    """How an article came to its story, or None when there is none of that number."""
    row = db.execute(
        """SELECT a.id, a.story_id, j.joined_at, j.by_administrator, j.score, j.reason,
                  j.with_article, s.sketch
           FROM all_articles a JOIN joins j ON j.article_id = a.id
           LEFT JOIN sketches s ON s.article_id = a.id AND s.number = 0 WHERE a.id = ?""",
        [rows.number(article)],
    ).fetchone()
    if row is None:
        return None
    number, story, at, by_administrator, score, reason, like, sketch = row
    return Joined(
        number,
        story,
        datetime.fromisoformat(at),
        bool(by_administrator),
        score,
        reason,
        like,
        rows.sketch_of(sketch) if sketch else None,
    )
