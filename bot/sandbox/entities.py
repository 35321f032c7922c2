"""Telegram's HTML as text and entities, with Telegram's rules and refusals.

https://core.telegram.org/bots/api#html-style
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import bad

_TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "code": "code", "pre": "pre", "blockquote": "blockquote", "tg-spoiler": "spoiler",
    "a": "text_link",
}  # fmt: skip
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d{1,8})|#x([0-9a-fA-F]{1,8}));")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>[^<>]*)>")
_ATTRIBUTE = re.compile(r"""([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_LANGUAGE = "language-"


def utf16(text: str) -> int:
    """The length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Text and entities; offsets in UTF-16 units, white space at both ends dropped.

    Raises:
        ApiError: 400, as Telegram refuses tags that are unknown, unclosed or crossed.
    """
    reader = _Reader(source)
    reader.read()
    return reader.result()


@dataclass(slots=True)
class _Open:
    tag: str
    offset: int
    attributes: dict[str, str]


class _Reader:
    """Walks over the source once; only Telegram's own tags and references mean anything."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._text: list[str] = []
        self._length = 0
        self._stack: list[_Open] = []
        self._entities: list[dict[str, Any]] = []

    def read(self) -> None:
        at = 0
        while (start := self._source.find("<", at)) >= 0:
            self._add(_decoded(self._source[at:start]))
            tag = _TAG.match(self._source, start)
            if tag is None:
                raise bad(f"can't parse entities: Unsupported start tag at {self._byte(start)}")
            read = self._close if tag["end"] else self._open
            read(tag, start)
            at = tag.end()
        self._add(_decoded(self._source[at:]))

    def _open(self, tag: re.Match[str], at: int) -> None:
        name = tag["name"].lower()
        given = {m[1].lower(): _decoded(m[2] or m[3] or m[4] or "") for m in _attributes(tag)}
        if name == "span" and given.get("class") != "tg-spoiler":
            raise bad(f'can\'t parse entities: Tag "span" must have class at {self._byte(at)}')
        if name != "span" and name not in _TYPES:
            raise bad(f'can\'t parse entities: Unsupported start tag "{name}" at {self._byte(at)}')
        self._stack.append(_Open(name, self._length, given))

    def _close(self, tag: re.Match[str], at: int) -> None:
        name = tag["name"].lower()
        if not self._stack:
            raise bad(f"can't parse entities: Unexpected end tag at {self._byte(at)}")
        opened = self._stack.pop()
        if name != opened.tag:
            raise bad(
                f"can't parse entities: Unmatched end tag at {self._byte(at)}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        self._mark(opened)

    def _mark(self, opened: _Open) -> None:
        length = self._length - opened.offset
        kind = _kind(opened)
        if not length or self._names_language(opened) or kind == {"type": "text_link", "url": ""}:
            return
        self._entities.append({**kind, "offset": opened.offset, "length": length})

    def _names_language(self, opened: _Open) -> bool:
        """Whether it is a `code` that only names the language of the `pre` around it."""
        named = opened.attributes.get("class", "")
        inside = self._stack and self._stack[-1].tag == "pre"
        if not (opened.tag == "code" and inside and named.startswith(_LANGUAGE)):
            return False
        self._stack[-1].attributes["language"] = named.removeprefix(_LANGUAGE)
        return True

    def _add(self, text: str) -> None:
        self._text.append(text)
        self._length += utf16(text)

    def _byte(self, at: int) -> str:
        return f"byte offset {len(self._source[:at].encode('utf-8', 'replace'))}"

    def result(self) -> tuple[str, list[dict[str, Any]]]:
        if self._stack:
            tag = self._stack[-1].tag
            raise bad(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{tag}\""
            )
        whole = "".join(self._text)
        text = whole.strip()
        before = utf16(whole[: len(whole) - len(whole.lstrip())])
        moved = [_moved(e, before, utf16(text)) for e in self._entities]
        kept = sorted(
            (e for e in moved if e["length"] > 0), key=lambda e: (e["offset"], -e["length"])
        )
        return text, kept


def _kind(opened: _Open) -> dict[str, Any]:
    """An entity's type and what belongs to it."""
    kind: dict[str, Any] = {"type": _TYPES.get(opened.tag, "spoiler")}
    if opened.tag == "a":
        kind["url"] = opened.attributes.get("href", "")
    if opened.tag == "pre" and "language" in opened.attributes:
        kind["language"] = opened.attributes["language"]
    if opened.tag == "blockquote" and "expandable" in opened.attributes:
        kind["type"] = "expandable_blockquote"
    return kind


def _attributes(tag: re.Match[str]) -> Iterator[re.Match[str]]:
    return _ATTRIBUTE.finditer(tag["rest"])


def _decoded(text: str) -> str:
    """The four named references and numbers; anything else stays as it is, as in AT&T."""

    def character(match: re.Match[str]) -> str:
        if match[1]:
            return _NAMED[match[1]]
        code = int(match[2]) if match[2] else int(match[3], 16)
        return chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else match[0]

    return _REFERENCE.sub(character, text)


def _moved(entity: dict[str, Any], before: int, length: int) -> dict[str, Any]:
    """An entity after white space was dropped at both ends."""
    start = max(0, entity["offset"] - before)
    end = min(length, entity["offset"] + entity["length"] - before)
    return {**entity, "offset": start, "length": end - start}
