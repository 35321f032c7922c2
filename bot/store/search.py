"""A reader's query as a condition on articles. Any text is safe."""

from bot.model import Query
from bot.store.engine import Condition, Database
from bot.store.rows import storable

_MOST_WORDS = 20
_MOST_TEXT = 200
_FEW = 1000


def condition(db: Database, query: Query) -> Condition:
    """An SQL condition on `a` (articles) and its parameters; all articles for an empty query.

    Articles must hold all the words of the query. When none does, or the query has no words (an
    emoji, a lone sign), they must hold its text as it stands.
    """
    asked = _words(db, query)
    matches = _matches(db, asked) if asked else 0
    if asked and matches:
        # Few are fetched one by one. Many are met soon by walking an index in the order asked for;
        # the plus keeps SQLite from fetching and sorting every one of them.
        by = "a.id" if matches <= _FEW else "+a.id"
        return f"{by} IN (SELECT rowid FROM words WHERE {asked[0]})", asked[1]
    if not query.text.strip():
        return ("FALSE" if query.words else "TRUE"), []
    return _as_it_stands(query)


def among(db: Database, query: Query, after: int, upto: int) -> Condition:
    """An SQL condition on `a`: articles of some numbers that hold all the words of a query, or its
    text as it stands when it has no words.

    Args:
        db: what is searched.
        query: what is asked for.
        after: only articles of higher numbers …
        upto: … up to this.
    """
    asked = _words(db, query)
    if not asked:
        return _as_it_stands(query)
    found = f"SELECT rowid FROM words WHERE {asked[0]} AND rowid > ? AND rowid <= ?"
    return f"a.id IN ({found})", [*asked[1], after, upto]


def _words(db: Database, query: Query) -> Condition | None:
    """All the words, as a condition on `words`; those without a letter or digit are not there."""
    words = [storable(w) for w in query.words[:_MOST_WORDS]]
    kept = [w for w in words if any(c.isalnum() for c in w)]
    return db.matching(kept) if kept else None


def _matches(db: Database, asked: Condition) -> int:
    """How many articles hold all words; counts no further than is of interest."""
    sql = f"SELECT count(*) FROM (SELECT 1 FROM words WHERE {asked[0]} LIMIT ?) AS found"
    return int(db.execute(sql, [*asked[1], _FEW + 1]).fetchone()[0])


def _as_it_stands(query: Query) -> Condition:
    """An SQL condition on `a`: articles that hold the text of a query, letter by letter, as typed
    or in Simplified characters."""
    texts = [t for t in dict.fromkeys((query.text, query.simplified)) if t] or [""]
    held = " OR ".join("a.plain LIKE ? ESCAPE '\\'" for _ in texts)
    return f"({held})", [f"%{_literal(text)}%" for text in texts]


def _literal(text: str) -> str:
    short = storable(text[:_MOST_TEXT])
    return short.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
