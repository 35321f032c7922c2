"""Time zones by the names that readers use."""

from zoneinfo import ZoneInfo, available_timezones

from bot.digest.script import simplified

_CITIES = {
    "Asia/Shanghai": "北京 上海 广州 深圳 杭州 成都 中国 beijing shanghai shenzhen guangzhou china",
    "Asia/Hong_Kong": "香港",
    "Asia/Macau": "澳门",
    "Asia/Taipei": "台北 高雄 台中 台湾 taiwan",
    "Asia/Urumqi": "乌鲁木齐 烏魯木齊 新疆",
    "Asia/Tokyo": "东京 日本 大阪 japan",
    "Asia/Seoul": "首尔 韩国 korea",
    "Asia/Singapore": "新加坡 狮城",
    "Asia/Kuala_Lumpur": "吉隆坡 马来西亚 malaysia",
    "Asia/Bangkok": "曼谷 泰国 thailand",
    "Asia/Dubai": "迪拜 杜拜",
    "Europe/London": "伦敦 英国 england uk britain",
    "Europe/Paris": "巴黎 法国 france",
    "Europe/Berlin": "柏林 德国 慕尼黑 germany munich",
    "Europe/Moscow": "莫斯科",
    "Australia/Sydney": "悉尼 雪梨 澳洲",
    "Australia/Melbourne": "墨尔本",
    "Pacific/Auckland": "奥克兰 新西兰 纽西兰",
    "America/New_York": "纽约 华盛顿 美东 波士顿 boston washington",
    "America/Chicago": "芝加哥",
    "America/Los_Angeles": "洛杉矶 旧金山 西雅图 美西 san_francisco seattle la",
    "America/Vancouver": "温哥华",
    "America/Toronto": "多伦多",
    "UTC": "utc gmt 世界时",
}
_BY_CITY = {city: zone for zone, cities in _CITIES.items() for city in cities.split()}


def find(name: str) -> ZoneInfo | None:
    """The zone of a city or of a standard name, letter case aside; None for neither.

    Args:
        name: 东京, 東京, tokyo, Asia/Tokyo.
    """
    wanted = simplified(name).strip().casefold().replace(" ", "_")
    if wanted in _BY_CITY:
        return ZoneInfo(_BY_CITY[wanted])
    for known in sorted(available_timezones()):
        if wanted in (known.casefold(), known.rsplit("/", 1)[-1].casefold()) and "/" in known:
            return ZoneInfo(known)
    return None
