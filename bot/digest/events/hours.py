"""Parts of a day, as news writes them: 傍晚, 当晚, 14时许, 下午3点."""

import re

from bot.model import DateMention

# The first and the last hour that a word may mean; wide, for reporters are not exact.
_PARTS = {
    word: (first, last)
    for first, last, *found in (
        (0, 6, "凌晨"), (0, 9, "今晨"), (4, 9, "清晨"), (5, 10, "早间", "早晨"),
        (5, 11, "早上", "今早", "明早"), (6, 12, "上午"), (7, 10, "盘前"), (11, 14, "中午", "午间"),
        (12, 18, "午后"), (12, 19, "下午"), (15, 20, "盘后"), (16, 20, "傍晚"),
        (17, 24, "晚间", "晚上", "当晚", "昨晚", "今晚", "明晚", "晚"),
        (18, 24, "夜间", "昨夜", "今夜", "夜里", "夜"), (21, 24, "深夜"),
    )
    for word in found
}  # fmt: skip
_WORDS = "|".join(sorted(_PARTS, key=len, reverse=True))
_PART = re.compile(
    rf"(?:{_WORDS})?\s{{0,3}}(?:[01]?\d|2[0-4])\s{{0,3}}(?:时(?!代)|点(?!\d|[名击评])|[:：][0-5]\d)"
    rf"\s{{0,3}}(?:[0-5]?\d\s{{0,3}}分|半)?(?:许|左右)?|(?:{_WORDS})"
)
_WORD_FIRST = re.compile(_WORDS)
_WORD_LAST = re.compile(rf"(?:{_WORDS})$")
CLOCK = re.compile(
    rf"(?:{_WORDS})?\s{{0,3}}(?:[01]?\d|2[0-4])\s{{0,3}}(?:时|点)\s{{0,3}}(?:[0-5]?\d\s{{0,3}}分|半)?(?:许|左右)?(?=，)"
)
_HOUR = re.compile(r"(\d{1,2})\s{0,3}(?:时|点|[:：])\s{0,3}(?:([0-5]?\d)\s{0,3}分?|(半))?")
_GAP = " 的，,"


def part_of_day(mention: DateMention, text: str) -> str:
    """The part of the day beside a date, as written; an empty string where there is none."""
    if _PART.fullmatch(mention.text):
        return mention.text
    inside = _WORD_LAST.search(mention.text)
    start = mention.start + inside.start() if inside else mention.end
    while start < len(text) and start < mention.end + 2 and text[start] in _GAP:
        start += 1
    match = _PART.match(text, start)
    return match[0] if match else ""


def hours(part: str) -> tuple[float, float]:
    """The first and the last hour of a part of the day; the whole day for an empty one."""
    word = _WORD_FIRST.match(part)
    first, last = _PARTS[word[0]] if word else (0, 24)
    exact = _HOUR.search(part)
    if exact is None:
        return first, last
    hour = int(exact[1]) + (int(exact[2] or 0) + 30 * bool(exact[3])) / 60
    if hour < 12 and first >= 12:
        hour += 12
    return hour, hour


def apart(one: str, other: str) -> bool:
    """Whether two parts of a day exclude each other: 14时许 and 当晚."""
    if not one or not other:
        return False
    (a, b), (c, d) = hours(one), hours(other)
    return b + 0.75 < c or d + 0.75 < a


def at_one_hour(one: str, other: str) -> bool:
    """Whether two parts of a day name the same time by the clock, within half an hour."""
    (a, b), (c, d) = hours(one), hours(other)
    return bool(one and other) and a == b and c == d and abs(a - c) <= 0.5
