"""Text as a reader sees it: spaces collapsed, stray quotes mended, nothing invisible."""

import re

_HAN = "\u3400-\u9fff"
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\ufff9-\ufffb]"
)
_SPACE = re.compile(r"[^\S\n]")
_BROKEN_LINE = re.compile(rf"(?<=[{_HAN}，。；：、])\n(?=[{_HAN}])")
_QUOTED = re.compile(r'"([^"]{0,300})"')
_BESIDE_QUOTES = re.compile(
    rf"(?<=[{_HAN}，。：；、])\s+(?=“)|(?<=”)\s+(?=[{_HAN}，。：；、？！])|(?<=“)\s+|\s+(?=”)"
)
_UNDERSCORED = re.compile(r"(?<![A-Za-z0-9_])_([^_\s]{1,40})_(?![A-Za-z0-9_])")


def prose(text: str) -> str:
    """One paragraph on one line, straight quotes around Chinese turned into “ ”."""
    shown = visible(text)
    if "\n" in shown:
        shown = _BROKEN_LINE.sub("", shown)
    quoted = _QUOTED.sub(_chinese_quotes, " ".join(shown.split()))
    return _BESIDE_QUOTES.sub("", quoted) if " " in quoted else quoted


def code(text: str) -> str:
    """Code keeps its lines and its indentation."""
    return "\n".join(line.rstrip() for line in visible(text).strip("\n").split("\n")).rstrip()


def title(text: str) -> str:
    """A title: `_隐形门_`, as the pipeline writes quotes in file names, becomes “隐形门”."""
    shown = prose(text)
    return _UNDERSCORED.sub(r"“\1”", shown) if re.search(f"[{_HAN}]", shown) else shown


def visible(text: str) -> str:
    """Without control, zero-width and direction characters; every space a plain one."""
    if text.isprintable():  # as most are
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SPACE.sub(" ", _INVISIBLE.sub("", lines.replace("\t", "    ")))


def _chinese_quotes(match: re.Match[str]) -> str:
    inner = match[1].strip()
    return f"“{inner}”" if re.search(rf"[{_HAN}]", inner) else match[0]
