"""The newest sketches of each word, all in one row: read, and written, as a whole.

A row for each word of a sketch would mean sixty to read where now is one, and as many more to write
as the index has that finds the words of a sketch.
"""

import json
import struct
from collections.abc import Collection, Iterable, Sequence

from bot.store import rows
from bot.store.engine import Database

MOST = 60  # of a word; one that is everywhere tells nothing anyway
GAP = "\n"  # between words
_EACH = 8  # bytes


class Newest:
    """The newest sketches of words, as they stand within a transaction.

    Args:
        db: within a transaction; nobody else files before it ends.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._of: dict[str, list[int]] = {}
        self._changed: set[str] = set()

    def of(self, words: Iterable[str]) -> list[list[int]]:
        """The sketches of each word, oldest first."""
        self.look_up(words)
        return [self._of[word] for word in words]

    def look_up(self, words: Iterable[str]) -> None:
        """Read words that are not known yet: many at once cost less."""
        missing = set(words) - self._of.keys()
        if missing:
            sql = "SELECT word, numbers FROM newest WHERE word IN (SELECT value FROM json_each(?))"
            found = self._db.execute(sql, [json.dumps(list(missing))]).fetchall()
            self._of.update((word, []) for word in missing)
            self._of.update((word, unpacked(numbers)) for word, numbers in found)

    def add(self, words: Sequence[str], sketch: int) -> None:
        """A sketch that is newer than all others has some words."""
        for having in self.of(words):
            having.append(sketch)
            del having[:-MOST]
        self._changed.update(words)

    def drop(self, words: Collection[str], sketches: Iterable[int]) -> None:
        """Some sketches are found by some words no more."""
        gone = set(sketches)
        for having in self.of(words):
            having[:] = [number for number in having if number not in gone]
        self._changed.update(words)

    def write(self) -> None:
        """Put what was changed into the database."""
        kept = [
            {"word": word, "numbers": packed(self._of[word])}
            for word in sorted(self._changed)
            if self._of[word]
        ]
        there = "ON CONFLICT (word) DO UPDATE SET numbers = excluded.numbers"
        self._db.insert_all("newest", kept, there)
        if empty := [(word,) for word in self._changed if not self._of[word]]:
            self._db.executemany("DELETE FROM newest WHERE word = ?", empty)
        self._changed.clear()


def packed(sketches: Collection[int]) -> bytes:
    """Numbers as a row holds them: eight bytes each, the highest first (`int8send`)."""
    return struct.pack(f">{len(sketches)}q", *sketches)


def unpacked(numbers: bytes) -> list[int]:
    """The numbers that a row holds."""
    return list(struct.unpack(f">{len(numbers) // _EACH}q", numbers))


def storable(words: Iterable[str]) -> list[str]:
    """Words as they can be stored, each once."""
    return apart(joined(words))


def joined(words: Iterable[str]) -> str:
    """Words as a row holds them; what cannot be stored is mended."""
    return rows.storable(GAP.join(words))


def apart(words: str) -> list[str]:
    """The words that a row holds."""
    return [*filter(None, dict.fromkeys(words.split(GAP)))]
