"""What a dated clause tells: an event, a plan, a reaction, figures, background; and its weight."""

import re
from datetime import date

from bot.digest.events.dating import Dating
from bot.digest.events.verbs import ACTS
from bot.model import EventKind, Granularity

_COARSE = (Granularity.QUARTER, Granularity.HALF, Granularity.YEAR, Granularity.DECADE)
_PERIODS = (*_COARSE, Granularity.MONTH)
_FRAME = 50  # characters from a date to who says something then
_CLAUSE = 60  # characters behind a date that are looked at

# Every alternative begins with a letter of its own, which makes the search quick.
_SPEAKS = re.compile(
    r"(?:表示|认为|指出|坦言|强调|评价|回应|呼吁|点评|预测|建议|直言|写道|感叹|吐槽|看来|提醒|分析称|介绍|接受采访"
    r"|发文[^，。]{0,4}(?:展望|评价|称)|称(?<![简名宣号声职昵告报明息道自]称)(?![为号呼职赞])|说(?<![小学传]说)(?=[，：“道]))"
)
SAID = re.compile(rf"(?:{_SPEAKS.pattern})[，：,:]\s{{0,3}}$")
_OPINION = re.compile(r"或将|可能|如果|预计|观点|担忧|展望|有望|势必|相信|大概率|期待")
_MEASURES = re.compile(
    r"截至|截止|同比|环比|增长|下降|增速|占比|占[^，。]{0,8}%|规模[达为]|用户[达数]|普及率|净利|营收|收入|销量|出货|市场份额"
    r"|财报|季报|年报|业绩|成交额?|消费数据|数据显示|数据分析|产值|亏损|销售额|吞吐量|客流量|总量|净资产|总资产|卖出"
)
_ANNOUNCES = re.compile(r"发布|公布|披露|宣布|公告|上市|公开")
_SHOPPING = re.compile(r"双\s{0,3}1[12]|双\s{0,3}十[一二]|618|黄金周|光棍节")
_UP_TO = re.compile(r"截[至止到]\s{0,3}$")
_PAST = re.compile(r"了|已(?!定)|曾|过(?![程渡])|获|遇难|发生")
_AHEAD_BEFORE = re.compile(
    r"(?:将|将于|将在|预计|计划|拟|拟于|定于|即将|有望|原定|定档|最迟)[^。；，]{0,4}$"
)
_AHEAD_BEHIND = re.compile(r"[，,]?[^。；，]{0,16}?(?:将(?![军来近领帅士])|拟|预计|计划|有望|即将)")
_ANNOUNCED = re.compile("宣布|发布|公布|公告|印发|通过|表示|了")
_STATE = re.compile(
    r"[是为占达约超]\s{0,2}\d|是|还|仍|越来越|一直|普遍|逐渐|不断|日益|高速|时代|均|平均|每年|约|占|高达|左右|下滑"
)
_ALLEGED = re.compile(
    "有(?:多名|多位|不少)?(?:消费者|网友|媒体|用户|市民|业主|家长|游客|乘客|员工)"
)
_MEANT = re.compile(r"(?:原定|原计划|最初计划|本应|本来|计划|预计|拟)于?\s{0,3}(?:在)?$")
_SCHEDULED = re.compile(
    r"举行|举办|开幕|直播|开售|发售|预售|上映|播出|开赛|对阵|发射|实施|施行|生效|上线|开庭|开始|启动|召开|出战|迎战|交付|截止|开放"
)
_EXACT = {Granularity.DAY: 0.15, Granularity.MONTH: 0.12, Granularity.YEAR: 0.08}
_WEIGHT = {
    EventKind.EVENT: 0.0,
    EventKind.PLANNED: -0.05,
    EventKind.REACTION: -0.2,
    EventKind.FIGURE: -0.25,
    EventKind.BACKGROUND: -0.2,
}


def kind(dating: Dating, text: str, sentence: str, anchor: date | None) -> EventKind:
    """What a dated clause tells.

    Args:
        dating: the date.
        text: the event's text.
        sentence: the whole sentence.
        anchor: the article's day; None when unknown.
    """
    if _is_said(dating, text) and not _is_ahead(dating, sentence):
        return EventKind.REACTION
    if _is_figure(dating, text, sentence):
        return EventKind.FIGURE
    if dating.aside:
        return EventKind.BACKGROUND
    if _is_planned(dating, text, sentence, anchor):
        return EventKind.PLANNED
    if _fell_through(dating, sentence) or _is_going_on(dating, anchor):
        return EventKind.BACKGROUND
    if dating.when.granularity in _COARSE and _is_state(text):
        return EventKind.BACKGROUND
    return EventKind.EVENT


def _is_planned(dating: Dating, text: str, sentence: str, anchor: date | None) -> bool:
    """Whether it was yet to come; a date that lies behind the article never is."""
    when = dating.when
    if anchor is not None and when.end <= anchor:
        return False
    if _is_ahead(dating, sentence):
        return True
    if anchor is None or when.start <= anchor:
        return False
    return not _PAST.search(text) or ("了" not in text and bool(_SCHEDULED.search(text)))


def _is_ahead(dating: Dating, sentence: str) -> bool:
    """Whether the words beside a date look ahead, and not from a deed: 宣布将开放 is one."""
    mention = dating.mention
    if _AHEAD_BEFORE.search(sentence, max(0, mention.start - 10), mention.start):
        return True
    behind = _AHEAD_BEHIND.match(sentence, mention.end)
    return behind is not None and _ANNOUNCED.search(behind[0]) is None


def _is_state(text: str) -> bool:
    """Whether a clause about a year tells how things were: 2015年，流量还很便宜."""
    return not ACTS.search(text) and not _PAST.search(text) and bool(_STATE.search(text))


def _is_said(dating: Dating, text: str) -> bool:
    """Whether it is dated that somebody said something, or said without a deed: not 张三介绍，11月
    20日新桥通车, where the date is what was said."""
    spoken = _SPEAKS.search(text)
    if spoken is None or ACTS.search(text, 0, spoken.start()):
        return False
    if _ALLEGED.search(text, 0, spoken.start()):
        return False
    dated = text.find(dating.mention.text)
    if dated > spoken.start():
        return not ACTS.search(text, dated)
    between = text[max(0, dated) : spoken.start()]
    return len(between) <= _FRAME and between.count("，") <= 2 and "”" not in between


def _fell_through(dating: Dating, sentence: str) -> bool:
    """Whether it was only meant to happen then: 最初计划2021年建成."""
    start = dating.mention.start
    return _MEANT.search(sentence, max(0, start - 8), start) is not None


def _is_going_on(dating: Dating, anchor: date | None) -> bool:
    """Whether the stretch was not over yet: 今年 says little of when."""
    when = dating.when
    return anchor is not None and when.granularity in _COARSE and when.start <= anchor < when.end


def _is_figure(dating: Dating, text: str, sentence: str) -> bool:
    mention = dating.mention
    if _UP_TO.search(sentence[max(0, mention.start - 4) : mention.start]):
        return True
    shopping = _SHOPPING.search(mention.text) is not None
    if not shopping and dating.when.granularity not in _PERIODS:
        return False
    dated = text.find(mention.text)
    behind = text[dated + len(mention.text) if dated >= 0 else 0 :][:_CLAUSE]
    measured = _MEASURES.search(behind)
    if shopping or measured is None:
        return measured is not None
    return not _ANNOUNCES.search(behind[: measured.start() + 12])


def salience(dating: Dating, text: str, told: EventKind) -> float:
    """How much an event matters by itself, 0 to 1: exactness, verbs, kind."""
    value = 0.4 + _EXACT.get(dating.when.granularity, 0.05) + _WEIGHT[told]
    value += 0.15 * bool(ACTS.search(text))
    value -= 0.1 * bool(_OPINION.search(text))
    value -= 0.1 * (not dating.when.certain)
    return round(min(1.0, max(0.0, value)), 4)


def told_as_done(text: str) -> bool:
    """Whether a clause tells of something done, not of a fixture: 今晚8点，决赛在江城举行."""
    return _PAST.search(text) is not None or _SCHEDULED.search(text) is None
