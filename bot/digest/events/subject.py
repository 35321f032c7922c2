"""Whom a clause speaks of, where it leans on the words before it.

There is no parser: a subject is what stands between a date and the first word that can only follow
one (曾, 宣布, 在). Where that is not plain, nothing is said: no subject is better than a wrong one.
"""

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from bot.digest import words
from bot.digest.events.clauses import lead
from bot.digest.events.dating import dateline_end
from bot.digest.events.verbs import ADVERBS, NEEDS_NOBODY, SPEECH, VERBS
from bot.model import DateMention

_HEAD = 17  # characters in which a subject must end
_LONGEST, _SHORTEST = 14, 2
_FRAMED = 4  # characters before a date that ends its clause: 登陆前一天，
_BACK = 3  # sentences of the paragraph that are looked back at

_PRONOUN = re.compile(
    r"其|该(?!国|省|市|县|州|案|片|剧|书|药)[^，。的]{1,3}|他们?|她们?|它们?|(?<!\w)公司"
)
_PERSON_PRONOUN = re.compile(r"[他她](?!们)")
_NO_NOUN = re.compile(
    r"^(?:这|那|此|该|其|他|她|它|本|某|每|有|如|当|公司|双方|记者|一|两|多|不|据|经|而|且|所|之|上述|我|你|大家|人们|网友|目前|如今|以)"
    r"|[的地得了着过和与及、]$|[\d]$|[年月日时点]$"
)
_ORGANISATION = re.compile(
    r"(?:公司|集团|部|局|委|法院|检察院|银行|大学|医院|警方|政府|队|协会|平台|官方|方面|院|厂|所|站|交易所|基金会|俱乐部|联盟|中心|社|党|组织)$"
)
_IN_FORCE = re.compile(r"起|生效|施行|实施|执行")
_DOCUMENT = re.compile(r"》$|条例|办法|规定|法$|细则|方案|政策|通知|意见|标准|协议|合同|规则|新规")
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭"
    "廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_PERSON = re.compile(
    rf"(?:(?:^|[长裁授人手员官师理任家])[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}|·[\u4e00-\u9fff]{{1,6}})$"
)
_MARK = re.compile(r"[，。；：！？“”‘’（(《》、,;:]")
_STOP = re.compile("|".join(sorted(ADVERBS | VERBS, key=lambda w: (-len(w), w))))
_NAMED = re.compile(r"《[^《》]{2,30}》|“[^“”，。！？；：]{2,10}”(?!的)")
_AFTER_DATE = re.compile(r"(?:\s{0,3}(?:的|，|,|许|左右|前后|起|间|时分)\s{0,3})+|\s{1,3}")
_BEFORE_DATE = re.compile(r"(?:早在|就在|而在|在|于|自|截至)?\s{0,3}$")


class Lean(Enum):
    """How a clause stands to the words before it."""

    STANDS = "stands"  # it names its subject
    ZERO = "zero"  # it begins with what somebody did
    PRONOUN = "pronoun"
    UNKNOWN = "unknown"


class Head(NamedTuple):
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
    if _PRONOUN.match(text, at):
        return Head(Lean.PRONOUN)
    titled = _NAMED.match(text, at)
    if titled:
        return Head(Lean.STANDS, titled[0])
    mark = _MARK.search(text, at, at + _HEAD)
    near = text[at : mark.start() if mark else at + _HEAD]
    near = near[: min((m.start - at for m in mentions if at < m.start < at + _HEAD), default=_HEAD)]
    found = _cut(near)
    if found.lean is Lean.UNKNOWN and "的" in near:  # 总投资三亿元的新桥通车
        found = _cut(near.rpartition("的")[2])
        found = found if found.lean is Lean.STANDS else Head(Lean.UNKNOWN)
    if found.lean is not Lean.UNKNOWN:
        return found
    if any(m.start == at + len(near) for m in mentions):  # 江城新桥2018年5月动工
        return _named(_BEFORE_DATE.sub("", near), "")
    return found


@lru_cache(maxsize=1000)
def _cut(near: str) -> Head:
    """Words up to the first that can only follow a subject."""
    stop = _STOP.search(near)
    if stop is None:
        return Head(Lean.UNKNOWN)
    if stop.start() == 0 and len(stop[0]) > 1:
        return _named("", stop[0])
    taken = ""
    for word in words.cut(near):
        if word in ADVERBS or word in VERBS:
            return _named(taken, word)
        taken += word
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
        frames = text[mention.end : mention.end + 1] == "，" and mention.start - at <= _FRAMED
        if not frames and not _BEFORE_DATE.fullmatch(text, at, mention.start):
            break
        gap = _AFTER_DATE.match(text, mention.end)
        at = gap.end() if gap else mention.end
        at += lead(text[at : at + 200])
    return at


def _named(taken: str, stop: str) -> Head:
    taken = taken.strip()
    if not taken:
        return Head(Lean.UNKNOWN if stop in NEEDS_NOBODY else Lean.ZERO)
    if len(taken) > _LONGEST or "的" in taken:
        taken = taken.rpartition("的")[2]
    if not _SHORTEST <= len(taken) <= _LONGEST or _NO_NOUN.search(taken):
        return Head(Lean.UNKNOWN)
    return Head(Lean.STANDS, taken, stop in SPEECH)


def restored(pronoun: str, before: Sequence[tuple[str, Sequence[DateMention]]], known: str) -> str:
    """The subject of the words before, for a clause that leans on them; empty when it is not plain.

    Args:
        pronoun: the clause from its first word behind the date.
        before: the sentences of the paragraph before it with their dates, the nearest last.
        known: the article's title and text; a subject must be plain or be named in it twice.
    """
    for text, mentions in reversed(before[-_BACK:]):
        found = head(text, dateline_end(text, mentions), mentions)
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
    if _IN_FORCE.match(pronoun):
        return _DOCUMENT.search(found.subject) is not None
    if person and re.match("该|公司", pronoun):
        return False
    if found.subject[0] in "《“":
        return True
    return person or bool(_ORGANISATION.search(found.subject)) or known.count(found.subject) > 1
