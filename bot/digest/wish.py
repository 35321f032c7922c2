"""What a reader asks for in words: '微信 每天 08:00', '虎嗅 即时', 'weekly mon 9:00'.

Words that say when, how much and how loudly are taken out; what is left is the scope. Nothing is
guessed: what the words leave open is None and asked for by buttons.
"""

import re
import unicodedata
from dataclasses import dataclass

from bot.model.delivery import EVERY_DAY, Pace, Quiet, Rhythm, Scope, ScopeKind, Size, Wish

DEFAULT_MINUTE = 8 * 60

_INSTANT = {"即时", "实时", "随时", "立即", "即時", "實時", "隨時", "instant", "now", "live"}
_HOURLY = {"每小时", "每小時", "每个小时", "hourly"}
_DAILY = {"每天", "每日", "天天", "daily", "everyday"}
_WEEKLY = {"每周", "每週", "每星期", "weekly"}
_WORKDAYS = {"工作日", "weekdays"}
_WEEKEND = {"周末", "週末", "weekend", "weekends"}
_SIZES = {
    **dict.fromkeys(("标题", "標題", "只看标题", "headlines"), Size.HEADLINES),
    **dict.fromkeys(("简要", "摘要", "簡要", "brief"), Size.BRIEF),
    **dict.fromkeys(("详细", "全文摘要", "完整", "詳細", "full"), Size.FULL),
}
_SILENT = {"静音", "无声", "靜音", "silent", "quiet"}
_ALL = {"全部", "所有", "一切", "all", "everything"}
_CHINESE_DAYS = {c: n for n, c in enumerate("一二三四五六日")} | {"天": 6}
_ENGLISH_DAYS = {d: n for n, d in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_WEEK = "(?:周|週|星期|礼拜|禮拜)"
_DAYS = re.compile(f"每?{_WEEK}((?:[一二三四五六日天、,，和至到-]|{_WEEK}(?=[一二三四五六日天]))+)")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})|(\d{1,2})点半|(\d{1,2})[点點時时]|(\d{1,2})\s?(am|pm)")
_HALVES = {"早上": 0, "上午": 0, "早": 0, "中午": 0, "下午": 12, "晚上": 12, "傍晚": 12, "晚": 12}
_HALF = re.compile("^(" + "|".join(_HALVES) + r")(?=\d)")
_STORY = re.compile(r"(?:story[_ ]?|#)(\d{1,12})")


@dataclass(slots=True)
class _Found:
    """What was found so far, word by word."""

    pace: Pace | None = None
    minute: int | None = None
    days: tuple[int, ...] | None = None
    size: Size | None = None
    silent: bool = False


def parse(text: str) -> Wish:
    """A reader's words as a wish. The scope is everything, words, or a story; whether words name
    an outlet or a category is for those who know them.

    Args:
        text: what stands behind /subscribe.
    """
    found = _Found()
    words = unicodedata.normalize("NFKC", text).split()
    left = [word for word in words if not _taken(word, found)]
    return Wish(_scope(left), _rhythm(found), found.size, found.silent)


def parse_quiet(text: str) -> Quiet | None:
    """Quiet hours such as 23:00-07:00 or 晚上11点到早上7点; None when the text is neither.

    Args:
        text: what stands behind /quiet.
    """
    ends = re.split(r"\s*(?:-|–|—|~|至|到|to)\s*", unicodedata.normalize("NFKC", text).strip())
    minutes = [clock(f"{end}:00" if end.isdecimal() else end) for end in ends]
    if len(minutes) != 2 or minutes[0] is None or minutes[1] is None or minutes[0] == minutes[1]:
        return None
    return Quiet(minutes[0], minutes[1])


def clock(word: str) -> int | None:
    """A time of day as minutes from midnight: 8:00, 8点, 8点半, 晚上9点, 9pm; None for no time."""
    half = _HALF.match(word)
    match = _CLOCK.fullmatch(word[half.end() :] if half else word)
    if match is None:
        return None
    hour, minute = _read(match)
    if half and _HALVES[half[1]] and hour < 12:
        hour += 12
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def _read(match: re.Match[str]) -> tuple[int, int]:
    hour, minute, half_past, full, english, am_pm = match.groups()
    if hour:
        return int(hour), int(minute)
    if half_past:
        return int(half_past), 30
    if full:
        return int(full), 0
    return int(english) % 12 + 12 * (am_pm == "pm"), 0


def _taken(word: str, found: _Found) -> bool:
    """Whether a word says when, how much or how loudly; if so it is noted."""
    low = word.lower()
    if low in _SILENT:
        found.silent = True
    elif low in _SIZES:
        found.size = _SIZES[low]
    elif (minute := clock(low)) is not None:
        found.minute = minute
    else:
        return _timed(low, found)
    return True


def _timed(word: str, found: _Found) -> bool:
    if word in _INSTANT:
        found.pace = Pace.INSTANT
    elif word in _HOURLY:
        found.pace = Pace.HOURLY
    elif word in _DAILY | _WEEKLY:
        found.pace = Pace.SLOT
        found.days = found.days or (EVERY_DAY if word in _DAILY else None)
    elif (days := _days(word)) is not None:
        found.pace, found.days = Pace.SLOT, tuple(sorted({*days, *(found.days or ())}))
    elif (glued := _glued(word)) is not None:
        for piece in glued:
            _taken(piece, found)
    else:
        return False
    return True


def _glued(word: str) -> tuple[str, str] | None:
    """每天8点 is two words without a space."""
    for at in range(2, len(word)):
        head, tail = word[:at], word[at:]
        whole = head in _DAILY | _WORKDAYS | _WEEKEND or _DAYS.fullmatch(head)
        if whole and clock(tail) is not None:
            return head, tail
    return None


def _days(word: str) -> tuple[int, ...] | None:
    if word in _WORKDAYS:
        return EVERY_DAY[:5]
    if word in _WEEKEND:
        return EVERY_DAY[5:]
    if match := _DAYS.fullmatch(word):
        return _listed(re.findall("[一二三四五六日天]|[至到-]", match[1]))
    names = re.split(r"[,、/]", word)
    days = [_ENGLISH_DAYS.get(name[:3]) for name in names if name.isalpha() and len(name) >= 3]
    known = [day for day in days if day is not None]
    return tuple(known) if len(known) == len(names) and _are_days(names) else None


def _are_days(names: list[str]) -> bool:
    """mon and monday, not month."""
    whole = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return all(any(n in (day, day[:3], day[:4], day[:5]) for day in whole) for n in names)


def _listed(signs: list[str]) -> tuple[int, ...]:
    """一三五 are three days, 一至五 five."""
    days: list[int] = []
    span = False
    for sign in signs:
        day = _CHINESE_DAYS.get(sign)
        if day is None:
            span = True
            continue
        first = days[-1] + 1 if span and days else day
        days += range(first, day + 1) if span and first <= day else [day]
        span = False
    return tuple(days)


def _rhythm(found: _Found) -> Rhythm | None:
    if found.pace in (Pace.INSTANT, Pace.HOURLY):
        return Rhythm(found.pace)
    if found.pace is None and found.minute is None:
        return None
    minute = DEFAULT_MINUTE if found.minute is None else found.minute
    weekly_without_day = found.pace is Pace.SLOT and found.days is None
    days = (0,) if weekly_without_day else found.days or EVERY_DAY
    return Rhythm(Pace.SLOT, minute, days)


def _scope(words: list[str]) -> Scope:
    text = " ".join(words)
    if match := _STORY.fullmatch(text.lower()):
        return Scope(ScopeKind.STORY, match[1])
    named = [word for word in words if word.lower() not in _ALL]
    if all(word.startswith("-") for word in named):  # everything but some words
        text = " ".join(named)
    return Scope(ScopeKind.WORDS, text) if text else Scope()


def excluded(text: str) -> tuple[list[str], list[str]]:
    """The words of a scope that are wanted, and those that are not ('-淘宝')."""
    words = text.split()
    wanted = [w for w in words if not w.startswith("-")]
    return wanted, [w[1:] for w in words if w.startswith("-") and len(w) > 1]
