"""How alike two tellings of a dated event are."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.digest import words
from bot.digest.events.verbs import VERBS
from bot.model import DatedEvent, StoredArticle, When

# Verbs that news changes for one another; the first stands for all.
_SYNONYMS = {
    other: one
    for one, *others in (
        line.split()
        for line in """
        发布 公布 宣布 公告 通报 披露 公开 颁布 印发 出台 对外
        召开 举行 开会 举办 会议 召集
        启动 开展 发起 展开 开启 部署
        开放 放开 打通 解禁 开闸
        起诉 诉讼 状告 告上 提起诉讼 诉至
        判决 宣判 裁定 判处 判令 获刑
        开庭 庭审 审理 公开审理
        爆炸 起火 火灾 着火 失火 燃爆 火情 大火
        扑灭 熄灭 灭火 明火
        遇难 死亡 身亡 丧生 罹难 死者
        受伤 伤者 伤员 轻伤 重伤
        救出 获救 营救 脱险 救起
        通车 开通 通航
        动工 开工 奠基 破土
        竣工 完工 建成 落成 合龙
        收购 并购 入股 买下 拿下 吞下 购入
        地震 强震
        辞职 辞任 卸任 离任 去职 请辞 下课 辞呈
        任命 出任 接任 执掌 履新 上任
        夺冠 冠军 捧杯 登顶
        击败 战胜 力克 取胜 获胜 胜 赢 大胜 险胜 逆转 不敌 负于 告负 输给 落败
        晋级 出线 挺进 杀入 闯入
        加盟 签约 签下 转会 加入
        立案 立案调查 调查
        逮捕 批捕 拘留 刑拘 被捕 落网 抓获 归案
        被盗 失窃 盗窃 盗窃案 盗走 偷走 窃案 失盗
        停牌 停止交易
        恢复 重开 重新 重启
        投案 自首 主动投案
        开除 双开 开除党籍 除名
        罚款 处罚 罚 罚单 被罚
        召回 下架 召回公告
        登陆 登录 上岸
        退市 摘牌 终止上市
        上市 挂牌 登陆资本市场
        施行 实施 生效 执行
        通过 审议 表决 投票 批准 核准 获批 批复
        征求意见 征集 意见稿 征求
        关闭 关停 掐断 切断 封杀 屏蔽
        上线 推出 问世 面世 亮相
        开售 发售 首销 预售
        发射 升空 点火
        着陆 返回 落地
        逝世 去世 病逝 离世
        创立 成立 创办 组建 设立
        道歉 致歉 赔礼 致歉信 道歉信
        调整 更新 修订 修改
        """.strip().splitlines()
    )
    for other in others
}
_NUMBER = re.compile(r"(\d[\d.,]*)(?:余|多)?([万亿]?[^\d\s，。；、）)年月日时点分号比:：.,-])")
_RESULT = re.compile(r"(\d{1,3})\s{0,3}(?:比|:|：|-)\s{0,3}(\d{1,3})(?!\d|\s{0,3}分|月)")
_ORDINAL = re.compile(
    r"第[一二三四五六七八九十百\d]{1,4}[次轮场批阶集届回局盘座条艘颗架]|首[轮场批回]|次轮|末轮|半决赛|(?<!半)决赛|四分之一"
)
_GENERAL = {
    "发布",
    "启动",
    "开放",
    "通过",
    "调整",
    "上线",
    "召开",
    "恢复",
    "关闭",
}  # of much else too
_DEEDS = frozenset(_SYNONYMS.values()) - _GENERAL
_ACTS = frozenset(_SYNONYMS.values()) | VERBS
_PHRASE = 4  # characters
_COMMONEST = 0.12  # what is left of the weight of a word that is said at every date


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """An event as one article tells it, with what it is compared by."""

    event: DatedEvent
    article: StoredArticle
    words: frozenset[str] = field(repr=False)
    names: frozenset[str] = field(repr=False)  # the longer of them
    ordinals: frozenset[str] = field(repr=False)
    deeds: tuple[str, ...]  # the words that name an event by themselves (爆炸, 判决), in order


def told(event: DatedEvent, article: StoredArticle) -> Told:
    """An event made ready for comparing."""
    text = event.subject + event.text
    numbers = frozenset(_numbers(event.text))
    ordered = [_SYNONYMS.get(w, w) for w in _said(text)]
    deeds = tuple(w for w in ordered if w in _DEEDS)
    said = frozenset(ordered)
    names = frozenset(w for w in said if len(w) > 2)
    ordinals = frozenset(_ORDINAL.findall(text))
    return Told(event, article, said | numbers, names, ordinals, deeds)


def _said(text: str) -> Iterator[str]:
    """The telling words, phrases of four characters as their halves: 驳回上诉 is 驳回 and 上诉."""
    for word in words.telling(text):
        if len(word) == _PHRASE and not word.isascii():
            yield from (word[:2], word[2:])
        elif not word[0].isdecimal():
            yield word


def _numbers(text: str) -> Iterator[str]:
    """12.3万部 as it is, 2比1 as 1比2: the loser's report turns it round."""
    for value, unit in _NUMBER.findall(text):
        yield value.replace(",", "").rstrip(".") + unit
    for one, other in _RESULT.findall(text):
        yield "比".join(sorted((one, other)))


def shared(one: Told, other: Told) -> frozenset[str]:
    """The words that two tellings share; a name also where it was cut otherwise in the other."""
    found = one.words & other.words
    cut = [w for w in one.names if w not in found and w in other.event.text]
    cut += [w for w in other.names if w not in found and w in one.event.text]
    return found.union(cut) if cut else found


class Likeness:
    """Compares tellings by the weight of their shared words.

    A word weighs by its rarity in the language, and less the more dates it is said at: the name
    that all of a story shares does not tell its events apart.
    """

    def __init__(self, tellings: Iterable[Told]) -> None:
        dates: dict[str, set[When]] = {}
        every: set[When] = set()
        for one in tellings:
            every.add(one.event.when)
            for word in one.words:
                dates.setdefault(word, set()).add(one.event.when)
        self._weight = {w: _weight(w, len(d), len(every)) for w, d in dates.items()}
        self._whole: dict[Told, float] = {}

    def __call__(self, one: Told, other: Told) -> float:
        """The shared words' weight as a share of the lighter telling's, 0 to 1."""
        lighter = min(self._all(one), self._all(other))
        return min(1.0, self._sum(shared(one, other)) / lighter) if lighter else 0.0

    def covered(self, one: Told, other: Told) -> float:
        """How much of what the other says the one says too, 0 to 1."""
        whole = self._all(other)
        return min(1.0, self._sum(shared(one, other)) / whole) if whole else 0.0

    def _all(self, one: Told) -> float:
        if one not in self._whole:
            self._whole[one] = self._sum(one.words)
        return self._whole[one]

    def _sum(self, some: Iterable[str]) -> float:
        return math.fsum(self._weight[w] for w in some)


def _weight(word: str, dates: int, every: int) -> float:
    known = _number_rarity(word) if word[0].isdecimal() else words.rarity(word)
    return known * max(_COMMONEST, math.log((every + 1) / dates) / math.log(every + 1))


def _number_rarity(word: str) -> float:
    """5 is said of many things, 12.3 of few."""
    return min(12.0, 3.0 * sum(c.isdecimal() for c in word) + 3.0 * (not word[-1].isdecimal()))


def acts(shared: Iterable[str]) -> bool:
    """Whether some words hold one that says what was done."""
    return any(word in _ACTS for word in shared)


def counts(one: Told) -> frozenset[str]:
    """What a telling counts, with units: 3人, 1800万."""
    return frozenset(w for w in one.words if w[0].isdecimal() and not w[-1].isdecimal())


def differ(one: Told, other: Told) -> bool:
    """Whether two tellings count different rounds: 首场 and 第二场."""
    return bool(one.ordinals and other.ordinals and not one.ordinals & other.ordinals)


def candidates(
    these: Sequence[Sequence[Told]], those: Sequence[Sequence[Told]], most: int
) -> Iterator[tuple[int, int]]:
    """The pairs, one of these and one of those groups, that share two words or a deed, without
    comparing all with all.

    Args:
        these: groups of tellings.
        those: groups of tellings, maybe the same.
        most: a word that more of those groups say brings none together.
    """
    where: dict[str, list[int]] = {}
    for number, group in enumerate(those):
        for word in _words_of(group):
            where.setdefault(word, []).append(number)
    for number, group in enumerate(these):
        shared: Counter[int] = Counter()
        for word in _words_of(group):
            places = where.get(word, ())
            if len(places) <= most:
                shared.update(places)
                if word in _ACTS:
                    shared.update(places)
        yield from ((number, other) for other in sorted(shared) if shared[other] > 1)


def _words_of(group: Sequence[Told]) -> set[str]:
    return {w for t in group for w in t.words}
