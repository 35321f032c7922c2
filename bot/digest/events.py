"""Dated events of one article: for each date, the clause that says what happened then."""

import re
from collections.abc import Iterator
from datetime import date

from bot.digest.dates import find_dates
from bot.model import DatedEvent, DateMention, Granularity, Sentence, When

_SHORTEST = 4  # letters beside the date (股价上涨); less says nothing
_MOST_DATES = 40  # in a sentence; more are a table, and cost the square of their number
_LONGEST_SPAN_DAYS = 366 * 10
_ONLY_SAYS = re.compile("(?:显示|称|表示|指出)$")  # 12月1日的公告显示: the rest is another clause
_LETTER = re.compile(r"\w")
_CLAUSE_END = re.compile(r"[，；。！？]")
_IN_TITLE = re.compile(r"《[^《》]*(?:〈[^〉]*〉[^《》]*)*》")

_HAPPENED = re.compile(
    r"发布|宣布|召开|启动|开放|关闭|上线|推出|公布|公开|发起|起诉|打通|举行|发生|签署|成立|收购|更新|下令|通过"
    r"|批准|开始|停止|导致|传出|要求|测试|夺|击败|遇难|坠|爆|抵达|会见|当选|辞|逝世|处罚|罚款|上市|完成"
)
_OPINION = re.compile(
    r"认为|表示|或将|可能|如果|预计|看来|观点|评价|担忧|展望|有望|势必|相信|呼吁|大概率"
)
_STATE = re.compile(r"截至|规模达|用户达|普及率|同比|环比|净利润|营收|占比|以来")
_LEANING = re.compile(  # words that only tie a sentence to the one before
    r"^(?:(?:例如|比如|此前|无独有偶|据了解|据悉|事实上|不过|但是|但|而|其中|另外|此外|同时|随后|而且)[，,]?\s*)+"
)
_BACK_REFERENCE = re.compile(r"(?:继|相比于|直到|早于|晚于|不同于|自从?|在)\s*$")


def events(found: tuple[Sentence, ...], anchor: date | None) -> tuple[DatedEvent, ...]:
    """The dated events, in reading order.

    Args:
        found: the article's sentences.
        anchor: the day of the article; None when unknown: then only full dates count.
    """
    return tuple(_events(found, anchor))


def _events(found: tuple[Sentence, ...], anchor: date | None) -> Iterator[DatedEvent]:
    last: When | None = None
    for sentence in found:
        mentions = find_dates(sentence.text, anchor or _NEVER, last=last)
        told = mentions if len(mentions) <= _MOST_DATES else []
        kept = [m for m in told if _is_dating(m, sentence.text, anchor)]
        kept = [m for m in kept if not _compared(m, kept, sentence.text)]
        kept = [m for n, m in enumerate(kept) if n == 0 or m.when != kept[n - 1].when]
        if mentions and mentions[-1].when.certain:
            last = mentions[-1].when
        for mention, (start, end) in zip(kept, _clauses(sentence.text, kept), strict=True):
            text = _LEANING.sub("", sentence.text[start:end].strip("，；、 "))
            if _says_something(mention, text):
                yield DatedEvent(mention.when, text, sentence, salience(mention, text))


def _says_something(mention: DateMention, text: str) -> bool:
    beside = len(_LETTER.findall(text)) - len(_LETTER.findall(mention.text))
    return beside >= _SHORTEST and not _ONLY_SAYS.search(text)


_NEVER = date(1970, 1, 1)  # no article is of this day; what leans on it is dropped
_FULL = re.compile(r"\d{4}|[〇零一二三四五六七八九]{4}\s*年|民国|世纪")


def _is_dating(mention: DateMention, text: str, anchor: date | None) -> bool:
    """Whether a date says when something happened, not a title or a vague stretch."""
    when = mention.when
    if any(m.start() <= mention.start < m.end() for m in _IN_TITLE.finditer(text)):
        return False
    if anchor is None and not _FULL.search(mention.text):
        return False
    if not when.certain and when.granularity in (Granularity.WEEK, Granularity.MONTH):
        return bool(re.search(r"[年月]", mention.text)) and "前" not in mention.text
    return when.certain and (when.end - when.start).days <= _LONGEST_SPAN_DAYS


def _compared(mention: DateMention, mentions: list[DateMention], text: str) -> bool:
    """Whether a year stands beside another in its clause: 2013 年与 2021 年不同 is no event."""
    clause = _clause_start(text, mention.start)
    years = [m for m in mentions if m.when.granularity is Granularity.YEAR]
    return mention in years and any(
        m != mention and _clause_start(text, m.start) == clause for m in years
    )


def _clauses(text: str, mentions: list[DateMention]) -> list[tuple[int, int]]:
    """For each date the stretch of the sentence that belongs to it.

    The first begins with the sentence, the others with the clause that holds their date; each ends
    where the next begins. Dates in one clause share it.
    """
    starts = [_clause_start(text, m.start) for m in mentions]
    if starts:
        starts[0] = 0 if starts[0] < 40 else starts[0]
    spans = []
    for n, start in enumerate(starts):
        later = [s for s in starts[n + 1 :] if s > start]
        spans.append((start, later[0] if later else len(text)))
    return spans


def _clause_start(text: str, at: int) -> int:
    ends = [m.end() for m in _CLAUSE_END.finditer(text, 0, at)]
    return ends[-1] if ends else 0


def salience(mention: DateMention, text: str) -> float:
    """How much an event matters, 0 to 1, before its sources are counted."""
    exact = {Granularity.DAY: 0.15, Granularity.MONTH: 0.12, Granularity.YEAR: 0.08}
    value = 0.4 + exact.get(mention.when.granularity, 0.05)
    value += 0.15 * bool(_HAPPENED.search(text))
    value -= 0.15 * bool(_OPINION.search(text))
    value -= 0.2 * bool(_STATE.search(text))
    value -= 0.1 * bool(_BACK_REFERENCE.search(text[: max(0, text.find(mention.text))]))
    value -= 0.2 * (not mention.when.certain)
    return round(min(1.0, max(0.0, value)), 4)
