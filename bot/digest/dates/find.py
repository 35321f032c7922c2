"""Finding dates: every match of the grammar, resolved in the order of the text."""

import re
from datetime import date

from bot.digest.dates.grammar import DATES, MAY_HOLD
from bot.digest.dates.numerals import fold
from bot.digest.dates.resolve import Context, resolve
from bot.model import DateMention, When

# Words that look ahead, close before a date (将于3月) or close behind it (3月将).
_AHEAD_BEFORE = re.compile(
    r"(?:将|将于|将在|预计|计划|拟|拟于|定于|即将|有望|原定|最迟|不晚于|推迟至|延期至)[^。；，]{0,4}$"
)
_AHEAD_BEHIND = re.compile(r"^[^。；，\d]{0,6}(?:将(?!军)|拟|有望|即将)")
_WRITTEN_YEAR = re.compile(r"[0-9]{4}|[〇零一二三四五六七八九]{4}|[今去前明后]年")
_SENTENCE_END = re.compile(r"[。！？；]")


def find_dates(text: str, anchor: date, *, last: When | None = None) -> list[DateMention]:
    """The dates in a text, in order, without overlap.

    Args:
        text: any text.
        anchor: the day of the article, in its outlet's zone.
        last: the date that was named last before this text, for 次日 and the like.
    """
    folded = fold(text)
    if not MAY_HOLD.search(folded):
        return []
    found: list[DateMention] = []
    year: int | None = None
    seen = 0
    for match in DATES.finditer(folded):
        start, end = _bounds(match)
        if _SENTENCE_END.search(folded, seen, start):
            year = None
        ahead = _looks_ahead(folded, start, end)
        when = resolve(match, Context(anchor, last, year, ahead))
        seen = end
        if when is None:
            continue
        found.append(DateMention(when, start, end, text[start:end]))
        if when.certain:
            last = when
        if _WRITTEN_YEAR.match(match[0].strip()):
            year = when.start.year
    return found


def _bounds(match: re.Match[str]) -> tuple[int, int]:
    """The span without the spaces that the grammar lets stand around it."""
    raw = match[0]
    start = match.start() + len(raw) - len(raw.lstrip(" 的\t\n"))
    return start, match.start() + len(raw.rstrip())


def _looks_ahead(text: str, start: int, end: int) -> bool:
    return bool(
        _AHEAD_BEFORE.search(text, max(0, start - 8), start)
        or _AHEAD_BEHIND.search(text[end : end + 8])
    )
