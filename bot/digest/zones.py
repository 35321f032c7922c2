"""Time zones by the names that readers use."""

from zoneinfo import ZoneInfo, available_timezones

_CITIES = {
    "Asia/Shanghai": "北京 上海 广州 深圳 杭州 成都 中国 beijing china",
    "Asia/Hong_Kong": "香港",
    "Asia/Macau": "澳门 澳門",
    "Asia/Taipei": "台北 臺北 台湾 臺灣 taiwan",
    "Asia/Urumqi": "乌鲁木齐 烏魯木齊 新疆",
    "Asia/Tokyo": "东京 東京 日本 大阪 japan",
    "Asia/Seoul": "首尔 首爾 韩国 韓國 korea",
    "Asia/Singapore": "新加坡",
    "Asia/Kuala_Lumpur": "吉隆坡 马来西亚 馬來西亞",
    "Asia/Bangkok": "曼谷 泰国 泰國",
    "Asia/Dubai": "迪拜 杜拜",
    "Europe/London": "伦敦 倫敦 英国 英國",
    "Europe/Paris": "巴黎 法国 法國",
    "Europe/Berlin": "柏林 德国 德國",
    "Europe/Moscow": "莫斯科",
    "Australia/Sydney": "悉尼 雪梨",
    "Australia/Melbourne": "墨尔本 墨爾本",
    "Pacific/Auckland": "奥克兰 奧克蘭 新西兰 新西蘭",
    "America/New_York": "纽约 紐約 华盛顿 美东 boston 波士顿",
    "America/Chicago": "芝加哥",
    "America/Los_Angeles": "洛杉矶 洛杉磯 旧金山 西雅图 美西",
    "America/Vancouver": "温哥华 溫哥華",
    "America/Toronto": "多伦多 多倫多",
    "UTC": "utc gmt 世界时",
}
_BY_CITY = {city: zone for zone, cities in _CITIES.items() for city in cities.split()}


def find(name: str) -> ZoneInfo | None:
    """The zone of a city or of a standard name, letter case aside; None for neither.

    Args:
        name: 东京, tokyo, Asia/Tokyo.
    """
    wanted = name.strip().casefold().replace(" ", "_")
    if wanted in _BY_CITY:
        return ZoneInfo(_BY_CITY[wanted])
    for known in sorted(available_timezones()):
        if wanted in (known.casefold(), known.rsplit("/", 1)[-1].casefold()) and "/" in known:
            return ZoneInfo(known)
    return None
