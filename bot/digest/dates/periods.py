"""Parts of years, and what is longer: 第三季度, Q3, 上半年, 年底, 今夏, 90年代, 本世纪初."""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.digest.dates import calendar as days
from bot.digest.dates.context import Context, Family, Match
from bot.digest.dates.numerals import number
from bot.digest.dates.pieces import COUNT, COUNTS, DIGITS, NUMERALS, SPACE, TO, TO_BEGINS, pairs
from bot.model import Granularity, When

_QUARTER = re.compile(
    rf"(?<![A-Za-z])(?<!奥迪)Q{SPACE}(?P<letter>[1-4])(?![A-Za-z0-9.])"
    rf"|(?<![0-9A-Za-z.])(?P<sales>[1-4])Q(?P<sales_year>[1-3][0-9]|20[0-9]{{2}})(?![A-Za-z0-9])"
    rf"|(?<![0-9.])第{SPACE}(?P<nth>[一二三四1-4]){SPACE}(?:个?季度|财季)"
    rf"|(?<![第0-9.{NUMERALS}十两几])(?P<plain>[一二三四1-4])"
    rf"(?:个?季度|季报|季末|(?={TO}[一二三四1-4]季度))"
    r"|前(?P<first>[一二两三1-3])个?季(?:度|(?![节]))"
)
_NEAR_QUARTER = re.compile(
    r"(?P<word>(?<![以早晚])上一?个?|本|这个|当|下一?个?)季(?:度|(?=[，。营财]))"
)
_HALF = re.compile(
    r"(?P<word>上半年|下半年|前半年|后半年)度?|(?<=[0-9年]|\s)H(?P<half>[12])(?![A-Za-z0-9])"
)
_MONTHS_SO_FAR = re.compile(rf"(?<![此之目以日年月])(?:前|头)(?P<count>{COUNT}){SPACE}个?月")
_EDGE = re.compile(
    r"(?<![数几多百千十两一二三四五六七八九0-9])年(?P<edge>初|中(?=[，。、；）的以至])|底|末)"
)
_EDGE_OF_IT = re.compile(  # of the year that stands before
    r"(?P<edge>初(?![一二三四五六七八九十中级期])|底|末|年?中(?=[，。、；）期旬]|$)期?)"
)
_SEASON = re.compile(
    r"(?P<word>春|夏|秋|冬)(?:[季天](?!奥|运)|日(?=[，。里]))(?P<edge>初|末)?|(?P<bare>[春夏秋冬])(?=[，。、；）]|$)"
)
_SHORT_SEASON = re.compile(
    r"(?P<year>今|(?<![春夏秋冬临])去|明|昨)(?P<word>[春夏秋冬])(?![奥天日来波])"
)
_DECADE = re.compile(
    rf"(?:(?P<century>上个?世纪|本世纪|(?:[0-9]{{1,2}}|[一二]?十[一二三四五六七八九]?)世纪){SPACE})?"
    rf"(?:(?<![0-9.])(?P<four>[12][0-9]{{2}}0|[{NUMERALS}]{{3}}[〇零])"
    r"|(?P<pair>[一二三四五六七八九]、?[一二三四五六七八九])十(?=年代)"
    rf"|(?<![0-9.{NUMERALS}])(?P<two>[0-9]0|[一二三四五六七八九]?十|[零〇]{{2}}))"
    rf"{SPACE}年代(?P<edge>[初末后]期?|中(?:期|叶|(?![国华央共外])))?"
)
_CENTURY = re.compile(
    rf"(?<![0-9.{NUMERALS}十])(?P<century>上个?世纪|本世纪"
    r"|(?:1?[0-9]|2[01]|[一二]?十[一二三四五六七八九]?)世纪)(?P<edge>初期?|中叶|中期|末期?)?"
    r"(?!经济|海上|福克斯|传媒|资本|出版|议程|报|房|酒)"
)

_PLAN = re.compile(r"(?P<nth>十[一二三四五六])五(?=[”\"]|期间|规划|时期|以来|末|收官|开局)")

_THIRDS = {"初": (0, 4), "中": (4, 3), "末": (7, 3), "后": (5, 5)}
_EDGES = {"初": (1, 2), "中": (6, 2), "底": (11, 2), "末": (11, 2)}  # first month, months
_SEASONS = {"春": 3, "夏": 6, "秋": 9, "冬": 12}


def _quarter(match: Match, context: Context) -> When:
    if match["sales"]:
        return days.quarter(int(match["sales_year"][-2:]) + 2000, int(match["sales"]))
    if first := match["first"]:
        return _of_this_year(
            lambda y: days.span(days.quarter(y, 1), days.quarter(y, number(first))), context
        )
    which = number(match["letter"] or match["nth"] or match["plain"])
    return _of_this_year(lambda y: days.quarter(y, which), context)


def _near_quarter(match: Match, context: Context) -> When:
    """上季度, 本季度, counted from the article's day; 当季 is the one of the last date."""
    word = match["word"]
    base = context.last.start if word == "当" and context.last else context.anchor
    step = {"上": -3, "下": 3}.get(word[0], 0)
    there = days.months_later(base, step)
    return days.quarter(there.year, (there.month + 2) // 3)


def _half(match: Match, context: Context) -> When:
    which = int(match["half"] or 1 + (match["word"][0] in "下后"))
    return _of_this_year(lambda y: days.half(y, which), context)


def _months_so_far(match: Match, context: Context) -> When:
    """前10个月: January to October; in January to October that of the year before."""
    count = number(match["count"])
    if not 1 <= count <= 12:
        raise ValueError("no part of a year")
    year = context.given or context.year or context.anchor.year
    found = days.months(year, 1, count, Granularity.MONTH)
    over = days.later(found.end, -20) <= context.anchor
    named = context.given or context.year
    return found if named or over else days.months(year - 1, 1, count, Granularity.MONTH)


def _edge(match: Match, context: Context) -> When:
    word = match["edge"].removeprefix("年")
    first, length = _EDGES[word[0]]
    found = _of_this_year(lambda y: days.months(y, first, length, Granularity.MONTH), context)
    return replace(found, certain=False)


def _season(match: Match, context: Context) -> When | None:
    if context.given is None:
        return None  # 冬季 alone is a time of every year
    return _season_of(context.given, match["word"] or match["bare"])


def _short_season(match: Match, context: Context) -> When:
    year = context.anchor.year + {"今": 0, "去": -1, "昨": -1, "明": 1}[match["year"]]
    if match["word"] == "冬" and context.anchor.month < 3:
        year -= 1
    return _season_of(year, match["word"])


def _season_of(year: int, word: str) -> When:
    found = days.months(year, _SEASONS[word], 3, Granularity.QUARTER)
    return replace(found, certain=False)


def _of_this_year(of_year: Callable[[int], When], context: Context) -> When:
    """Of the year that was named, else of this one; the nearer where it has yet to come."""
    year = context.given or context.year
    if context.floor is not None and context.given is None:
        return context.nearest(of_year)
    if year is not None:
        return of_year(year)
    found = of_year(context.anchor.year)
    if context.ahead:
        return found if found.end > context.anchor else of_year(context.anchor.year + 1)
    if found.start <= context.anchor:
        return found
    before = of_year(context.anchor.year - 1)
    return min(found, before, key=context.distance)


def _decade(match: Match, context: Context) -> When:
    if match["four"]:
        first = number(match["four"])
    elif match["pair"]:
        first = number(match["pair"][0]) * 10
        first += _century_of(match["century"], first, context)
        return days.years(first, 20)
    else:
        short = number(match["two"])
        first = short + _century_of(match["century"], short, context)
    if not match["edge"]:
        return days.years(first, 10, certain=first <= context.anchor.year)
    offset, length = _THIRDS[match["edge"][0]]
    return days.years(first + offset, length, certain=False)


def _plan(match: Match, _: Context) -> When:
    """“十四五”: the five years of the fourteenth plan, 2021 to 2025."""
    return days.months(1966 + 5 * (number(match["nth"]) - 3), 1, 60, Granularity.YEAR)


def _century_of(century: str | None, decade: int, context: Context) -> int:
    """The first year of a century: by its name, else the last that had the decade by now."""
    now = context.anchor.year // 100 * 100
    if century is None:
        return now if now + decade <= context.anchor.year else now - 100
    if century[0] in "上本":
        return now - 100 * (century[0] == "上")
    return (number(century.removesuffix("世纪")) - 1) * 100


def _century(match: Match, context: Context) -> When:
    first = _century_of(match["century"], 0, context)
    offset, length = {"初": (0, 10), "中": (40, 20), "末": (90, 10), "": (0, 100)}[
        (match["edge"] or "")[:1]
    ]
    return days.years(max(first, 1) + offset, length, certain=False)


_CENTURY_BEGINS = ("上世", "上个", "本世")

FAMILIES = (
    Family(
        _QUARTER,
        _quarter,
        ("Q", "第", *pairs("前", "一二两三123"), *"1234一二三四"),
        after_year=True,
        behind="季个Q" + TO_BEGINS,
    ),
    Family(_NEAR_QUARTER, _near_quarter, (*pairs("上下", "季一个"), "本季", "当季", "这个")),
    Family(_HALF, _half, ("H", *pairs("上下前后", "半")), after_year=True),
    Family(_MONTHS_SO_FAR, _months_so_far, pairs("前头", COUNTS), after_year=True),
    Family(_EDGE, _edge, pairs("年", "初中底末"), after_year=True),
    Family(_EDGE_OF_IT, _edge, "年初底末中", after_year=True, only_in_year=True),
    Family(_SEASON, _season, "春夏秋冬", after_year=True, only_in_year=True),
    Family(_SHORT_SEASON, _short_season, pairs("今去明昨", "春夏秋冬")),
    Family(_DECADE, _decade, (*DIGITS, *NUMERALS, "十", *_CENTURY_BEGINS), behind="年世、"),
    Family(_CENTURY, _century, (*DIGITS, *"一二十", *_CENTURY_BEGINS), behind="世"),
    Family(_PLAN, _plan, "十"),
)
