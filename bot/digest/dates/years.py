"""Years: 2021年, 二〇二一年, 07年, 去年, 同年, 民国110年, 康熙二十年, 2021财年."""

import re
from dataclasses import replace

from bot.digest.dates import calendar as days
from bot.digest.dates.context import Context, Family, Match
from bot.digest.dates.numerals import number
from bot.digest.dates.pieces import (
    DAY_NUMBER,
    DIGITS,
    MONTH_NUMBER,
    NUMERALS,
    SPACE,
    TO,
    TO_BEGINS,
    pairs,
)
from bot.model import When

_DURATION = r"[来前后间内里多余的期时历]|以[来前后]|之[前后]"  # 95年来, 95年的历史
_CLAUSE = r"(?:(?<=[，。；：、“（(\s从自在于到至])|(?<![\s\S]))"
_MONTH = rf"{SPACE}{MONTH_NUMBER}{SPACE}月"
_PART = r"(?:第?[一二三四1-4]季度|Q[1-4]|H[12]|[上下]半年|年?[初底末])"

_WRITTEN = re.compile(
    rf"(?<![0-9.,第])(?:公元|西元)?(?:(?P<four>[12][0-9]{{3}}|[一二][{NUMERALS}]{{3}})"
    rf"|(?P<thousand>[一二两]千(?:[〇零][{NUMERALS}十]{{1,4}}|[{NUMERALS}]百[{NUMERALS}十]{{0,4}}"
    rf"|(?={SPACE}年{_MONTH}))))"
    rf"(?:{SPACE}年度?(?![代级款版])|(?={SPACE}{_PART}|{TO}[一二][{NUMERALS}]{{3}}{SPACE}年))"
)
_SHORT = re.compile(
    rf"['’‘](?P<quoted>[0-9]{{2}}){SPACE}年"
    rf"|公元(?P<ad>[1-9][0-9]{{0,2}}){SPACE}年"
    rf"|(?<![0-9.])(?P<zero>0[0-9]|[零〇][{NUMERALS}]){SPACE}年(?!代)"
    rf"|(?<![0-9.{NUMERALS}十第])(?P<month>[0-9]{{2,3}}|[{NUMERALS}]{{2,3}})"
    rf"{SPACE}年(?={_MONTH}|{SPACE}(?:第[一二三四]|[上下]半年|[初底末](?![级中])|元旦|春节|国庆))"
    rf"|(?<![0-9A-Za-z.])(?P<part>[0-9]{{2}})(?=Q[1-4]|H[12])"
    rf"|{_CLAUSE}(?P<clause>[5-9][0-9]|九[{NUMERALS}]|八[〇零一二三四五六七八]"
    rf"|(?<=[在于自从])[1-9][0-9]{{2}})年(?!代|{_DURATION})"
)
_HISTORY = re.compile(rf"(?:{_DURATION})|历史")
_WORD = re.compile(
    r"(?P<from_now>大前年|大后年|今年度?|本年度?|(?<!过)去年度?|(?<![以之此年])前年(?![均度])"
    r"|(?<![文姚光黎声说证])明年|来年|(?<![此之以今往其])后年(?![均度年复]))"
    r"|(?P<from_last>(?<!想)当年|同年|该年|次年|翌年|第二年|前一年|(?<![以晚早])上一?年度?|下一年度?)(?![多几])"
)
_ERA = re.compile(
    rf"(?P<era>[一-龥]{{2}})(?P<number>元|[0-9]{{1,3}}|[{NUMERALS}十百]{{1,5}}){SPACE}年(?!代)"
)
_LUNAR_ERA = re.compile(
    rf"{_ERA.pattern}(?:(?P<lunar>闰?[正冬腊])?(?P<month>{MONTH_NUMBER})?月(?P<day>初?{DAY_NUMBER}[日号]?)?|大年(?:初[一二三]|三十))?"
)
_FISCAL = re.compile(
    rf"(?<![0-9.])(?:(?P<number>[12][0-9]{{3}}|[0-9]{{2}})|(?P<word>本|上一?|下一?|[今去明]年))"
    rf"{SPACE}(?:财年|财政年度|财务年度)"
)
_BARE = re.compile(
    rf"(?<![0-9A-Za-z.\-/])(?P<first>1[89][0-9]{{2}}|20[0-9]{{2}})(?={TO}"
    r"(?:(?:1[89]|20)[0-9]{2}|[0-9]{2}年)(?![0-9A-Za-z.\-/]|\s?[元点人亿万%个名家号米吨]))"
)
_BARE_SECOND = re.compile(r"(?P<number>[12][0-9]{3}(?:\s?年)?|[0-9]{2}\s?年)(?!代)")

_STEPS = {"大前": -3, "前年": -2, "去": -1, "今": 0, "本": 0, "明": 1, "来": 1, "大后": 3, "后": 2}
_LEANING = {"当": 0, "同": 0, "该": 0, "次": 1, "翌": 1, "第": 1, "下": 1, "前": -1, "上": -1}
_FISCAL_STEPS = {"本": 0, "今": 0, "上": -1, "去": -1, "下": 1, "明": 1}
_GREGORIAN_ERAS = {"民国": 1912, "令和": 2019, "平成": 1989, "昭和": 1926, "大正": 1912}
_LUNAR_ERAS = {  # the first years
    "武德": 618, "贞观": 627, "永徽": 650, "神龙": 705, "开元": 713, "天宝": 742, "元和": 806,
    "建隆": 960, "熙宁": 1068, "元丰": 1078, "崇宁": 1102, "宣和": 1119, "靖康": 1126,
    "洪武": 1368, "建文": 1399, "永乐": 1403, "宣德": 1426, "正统": 1436, "成化": 1465,
    "弘治": 1488, "正德": 1506, "嘉靖": 1522, "隆庆": 1567, "万历": 1573, "天启": 1621,
    "崇祯": 1628, "顺治": 1644, "康熙": 1662, "雍正": 1723, "乾隆": 1736, "嘉庆": 1796,
    "道光": 1821, "咸丰": 1851, "同治": 1862, "光绪": 1875, "宣统": 1909, "明治": 1868,
}  # fmt: skip


def _written(match: Match, context: Context) -> When | None:
    year = number(match["four"] or match["thousand"])
    if year < 1900 and _HISTORY.match(match.string, match.end()):
        return None  # 1500年历史
    return days.year(year)


def _short(match: Match, context: Context) -> When:
    if match["ad"]:
        return days.year(int(match["ad"]))
    text = next(group for group in match.groups() if group)
    return days.year(number(text) if len(text) == 3 else full_year(number(text), context))


def full_year(short: int, context: Context) -> int:
    """The year that two digits mean: up to thirty years ahead, else of the last century."""
    return short + (2000 if short <= context.anchor.year % 100 + 30 else 1900)


def _word(match: Match, context: Context) -> When | None:
    if word := match["from_now"]:
        return days.year(context.anchor.year + _step(_STEPS, word))
    word = match["from_last"]
    if context.last is None and not word.startswith("上"):
        return None
    base = context.last.start if context.last else context.anchor
    return days.year(base.year + _step(_LEANING, word))


def _step(steps: dict[str, int], word: str) -> int:
    return next(step for beginning, step in steps.items() if word.startswith(beginning))


def _era(match: Match, _: Context) -> When | None:
    first = _GREGORIAN_ERAS.get(match["era"])
    return days.year(first + number(match["number"]) - 1) if first else None


def _lunar_era(match: Match, _: Context) -> When | None:
    """Never certain: the months were lunar, so 五月 is about May; days are not resolved at all."""
    first = _LUNAR_ERAS.get(match["era"])
    if first is None:
        return None
    year = first + number(match["number"]) - 1
    plain = match["month"] and not match["lunar"] and not match["day"]
    found = days.month(year, number(match["month"])) if plain else days.year(year)
    return replace(found, certain=False)


def _fiscal(match: Match, context: Context) -> When:
    """Companies end their fiscal years in different months, so this is no more than a hint."""
    if word := match["word"]:
        year = context.anchor.year + _step(_FISCAL_STEPS, word)
    else:
        year = number(match["number"])
        year = full_year(year, context) if year < 100 else year
    return replace(days.year(year), certain=False)


def _bare(match: Match, _: Context) -> When:
    return days.year(int(match["first"]))


def _bare_second(match: Match, context: Context) -> When | None:
    year = int(match["number"].rstrip("年 \t"))
    if context.floor is None:
        return None
    return days.year(year if year > 99 else context.floor.year // 100 * 100 + year)


_WORD_BEGINS = (
    *pairs("今本去前明来后当同该次翌上", "年"),
    *("大前", "大后", "第二", "前一", "上一", "下一", "下年"),
)

FAMILIES = (
    Family(
        _WRITTEN,
        _written,
        (*DIGITS, *"一二两", "公元", "西元"),
        is_year=True,
        behind="年千第季QH上下初底末" + TO_BEGINS,
    ),
    Family(
        _SHORT,
        _short,
        ("公元", *pairs("'’‘", DIGITS), *DIGITS, *NUMERALS),
        is_year=True,
        behind="年QH",
    ),
    Family(_WORD, _word, _WORD_BEGINS, is_year=True),
    Family(_ERA, _era, _GREGORIAN_ERAS, is_year=True),
    Family(_LUNAR_ERA, _lunar_era, _LUNAR_ERAS),
    Family(
        _FISCAL,
        _fiscal,
        (*DIGITS, *pairs("今去明", "年"), *pairs("本上下", "财一 \t")),
        is_year=True,
        behind="财",
    ),
    Family(_BARE, _bare, DIGITS, behind=TO_BEGINS),
    Family(_BARE_SECOND, _bare_second, DIGITS, only_second=True),
)
