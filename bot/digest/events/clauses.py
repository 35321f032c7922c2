"""Clauses of a sentence: where they begin, what leads into them, how much of them to show."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from bot.digest.events.verbs import ACTS

LONGEST = 110  # characters of an event's text; more is cut at the end of a clause
_OPENING, _CLOSING = "“‘《（(「『【〈", "”’》）)」』】〉"
_MARK = re.compile(f"[，；。！？：,;!?{re.escape(_OPENING + _CLOSING)}]")
_TELLING = 5  # characters behind a date that tell something
_LONGEST_QUOTE = 300  # a bracket that stays open longer was never meant to close

# Words that only tie a sentence to the one before, and who said so.
_LEADING = re.compile(
    r"(?:(?:【[^【】]{2,12}】\s{0,3}|[\w·]{2,12}(?:讯|电)(?:[（(][^（()）]{0,30}[）)]\s{0,3}|\s{1,3})"
    r"|例如|比如|此前的?|之前|先前|无独有偶|与此同时|在此之前|在此之后|在此期间|除此之外|事实上|实际上|值得注意的是"
    r"|值得一提的是|值得关注的是|令人玩味的是|不过|但是|但|然而|而且|而|其中|另外|此外|同时|随后|紧接着|接着|最终"
    r"|对此|为此|所以|因此|于是|另据了解|据了解|另据悉|据悉|据介绍|据透露|据报道|据统计"
    r"|按照计划|按计划|根据计划|[^，。；：“\d]{2,12}显示(?=[，,])|[^，。；：“\d传放发有]{2,10}消息(?=[，,])"
    r"|(?:公开)?(?:资料|信息|报告|公告|通报|数据|文件|判决书|招股书|材料|调查|监控|视频|记录)(?:显示|称|指出|认定)"
    r"|另一方面|一方面|原来|回顾来看|回看|时间回到|往前看"
    r"|据[^，。；：“]{1,14}?(?:报道|消息|通报|介绍|透露|披露|公告)(?=[，,])"
    r"|[\w·]{2,10}获悉|[\w·]{2,10}快讯|记者(?:获悉|了解到|注意到)|[^，。；：“\d]{0,8}记者从[^，。；：“\d]{1,16}(?:获悉|了解到)"
    r")[，,：:]?\s{0,3})+"
)
_OPENS_MORE = re.compile(  # the rest is what others make of it, or how it works
    r"\s{0,3}(?:用户[可能]|也就是说|换句话说|换言之|这个“"
    r"|这(?:也)?意味着|意味着|这是|这也是|可见|说明|外界|业内|有业内|分析|有分析|专家|有观点|有望|或将|被视为|被认为"
    r"|[^，。；“]{0,16}(?:表示|认为|指出|坦言|评价)[，：“])"
)


@lru_cache(maxsize=8)  # a sentence is asked about a few times in a row
def breaks(text: str) -> tuple[int, ...]:
    """Where the clauses of a sentence begin, and its end; nothing inside quotes or brackets ends
    one. A comma inside a number ends none either."""
    found, depth, opened = [0], 0, 0
    for mark in _MARK.finditer(text):
        at, character = mark.start(), mark[0]
        if character in _OPENING:
            depth, opened = depth + 1, at if depth == 0 else opened
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 or at - opened > _LONGEST_QUOTE:
            depth = 0
            if _ends(text, at):
                found.append(at + 1)
    return tuple(found) if found[-1] == len(text) else (*found, len(text))


def _ends(text: str, at: int) -> bool:
    if text[at] in "，；。！？":
        return True
    behind = text[at + 1 : at + 2].isdecimal()
    return not (behind and (text[at] != "：" or text[at - 1 : at].isdecimal()))


def start_of(at: int, starts: Sequence[int]) -> int:
    """The start of the clause that holds a place."""
    return starts[bisect_right(starts, at) - 1]


def before(start: int, starts: Sequence[int]) -> int:
    """The start of the clause before the one that starts at a place; the place if there is none."""
    n = bisect_left(starts, start)
    return starts[n - 1] if n else start


@lru_cache(maxsize=64)  # the clauses of a paragraph are looked at again for one that leans on them
def lead(text: str) -> int:
    """How many characters of connectives and attributions a text begins with."""
    match = _LEADING.match(text)
    return match.end() if match and match.end() < len(text) else 0


def shortened(text: str, most: int = LONGEST, least: int = 0) -> str:
    """The text up to the last clause that says what happened and still fits.

    What others make of it is left out where it begins a clause.

    Args:
        text: a stretch of a sentence.
        most: how many characters are readable.
        least: how many characters stay, whatever they say, for they hold the date.
    """
    places = breaks(text)
    kept, enough = places[1] if len(places) > 1 else len(text), least + _TELLING
    for start, end in pairwise(places[1:]):
        if kept >= enough and (end > most or _others_opinion(text, start)):
            break
        kept = end
    return text[:kept].rstrip("，；：,;、 ")


def _others_opinion(text: str, start: int) -> bool:
    """Whether a clause begins what others make of what was told before it."""
    return bool(_OPENS_MORE.match(text, start) and ACTS.search(text, 0, start))
