"""Telegram's HTML as text and entities, with Telegram's rules and refusals.

https://core.telegram.org/bots/api#html-style
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from bot.sandbox.errors import bad

_TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "code": "code", "pre": "pre", "blockquote": "blockquote", "tg-spoiler": "spoiler",
    "a": "text_link",
}  # fmt: skip
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d+)|#x([0-9a-fA-F]+));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


def utf16(text: str) -> int:
    """The length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Text and entities; offsets in UTF-16 units, white space at both ends dropped.

    Raises:
        ApiError: 400, as Telegram refuses tags that are unknown, unclosed or crossed.
    """
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.result()


@dataclass(slots=True)
class _Open:
    tag: str
    offset: int
    url: str | None
    language: str | None = None


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self._text: list[str] = []
        self._length = 0
        self._stack: list[_Open] = []
        self._entities: list[dict[str, Any]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "span" and given.get("class") == "tg-spoiler":
            tag = "tg-spoiler"
        if tag not in _TYPES:
            raise bad(f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset 0')
        self._stack.append(_Open(tag, self._length, given.get("href")))

    def handle_endtag(self, tag: str) -> None:
        if not self._stack:
            raise bad("can't parse entities: Unexpected end tag at byte offset 0")
        opened = self._stack.pop()
        expected = "span" if opened.tag == "tg-spoiler" and tag == "span" else opened.tag
        if tag != expected:
            raise bad(
                "can't parse entities: Unmatched end tag at byte offset 0, "
                f'expected "</{expected}>", found "</{tag}>"'
            )
        self._close_entity(opened)

    def _close_entity(self, opened: _Open) -> None:
        length = self._length - opened.offset
        if not length or (opened.tag == "a" and not opened.url):
            return
        entity = {"type": _TYPES[opened.tag], "offset": opened.offset, "length": length}
        if opened.tag == "a":
            entity["url"] = opened.url or ""
        self._entities.append(entity)

    def handle_data(self, data: str) -> None:
        if "<" in data:
            raise bad("can't parse entities: Unclosed start tag at byte offset 0")
        self._add(data)

    def handle_entityref(self, name: str) -> None:
        self._add(_NAMED.get(name, f"&{name};"))

    def handle_charref(self, name: str) -> None:
        match = _REFERENCE.fullmatch(f"&#{name};")
        code = int(match[2] or "0") or int(match[3] or "0", 16) if match else 0
        self._add(chr(code) if 0 < code < 0x110000 else "")

    def handle_comment(self, data: str) -> None:
        raise bad('can\'t parse entities: Unsupported start tag "!--" at byte offset 0')

    def _add(self, text: str) -> None:
        self._text.append(text)
        self._length += utf16(text)

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


def _moved(entity: dict[str, Any], before: int, length: int) -> dict[str, Any]:
    """An entity after white space was dropped at both ends."""
    start = max(0, entity["offset"] - before)
    end = min(length, entity["offset"] + entity["length"] - before)
    return {**entity, "offset": start, "length": end - start}
