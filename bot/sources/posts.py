"""Posts: files of YAML front matter and an HTML body, as an RSS-to-site pipeline writes them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.errors import ReadError
from bot.model import Article
from bot.sources import front_matter, nodes, text
from bot.sources.article import Told, compose, key
from bot.sources.published import published
from bot.sources.urls import picture

SUFFIXES = {".md", ".markdown", ".txt", ".html"}
MOST_BYTES = 5 * 1024 * 1024


def find_posts(paths: Iterable[Path]) -> list[Path]:
    """The post files among some paths: files as they are, folders with all that is in them.

    Hidden files and files with other suffixes are passed over inside folders.

    Raises:
        ReadError: a path does not exist.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(
                p for p in path.rglob("*") if is_post(p.relative_to(path)) and p.is_file()
            )
        elif path.exists():
            found.append(path)
        else:
            raise ReadError(f"{path} does not exist; give a post file or a folder of posts")
    return list(dict.fromkeys(found))


def is_post(path: Path) -> bool:
    """Whether a file inside a folder has a post's name; `path` is relative to the folder."""
    return path.suffix.lower() in SUFFIXES and not any(p.startswith(".") for p in path.parts)


def read_post(path: Path) -> Article:
    """The article in a file.

    Raises:
        ReadError: the file is not a post; the text says why.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ReadError(f"cannot be read: {error.strerror}") from error
    return parse_post(raw, str(path))


def parse_post(raw: bytes, path: str) -> Article:
    """The article in the bytes of a file; `path` is only recorded.

    Raises:
        ReadError: the bytes are not a post; the text says why.
    """
    if len(raw) > MOST_BYTES:
        raise ReadError("the file is larger than 5 MiB")
    fields, html = front_matter.split(raw)
    raw_title, raw_outlet, raw_date = (_field(fields, n) for n in ("title", "author", "date"))
    told = Told(
        key=key(raw_outlet, raw_title, raw_date),
        path=path,
        title=_title(raw_title),
        outlet=raw_outlet,
        date=raw_date,
        at=published(raw_date),
        categories=_categories(fields),
        picture=picture(_field(fields, "headimg") or _field(fields, "thumbnail")),
    )
    return compose(told, html)


def _field(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise ReadError(f"'{name}' in the front matter must be a text")
    return text.visible(value).strip()


def _title(raw: str) -> str:
    """Raises ReadError when there is none."""
    shown = text.title(nodes.shown(raw) if "<" in raw or "&" in raw else raw)
    if not shown:
        raise ReadError("the front matter has no 'title'")
    return shown


def _categories(fields: dict[str, Any]) -> list[str]:
    value = fields.get("categories") or []
    names = value if isinstance(value, list) else [value]
    return [n for n in names if isinstance(n, str)]
