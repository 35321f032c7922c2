"""Finding dates: where something may begin, the longest expression that means something there.

Expressions are put together here: a year with what falls in it (去年 + 国庆节), two ends of a range
(9月16日 + 至 + 18日), a day with its weekday and hour (11月29日 + (周一) + 傍晚).
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import chain

from bot.digest.dates import calendar as days
from bot.digest.dates import feasts, numeric, periods, relative, weeks, written, years
from bot.digest.dates.context import COMING_DAYS, Context, Family, Match
from bot.digest.dates.holidays import NAMES
from bot.digest.dates.numerals import fold
from bot.digest.dates.pieces import COUNTS, PART_OF_DAY, SPACE, TO
from bot.digest.dates.tense import tense
from bot.model import DateMention, Granularity, When

Found = tuple[When, int]  # what an expression means, and where it ends

_ROOMS = (numeric, written, years, weeks, periods, relative, feasts)
FAMILIES = [
    (family, frozenset(word[:2] for word in family.first))
    for room in _ROOMS
    for family in room.FAMILIES
]


def _beginnings(words: Iterable[str]) -> str:
    """A pattern of the first two characters of some words; of one, where that is a word."""
    seconds: dict[str, set[str]] = defaultdict(set)
    for word in words:
        seconds[word[0]].add(word[1:2])
    return "|".join(
        re.escape(first) + ("" if "" in behind else f"[{''.join(sorted(behind))}]")
        for first, behind in sorted(seconds.items())
    )


_SENTENCE_END = "。！？"
_ALONE = (begins for family, begins in FAMILIES if family.fits(in_year=False, second=False))
_MAY_BEGIN = re.compile(_beginnings(chain(_SENTENCE_END, *_ALONE)))
# Most numerals begin no date: a cheap look at what follows them, before all families are tried.
_NUMERALS = COUNTS + "〇零廿"
_NUMERAL = re.compile(f"[{_NUMERALS}]+")
_DATES_GO_ON = re.compile(
    rf"{SPACE}[年月日号天周星礼个半几多余来百千世季财QH第上下初底末规期时收开以起一延持至到、和~～—–/.\-”\"0-9]"
)
_FEAST_IN_FIGURES = re.compile("|".join(n for n in NAMES if n[0] in COUNTS))

_NAMES_YEAR = re.compile(
    r"[0-9〇零一二三四五六七八九]{2,4}[ \t]?年(?!代)|[今去前明当同次翌二]年|[0-9]{4}[-/. ]"
)
_SOME_YEAR = re.compile(r"年|[0-9]{4}")
_IN_YEAR = re.compile(rf"{SPACE}的?{SPACE}[“\"‘]?")
_QUOTES = {"“": "”", "‘": "’", '"': '"'}
_TO = re.compile(TO)
_SINCE = re.compile(r"(?:以来|至今|迄今|到现在|到如今)")
_RECURRING = re.compile(r"(?:每[年月周逢个天到当]?|历年|往年|逢)的?$")
_CLOCK = re.compile(rf"{SPACE}[0-9]{{1,2}}(?:[时点](?:[0-9]{{1,2}}分|半|整)?|:[0-9]{{2}})")
_AND, _BETWEEN = re.compile(rf"{SPACE}[与和]{SPACE}"), re.compile(r"之?间")
_AFTER, _BEFORE = re.compile(r"[之以]后[，,至到]?"), re.compile(r"[之以]前")
_OPENS_RANGE = re.compile(rf"(?:{_CLOCK.pattern})?(?:{TO}|{_AND.pattern}|{_AFTER.pattern})")
_WEEKDAY = r"(?:周|星期|礼拜)[一二三四五六日天]"
_EDGE_DAY = re.compile(rf"{SPACE}的?{SPACE}(?:(?P<first>首|第一)|最后一)[天日]")
_BESIDE_DAY = re.compile(
    rf"(?:{SPACE}(?:\({_WEEKDAY}\)|[，,]?{SPACE}{_WEEKDAY}(?![至到起年])))?(?:{PART_OF_DAY})?"
)


def find_dates(text: str, anchor: date, *, last: When | None = None) -> list[DateMention]:
    """The dates in a text, in order, without overlap.

    Args:
        text: any text.
        anchor: the day of the article, in its outlet's zone.
        last: the date that was named last before this text, for 次日 and the like.
    """
    folded = fold(text)
    found: list[DateMention] = []
    context = Context(anchor, last)
    at = 0
    while begins := _MAY_BEGIN.search(folded, at):
        start = begins.start()
        at = start + 1
        if folded[start] in _SENTENCE_END:
            context = _next_sentence(context) if at < len(folded) else context
            continue
        if numeral := numeral_at(folded, start):
            at = numeral.end()
            if not _promises(folded, numeral):
                continue
        if expression := _expression(folded, start, context):
            when, at = expression
            if not _RECURRING.search(folded, max(0, start - 4), start):
                found.append(DateMention(when, start, at, text[start:at]))
                context = _told(context, when, folded[start:at])
    return found


def _next_sentence(context: Context) -> Context:
    forgets = context.near or context.year is not None
    return context._replace(year=None, near=False) if forgets else context


def numeral_at(text: str, start: int) -> re.Match[str] | None:
    """The numerals that stand at a place, as many as there are; None when there are none."""
    return _NUMERAL.match(text, start) if text[start : start + 1] in _NUMERALS else None


def _promises(text: str, numeral: re.Match[str]) -> bool:
    """Whether a date may begin with a numeral."""
    return bool(
        _DATES_GO_ON.match(text, numeral.end()) or _FEAST_IN_FIGURES.match(text, numeral.start())
    )


def _told(context: Context, when: When, expression: str) -> Context:
    """What later expressions may lean on."""
    year = context.year
    if _NAMES_YEAR.match(expression):
        of_one_year = days.later(when.end, -1).year == when.start.year
        year = when.start.year if of_one_year else None
    if when.certain:
        return context._replace(last=when, near=True, year=year)
    return context._replace(year=year) if year != context.year else context


def _expression(text: str, start: int, context: Context) -> Found | None:
    """The expression that begins at a place, with the range that it may open."""
    first = _point(text, start, context)
    if first is None:
        return None
    when, end = first
    if since := _SINCE.match(text, end):
        today = days.later(context.anchor, 1)
        return (replace(when, end=today), since.end()) if when.start < today else first
    second = _second(text, end, when, context)
    if second is None:
        return first
    span, end = second
    if not _SOME_YEAR.search(text, start, end):
        span = _already_begun(span, context)
    return span, end


def _second(text: str, at: int, first: When, context: Context) -> Found | None:
    """The end of a range: 至…, 与…之间, 之后…之前."""
    if not _OPENS_RANGE.match(text, at):  # as most dates do not
        return None
    context = context._replace(floor=first.start, last=first, near=True)
    if clock := _CLOCK.match(text, at):
        at = clock.end()
    if (to := _TO.match(text, at)) and (other := _point(text, to.end(), context)):
        return _span(first, *other)
    if (to := _AND.match(text, at)) and (other := _point(text, to.end(), context)):
        closed = _BETWEEN.match(text, other[1])
        return _span(first, other[0], closed.end()) if closed else None
    if (to := _AFTER.match(text, at)) and (other := _point(text, to.end(), context)):
        when, end = other
        closed = _BEFORE.match(text, end)
        if closed and when.start > first.start:
            return replace(first, end=when.start), closed.end()
    return None


def _span(first: When, last: When, end: int) -> Found | None:
    try:
        return days.span(first, last), end
    except ValueError:
        return None


def _already_begun(span: When, context: Context) -> When:
    """1-11月 said in January is of the year that is over; 1月1日至11月30日 in December of this."""
    of_days = span.granularity is Granularity.DAY
    if span.granularity is not Granularity.MONTH and not of_days:
        return span
    far = days.later(context.anchor, 200 if of_days else COMING_DAYS + 31)
    if context.ahead or context.year is not None or span.end <= far or span.start.month > 3:
        return span
    return replace(span, start=days.same_day(span.start, -12), end=days.same_day(span.end, -12))


def _point(text: str, start: int, context: Context) -> Found | None:
    """The longest expression at a place that means something; no range."""
    numeral = numeral_at(text, start)
    behind = text[numeral.end() : numeral.end() + 1] if numeral else ""
    families = families_at(
        text[start : start + 2], behind, context.given is not None, context.floor is not None
    )
    matches = [(match, family) for family in families if (match := family.look.match(text, start))]
    if len(matches) > 1:
        matches.sort(key=_length, reverse=True)
    for match, family in matches:
        when = _meaning(match, family, context)
        if when is None:
            continue
        is_year = family.is_year and when.granularity is Granularity.YEAR
        if is_year and (inside := _in_year(text, match.end(), when, context)):
            return inside
        return _finished(text, when, match.end())
    return None


@lru_cache(maxsize=10_000)
def families_at(start: str, behind: str, in_year: bool, second: bool) -> tuple[Family, ...]:
    """The families worth a look at a place; the others cannot match there.

    Args:
        start: the two characters that stand there.
        behind: the character behind the numeral that they begin; empty when they begin none.
        in_year: whether a year was read right before.
        second: whether it may be the end of a range.
    """
    return tuple(
        family
        for family, begins in FAMILIES
        if (start in begins or start[:1] in begins)
        and (behind.strip() == "" or family.behind == "" or behind in family.behind)
        and family.fits(in_year=in_year, second=second)
    )


def _length(found: tuple[Match, Family]) -> int:
    return found[0].end()


def _finished(text: str, when: When, end: int) -> Found:
    """With the weekday and the hour that stand beside a day; or the first or last day alone."""
    if edge := _EDGE_DAY.match(text, end):
        day = when.start if edge["first"] else days.later(when.end, -1)
        return days.of(day, certain=when.certain), edge.end()
    if when.granularity is Granularity.DAY and (beside := _BESIDE_DAY.match(text, end)):
        return when, beside.end()
    return when, end


def _in_year(text: str, at: int, year: When, context: Context) -> Found | None:
    """What falls in a year that was just read: 9月17日, 第三季度, “双11”."""
    gap = _IN_YEAR.match(text, at)
    assert gap is not None  # it may be empty
    inside = _point(text, gap.end(), context._replace(given=year.start.year))
    if inside is None:
        return None
    when, end = inside
    if gap[0][-1:] in _QUOTES and text[end : end + 1] == _QUOTES[gap[0][-1:]]:
        end += 1
    return (when if year.certain else replace(when, certain=False)), end


def _meaning(match: Match, family: Family, context: Context) -> When | None:
    around = tense(match.string, match.start(), match.end())
    try:
        return family.meaning(
            match, context if around is context.tense else context._replace(tense=around)
        )
    except (ValueError, OverflowError):
        return None
