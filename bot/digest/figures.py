"""Figures that differ: what several articles say of one thing, with numbers that do not agree.

Precision first. Only figures of known kinds are compared (the dead, a loss, a price …), only when
the clause is about now and the whole, and only between sentences that name the same things. Equal
numbers in other words (1.2万 and 12000) or rounded otherwise (3亿元 and 2.96亿元) do not differ.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.digest import words
from bot.digest.dates.numerals import number
from bot.model import Cited, FigureDispute, KeyFigure, StoredArticle

_SHOWN = 4  # values of one dispute
_ARTICLES = 30  # of a story, the newest
_LONGEST_CLAUSE = 24  # characters of one that stands alone
_LOOKS_BACK = re.compile(r"(?:19|20)\d\d年")  # with a year, a figure may be another event's
_NAMED = 11.0  # words.rarity of a word that says which thing is meant
_SHARED = 2  # such words that two sentences must share with their titles
_ROUGH = 0.1  # how far apart figures may be of which one is 约, 近 or 逾

_PEOPLE, _MONEY = "人|名|例|位", "元|美元|欧元|港元|日元"
# What is counted: the words for it, and its units.
_KINDS = {
    "遇难": ("遇难|死亡|身亡|丧生|罹难", _PEOPLE),
    "受伤": ("受伤|轻伤|伤者|负伤", _PEOPLE),
    "重伤": ("重伤|伤势较重|危重", _PEOPLE),
    "失踪": ("失踪|失联|下落不明", _PEOPLE),
    "被困": ("被困", _PEOPLE),
    "转移": ("转移|疏散|撤离", _PEOPLE),
    "裁员": ("裁员|裁撤|裁减|被裁", _PEOPLE),
    "亏损": ("净?亏损", _MONEY),
    "净利润": ("净利润?", _MONEY),
    "营收": ("营收|营业收入|总收入", _MONEY),
    "罚款": ("罚款|被罚|罚没|处罚", _MONEY),
    "损失": ("损失", _MONEY),
    "投资": ("总?投资", _MONEY),
    "融资": ("融资", _MONEY),
    "售价": ("售价|定价|起价", _MONEY),
    "票房": ("票房", _MONEY),
    "成交额": ("成交额|交易额", _MONEY),
    "召回": ("召回", "辆|台|件"),
    "全长": ("全长", "公里|千米|米"),
    "震级": ("地震", "级"),
}
_COUNTED = {  # the same as patterns: what stands before a figure, what behind it, its units
    kind: (
        re.compile(rf"(?:{named})[^\d，]{{0,5}}$"),
        re.compile(rf"(?:{named})" if units in (_PEOPLE, "级") else "(?!)"),
        frozenset(units.split("|")),
    )
    for kind, (named, units) in _KINDS.items()
}
_DIGITS = r"\d[\d,]{0,12}(?:\.\d{1,3})?|[一二两三四五六七八九十百]{1,5}"
_FIGURE = re.compile(
    rf"(?P<rough>约|近|逾|超过?|至少|上|数)?\s?(?P<digits>{_DIGITS})\s?(?P<more>[多余])?"
    rf"(?P<scale>万亿|[千百]?[万亿]|千|百)?(?P<too>[多余])?\s?"
    rf"(?P<unit>{_MONEY}|{_PEOPLE}|辆|台|件|公里|千米|米|级)"
)
_SCALES = {"": 1, "百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_SCALES |= {"百万": 10**6, "千万": 10**7, "百亿": 10**10, "千亿": 10**11}
_SAME_UNIT = {"名": "人", "例": "人", "位": "人", "千米": "公里", "台": "辆", "件": "辆"}
# Another time, a part, a guess, a comparison: not the figure of the thing itself.
_OTHERWISE = re.compile(
    r"去年|上年|前年|此前|曾|同比|环比|同期|其中|另有?|累计|预计|预期|或|可能|拟|计划|最高|最低|平均|每|人均|类似|历史"
    r"|增至|减少|增加|下降|增长|再|又|传|网传|相比|高于|低于|不超过|上限|不到|分别"
)
_PERIOD = re.compile(r"第?[一二三四]季度?|前三季度|[上下]半年|全年|\d{1,2}月份?|20\d\d年")
_CLAUSE = re.compile(r"[^，,；;。：:、！？!?]+")


@dataclass(frozen=True, slots=True)
class _Figure:
    kind: str
    unit: str
    period: frozenset[str]
    value: float
    step: float  # what the last digit that was given is worth
    rough: bool
    text: str
    clause: str
    said: Cited


def disputes(articles: Sequence[StoredArticle]) -> tuple[FigureDispute, ...]:
    """The figures on which the articles of a story do not agree, most articles first.

    Args:
        articles: of one story, newest first.
    """
    found = [
        FigureDispute(group[0].kind, tuple((f.text, f.said) for f in different[:_SHOWN]))
        for group in _groups(articles)
        if len(different := _different(group)) > 1
    ]
    return tuple(sorted(found, key=lambda d: -len(d.values)))


def key_figures(articles: Sequence[StoredArticle]) -> tuple[KeyFigure, ...]:
    """The figures that nobody disputes, those that most articles give first.

    Only where the clause is short enough to be read alone, and says what is counted.

    Args:
        articles: of one story, newest first.
    """
    agreed = [
        group
        for group in _groups(articles)
        if all(_equal(group[0], other) for other in group) and _stands_alone(group[0])
    ]
    by_kind = {group[0].kind: group for group in sorted(agreed, key=len)}  # one a kind
    most_first = sorted(by_kind.values(), key=len, reverse=True)
    return tuple(KeyFigure(g[0].clause, g[0].text, g[0].said) for g in most_first)


def _stands_alone(figure: _Figure) -> bool:
    """Whether a clause can be read without the rest of its sentence; 一名 is hardly a figure."""
    return (
        len(figure.text) < len(figure.clause) <= _LONGEST_CLAUSE
        and any(c.isascii() and c.isdigit() for c in figure.text)
        and not _LOOKS_BACK.search(figure.said.sentence.text)
    )


def _groups(articles: Sequence[StoredArticle]) -> list[list[_Figure]]:
    """The figures of like kind, unit and period, each group in the order of publication."""
    groups: dict[tuple[str, str, frozenset[str]], list[_Figure]] = {}
    told = [f for a in articles[:_ARTICLES] for f in _of_article(a)]
    for figure in sorted(told, key=_published):
        groups.setdefault((figure.kind, figure.unit, figure.period), []).append(figure)
    return list(groups.values())


def _published(figure: _Figure) -> tuple[datetime, int]:
    stored = figure.said.article
    return stored.article.published_at or datetime.max.replace(tzinfo=UTC), stored.id


def _of_article(stored: StoredArticle) -> list[_Figure]:
    """The first figure of each kind that the summary of an article gives."""
    first: dict[tuple[str, str, frozenset[str]], _Figure] = {}
    for sentence in stored.digest.full or stored.digest.summary:
        for figure in _of_sentence(Cited(stored, sentence)):
            first.setdefault((figure.kind, figure.unit, figure.period), figure)
    return list(first.values())


def _of_sentence(said: Cited) -> Iterator[_Figure]:
    text = said.sentence.text
    period = frozenset(_PERIOD.findall(text))
    for clause in _CLAUSE.findall(text):
        if not _OTHERWISE.search(clause):
            for match in _FIGURE.finditer(clause):
                kind = _kind(clause, match)
                if kind and (figure := _figure(kind, clause, match, period, said)):
                    yield figure


def _kind(clause: str, match: re.Match[str]) -> str:
    """What a figure counts, by the words right before and behind it; or ''."""
    behind = clause[match.end() : match.end() + 4]
    before = re.split(r"\d", clause[max(0, match.start() - 8) : match.start()])[-1]
    for kind, (ahead, back, units) in _COUNTED.items():
        if match["unit"] in units and (back.match(behind) or ahead.search(before)):
            return kind
    return ""


def _figure(
    kind: str, clause: str, match: re.Match[str], period: frozenset[str], said: Cited
) -> _Figure | None:
    digits = match["digits"].replace(",", "")
    decimals = len(digits.partition(".")[2])
    scale = _SCALES[match["scale"] or ""]
    try:
        value = float(digits) if digits[0].isascii() else float(number(digits))
    except ValueError:
        return None
    rough = bool(match["rough"] or match["more"] or match["too"])
    unit = _SAME_UNIT.get(match["unit"], match["unit"])
    step = scale / 10**decimals
    text = match[0].strip()
    return _Figure(kind, unit, period, value * scale, step, rough, text, clause.strip(), said)


def _different(group: list[_Figure]) -> list[_Figure]:
    """Of figures of one kind one for each value, the first that gave it."""
    different: list[_Figure] = []
    for figure in group:
        if not any(_equal(figure, other) for other in different) and (
            not different or len(_names(figure) & _names(different[0])) >= _SHARED
        ):
            different.append(figure)
    return different


def _equal(one: _Figure, other: _Figure) -> bool:
    apart = abs(one.value - other.value)
    if one.rough or other.rough:
        return apart <= _ROUGH * max(one.value, other.value)
    rounded = one.step != other.step and apart <= max(one.step, other.step) / 2
    return apart == 0 or rounded


def _names(figure: _Figure) -> set[str]:
    """The words that say which thing a figure is of: those of title and sentence."""
    stored = figure.said.article
    text = f"{stored.article.title}\n{figure.said.sentence.text}"
    return {w for w in words.telling(text) if words.rarity(w) > _NAMED}
