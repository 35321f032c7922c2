"""Rows to dataclasses and back."""

import json
from collections.abc import Callable, Sized
from datetime import UTC, datetime
from sqlite3 import Row
from typing import Any, TypeVar

from pydantic import TypeAdapter
from typing_extensions import TypedDict  # that of the library, pydantic takes from Python 3.12 on

from bot.model import Article, Byline, Digest, Message, Name, Sentence, Sketch, StoredArticle

T = TypeVar("T")


class _Head(TypedDict):
    """What a list needs of an article."""

    key: str
    content_hash: str
    path: str
    title: str
    outlet: str
    published_at: datetime | None
    published_at_raw: str
    byline: Byline


class _Gist(TypedDict):
    """What a list needs of a digest."""

    line: Sentence | None
    keywords: tuple[str, ...]
    full: tuple[Sentence, ...]  # the line may be cut from one of them
    names: tuple[Name, ...]


_article = TypeAdapter(Article)
_digest = TypeAdapter(Digest)
_head = TypeAdapter(_Head)
_gist = TypeAdapter(_Gist)
_message = TypeAdapter(Message)
_sketch = TypeAdapter(Sketch)
_sentence = TypeAdapter(Sentence)

COLUMNS = (
    "a.id, a.document, a.digest, a.story_id, a.revision, a.first_seen_at, a.updated_at,"
    " a.reprint_of"
)


def article_json(article: Article) -> str:
    """An article as JSON; text that cannot be stored is mended, see `storable`."""
    return _json(_article, article)


def article_of(document: str) -> Article:
    """The article in a JSON text that `article_json` wrote."""
    return _article.validate_json(document)


def digest_json(digest: Digest) -> str:
    """A digest as JSON; text that cannot be stored is mended, see `storable`."""
    return _json(_digest, digest)


def digest_of(document: str) -> Digest:
    """The digest in a JSON text that `digest_json` wrote."""
    return _digest.validate_json(document)


def message_json(message: Message) -> str:
    """A message as JSON."""
    return _json(_message, message)


def message_of(document: str) -> Message:
    """The message in a JSON text that `message_json` wrote."""
    return _message.validate_json(document)


def sketch_json(sketch: Sketch) -> str:
    """A sketch as JSON; text that cannot be stored is mended, see `storable`."""
    return _json(_sketch, sketch)


def sketch_of(document: str) -> Sketch:
    """The sketch in a JSON text that `sketch_json` wrote."""
    return _sketch.validate_json(document)


def sentence_json(sentence: Sentence) -> str:
    """A sentence as JSON; text that cannot be stored is mended, see `storable`."""
    return _json(_sentence, sentence)


def sentence_of(document: str) -> Sentence:
    """The sentence in a JSON text that `sentence_json` wrote."""
    return _sentence.validate_json(document)


def stored(row: tuple[Any, ...] | Row) -> StoredArticle:
    """A row of `COLUMNS` as an article."""
    return _stored(row, article_of, digest_of)


def head(row: tuple[Any, ...] | Row) -> StoredArticle:
    """As `stored`, but of text and digest only what a list needs: in half the time."""
    return _stored(
        row,
        lambda document: Article(**_head.validate_json(document)),
        lambda digest: Digest(**_gist.validate_json(digest)),
    )


def _stored(
    row: tuple[Any, ...] | Row, article: Callable[[str], Article], digest: Callable[[str], Digest]
) -> StoredArticle:
    number, document, made, story, revision, first_seen, updated, reprint_of = row
    return StoredArticle(
        number,
        article(document),
        digest(made),
        story,
        revision,
        datetime.fromisoformat(first_seen),
        datetime.fromisoformat(updated),
        reprint_of,
    )


def storable(text: str) -> str:
    """Text that SQLite takes; good text stays as it is.

    A NUL, which would end it, and half a surrogate pair, which has no UTF-8 (file names that are
    not UTF-8 are full of them), become U+FFFD.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\0", "\ufffd")


def number(asked: int) -> int:
    """A row's number to look for; 0, which no row has, for one beyond SQLite's integers."""
    return asked if 0 < asked < 2**63 else 0


def marks(values: Sized) -> str:
    """Placeholders between the brackets of IN; of nothing none is found."""
    return ",".join("?" * len(values)) or "NULL"


def instant(at: datetime) -> str:
    """An instant as text of fixed width that sorts: 2021-11-30T23:51:14.000000+00:00."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def instant_or_none(at: datetime | None) -> str | None:
    """As `instant`, keeping None."""
    return instant(at) if at else None


def _json(kind: TypeAdapter[T], thing: T) -> str:
    try:
        return kind.dump_json(thing).decode()
    except ValueError:  # half a surrogate pair
        document = kind.dump_python(thing, mode="json")
        return storable(json.dumps(document, ensure_ascii=False, separators=(",", ":")))
