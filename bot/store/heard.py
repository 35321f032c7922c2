"""What articles are about, in a table so narrow that weeks of it are read at once."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.model.trends import Heard
from bot.store import rows
from bot.store.engine import Database, Engine

_GAP = "\n"


class Talk:
    """What was heard when, without reprints, which would count one report twice."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def between(self, since: datetime, until: datetime) -> list[Heard]:
        """What was published after one instant (UTC) and up to another, oldest first."""
        sql = """SELECT at, outlet, words FROM heard WHERE at > ? AND at <= ?
                 AND NOT EXISTS (SELECT 1 FROM hidden h WHERE h.article_id = heard.article_id)
                 ORDER BY at, article_id"""
        bounds = [rows.instant(since), rows.instant(until)]
        found = await self._engine.read(lambda db: db.execute(sql, bounds).fetchall())
        return [
            Heard(datetime.fromisoformat(at), outlet, tuple(words.split(_GAP)) if words else ())
            for at, outlet, words in found
        ]


def row(article: int, fields: Mapping[str, object], words: Iterable[str]) -> dict[str, object]:
    """What an article is about.

    Args:
        fields: its columns, as the table of articles has them.
    """
    return {
        "at": fields["published_at"],
        "article_id": article,
        "outlet": fields["outlet"],
        "words": rows.storable(_GAP.join(words)),
    }


def forget(db: Database, article: int) -> None:
    """Drop what was kept of an article."""
    db.execute("DELETE FROM heard WHERE article_id = ?", [article])
