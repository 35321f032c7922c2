"""Places: which words of a text name one, so that two places are not taken for one event."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bot.digest import words

_NAME = 12.0  # words.rarity of a name
_LONGEST = 30  # characters of one
_END = "\0"  # stands where a text was cut
_FOLLOWS = re.compile(
    "[县市州旗]|发生|突发|海域|煤矿|地震|强震|暴雨|洪水|火灾|起火|爆炸|[0-9][.][0-9]级"
)
_SUFFIX = re.compile("(?:[壮回藏苗彝侗土蒙羌]{1,2}[族古]{0,2})?(?:自治)?[省市县州旗区镇乡]$")
_NO_PLACES = """
    地级 县级 直辖 城 都 超 开放 建设 经济 工业 开发 高新 城区 灾区 地区 市区 社区 小区 园区
    山区 辖区 景区 赛区 特区 校区 上市 城市 门市 股市 都市 夜市 超市 入市 楼市 和平 平安 太平
    新建 安全 兴国 生态 文明 卫生 公安 中方 南部 试点 乔治 吉隆 民主 大同 集市 退市 开市 休市
    收市 城镇 乡镇 战区 片区 专区 街区 库区 矿区 欧元区 两市 后市
"""
_NOT = frozenset(_NO_PLACES.split())
# Countries and cities abroad, which carry no suffix.
_FOREIGN = """
    美国 英国 法国 德国 意大利 西班牙 葡萄牙 荷兰 比利时 瑞士 瑞典 挪威 丹麦 芬兰 波兰 乌克兰
    俄罗斯 土耳其 希腊 奥地利 匈牙利 捷克 爱尔兰 日本 韩国 朝鲜 蒙古 印度 巴基斯坦 孟加拉国
    斯里兰卡 尼泊尔 缅甸 泰国 老挝 越南 柬埔寨 马来西亚 新加坡 印度尼西亚 印尼 菲律宾 文莱
    澳大利亚 新西兰 加拿大 墨西哥 古巴 巴西 阿根廷 智利 秘鲁 哥伦比亚 委内瑞拉 埃及 南非
    尼日利亚 肯尼亚 埃塞俄比亚 摩洛哥 阿尔及利亚 利比亚 苏丹 沙特 沙特阿拉伯 阿联酋 卡塔尔 伊朗
    伊拉克 以色列 叙利亚 约旦 黎巴嫩 阿富汗 哈萨克斯坦 乌兹别克斯坦 汤加 海地 纽约 华盛顿 洛杉矶
    旧金山 伦敦 巴黎 柏林 罗马 马德里 莫斯科 基辅 东京 大阪 首尔 平壤 曼谷 河内 雅加达 吉隆坡
    马尼拉 新德里 孟买 迪拜 多哈 悉尼 墨尔本 渥太华 里约热内卢 开罗 伊斯坦布尔
"""
_ALIASES = {"印度尼西亚": "印尼", "沙特阿拉伯": "沙特"}
_ABROAD = frozenset(_FOREIGN.split())
_PROVINCES = """
    北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北
    湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 香港 澳门 台湾
"""
_WIDE = frozenset(_PROVINCES.split())


def named(some: Iterable[str], text: str = "") -> Iterator[str]:
    """The places among some words, without 省, 市, 县: a report may name them with or without.

    Args:
        some: words.
        text: where they stand; a rare word before 县, 发生 or 地震 is a place.
    """
    ends = "".join(f"{text[max(0, end - _LONGEST) : end]}{_END}" for end in _followed(text))
    for word in some:
        if words.rarity(word) >= _NAME and word + _END in ends:
            yield word
        elif place := _known(word):
            yield place


def _followed(text: str) -> Iterator[int]:
    """Where something ends before what only a place stands before."""
    at = 0
    while follows := _FOLLOWS.search(text, at):
        yield follows.start()
        at = follows.start() + 1


@lru_cache(maxsize=50_000)
def _known(word: str) -> str:
    """The place that a word names wherever it stands, or ''."""
    stem = _SUFFIX.sub("", word)
    if len(stem) < 2:
        stem = word if word.endswith("县") else ""  # 泸县
    if stem and stem not in _NOT and word not in _NOT and _is_place(word, stem):
        return _ALIASES.get(stem, stem)
    return ""


def is_wide(place: str) -> bool:
    """Whether a place is a country or a province: much happens in one."""
    return place in _WIDE or place in _ABROAD


def _is_place(word: str, stem: str) -> bool:
    """Whether a word has a suffix, is in a list, or is known as a county or city."""
    if _SUFFIX.search(word) or stem in _ABROAD or stem in _WIDE:
        return True
    return any(words.is_known(stem + suffix) for suffix in "县市")
