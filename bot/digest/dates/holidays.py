"""Festivals: when a named day falls in a year."""

from datetime import date

from lunardate import LunarDate

from bot.digest.dates.calendar import later

_FIXED = {
    "元旦": (1, 1), "情人节": (2, 14), "妇女节": (3, 8), "三八": (3, 8), "植树节": (3, 12),
    "愚人节": (4, 1), "五一": (5, 1), "劳动节": (5, 1), "青年节": (5, 4), "儿童节": (6, 1),
    "六一": (6, 1), "618": (6, 18), "建党节": (7, 1), "建军节": (8, 1), "教师节": (9, 10),
    "国庆": (10, 1), "国庆节": (10, 1), "十一黄金周": (10, 1), "万圣节": (10, 31),
    "双十一": (11, 11), "双11": (11, 11), "光棍节": (11, 11), "双12": (12, 12), "双十二": (12, 12),
    "平安夜": (12, 24), "圣诞": (12, 25), "圣诞节": (12, 25),
}  # fmt: skip
_NTH = {"母亲节": (5, 6, 2), "父亲节": (6, 6, 3), "感恩节": (11, 3, 4)}  # month, weekday, which
_LUNAR = {
    "春节": (1, 1), "大年初一": (1, 1), "元宵": (1, 15), "端午": (5, 5), "七夕": (7, 7),
    "中秋": (8, 15), "重阳": (9, 9), "腊八": (12, 8),
}  # fmt: skip


def festival(name: str, year: int) -> date:
    """The day of a festival in a year.

    Raises:
        ValueError: no such festival, or a lunar one outside the years 1900 to 2099.
    """
    name = "".join(name.split()).removeprefix("正月")
    if name in _FIXED:
        return date(year, *_FIXED[name])
    if name in _NTH:
        return _nth_weekday(year, *_NTH[name])
    if name.startswith("清明"):
        return _qingming(year)
    if name == "除夕":
        return later(_lunar(year, 1, 1), -1)
    lunar = _LUNAR.get(name) or _LUNAR.get(name.removesuffix("节"))
    if lunar is None:
        raise ValueError(f"no festival: {name}")
    return _lunar(year, *lunar)


def _lunar(year: int, month: int, day: int) -> date:
    if not 1900 <= year <= 2099:
        raise ValueError("lunar dates are known for 1900 to 2099")
    found: date = LunarDate(year, month, day).to_solar_date()
    return found


def _nth_weekday(year: int, month: int, weekday: int, which: int) -> date:
    first = date(year, month, 1)
    return later(first, (weekday - first.weekday()) % 7 + 7 * (which - 1))


def _qingming(year: int) -> date:
    """The usual approximation for the years 1900 to 2099: https://zh.wikipedia.org/wiki/清明"""
    constant = 5.59 if year < 2000 else 4.81
    short = year % 100
    return date(year, 4, int(short * 0.2422 + constant) - short // 4)
