"""Whom a clause speaks of, where it leans on the words before it.

There is no parser: a subject is what stands between a date and the first word that can only follow
one (曾, 宣布, 在). Where that is not plain, nothing is said: no subject is better than a wrong one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from bot.digest import words
from bot.digest.events.clauses import lead
from bot.model import DateMention

_HEAD = 24  # characters in which a subject must end
_LONGEST, _SHORTEST = 14, 2
_BACK = 3  # sentences of the paragraph that are looked back at

_ADVERBS = frozenset(
    "曾 曾经 已 已经 将 将于 将在 也 又 还 再 再次 再度 正式 首次 率先 随即 随后 立即 近日 日前 目前 仍 仍然 均 都 便 就 才 并 则 却 不"
    " 没有 未 未能 陆续 相继 先后 分别 共 共有 一度 终于 最终 同时 突然 紧急 连夜 继续 公开 主动 直接 于 在 以 对 向 从 把 被 因 由 由于"
    " 通过 经 按 按照 据 自 与 为 当日 当天 当晚 同日 次日 首先 率先 成功 全面 联合 共同 遭 遭到 受 拟 计划 预计 决定 开始 顺利 如期 获 获得"
    " 连续 只 仅 自己 此前 本 即 即将 是 有 会 可 能 应 须 让 使 令 称 说 表示 认为 指出 介绍 透露 强调 回应 坦言 提醒 曾于 拟于 定于 在此 顺势"
    .split()
)  # fmt: skip
_VERBS = frozenset(
    "宣布 发布 推出 启动 召开 举行 关闭 关停 上线 公布 开放 发起 起诉 打通 签署 签约 成立 收购 并购 更新 下令 批准 停止 传出 要求 测试 夺得 夺冠"
    " 击败 战胜 抵达 会见 当选 辞任 辞职 卸任 逝世 去世 病逝 处罚 上市 完成 竣工 动工 开工 通车 通航 投产 投运 启用 建成 披露 通报 道歉 致歉 承诺"
    " 召回 下架 约谈 立案 拘留 逮捕 判决 宣判 裁定 开庭 受理 上诉 撤诉 登陆 撤离 转移 坍塌 发射 升空 实施 施行 印发 出台 修订 下调 上调 加息 降息"
    " 开幕 闭幕 首映 上映 播出 开售 发售 交付 退市 停牌 复牌 破产 裁员 任命 接任 出任 加盟 离队 转会 罢工 停工 停课 复课 复工 终止 取消 推迟 延期"
    " 恢复 暂停 退出 加入 拿下 摘得 获得 荣获 斩获 入选 打破 刷新 突破 公示 中标 移送 查处 支付 递交 提交 申请 提出 投票 组建 进驻 派出 创立 创办"
    " 投资 试运行 试运营 运营 营业 更名 改名 迁往 迁入 搬入 进入 出席 参加 前往 返回 毕业 出生 入职 离职 增资 减持 增持 回购 承认 否认 赶到 接到"
    " 带队 带领 率队 产下 诞下 生下 公告 发文 公开 开拍 杀青 驶出 驶入 出院 入院 退役 复出 退休 落户 揭牌 揭幕 起 施行起 亮灯 落幕"
    " 加冕 问鼎 夺魁 更换 接管 扩建 改造 升级 合并 出售 转让 注册 登记 挂牌 开业 停业 停产 停运 停航 封闭 通过 获批 验收 对外 着陆 返航 定档 开播"
    " 回落 上涨 下跌 收到 收于 下滑 增长 达到 突发 发现 升级为 表决 定级 获救 遇难 失联 受伤 身亡 到达 出发".split()
)  # fmt: skip
_SPEECH = frozenset("称 说 表示 认为 指出 介绍 透露 强调 回应 坦言 提醒 要求".split())
# 发生一起爆炸, 举行了仪式: these need nobody who does it.
_NEEDS_NOBODY = frozenset("发生 突发 出现 举行 召开 传出 传来 有 是 据 受 由 由于 因 为 让 会 可 能 开幕 闭幕 自 从".split())
_PRONOUN = re.compile(r"(?:其|该(?!国|省|市|县|州|案|片|剧|书|药)[^，。的]{1,3}|他们?|她们?|它们?|(?<!\w)公司|双方|后者|前者)")
_PERSON_PRONOUN = re.compile(r"[他她](?!们)")
_NO_NOUN = re.compile(
    r"^(?:这|那|此|该|其|他|她|它|本|某|每|有|如|当|公司|双方|记者|一|两|多|不|据|经|而|且|所|之|上述|我|你|大家|人们|网友|目前|如今|以)"
    r"|[的地得了着过和与及、]$|[\d]$|[年月日时点]$"
)
_ORGANISATION = re.compile(
    r"(?:公司|集团|部|局|委|法院|检察院|银行|大学|医院|警方|政府|队|协会|平台|官方|方面|院|厂|所|站|交易所|基金会|俱乐部|联盟|中心|社|党|组织)$"
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭"
    "廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_PERSON = re.compile(rf"(?:^|[长裁授人手员官师理任家])(?:[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})$")
_AFTER_DATE = re.compile(r"(?:\s*(?:的|，|,|许|左右|前后|起|间|时分)\s*)+|\s+")
_BEFORE_DATE = re.compile(r"(?:早在|就在|而在|在|于|自|截至)?\s*$")


class Lean(Enum):
    """How a clause stands to the words before it."""

    STANDS = "stands"  # it names its subject
    ZERO = "zero"  # it begins with what somebody did
    PRONOUN = "pronoun"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Head:
    """What a clause begins with; `subject` is named only where it stands; `speaks` where it only
    says something about what follows."""

    lean: Lean
    subject: str = ""
    speaks: bool = False


def head(text: str, start: int, mentions: Sequence[DateMention]) -> Head:
    """What stands at the head of a clause, behind connectives and dates.

    Args:
        text: the sentence.
        start: where the clause begins.
        mentions: the dates of the sentence.
    """
    at = _behind_dates(text, start, mentions)
    found = _PRONOUN.match(text, at)
    if found:
        return Head(Lean.PRONOUN)
    titled = re.match(r"《[^《》]{2,30}》", text[at : at + 32])
    if titled:
        return Head(Lean.STANDS, titled[0])
    near = re.split(r"[，。；：！？“”‘’（(《》、,;:]", text[at : at + _HEAD], maxsplit=1)[0]
    near = near[: min((m.start - at for m in mentions if at < m.start < at + _HEAD), default=_HEAD)]
    taken: list[str] = []
    for word in words.cut(near):
        if word in _ADVERBS or word in _VERBS:
            return _named("".join(taken), word)
        taken.append(word)
    if len("".join(taken)) < len(text[at : at + _HEAD].rstrip()) and _BEFORE_DATE.search(near):
        behind = text[at + len(near) : at + len(near) + 1]
        dated = any(m.start == at + len(near) for m in mentions)
        if dated and behind:
            return _named(_BEFORE_DATE.sub("", "".join(taken)), "")
    return Head(Lean.UNKNOWN)


def first_word(text: str, start: int, mentions: Sequence[DateMention]) -> str:
    """What a clause begins with behind connectives and dates."""
    at = _behind_dates(text, start, mentions)
    return text[at : at + 4]


def _behind_dates(text: str, start: int, mentions: Sequence[DateMention]) -> int:
    at = start + lead(text[start : start + 200])
    for mention in mentions:
        if mention.start < at:
            continue
        if not _BEFORE_DATE.fullmatch(text, at, mention.start):
            break
        gap = _AFTER_DATE.match(text, mention.end)
        at = gap.end() if gap else mention.end
        at += lead(text[at : at + 200])
    return at


def _named(taken: str, stop: str) -> Head:
    taken = taken.strip()
    if not taken:
        return Head(Lean.UNKNOWN if stop in _NEEDS_NOBODY else Lean.ZERO)
    if len(taken) > _LONGEST or "的" in taken:
        taken = taken.rpartition("的")[2]
    if not _SHORTEST <= len(taken) <= _LONGEST or _NO_NOUN.search(taken):
        return Head(Lean.UNKNOWN)
    return Head(Lean.STANDS, taken, stop in _SPEECH)


def restored(
    pronoun: str, before: Sequence[tuple[str, Sequence[DateMention]]], known: str
) -> str:
    """The subject of the words before, for a clause that leans on them; empty when it is not plain.

    Args:
        pronoun: the clause from its first word behind the date.
        before: the sentences of the paragraph before it with their dates, the nearest last.
        known: the article's title and text; a subject must be plain or be named in it twice.
    """
    for text, mentions in reversed(before[-_BACK:]):
        found = head(text, 0, mentions)
        if found.lean is Lean.STANDS:
            return found.subject if _fits(pronoun, found, known) else ""
        if found.lean is Lean.UNKNOWN:
            return ""
    return ""


def _fits(pronoun: str, found: Head, known: str) -> bool:
    person = _PERSON.search(found.subject) is not None
    if _PERSON_PRONOUN.match(pronoun):
        return person
    if found.speaks:
        return False
    if person and re.match("该|公司", pronoun):
        return False
    if found.subject.startswith("《"):
        return True
    return person or bool(_ORGANISATION.search(found.subject)) or known.count(found.subject) > 1
