"""What a reader asks for in words: '微信 每天 08:00', '虎嗅 即时', 'weekly mon 9:00'.

Words that say when, how much and how loudly are taken out; what is left is the scope. Nothing is
guessed: what the words leave open is None and asked for by buttons. Traditional characters are
understood as Simplified ones; the scope stays as it was typed.
"""

import re
import unicodedata
from dataclasses import dataclass

from bot.digest.script import simplified
from bot.model.delivery import EVERY_DAY, Pace, Quiet, Rhythm, Scope, ScopeKind, Size, Wish

DEFAULT_MINUTE = 8 * 60

_INSTANT = {"即时", "实时", "随时", "立即", "instant", "instantly", "now", "live"}
_HOURLY = {"每小时", "每个小时", "hourly"}
_DAILY = {"每天", "每日", "天天", "daily", "everyday"}
_WEEKLY = {"每周", "每星期", "weekly"}
_WORKDAYS = {"工作日", "平日", "weekday", "weekdays", "workday", "workdays"}
_WEEKEND = {"周末", "weekend", "weekends"}
_SIZES = {
    **dict.fromkeys(("标题", "只看标题", "headline", "headlines"), Size.HEADLINES),
    **dict.fromkeys(("简要", "摘要", "brief"), Size.BRIEF),
    **dict.fromkeys(("详细", "全文摘要", "完整", "full"), Size.FULL),
}
_SILENT = {"静音", "无声", "silent", "silently", "quiet"}
# What English says in two words, and the little ones before a time.
_TOGETHER = tuple(
    (re.compile(rf"(?<!\S){written}(?!\S)", re.IGNORECASE), meant)
    for written, meant in (
        ("at once", "instant"),
        ("every hour", "hourly"),
        ("every day", "daily"),
        ("every week", "weekly"),
        (r"(?:on|every|each) (weekdays?|workdays?|weekends?|[a-z]{3,6}days?)", r"\1"),
        (r"(\d{1,2}(?::\d{2})?) ([ap])\.?m\.?", r"\1\2m"),
        (r"at (\d{1,2}(?::\d{2})?(?:[ap]m)?)", r"\1"),
    )
)
_ALL = {"全部", "所有", "一切", "all", "everything"}
_CHINESE_DAYS = {c: n for n, c in enumerate("一二三四五六日")} | {"天": 6}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ENGLISH_DAYS = {  # mon, thurs and mondays, not month
    name: n
    for n, day in enumerate(_WEEKDAYS)
    for name in (*(day[:k] for k in (3, 4, 5)), day, f"{day}s")
}
_WEEK = "(?:周|星期|礼拜)"
_DAYS = re.compile(f"每?{_WEEK}((?:[一二三四五六日天、,，和至到-]|{_WEEK}(?=[一二三四五六日天]))+)")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})|(\d{1,2})点半|(\d{1,2})[点时]|(\d{1,2})(:\d{2})?(am|pm)")
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
    words = _together(" ".join(unicodedata.normalize("NFKC", text).split())).split()
    left = [word for word in words if not _taken(word, found)]
    return Wish(_scope(left), _rhythm(found), found.size, found.silent)


def parse_quiet(text: str) -> Quiet | None:
    """Quiet hours such as 23:00-07:00 or 晚上11点到早上7点; None when the text is neither.

    Args:
        text: what stands behind /quiet.
    """
    said = simplified(_together(" ".join(unicodedata.normalize("NFKC", text).lower().split())))
    ends = re.split(r" ?(?:-|–|—|~|至|到|to|until) ?", said.removeprefix("from "))
    minutes = [clock(f"{end}:00" if end.isdecimal() else end) for end in ends]
    if len(minutes) != 2 or minutes[0] is None or minutes[1] is None or minutes[0] == minutes[1]:
        return None
    return Quiet(minutes[0], minutes[1])


def clock(word: str) -> int | None:
    """A time of day as minutes from midnight: 8:00, 8点半, 晚上9点, 9:30pm; None for no time."""
    half = _HALF.match(word)
    match = _CLOCK.fullmatch(word[half.end() :] if half else word)
    if match is None:
        return None
    hour, minute = _read(match)
    if half and _HALVES[half[1]] and hour < 12:
        hour += 12
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def _read(match: re.Match[str]) -> tuple[int, int]:
    hour, minute, half_past, full, english, past, am_pm = match.groups()
    if hour:
        return int(hour), int(minute)
    if half_past:
        return int(half_past), 30
    if full:
        return int(full), 0
    if int(english) > 12:
        return 24, 0  # no hour
    return int(english) % 12 + 12 * (am_pm == "pm"), int(past[1:]) if past else 0


def _together(text: str) -> str:
    for written, meant in _TOGETHER:
        text = written.sub(meant, text)
    return text


def _taken(word: str, found: _Found) -> bool:
    """Whether a word says when, how much or how loudly; if so it is noted."""
    low = simplified(word.lower())
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
    days = [_ENGLISH_DAYS.get(name) for name in names]
    known = [day for day in days if day is not None]
    return tuple(known) if len(known) == len(names) else _spanned(word)


def _spanned(word: str) -> tuple[int, ...] | None:
    """mon-fri."""
    first, last = (_ENGLISH_DAYS.get(end) for end in (*word.split("-", 1), "")[:2])
    if first is None or last is None or first > last:
        return None
    return tuple(range(first, last + 1))


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
