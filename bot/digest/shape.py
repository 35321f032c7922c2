"""Shape: whether a sentence can stand alone, and whether it is news at all."""

import re
from functools import lru_cache

from bot.digest.sentences import balanced

_SHORTEST, _LONGEST = 12, 160

# A sentence that begins so leans on the one before: 他说, 该公司, 在他看来, 第二，…
_LEANING = re.compile(
    r"(?:[^，。：“”]{0,12}[，,：]\s*|[“‘]|[在对据受与和由如跟让把为以除从])?"
    r"(?:[他她它]们?|其(?![他余实])|该(?!不该)|此(?![前外间次番])|这|那(?!曲|不勒斯)|上述|前述|上文|两者|二者|双方|两人|后者|前者)"
    r"|(?:因此|所以|但|不过|然而|而(?!立)|并(?!购|州)|也|还|同时|同样|同日|同期|此外|另外|另一方面|另一|随之|当时|彼时"
    r"|例如|比如|其中|其次|最后|然后|可见|换句话|总之|于是|会后|赛后|随后|之后|再者|除具体|相比之下|反观|要知道"
    r"|一是|[二三四五]是|首先|第[一二三四五][，、,]|另据|与之|而且|甚至|当天|当日|当晚|次日|翌日|具体)"
)
# Whom the pronoun means stands before it: 云帆云随后确认，其机房…
_REFERENT_INSIDE = re.compile(
    r"(?!据?[他她它该此这那]|[对在就])[^，。：“”]{3,24}(?:说|称|表示|确认|介绍|宣布|透露|回应|承认|公告)[，,：]\s*(?:其|他|她)"
)
_PRONOUN_INSIDE = re.compile(r"[^，。；“”]{0,8}(?<!其)[他她它](?!国|乡|山|日|[人们]?[“”])")
_EMPTY = re.compile(
    r"[？?][”’]?$|[让我]们?(?:来看|一起)|以下是|如下[:：]?$|[:：]$|值得一提|令人玩味|说起|有趣的是|拭目以待"
    r"|^(?:早安|晚安|你好|大家好|编者按|[这以]里是)|^你[的会是有知]|(?:问|答|记者)[:：]"
    r"|^[\w·]{2,6}(?<![条点项])[:：](?!\d)"
)
_STEPS = re.compile(
    r"(?:[\w·]{0,12}[，,])?(?:原料|做法|材料|配料|用料|步骤|提示|贴士|tips)[:：]"
    r"|(?:[^；]{0,60}\d[、.．)）]\D[^；]{0,80}；){2}",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"请(?![愿求假辞])|欢迎|敬请|快来|赶紧|长按|点击|扫码|扫描|戳|关注[“《]|更多|想了解|如需|如果你|转载|图[为：:]|[（(].*[）)]$"
)
# Every alternative begins with a letter of its own, which makes the search quick.
_NO_NEWS = re.compile(
    r"扫码[^，。]{0,8}(?:关注|下载|查看|预约)|扫描[^，。]{0,8}二维码|二维码[^，。]{0,8}(?:关注|下载|预约)"
    r"|客户端[^，。]{0,8}下载|下载[^，。]{0,8}(?:APP|客户端)|阅读原文|相关阅读"
    r"|责任编辑|责编[:：]|编辑[:：]|校对[:：]|作者[:：]|文案[:：]|来源[:：]|原标题[:：]|图片来源|供图[:：）)]"
    r"|图[:：）)]|/\s*摄|／\s*摄|摄）|记者\s*[^，。]{2,4}\s*摄|免责声明|投资建议|风险提示|版权归|版权所有"
    r"|个人观点|系化名|为化名"
)
_LOOKED_AT = 400  # characters


@lru_cache(maxsize=2_000)
def leans(text: str) -> bool:
    """Whether a sentence leans on the one before: a pronoun or a link without what it refers to."""
    if _REFERENT_INSIDE.match(text):
        return False
    return _LEANING.match(text) is not None or _PRONOUN_INSIDE.match(text) is not None


@lru_cache(maxsize=2_000)
def fitness(text: str) -> float:
    """How well a sentence would do in a summary by its shape, 0 to 1; 0 must never be shown."""
    head = text[:_LOOKED_AT]
    if _CALL.match(head) or _NO_NEWS.search(head) or not balanced(text):
        return 0.0
    fit = 1.0 if _SHORTEST <= len(text) <= _LONGEST else 0.5
    if _EMPTY.search(head) or _STEPS.match(head):
        fit *= 0.2
    if text[0] in "“‘":
        fit *= 0.5
    return fit
