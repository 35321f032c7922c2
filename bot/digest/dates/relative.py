"""What is counted from the article's day or the last date: 昨日, 次日, 三天前, 近三年, 日前."""

import re
from dataclasses import replace
from datetime import date

from bot.digest.dates import calendar as days
from bot.digest.dates.context import Context, Family, Match
from bot.digest.dates.numerals import number
from bot.digest.dates.pieces import COUNT, COUNTS, SPACE, VAGUE_COUNT, pairs
from bot.model import Granularity, When

_NAMES = {  # of papers, companies, games, and idioms, that begin like a day
    "今": "头条 资本 说法 美术 俄罗斯 美国 [之报视]",
    "明": "资本 科技 方舟 会更好 世界 帝国 黄花 [之系星香]",
    "昨": "[报重]",
    "后天": "[性形努培免下]",
    "前": "头",
}
_NO = {day: "(?!" + "|".join(rests.split()) + ")" for day, rests in _NAMES.items()}
_NEAR = re.compile(
    r"(?P<far>大前天|大后天)|(?P<today>即日(?=起))|(?P<two>(?:昨今|今明|明后)两?[天日])"
    rf"|(?P<word>前[天日]{_NO['前']}|昨[天日晚夜晨]{_NO['昨']}"
    rf"|(?<!的)(?<!时至)(?<!早知)今[天日晚晨早夜]{_NO['今']}"
    rf"|(?<![文说声证光黎姚])明[天日晚早晨]{_NO['明']}|(?<![然以之今此往])后天{_NO['后天']})"
)
_LEANING = re.compile(
    r"(?P<next>次日|翌日|隔[日天]|第二[天日]|次晨|翌晨)"
    r"|(?P<same>同[日天](?!而语)|当[日天晚]|当夜(?!幕)|(?<![之以])同一天)"
    r"|(?P<before>(?:此前|之前|前)一[天日](?!的?天))"
)
_UNIT = r"(?:天|日|周|个?星期|个?礼拜|个?月|年|个?季度)"
_AGO = re.compile(
    rf"(?<![第0-9.\-每数几满百千万亿])(?P<count>{VAGUE_COUNT}|{COUNT}){SPACE}(?P<half>个半)?"
    rf"(?P<unit>天|日|周|个?星期|个?礼拜|个?月|年)(?P<half_2>半)?(?:多)?(?:之|以)?(?P<way>前|后)"
    r"(?!端|台|者|十|续|卫|锋|进|往|所|期|夕)"
)
_STRETCH = re.compile(
    r"(?:(?P<past>过去|最近|近|此前)(?:的)?|(?P<coming>未来|今后|接下来|此后)的?"
    r"|(?:(?<![\s\S])|(?<=[\s，。；：、（(“在的了是从于]))(?:(?P<past_2>[上前])|(?P<coming_2>[下后])))"
    rf"{SPACE}(?P<count>{VAGUE_COUNT}|{COUNT}){SPACE}(?P<half>个半)?(?P<unit>{_UNIT})(?P<half_2>半)?"
    r"(?:以来|之间|[间来里内])?(?![轻代级])"
)
_VAGUE = re.compile(
    r"(?P<short>(?<![0-9一二三四五六七八九十数今明])日前|(?<!最)近日(?![本点])|近[几些]天"
    r"|这[几两]天|(?<!大)连日来?|前[几些]天|最近几天)"
    r"|(?P<long>近期|近来|前不久|不久前|前段时间|(?<![离距])最近(?![的一-龥]?[距处端])(?!的))"
)
_FROM_NOW = {"前": -2, "昨": -1, "今": 0, "明": 1, "后": 2}
_DAYS_OF = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}
_MONTHS_OF = {"月": 1, "季度": 3, "年": 12}


def _near(match: Match, context: Context) -> When:
    if word := match["two"]:
        first = -1 if word[0] == "昨" else 0 if word[0] == "今" else 1
        start = days.later(context.anchor, first)
        return When(start, days.later(start, 2), Granularity.DAY)
    if match["today"]:
        return days.of(context.anchor)
    if match["far"]:
        return days.of(days.later(context.anchor, -3 if "前" in match["far"] else 3))
    return days.of(days.later(context.anchor, _FROM_NOW[match["word"][0]]))


def _leaning(match: Match, context: Context) -> When | None:
    """次日, 当日, 前一天 lean on the last day that was named; 当日 alone on the article's own."""
    last = context.last
    if last is None or last.granularity is not Granularity.DAY:
        return days.of(context.anchor, certain=False) if match["same"] else None
    if match["same"]:
        return replace(last, start=days.later(last.end, -1))
    if match["next"]:
        return days.of(last.end, certain=last.certain)
    return days.of(days.later(last.start, -1), certain=last.certain)


def _ago(match: Match, context: Context) -> When | None:
    """三天前, 两周后: counted from the article's day; 后 from the last date of the sentence."""
    amount, vague = _amount(match)
    back = match["way"] == "前"
    unit = match["unit"].removeprefix("个")
    if unit == "日" and match["count"].isascii():
        return None  # 20日前 is before the 20th
    origin, named = (context.anchor, back) if back else _origin(context, unit)
    certain = not vague and (named or context.ahead)
    step = -amount if back else amount
    if unit in _DAYS_OF:
        there = days.later(origin, round(step * _DAYS_OF[unit]))
        found = days.of(there) if unit in "天日" else days.week(there)
    elif unit == "年" and amount >= 1 and not amount % 1:
        found = days.year(origin.year + int(step))
    else:
        there = days.months_later(origin, round(step * _MONTHS_OF[unit]))
        found = days.month(there.year, there.month)
        certain = False
    return replace(found, certain=certain)


def _origin(context: Context, unit: str) -> tuple[date, bool]:
    """The date that 三天后 is counted from, and whether the text named it: the last day that it
    named, or a month or year of the same sentence; else the article's day.

    Raises:
        ValueError: the sentence named something too long to count from (1972年上台，两个月后).
    """
    last = context.last
    if last is not None and last.granularity is Granularity.DAY:
        return days.later(last.end, -1), True
    if last is None or not context.near:
        return context.anchor, False
    if unit != "年" and (unit != "月" or last.granularity is not Granularity.MONTH):
        raise ValueError("nothing to count from")
    return last.start, False


def _amount(match: Match) -> tuple[float, bool]:
    """How many, and whether that is a guess."""
    text, half = match["count"], bool(match["half"] or match["half_2"])
    if text == "半":
        return 0.5, False
    bare = text.rstrip("几多余来数")
    if bare == text:
        return number(text) + 0.5 * half, False
    more = {"十几": 5, "十余": 2, "十多": 2}.get(text[-2:], 0)
    return (number(bare) if bare else 3) + more, True


def _stretch(match: Match, context: Context) -> When | None:
    """过去三年 ends before the article's day, 未来两天 begins after it; as long as they say."""
    unit = match["unit"].removeprefix("个")
    back = match["past"] or match["past_2"]
    short = match["past_2"] or match["coming_2"]
    month_named = match["unit"] == "月" and (match["past"] == "此前" or match["coming"])
    if month_named or (short == "前" and match["count"] == "一"):
        return None  # 此前2月 is February; 前一天 leans on a day that was named
    if short and match["count"] == "一":
        return _whole(unit, -1 if back else 1, context.anchor)
    amount, _ = _amount(match)
    start = context.anchor if back else days.later(context.anchor, 1)
    far = _shifted(start, -amount if back else amount, unit)
    grain = (
        Granularity.DAY if unit in _DAYS_OF
        else Granularity.YEAR if unit == "年"
        else Granularity.MONTH
    )  # fmt: skip
    return When(min(start, far), max(start, far), grain, False)


def _whole(unit: str, step: int, anchor: date) -> When | None:
    """上一周, 下一年: as 上周, 明年."""
    if unit in ("周", "星期", "礼拜"):
        return days.week(days.later(anchor, 7 * step))
    if unit == "月":
        there = days.months_later(anchor, step)
        return days.month(there.year, there.month)
    if unit == "年":
        return days.year(anchor.year + step)
    return days.of(days.later(anchor, step)) if unit in "天日" else None


def _shifted(start: date, amount: float, unit: str) -> date:
    if unit in _DAYS_OF:
        return days.later(start, round(amount * _DAYS_OF[unit]) or (1 if amount > 0 else -1))
    return days.same_day(start, round(amount * _MONTHS_OF[unit]))


def _vague(match: Match, context: Context) -> When:
    """日前, 近日: the week before; 近期, 最近: the month before."""
    start = days.later(context.anchor, -7 if match["short"] else -30)
    grain = Granularity.WEEK if match["short"] else Granularity.MONTH
    return When(start, days.later(context.anchor, 1), grain, False)


def _same_time(match: Match, context: Context) -> When | None:
    """去年同期: what was named in this sentence, a year earlier; else about this time of year."""
    if context.given is None:
        return None
    if context.last is not None and context.near:
        last = context.last
        back = (last.start.year - context.given) * 12
        start, end = days.same_day(last.start, -back), days.same_day(last.end, -back)
        return When(start, end, last.granularity, False)
    return replace(days.month(context.given, context.anchor.month), certain=False)


def _this_day(match: Match, context: Context) -> When | None:
    """去年的今天, 五年前的今天."""
    if context.given is None:
        return None
    return days.of(context.anchor.replace(year=context.given))


_NEAR_BEGINS = (
    *("大前", "大后", "即日", "后天", "今明", "明后"),
    *(
        *pairs("前昨今明", "天日"),
        *pairs("昨今明", "晚晨"),
        *pairs("昨今", "夜今"),
        *pairs("今明", "早"),
    ),
)
_LEANING_BEGINS = (
    *pairs("次翌", "日晨"),
    *pairs("隔同当", "日天"),
    *("第二", "当晚", "当夜", "同一", "此前", "之前", "前一"),
)
_COUNT_BEGINS = COUNTS + "半数几多若"
_AGO_BEGINS = (*COUNTS, "廿", "若干", *pairs("半数几多", "天日周个星礼月年十 \t"))
_STRETCH_BEGINS = (
    *("过去", "最近", "此前", "未来", "今后", "接下", "此后"),
    *pairs("近上前下后", _COUNT_BEGINS + "的 \t"),
)
_VAGUE_BEGINS = (
    *("日前", "近日", "这几", "这两", "连日", "最近", "不久"),
    *(*pairs("近前", "几些"), "近期", "近来", "前不", "前段"),
)

FAMILIES = (
    Family(_NEAR, _near, _NEAR_BEGINS),
    Family(_LEANING, _leaning, _LEANING_BEGINS),
    Family(_AGO, _ago, _AGO_BEGINS, is_year=True, behind="天日周个星礼月年半几多余来百千"),
    Family(_STRETCH, _stretch, _STRETCH_BEGINS),
    Family(_VAGUE, _vague, _VAGUE_BEGINS),
    Family(re.compile("同期"), _same_time, "同", after_year=True, only_in_year=True),
    Family(re.compile("今[天日]"), _this_day, "今", after_year=True, only_in_year=True),
)
