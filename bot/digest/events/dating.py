"""Which dates of a sentence say when something happened."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from bot.digest.dates.calendar import month, year
from bot.digest.events.clauses import breaks, start_of
from bot.model import DateMention, Granularity, When

_MOST_DATES = 40  # in a sentence; more are a table, and cost the square of their number
_LONGEST_SPAN_DAYS = 366 * 10
_COARSE = (Granularity.QUARTER, Granularity.HALF, Granularity.YEAR, Granularity.DECADE)

_IN_TITLE = re.compile(r"《[^《》]*》")
_FULL = re.compile(r"\d{4}|[〇零一二三四五六七八九]{4}\s{0,3}年|民国|世纪")
_ANAPHORIC = re.compile(r"次|翌|隔|同|当|第二天|前一|此前一")
_PART_OF_MONTH = re.compile(r"月\s{0,3}份?\s{0,3}(?:初|中|底|末)$")
_PART_OF_YEAR = re.compile(
    r"年\s{0,3}(?:的)?(?:[初中底末]|[春夏秋冬][天季]?|[春夏秋冬]末|[初深]秋)$"
)
_NEW_SENTENCE = re.compile(r"[。！？；]")
_MARK = re.compile("[，。；“]")

# 新华社北京12月1日电, IT之家12月1日消息, 记者12月1日从…获悉: when it was written, not when it was.
_SAYS_BEHIND = re.compile(
    r"\s{0,3}(?:[（(][^（()）]{0,40}[）)])?\s{0,3}(?:专?电(?![影视力子话台脑商])|讯(?!问)|消息(?!人)|报道(?!称?了))"
    r"\s{0,3}(?:[（(][^（()）]{0,40}[）)])?[，,：:]?\s{0,3}"
)
_LEARNED = re.compile(
    r"[，,]?\s{0,3}[^，。；“\d]{0,10}(?:获悉|了解到|得知|记者从[^，。；“\d]{1,24}(?:获悉|了解到|得知)"
    r"|从[^，。；“\d]{1,24}(?:获悉|了解到|得知))[，,：:]?\s{0,3}"
)
_HEARD = re.compile(r"\s{0,3}(?:通报|披露|公布的消息|发布的消息)[，,]\s{0,3}")
_WRITTEN_BY = re.compile(
    r"(?:记者|社|网|报|台|讯|新闻|财经|之家|客户端|日报|晚报|[\w·]{2,10})\s{0,3}$"
)

_BASE = re.compile(r"(?:较|比|对比|相比|同比|不及|高于|低于|超过|与|和|跟|同)\s{0,3}$")
_COMPARED = re.compile(r"[^，。；]{0,24}(?:同期|相比|相较|持平|增|降|涨|跌|不同|相同|翻)")
_NAMES_A_THING = re.compile(
    r"\s{0,3}(?:年?度|财年|赛季|春节档|版(?!权)|款|级|届|财报|年报|报告|世界杯|欧洲杯|亚洲杯|冬奥|奥运|亚运|全运|世锦赛|高考|国考"
    r"|考研|中央一号|预算|计划|诺贝尔|春晚|中国|全国|世界|[A-Za-z]+\d)"
)
_LOOKS_BACK_BEFORE = re.compile(
    r"(?:继|相比于|相较于|不同于|区别于|早于|晚于|直到|自从|距离?)\s{0,3}$"
)
_SINCE = re.compile(r"[^，。；]{0,24}(?:以来|至今)")
_LOOKS_BACK_BEHIND = re.compile(
    r"\s{0,3}的?\s{0,3}(?:那次|那场|那份|那起|那天|这次|上述|(?:发布|公布|开放|推出|上线|签署|公开)的)"
)
_IN_PASSING = re.compile(r"[，；]\s{0,3}此前[在于]?\s{0,3}$")
_WITH = re.compile(r"(?:与|和|跟|同)\s{0,3}$")
_BECAUSE = re.compile(r"(?:因|受|由于|因为|经历|经过)\s{0,3}$")
_OBJECT = re.compile(r"[\u4e00-\u9fff”](?<![在于据自从年月日])$")
_DONE_TO = re.compile(r"\s{0,3}[\u4e00-\u9fff]{2}的(?!是)")  # 反对7月13日达成的协议
_OF_A_THING = re.compile(
    r"\s{0,3}(?:期间|间)?(?:生产|出厂|销售|购买|注册|制造|在售|出生|入职|签订)[^，。；]{0,6}的"
)
_AFTER_A_FEAST = re.compile(
    r"\s{0,3}(?:之?[前后]的?|假期|期间|档|黄金周)?(?:的|车票|机票|档期|将至|将近|临近|在即|\d)"
)
_FEAST = re.compile(r"[节夕旦宵午夜一]$|春节|国庆|清明|中秋|双")
_DONE = re.compile(r"[，,]?[^，。；将拟]{0,8}(?:被|遭|获|曾)")
_SHOPPING_SEASON = re.compile(r"(?:618|双\s?1[12]|双\s?十[一二]).{0,2}期间")
_BARE_YEAR = re.compile(r"\s{0,3}(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s{0,3}[月日号]")
_IN_FORCE = re.compile(r"起?(?:正式)?(?:施行|实施|执行|生效|起算)")
_COUNTED = re.compile(
    r"(?:[\d一二两三四五六七八九十几数]|半)\s{0,3}个?(?:天|日|周|星期|月)(?:之|以)?[前后]$"
)
_LEADS_INTO = re.compile(r"\s{0,3}之?[前后]的?\s{0,3}")
_OPENS = re.compile(r"(?:^|[，。；：])\s{0,3}$")
_ALIKE = re.compile(r"[^，。；]{0,30}(?:相比|不同|相同|一样|类似)")


class Dating(NamedTuple):
    """A date that dates something.

    `aside` says that the sentence only looks back at it (继9月17日…之后).
    """

    mention: DateMention
    when: When
    aside: bool = False


def dateline_end(text: str, mentions: Sequence[DateMention]) -> int:
    """Where the dateline ends that a sentence begins with; 0 when it has none."""
    opens = 0
    for mention in mentions[:3]:  # 新华社北京12月1日电 记者12月1日从…获悉
        ends = _dateline_end(text, mention, opens)
        if not ends:
            break
        opens = ends
    return opens


def _dateline_end(text: str, mention: DateMention, opens: int) -> int:
    before = text[opens : mention.start]
    if len(before) > 30 or _MARK.search(before):
        return 0
    said = _SAYS_BEHIND.match(text, mention.end)
    if said and (not before or _WRITTEN_BY.search(before)):
        return said.end()
    heard = _HEARD.match(text, mention.end) if "据" in before else None
    if heard:  # 据检方22日通报
        return heard.end()
    learned = _LEARNED.match(text, mention.end) if "记者" in text else None
    if learned and ("记者" in before or "记者" in learned[0]):
        return learned.end()
    return 0


def datings(
    text: str, mentions: Sequence[DateMention], anchor: date | None, last: When | None
) -> list[Dating]:
    """The dates that date something, in order.

    Args:
        text: a sentence.
        mentions: all its dates.
        anchor: the article's day; None when unknown: then only full dates count, and what leans
            on one.
        last: the last certain date before the sentence.
    """
    if not mentions or len(mentions) > _MOST_DATES:
        return []
    titles = [m.span() for m in _IN_TITLE.finditer(text)] if "《" in text else []
    known = mentions if anchor else list(_known(text, mentions, last))
    outside = [m for m in known if not any(a <= m.start < b for a, b in titles)]
    ahead = list(_ahead(text, outside, anchor)) if anchor else outside
    kept = [d for m in ahead if (d := _dating(text, m))]
    if not kept:
        return []
    ends = dateline_end(text, mentions)
    news = [d for d in kept if d.mention.start >= ends]
    kept = news if any(not d.aside for d in news) else kept
    kept = [d for n, d in enumerate(kept) if not _leads_into(text, kept, n)]
    return _once(text, _finest_in_clause(text, kept))


def _known(text: str, mentions: Sequence[DateMention], last: When | None) -> Iterator[DateMention]:
    """The dates that are known without the article's day: full ones, and what leans on them."""
    named = last is not None
    year_end = -1  # of the last year written in the sentence
    for mention in mentions:
        full = _FULL.search(mention.text) is not None
        follows = year_end >= 0 and not _NEW_SENTENCE.search(text, year_end, mention.start)
        leans = named and _ANAPHORIC.match(mention.text) is not None
        if full or leans or (follows and mention.text[:1] not in "今昨明去前本上下近"):
            named = True
            year_end = mention.end
            yield mention


def _ahead(text: str, mentions: Sequence[DateMention], anchor: date) -> Iterator[DateMention]:
    """The dates, those moved into the next year that must lie ahead though no word before says so.

    A rule comes into force on a day to come (自7月1日起施行), and what follows a day to come in its
    sentence (1月10日开幕，持续到2月18日) is to come too.
    """
    after: date | None = None
    for mention in mentions:
        when = mention.when
        bare = _BARE_YEAR.match(mention.text) is not None
        gone = (anchor - when.end).days > 60
        if bare and gone and (after or _IN_FORCE.match(text, mention.end)):
            when = _next_year(when)
            mention = replace(mention, when=when)
        if bare and when.start > anchor and _DONE.match(text, mention.end):
            mention = replace(mention, when=_next_year(when, -1))
        elif when.start > anchor:
            after = when.start
        yield mention


def _next_year(when: When, years: int = 1) -> When:
    try:
        return replace(
            when,
            start=when.start.replace(year=when.start.year + years),
            end=when.end.replace(year=when.end.year + years),
        )
    except ValueError:  # 29 February, or the last year there is
        return when


def _dating(text: str, mention: DateMention) -> Dating | None:
    when = _widened(mention)
    if mention.text[-1] in "前后" and _COUNTED.search(
        mention.text
    ):  # 三天前 is a round number; 案发两天后 counts from elsewhere
        counts = mention.text.endswith("前") or _OPENS.search(text[: mention.start])
        return Dating(mention, replace(when, certain=False)) if counts else None
    if not when.certain or (when.end - when.start).days > _LONGEST_SPAN_DAYS:
        return None
    if _is_base(text, mention) or _is_name(text, mention):
        return None
    return Dating(mention, when, _looks_back(text, mention))


def _widened(mention: DateMention) -> When:
    """9月末 is in September for sure, 年底 in its year: shown as what is sure."""
    when = mention.when
    if when.certain:
        return when
    try:
        if _PART_OF_MONTH.search(mention.text):
            return month(when.start.year, when.start.month)
        if _PART_OF_YEAR.search(mention.text):
            return year(when.start.year)
    except ValueError:
        pass
    return when


def _is_base(text: str, mention: DateMention) -> bool:
    """Whether a date is only what another is measured by: 较2019年增长, 2013年与2021年不同."""
    if mention.text.endswith("同期"):
        return True
    if mention.when.granularity is Granularity.DAY:
        return False
    before = text[max(0, mention.start - 4) : mention.start]
    measured = _BASE.search(before) and _COMPARED.match(text, mention.end)
    behind = text[mention.end : mention.end + 1]
    return bool(measured) or (
        behind in ("与", "和", "跟", "比") and bool(_COMPARED.match(text, mention.end))
    )


def _is_name(text: str, mention: DateMention) -> bool:
    """Whether a year belongs to the name of a thing: 2021年世界杯, 2020年报."""
    coarse = mention.when.granularity in (Granularity.YEAR, Granularity.DECADE)
    return coarse and _NAMES_A_THING.match(text, mention.end) is not None


def _looks_back(text: str, mention: DateMention) -> bool:
    return bool(
        _is_led_back_to(text, mention)
        or _IN_PASSING.search(text, max(0, mention.start - 10), mention.start)
        or (not mention.text.endswith("起") and _SINCE.match(text[mention.end : mention.end + 3]))
        or _LOOKS_BACK_BEHIND.match(text, mention.end)
        or _OF_A_THING.match(text, mention.end)
        or _SHOPPING_SEASON.match(text[mention.start : mention.end + 2])
        or (_FEAST.search(mention.text) and _AFTER_A_FEAST.match(text, mention.end))
    )


def _is_led_back_to(text: str, mention: DateMention) -> bool:
    """Whether the words right before a date, with those behind it, say that it is over."""
    before = text[max(0, mention.start - 4) : mention.start]
    if before[-1:] in "，。；：“（":
        return False
    return bool(
        _LOOKS_BACK_BEFORE.search(before)
        or (before.rstrip().endswith("自") and _SINCE.match(text, mention.end))
        or (_WITH.search(before) and _ALIKE.match(text, mention.end))
        or (_BECAUSE.search(before) and text[mention.end : mention.end + 1] == "的")
        or (_OBJECT.search(before) and _DONE_TO.match(text, mention.end))
    )


def _leads_into(text: str, kept: Sequence[Dating], n: int) -> bool:
    """Whether a date only describes the next: 元宵节后的2月18日."""
    if n + 1 == len(kept):
        return False
    between = text[kept[n].mention.end : kept[n + 1].mention.start]
    return _LEADS_INTO.fullmatch(between) is not None


def _finest_in_clause(text: str, kept: list[Dating]) -> list[Dating]:
    """Without a quarter or a year in the clause of an exact date that lies behind it or in it:
    12月1日公布三季报, 明年的主题将于6月征集."""
    if not any(d.when.granularity in _COARSE for d in kept):
        return kept
    starts = breaks(text)
    return [d for d in kept if not any(_gives_way(d, other, starts) for other in kept)]


def _gives_way(coarse: Dating, exact: Dating, starts: Sequence[int]) -> bool:
    if coarse.when.granularity not in _COARSE or exact.when.granularity in _COARSE or exact.aside:
        return False
    if start_of(coarse.mention.start, starts) != start_of(exact.mention.start, starts):
        return False
    inside = coarse.when.start <= exact.when.start and exact.when.end <= coarse.when.end
    return inside or exact.mention.start < coarse.mention.start


def _once(text: str, kept: list[Dating]) -> list[Dating]:
    """Without the repeats of a date right behind itself, unless they begin something new."""
    return [d for n, d in enumerate(kept) if n == 0 or not _repeats(text, kept[n - 1], d)]


def _repeats(text: str, before: Dating, here: Dating) -> bool:
    if before.when != here.when:
        return False
    between = text[before.mention.end : here.mention.start]
    return "；" not in between and not ("，" in between and here.mention.text[0] == "同")
