"""When an entry was published: what posts write, and what else feeds come up with."""

import calendar
import re
from datetime import UTC, datetime, timedelta
from time import struct_time
from zoneinfo import ZoneInfo

from bot.sources.published import published

LONGEST = 100  # characters; no date is longer
_YEARS = range(1990, 2100)  # others stand for 'unknown': 0001, 1970
_NO_YEAR = re.compile(r"(?<![+.,-])\b000\d\b")  # which others take for 2001; no zone, no fraction
_EPOCH = re.compile(r"(\d{10})(?:\.\d+|\d{3})?")
_WEEKDAY = re.compile(r"^(?:星期|周|礼拜)[一二三四五六日天][,，\s]*|^[A-Za-z]{2,9}\.?[,\s]+(?=\d)")
_MONTH = re.compile(r"(?<=[\s\d-])(十[一二]|[一二三四五六七八九十]|\d{1,2})月(?=[\s,-]+\d{4})")
_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_HALVES = {  # the first hour that each can mean
    "凌晨": 0, "清晨": 0, "早上": 0, "早晨": 0, "上午": 0, "AM": 0,
    "中午": 10, "下午": 12, "PM": 12, "傍晚": 12, "晚上": 17,
}  # fmt: skip
_HALF = re.compile(rf"({'|'.join(_HALVES)})\s*(\d{{1,2}})(?=[:：时])")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}),? +(\d{1,2}:\d\d(?::\d\d)?) *([AP]M)", re.I)
_MIDNIGHT = re.compile(r"(?<=[\sT])24(?=:00(?::00(?:\.0+)?)?(?![\d:.]))")
_OFFSET = re.compile(r"\b(?:GMT|UTC)\s*([+-])(\d{1,2}):?(\d{2})?$")
_ZONES = {  # in hours; those of RFC 822 are known without
    "JST": 9, "KST": 9, "HKT": 8, "SGT": 8, "AEST": 10, "AEDT": 11,
    "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
}  # fmt: skip
_ZONE = re.compile(rf"\b({'|'.join(_ZONES)})$")
_NAMED_TWICE = re.compile(r"(:\d\d(?:\.\d{1,9})? *[+-]\d\d:?\d\d) \(?[A-Z]{2,5}\)?$")
_LAST_ZONE = re.compile(r"\s+([+-]\d{2}):?(\d{2})$")
_JAVA = re.compile(r"(?:[A-Z][a-z]{2} )([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d) (\S+) (\d{4})")
_NAMED_ZONE = re.compile(r"(?:[+-]\d{2}:?\d{2}|Z|[A-Z]{2,5})$")


def instant(raw: str, parsed: struct_time | None, zone: ZoneInfo) -> datetime | None:
    """The instant in UTC, or None when it is not known.

    Args:
        raw: the date as written.
        parsed: the same as the parser understood it, for what we do not; it takes dates without
            a zone for UTC.
        zone: of dates that name none.
    """
    words = " ".join(raw[: LONGEST + 1].split())
    if len(words) > LONGEST or _NO_YEAR.search(words):
        return None
    plain, midnights = _MIDNIGHT.subn("00", _plain(words, zone), 1)
    at = _epoch(words) or published(plain, zone) or _understood(words, parsed, zone)
    return at + timedelta(days=midnights) if at is not None and at.year in _YEARS else None


def _epoch(words: str) -> datetime | None:
    match = _EPOCH.fullmatch(words)
    return datetime.fromtimestamp(int(match[1]), UTC) if match else None


def _plain(words: str, zone: ZoneInfo) -> str:
    """The date in a form that `published` knows, so far as it can be brought to one."""
    plain = _JAVA.sub(r"\2 \1 \5 \3 \4", words)
    plain = _WEEKDAY.sub("", plain)
    plain = _MONTH.sub(lambda m: f" {calendar.month_abbr[_month(m[1])]} ", plain)
    plain = _AMERICAN.sub(lambda m: f"{m[3]}-{m[1]:0>2}-{m[2]:0>2} {m[5].upper()} {m[4]}", plain)
    plain = _HALF.sub(_hour, plain)
    plain = _NAMED_TWICE.sub(r"\1", plain)
    plain = _ZONE.sub(lambda m: f"+{_ZONES[m[1]]:02}00", plain)
    plain = _OFFSET.sub(lambda m: f"{m[1]}{m[2]:0>2}{m[3] or '00'}", plain)
    if zone.key in ("Asia/Shanghai", "Asia/Taipei", "Asia/Macau"):
        plain = re.sub(r"\bCST\b", "+0800", plain)  # China's, not America's
    return _LAST_ZONE.sub(r"\1:\2", plain) if plain[:4].isdigit() else plain


def _month(written: str) -> int:
    number = int(written) if written.isdigit() else _MONTHS.index(written) + 1
    return min(max(number, 1), 12)


def _hour(match: re.Match[str]) -> str:
    """The hour of twenty-four.

    '晚上12:30' is 0:30 of the day that stands before it, not of the next: dates of feeds are
    written by machines, and these write the day that it is.
    """
    hour, first = int(match[2]), _HALVES[match[1]]
    return f"{hour if hour > 12 else (first + (hour - first) % 12) % 24:02}"


def _understood(words: str, parsed: struct_time | None, zone: ZoneInfo) -> datetime | None:
    if parsed is None:
        return None
    try:
        at = datetime(*parsed[:6], tzinfo=UTC)
        named = _NAMED_ZONE.search(words)
        return at if named else at.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
