"""Trimming: a news sentence without what is not the news, the rest verbatim and in order.

What goes: datelines, the reporter, the day when it is the article's own, leading 据悉, asides in
brackets, and clauses behind the main one. What stays: whose claim it is, a negation, a condition.
"""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from bot.digest.sentences import balanced, outside

_SHORTEST = 10  # characters that must be left behind a dateline
_SHORTEST_PIECE = 18  # characters that can stand for a sentence
_LONGEST = 400  # characters of a sentence that is looked into
_MOST_DROPPED = 8  # datelines, days and sources in a row
_OWN_DAYS = 5  # a day so near the publication's says no more than 'now'

_DATE = r"(?:\d{4}\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日"
_TIME = (
    r"(?:(?:上午|下午|晚间?|凌晨|傍晚|早间|清晨|深夜|中午)\s*)?"
    r"(?:\d{1,2}\s*[时点:：]\s*(?:\d{1,2}\s*分?)?\s*)?(?:许|左右)?"
)
_OUTLET = r"[\w·]{0,10}\s?(?:报|网|社|之家|财经|科技|新闻|快讯|在线|观察|周刊|评论|前线|频道)"
_REPORTER = r"\s*(?:[（(][^（）()]{2,40}[）)])?"
_PART_OF_DAY = "(?:上午|中午|下午|晚间?|凌晨|清晨|傍晚|深夜|早间|午间)?"
_DATELINE = re.compile(
    r"(?=[^电讯消报丨｜|（(]*+[电讯消报丨｜|（(])(?:"  # most sentences hold none of these
    rf"(?!据)(?:{_OUTLET}|本报|本网|[\w·]{{1,4}}报)\s*[\w·]{{0,6}}?\s*"
    rf"(?:{_DATE}\s*电|电(?=[\s（(，,：:])|(?:{_DATE})?\s*(?:讯|消息|报道))"  # 财经大学|电子
    rf"{_REPORTER}[，,：:\s]*(?=\S)"
    rf"|(?!据)[\w·]{{0,12}}?\s*{_DATE}\s*{_PART_OF_DAY}(?:电|讯|消息|报道){_REPORTER}[，,：:\s]*(?=\S)"
    rf"|[\w·]{{2,10}}?\s*{_DATE}\s*[丨｜|]\s*"
    r"|[\w·]{2,6}[讯电](?:[（(][^（）()]{2,40}[）)]\s*|\s+|[，,：:]\s*)(?=\S)"
    r"|[（(](?:记者|通讯员|文\s*[/／])[^（）()]{2,40}[）)]\s*|[（(][^（）()]{2,20}讯[）)]\s*)"
)
_LABEL = re.compile(r"[【\[][^】\]]{2,60}[】\]]\s*(?=\S{8})")
_HEADLINE = re.compile(r"【([^【】]{10,60})】(?=\S{8})")
_NO_HEADLINE = re.compile(r"报道|编者|记者|按[:：]|来源|原标题")
_LINKING = re.compile(
    r"(?:据悉|据了解|据介绍|公开资料显示|资料显示|事实上|值得一提的是|值得注意的是|无独有偶|另外|此外|与此同时)[，,]\s*"
    r"|此前的?[在于]?\s*(?=(?:今年|去年|前年|\d{4}\s*年|\d{1,2}\s*月))"
)
_VAGUE = re.compile(
    r"(?:近日|日前|近期|最近|[今昨](?:日|天|晚|晨)(?:上午|下午|晚间?|凌晨|清晨)?|今早|当地时间|北京时间)"
    r"\s*(?:[，,]\s*|(?=\d))"
)
_DAY = re.compile(
    r"(?:当地时间|北京时间|美东时间)?\s*(?:(?P<year>\d{4})\s*年\s*)?"
    rf"(?:(?P<month>\d{{1,2}})\s*月\s*)?(?P<day>\d{{1,2}})\s*日\s*{_TIME}[，,]\s*"
)
_CLOCK = re.compile(rf"(?=[\d上下凌傍清]){_TIME}[，,]\s*")
_OWN_NAME = re.compile(  # the line stands beside the outlet's name
    r"(?=[^，,。；“”记]*+记者)[\w·]{1,8}(?:报|网|社|财经|新闻|周刊|在线|观察)\s?记者\s?(?:[今昨][日天]|近日|日前|\d{1,2}日)?\s?"
    r"(?=从[^，,。；“”]{2,24}(?:获悉|了解到|得知))"
)
_NUMBER = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})[、.．]\s*(?=\D)|[•·▲■●◆▌]\s*")
_OWN_SOURCE = re.compile(
    r"(?=[^，,。；“”]*+(?<=[悉到])[，,])"  # as most first clauses do not end
    r"(?![^，,]*(?:员工|知情|人士|网友|家属|目击|居民|村民))"
    r"(?:[^，,。；“”]{0,12}记者[^，,。；“”]{0,24}|[\w·\s]{2,10}?(?:独家)?)"
    r"(?:获悉|了解到|注意到|看到)[，,]\s*"
)
_SOURCE = re.compile(
    r"据[^，,。；“”]{2,24}(?:消息|报道|通报|公布|发布|显示|介绍|透露|统计|监测|台网测定)[，,]\s*"
    r"|(?=[^，,。；“”]*+(?<=[示息])[，,])(?:"
    r"[^，,。；“”]{2,30}(?:官网(?:信息)?|信息网|数据|公报|[周月季年财]报|公告|通报|监测)显示"
    r"|[\w·]{2,12}(?:局|部|委|办|署|厅|中心|台网)消息)[，,]\s*"
)
# What only a source may say: without it an allegation or a plan would read as a fact.
_CLAIM = re.compile(
    r"涉嫌|指控|指其|或[将可为在已会是]|或许|可能|疑[似遭为]|有望|传[出闻]|否认|宣称|声称|认为|预计|预测|计划"
    r"|考虑|拟|正[在与]|将|据称|知情人|希望|应该|应当|称"
)
_FIRST_ITEM = re.compile(r"一是([^；。]{12,120})；\s{0,3}二是")
_COMMA = r"[，；;]|(?<!\d),|,(?!\d)"
_ALWAYS = (_LABEL, _NUMBER, _DATELINE, _LINKING, _OWN_SOURCE, _SOURCE)
_NOW = (_VAGUE, _DAY, _CLOCK, _OWN_NAME)
_REFERS_BACK = re.compile(  # to what stands before
    r"(?:[^，,。；]{0,24}[，,]\s*){0,2}(?:该|其(?![他余中])|他|她|它)"
    r"|[^。；]{0,30}?[全本我][市省县区州]"
)
_ASIDE = re.compile(r"(《[^《》]*》)|\s*[（(](?![^（）()]{0,4}(?:不?含|除))[^（）()]{1,60}[）)]")

_CIRCUMSTANCE = re.compile(  # a clause that begins so says when, where, why or what for
    r"(?:为了?(?!期|何|止|准)|随着|经过|经(?!济|营|理)|受(?!害|到|贿|伤)|由于|因(?!此)|在|自(?!动|主|己|由)|当(?!选|地)"
    r"|鉴于|针对|按照|根据|依据|面对|继|作为|凭借|从|对于|关于|围绕)"
)
_IDLE = re.compile("根据|按照|依据|随着|为|针对")  # says less than it takes room
_ONLY_WHY = re.compile(  # a clause that begins so is never the whole of a sentence
    r"(?:为了?(?!期|何|止|准)|随着|经(?!营|济|理)|受(?!害|到|贿|伤)|由于|因(?!此)|鉴于|针对|按照|根据|依据|面对|继"
    r"|作为|凭借|据|对于|关于|围绕|除|如果|虽然|尽管|不仅|不但|一旦|即使|只要|只有|既|无论)"
)
_OPEN_END = re.compile(
    r"(?:称|表示|显示|指出|认为|透露|介绍|宣布|获悉|强调|提出|说|写道|发文|发帖|致信|时|后|前|中|下|之际|以来|来看|方面|期间|由于"
    r"|因为|以及|或者|和|与|及|的|为|是|在|于|对|将|等|[年月日]|一案|公告|里|(?<!以)[内上]|首日|一[是来方面]+"
    r"|(?:因|由于|随着|经过)[^，,]{1,12}|(?:发布|公布|印发|更新|出台|披露)了?[^，,《]{0,6}《[^》]+》.{0,8}"
    r"|(?:发布|公布|印发|出台|披露|推出|提出)了?[^，,]{0,30}(?:方案|声明|计划|举措|措施|规定|意见|说明|规划|报告)"
    r"|作出[^，,]{0,6}(?:处理|处罚|决定|判决|裁定|回应|通报))$"
)
_TURN = re.compile(  # what follows takes something back, or says how much
    r"\s*(?:[^，,；;。]{0,8}(?:却|并非)|但|不过|由(?!此)|经|然而|除|前提|否则|如果|仅|只|才|并不|而非|而不|尚|同比|环比|较|比上|约合|折合)"
)
_SAID_BEHIND = re.compile(
    r"(?:称|认为|表示|指出|说|警告|预计|指控|宣称|坦言|透露|写道|介绍|报道)[”。！]*$"
)


class Piece(NamedTuple):
    """A stretch of a sentence that can stand for it: `text[start:end]` without its asides."""

    start: int
    end: int
    text: str


def front(text: str, day: date | None = None) -> int:
    """Where the news begins: behind dateline and own source.

    Args:
        text: a sentence.
        day: that of the publication: then what only says 'now' goes, too.
    """
    patterns = _ALWAYS if day is None else _ALWAYS + _NOW
    at = 0
    for _ in range(_MOST_DROPPED):
        for pattern in patterns:
            match = pattern.match(text, at)
            if match and match.end() > at and _droppable(pattern, match, text, day):
                at = match.end()
                break
        else:
            break
    return at if len(text) - at >= _SHORTEST else 0


def _droppable(pattern: re.Pattern[str], match: re.Match[str], text: str, day: date | None) -> bool:
    if pattern in (_SOURCE, _OWN_SOURCE) and _REFERS_BACK.match(text, match.end()):
        return False
    if pattern is _SOURCE:
        return not _CLAIM.search(text, match.end(), match.end() + _LONGEST)
    return pattern is not _DAY or _is_own_day(match, day)


def _is_own_day(match: re.Match[str], day: date | None) -> bool:
    """Whether a month and day is that of the publication, or hardly before."""
    if day is None:
        return False
    month, number = int(match["month"] or day.month), int(match["day"])
    for year in [int(match["year"])] if match["year"] else [day.year, day.year - 1]:
        try:
            return 0 <= (day - date(year, month, number)).days <= _OWN_DAYS
        except ValueError:
            continue
    return False


def headline(text: str) -> Piece | None:
    """What a flash says in the brackets before its text: 【…】 as a sentence of its own."""
    match = _HEADLINE.match(text)
    if match is None or _NO_HEADLINE.search(match[1]) or not balanced(match[1]):
        return None
    return Piece(match.start(1), match.end(1), match[1])


def first_item(text: str) -> re.Match[str] | None:
    """The first of several things that a sentence counts up (一是…；二是…), as group 1."""
    return _FIRST_ITEM.match(text)


def pieces(text: str, day: date | None = None) -> list[Piece]:
    """The stretches of a sentence that are grammatical and true by themselves, the longest first.

    The first begins behind the dateline, the others also behind clauses of circumstance; each ends
    with a clause that needs nothing behind it.

    Args:
        text: a sentence.
        day: that of the publication; None when unknown.
    """
    item = first_item(text)
    if item:
        found = pieces(item[1], day)
        return [Piece(p.start + item.start(1), p.end + item.start(1), p.text) for p in found]
    begin = front(text, day)
    if len(text) > _LONGEST:
        return [_piece(text, begin, len(text))]
    commas = [at for at in outside(text, _COMMA) if at > begin]
    start = _start(text, begin, commas)
    commas = [at for at in commas if at > start]
    idle = start > begin and _IDLE.match(text, begin)
    ends = [] if _SAID_BEHIND.search(text, begin) else commas
    found = [_piece(text, start if idle else begin, len(text))]
    found += [_piece(text, start, at) for at in ends if _may_end(text, start, at, commas)]
    found += [_piece(text, start, len(text))]
    return [p for p in found if len(p.text) >= _SHORTEST_PIECE and balanced(p.text)] or found[:1]


def _start(text: str, begin: int, commas: list[int]) -> int:
    """The beginning of the news, behind clauses that only say when, where, why or what for."""
    start = begin
    for comma in commas[:2]:
        clause = text[start:comma]
        if not _CIRCUMSTANCE.match(clause) or _SAID_BEHIND.search(clause):
            break
        if not _has_subject(text[comma + 1 : comma + 20]):
            break
        start = comma + 1
    return start


@lru_cache(maxsize=10_000)
def _has_subject(text: str) -> bool:
    """Whether a clause begins with what it is about, rather than with a verb or a pronoun."""
    return not re.match(
        r"\s*(?:将|已|正式|共|也|还|仍|均|都|再|又|被|把|对|向|与|在|为|于|以|由|是|有|无|可|能|会|并|且|而|其|该"
        r"|这|那|此|他|她|它|但|却|则|就|才|不|未|没|从|首次|成功|发布|宣布|推出|启动|召开|开展|实现|完成|获|累计"
        r"|同比|环比|召回|导致|造成|使|令|让|决定|计划|拟|开始|进行|提出|要求|加强|推动|推进|促进|提升|打造|建设"
        r"|下调|上调|判处?|认定|给予|达|占|比|进一步|全面|积极|充分|切实)",
        text,
    )


def _may_end(text: str, start: int, end: int, commas: list[int]) -> bool:
    """Whether the stretch before a comma says a whole thing, and what follows may be left out."""
    begin = max((at + 1 for at in commas if at < end), default=start)
    clause = _without_asides(text[begin:end])
    if _OPEN_END.search(clause) or _ONLY_WHY.match(clause.lstrip()):
        return False
    return not _TURN.match(text, end + 1)


def _piece(text: str, start: int, end: int) -> Piece:
    return Piece(start, end, _without_asides(text[start:end]).strip())


def _without_asides(text: str) -> str:
    return _ASIDE.sub(r"\1", text) if "（" in text or "(" in text else text
