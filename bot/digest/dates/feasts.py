"""Festivals and lunar days by name: 国庆节, 双11, 春节假期, 大年初三, 农历八月十五."""

import re
from dataclasses import replace
from datetime import date

from bot.digest.dates import calendar as days
from bot.digest.dates.context import Context, Family, Match
from bot.digest.dates.holidays import HOLIDAYS, NAMES, festival, lunar, lunar_month, new_years_eve
from bot.digest.dates.numerals import number
from bot.digest.dates.pieces import COUNTS, DIGITS, NUMERALS, SPACE, pairs
from bot.model import Granularity, When

_NAME = "|".join(sorted(NAMES, key=len, reverse=True)).replace("双", rf"双{SPACE}")
_SURNAMES = (  # 张国庆 is a person
    "张王李刘陈杨黄吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余杜程苏魏吕丁沈姚"
    "卢姜崔钟谭陆汪范廖贾韦邹孟熊秦邱尹薛阎侯史陶黎顾郝龚邵钱严覃戴莫孔汤"
)
_FIGURES = DIGITS + "一二三四五六七八九十"
_NAME_GOES_ON = (  # 五一广场, 清明上河图, 圣诞老人, 儿童节目, 腊八粥, 618元
    "[%元万亿人个号路村镇街区目点线草菜粥蒜歌帽装卡奖树岛厂]|广场|大街|大道|口号|品牌|劳动奖"
    "|红旗手|老人|上河图|礼[物品包盒]|国际酒店"
)
_HOLIDAY = r"(?:小?长假|黄金周|假期|假日|期间)"
_NEEDS_MORE = {"三八", "五四", "八一", "十一"}  # numbers or names, unless a 节 or 假期 follows
_FEAST = re.compile(
    rf"(?<![{_FIGURES}A-Za-z.\-{_SURNAMES}])(?P<name>{_NAME})(?P<is_feast>"
    r"(?:国际)?(?:劳动|儿童|妇女|青年|建军|购物|狂欢)节|节(?![目约省水能]))?"
    rf"(?:[”\"]?{SPACE}(?P<holiday>{_HOLIDAY}))?(?P<eve>前夕)?(?:当[天日])?"
    rf"(?!(?<=[{_FIGURES}])[{_FIGURES}]|{_NAME_GOES_ON})"
)
_LUNAR_MONTH = r"(?P<leap>闰)?(?P<month>正|冬|腊|十[一二]?|[一二三四五六七八九])月"
_LUNAR_DAY = (
    rf"(?P<day>[二三五六七九](?!十)|初[一二三四五六七八九十]|廿[{NUMERALS}]?|二?十[一二三四五六七八九]?|三十"
    r"|[0-9]{1,2})"
)
_CALENDAR = rf"(?:农历|阴历|旧历|夏历){SPACE}"
_LUNAR = re.compile(
    rf"{_CALENDAR}(?:(?P<year>[12][0-9]{{3}}|[12一二][0-9{NUMERALS}]{{3}}){SPACE}年)?(?:[一-龥]{{2}}年)?"
    rf"{SPACE}{_LUNAR_MONTH}(?:{_LUNAR_DAY}日?)?"
)
_PLAIN_LUNAR = re.compile(  # no 农历 needed: only the lunar calendar has a 正月 or an 初一
    r"(?:闰[一二三四五六七八九]|正|腊|冬)月(?:初[一二三四五六七八九十]|廿[一二三四五六七八九]?|二?十[一二三四五六七八九]?|三十)?"
    r"|[一二三四五六七八九十]{1,2}月(?:初[一二三四五六七八九十]|廿[一二三四五六七八九]?)(?![级中])"
    r"|(?:(?:二月二|三月三|五月五|六月六|七月七|九月九)(?![日号十月至到、0-9]))"
)
_PARTS = re.compile(rf"{_LUNAR_MONTH}(?:{_LUNAR_DAY})?")
_NEW_YEAR = re.compile(
    r"(?:大年三十|年三十|大年夜|年三十晚)|(?:大年|年)(?P<day>初[一二三四五六七八九十])"
)
_MONTHS = {"正": 1, "冬": 11, "腊": 12}


def _feast(match: Match, context: Context) -> When | None:
    name = re.sub(r"\s", "", match["name"])
    if name in _NEEDS_MORE and not (match["is_feast"] or match["holiday"]):
        return None
    if match["holiday"] and name in HOLIDAYS:
        return context.nearest(lambda year: _holiday(name, year))
    found = context.nearest(lambda year: days.of(festival(name, year)))
    return replace(found, certain=False) if match["eve"] or name == "新年" else found


def _holiday(name: str, year: int) -> When:
    start = new_years_eve(year) if name == "春节" else festival(name, year)
    return When(start, days.later(start, HOLIDAYS[name]), Granularity.DAY, False)


def _new_year(match: Match, context: Context) -> When:
    if not match["day"]:
        return context.nearest(lambda year: days.of(new_years_eve(year)))
    number_ = _lunar_day(match["day"])
    return context.nearest(lambda year: days.of(lunar(year, 1, number_)))


def _lunar(match: Match, context: Context) -> When:
    if match["year"]:
        context = context._replace(given=number(match["year"]))
    return _lunar_date(match, context)


def _plain_lunar(match: Match, context: Context) -> When | None:
    parts = _PARTS.fullmatch(match[0])
    return _lunar_date(parts, context) if parts else None


def _lunar_date(match: Match, context: Context) -> When:
    month = _MONTHS.get(match["month"]) or number(match["month"])
    leap = bool(match["leap"])
    if not match["day"]:
        return context.nearest(lambda year: _whole_month(year, month, leap))
    day = _lunar_day(match["day"])
    return context.nearest(lambda year: days.of(_existing(year, month, day, leap)))


def _existing(year: int, month: int, day: int, leap: bool) -> date:
    """The day; of the year before where this one has no such leap month or 30th."""
    for earlier in range(20):
        try:
            return lunar(year - earlier, month, day, leap=leap)
        except ValueError:
            continue
    raise ValueError("no such lunar day")


def _whole_month(year: int, month: int, leap: bool) -> When:
    first, end = lunar_month(year, month, leap=leap)
    return When(first, end, Granularity.MONTH)


def _lunar_day(text: str) -> int:
    return number(text.removeprefix("初"))


FAMILIES = (
    Family(_FEAST, _feast, (*NAMES, *pairs("双", " \t")), after_year=True),
    Family(_LUNAR, _lunar, pairs("农阴旧夏", "历"), after_year=True),
    Family(
        _PLAIN_LUNAR,
        _plain_lunar,
        (*pairs("闰正腊冬", "月一二三四五六七八九"), *COUNTS),
        after_year=True,
        behind="月",
    ),
    Family(_NEW_YEAR, _new_year, ("大年", "年三", "年初"), after_year=True),
)
