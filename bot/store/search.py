"""A reader's query as a condition on articles. Any text is safe."""

from sqlite_utils import Database

from bot.model import Query

_MOST_WORDS = 20
_MOST_TEXT = 200

Condition = tuple[str, list[str | int]]


def condition(db: Database, query: Query) -> Condition:
    """An SQL condition on `a` (articles) and its parameters.

    Articles must hold all the words of the query. When none does, or the query has no words (an
    emoji, a lone sign), they must hold its text as it stands.
    """
    expression = _expression(query)
    if expression:
        by_words: Condition = (
            "a.id IN (SELECT rowid FROM words WHERE words MATCH ?)",
            [expression],
        )
        if any_article(db, by_words):
            return by_words
    return "a.plain LIKE ? ESCAPE '\\'", [f"%{_literal(query.text)}%"]


def any_article(db: Database, where: Condition) -> bool:
    """Whether any article meets a condition."""
    text, parameters = where
    found = db.execute(f"SELECT 1 FROM articles a WHERE {text} LIMIT 1", parameters)
    return found.fetchone() is not None


def _expression(query: Query) -> str:
    """All words as quoted FTS5 strings; words without a letter or digit are not in the index."""
    words = [_sendable(w) for w in query.words[:_MOST_WORDS]]
    kept = [w for w in words if any(c.isalnum() for c in w)]
    return " ".join('"' + w.replace('"', '""') + '"' for w in kept)


def _literal(text: str) -> str:
    short = _sendable(text)[:_MOST_TEXT]
    return short.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _sendable(text: str) -> str:
    """Without what SQLite cannot take: NUL ends a text, lone surrogates have no UTF-8."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()
