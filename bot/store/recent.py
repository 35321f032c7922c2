"""Articles that were read a moment ago, which one reader after another asks for: a story of a
hundred reports is not read anew because of the next one."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

from bot.model import StoredArticle
from bot.store import rows
from bot.store.engine import Database

MOST = 512  # articles, some pages of stories; about 5 MB, as heads 2 MB
LONGEST = 20_000  # characters of one as JSON; longer ones are seldom, and would take much room

# Whatever changes an article changes one of these, the first of which are its number and revision.
_VERSION = (
    "a.id, a.revision, a.digest_version, a.text_dropped_at, a.updated_at, a.story_id, a.reprint_of"
)
_ORDER = "ORDER BY a.published_at DESC NULLS LAST, a.id DESC"
NEWEST = f"SELECT {_VERSION} FROM articles a WHERE a.story_id = ? {_ORDER} LIMIT ?"

Version = tuple[Any, ...]


class Recent:
    """Reads articles of stories, and remembers them as long as they are as they were.

    Args:
        article: makes one of a row of `rows.COLUMNS`.
    """

    def __init__(self, article: Callable[[tuple[Any, ...]], StoredArticle]) -> None:
        self._article = article
        self._kept: OrderedDict[Version, StoredArticle] = OrderedDict()
        self._lock = threading.Lock()

    def of_stories(self, db: Database, stories: Sequence[int]) -> list[StoredArticle]:
        """All articles of some stories, newest first."""
        where = f"a.story_id IN ({rows.marks(stories)})"
        sql = f"SELECT {_VERSION} FROM articles a WHERE {where} {_ORDER}"
        return self._articles(db, db.execute(sql, list(stories)).fetchall())

    def newest(self, db: Database, stories: Sequence[int], most: int) -> list[StoredArticle]:
        """So many articles of each of some stories, story by story, newest first."""
        found = [db.execute(NEWEST, [story, most]).fetchall() for story in stories]
        return self._articles(db, list(chain.from_iterable(found)))

    def _articles(self, db: Database, found: Sequence[Any]) -> list[StoredArticle]:
        versions = [tuple(row) for row in found]
        known = self._known(versions)
        known |= self._read(db, [version for version in versions if version not in known])
        return [known[version] for version in versions if version in known]

    def _known(self, versions: Sequence[Version]) -> dict[Version, StoredArticle]:
        with self._lock:
            known = {v: self._kept[v] for v in versions if v in self._kept}
            for version in known:
                self._kept.move_to_end(version)
            return known

    def _read(self, db: Database, versions: Sequence[Version]) -> dict[Version, StoredArticle]:
        numbers = {version[0]: version for version in versions}
        sql = f"SELECT {rows.COLUMNS} FROM articles a WHERE a.id IN ({rows.marks(numbers)})"
        found = db.execute(sql, list(numbers)).fetchall() if numbers else []
        read = {numbers[row[0]]: self._article(row) for row in found}
        self._keep({v: read[v] for row in found if _short(row) and (v := numbers[row[0]])})
        return read

    def _keep(self, read: dict[Version, StoredArticle]) -> None:
        with self._lock:
            self._kept |= read
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)


def _short(row: Sequence[Any]) -> bool:
    _, document, digest, *_ = row
    return len(document) + len(digest) <= LONGEST
