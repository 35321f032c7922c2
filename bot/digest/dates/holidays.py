"""When festivals fall: fixed days, weekdays of a month, the lunar calendar, the sun's course."""

from datetime import date
from math import radians, sin

from lunardate import LunarDate

from bot.digest.dates.calendar import later, nth_weekday

_FIXED = {
    "元旦": (1, 1), "新年": (1, 1), "情人节": (2, 14), "女生节": (3, 7), "妇女节": (3, 8),
    "三八": (3, 8), "植树节": (3, 12), "愚人节": (4, 1), "读书日": (4, 23), "航天日": (4, 24),
    "五一": (5, 1), "劳动节": (5, 1), "青年节": (5, 4), "五四": (5, 4), "护士节": (5, 12),
    "儿童节": (6, 1), "六一": (6, 1), "618": (6, 18), "建党节": (7, 1), "建军节": (8, 1),
    "八一": (8, 1), "教师节": (9, 10), "国庆": (10, 1), "十一": (10, 1), "万圣节": (10, 31),
    "记者节": (11, 8), "双十一": (11, 11), "双11": (11, 11), "光棍节": (11, 11),
    "双12": (12, 12), "双十二": (12, 12), "国家公祭日": (12, 13), "平安夜": (12, 24),
    "圣诞": (12, 25), "跨年夜": (12, 31),
}  # fmt: skip
_NTH = {"母亲节": (5, 6, 2), "父亲节": (6, 6, 3), "感恩节": (11, 3, 4)}  # month, weekday, which
_LUNAR = {
    "春节": (1, 1), "元宵": (1, 15), "端午": (5, 5), "七夕": (7, 7), "中元": (7, 15),
    "中秋": (8, 15), "重阳": (9, 9), "腊八": (12, 8),
}  # fmt: skip
_TERMS = {  # the month, and the sun's longitude in degrees
    "立春": (2, 315), "惊蛰": (3, 345), "春分": (3, 0), "清明": (4, 15), "谷雨": (4, 30),
    "立夏": (5, 45), "芒种": (6, 75), "夏至": (6, 90), "立秋": (8, 135), "处暑": (8, 150),
    "秋分": (9, 180), "霜降": (10, 210), "立冬": (11, 225), "冬至": (12, 270),
}  # fmt: skip
NAMES = (*_FIXED, *_NTH, *_LUNAR, *_TERMS, "除夕")
# How many days the holiday has; moved by decree every year, so never certain.
HOLIDAYS = {
    "元旦": 3, "春节": 7, "清明": 3, "五一": 5, "劳动节": 5, "端午": 3, "中秋": 3, "国庆": 7,
    "十一": 7,
}  # fmt: skip


def festival(name: str, year: int) -> date:
    """The day of a festival in a year.

    Raises:
        ValueError: no such festival, or a lunar one outside the years 1900 to 2099.
    """
    for known in (name, name.removesuffix("节")):
        if known in _FIXED:
            return date(year, *_FIXED[known])
        if known in _NTH:
            return nth_weekday(year, *_NTH[known])
        if known in _TERMS:
            return _solar_term(year, *_TERMS[known])
        if known in _LUNAR:
            return lunar(year, *_LUNAR[known])
    if name == "除夕":
        return new_years_eve(year)
    raise ValueError(f"no festival: {name}")


def new_years_eve(year: int) -> date:
    """The day before the lunar new year that falls in a year."""
    return later(lunar(year, 1, 1), -1)


def lunar(year: int, month: int, day: int, *, leap: bool = False) -> date:
    """A day of the lunar year that begins in `year`.

    Raises:
        ValueError: no such day, or outside the years 1900 to 2099.
    """
    if not 1900 <= year <= 2099:
        raise ValueError("lunar dates are known for 1900 to 2099")
    found: date = LunarDate(year, month, day, leap).to_solar_date()
    return found


def lunar_month(year: int, month: int, *, leap: bool = False) -> tuple[date, date]:
    """The first day of a lunar month, and the day after its last.

    Raises:
        ValueError: as `lunar`.
    """
    first = lunar(year, month, 1, leap=leap)
    try:
        return first, later(lunar(year, month, 30, leap=leap), 1)
    except ValueError:
        return first, later(first, 29)


def _solar_term(year: int, month: int, degrees: float) -> date:
    """The day in China on which the sun's apparent longitude reaches `degrees`."""
    midnight = date(year, month, 1)
    return next(
        day
        for day in (later(midnight, n) for n in range(31))
        if _signed(_sun(later(day, 1)) - degrees) > 0 >= _signed(_sun(day) - degrees)
    )


def _signed(degrees: float) -> float:
    return (degrees + 180) % 360 - 180


def _sun(day: date) -> float:
    """The sun's apparent longitude at midnight in China, within 0.01 degrees.

    Source: J. Meeus, Astronomical Algorithms, 2nd ed., chapter 25, low accuracy.
    """
    centuries = ((day - date(2000, 1, 1)).days - 0.5 - 8 / 24) / 36525
    anomaly = radians(357.52911 + 35999.05029 * centuries)
    mean = 280.46646 + 36000.76983 * centuries + 0.0003032 * centuries**2
    centre = 1.914602 * sin(anomaly) + 0.019993 * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly)
    return mean + centre - 0.00569 - 0.00478 * sin(radians(125.04 - 1934.136 * centuries))
