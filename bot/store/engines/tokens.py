"""What FTS5 takes for tokens, so that both engines find the same.

SQLite itself is asked how it takes a character, once for each: no other table of letters and cases
agrees with its own in all of Unicode.
"""

import sqlite3
import threading
from collections.abc import Iterable
from hashlib import blake2b

GAP = " "
LONGEST = 200  # characters; a lexeme has room for 2046 bytes
MOST = 1_000_000  # bytes of all lexemes; a tsvector has room for 1 MiB

_lock = threading.Lock()
_marks: set[str] = set()  # what belongs to a token, but begins none


class _Folds(dict[int, str]):
    """The character that stands for a character in a token; a gap for one that is in none."""

    def __init__(self) -> None:
        super().__init__()
        self._db = sqlite3.connect(":memory:", check_same_thread=False)
        tokenize = "unicode61 remove_diacritics 0"
        self._db.execute(f'CREATE VIRTUAL TABLE asked USING fts5 (text, tokenize = "{tokenize}")')
        self._db.execute("CREATE VIRTUAL TABLE told USING fts5vocab (asked, 'instance')")

    def __missing__(self, code: int) -> str:
        with _lock:
            alone, within = self._tokens(chr(code)), self._tokens(f"x{chr(code)}x")
        fold = within[0][1:-1] if len(within) == 1 else GAP
        if not alone and fold != GAP:
            _marks.add(fold)
        self[code] = fold
        return fold

    def _tokens(self, text: str) -> list[str]:
        self._db.execute("DELETE FROM asked")
        self._db.execute("INSERT INTO asked VALUES (?)", [text])
        return [term for (term,) in self._db.execute("SELECT term FROM told ORDER BY offset")]


_folds = _Folds()


def tokens(text: str) -> list[str]:
    """The tokens of a text, in their order."""
    parts = text.translate(_folds).split(GAP)
    begins = "".join(_marks)
    return [token for part in parts if (token := part.lstrip(begins) if begins else part)]


def vector(found: Iterable[str]) -> str:
    """Each token once, as a tsvector is written; of a boundless text not all."""
    room, kept = MOST, []
    for token in dict.fromkeys(found):
        made = lexeme(token)
        room -= len(made.encode())
        if room < 0:
            break
        kept.append(_quoted(made))
    return GAP.join(kept)


def lexeme(token: str) -> str:
    """A token as a tsvector takes it: a very long one as its hash."""
    if len(token) <= LONGEST:
        return token
    return "#" + blake2b(token.encode(), digest_size=16).hexdigest()


def query(found: Iterable[str]) -> str:
    """All of some tokens, as a tsquery is written."""
    return " & ".join(_quoted(lexeme(token)) for token in found)


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
