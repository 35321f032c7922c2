"""Kinds of events: what happened, as the words of a head tell it.

Reports of one company share its name, its head and its products, whatever happened; a launch and
a recall are told apart by what was done.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

_PRODUCT = ".{0,16}(?:手机|新车|轿车|SUV|耳机|平板|空调|系列|模型|折叠|新一代|产品|新作|芯片|系统)"
_KINDS = {
    # disasters and accidents
    "地震": "地震|强震|余震|震中|震感|震源",
    "火灾": "火灾|起火|大火|失火|着火|火势|火龙|明火|山火|火情",
    "爆炸": "爆炸|爆燃|巨响",
    "矿难": "矿难|透水|溃水|溃砂|瓦斯|矿工|煤矿|金矿|井下",
    "暴雨洪水": "暴雨|洪水|洪灾|洪涝|内涝|决堤|溃坝|强降雨|降雨量|被淹|堰塞湖|泥石流|积水",
    "台风": "台风|强热带风暴",
    "高温": "高温|最高气温|热浪|最热的|℃",
    "寒潮": "寒潮|暴雪|低温|大雪|冻雨|沙尘|大雾",
    "坠毁": "坠毁|坠机|失事|空难|坠落|沉没|翻船|沉船|脱轨|黑匣子",
    "迫降": "备降|迫降|冲出跑道|偏出跑道|返航",
    "车祸": "车祸|相撞|追尾|侧翻|碾压|肇事",
    "坍塌": "坍塌|倒塌|塌方|垮塌|塌陷",
    "中毒泄漏": "泄漏|中毒|污染",
    "停水停电": "停水|停电|断水|断电|限电|恢复供[水电]",
    "疫情": "确诊|新增病例|感染者|疫情|核酸|封控|阳性",
    "伤人案": "伤人|杀人|行凶|持刀|凶手|遇害|命案|枪击|袭击",
    # companies
    "新品": "上市，|正式上市|开售|首发|新品|(?<!新闻)发布会|亮相|起售价|售价|开卖|开抢|上手|公测"
    f"|内测|上线|发布{_PRODUCT}|推出{_PRODUCT}|新作",
    "召回": "召回|收回",
    "裁员": r"裁员|裁撤|解散|关停|遣散|人员优化|优化人员|N\+\d|砍掉",
    "停服": "停服|停止运营|停止服务|下架|关服|退市|停产",
    "人事": "辞任|辞职|卸任|接任|任命|出任|履新|换帅|接棒|上任|当选|离任|聘任|提名",
    "财报": "财报|营收|净利|季报|半年报|年报|中报|业绩|扭亏|营业收入|成绩单|不良率|不良贷款|亏损",
    "收购": "收购|并购|入股|合并|控股权|私有化|要约",
    "融资": "融资|领投|估值|募资|定增",
    "发行上市": "IPO|招股|挂牌|敲钟|港交所|破发|首发申请|上会",
    "回购增减持": "回购|增持|减持|分红|派息|股权激励",
    "中标签约": "中标|大单|合同金额|合同额|签约|签署|总包|订单",
    "开工建设": "奠基|开工|动工|破土|新建|落户|投建|建厂|投产|总投资",
    "合作": "战略合作|达成合作|联手|携手|结盟|互联互通",
    "涨价降价": "涨价|降价|调价|提价|上调.{0,4}价|价格上调|贵了|打折",
    "版权": "版权|独家转播|转播权",
    "故障": "故障|宕机|崩了|瘫痪|中断服务|无法登录|报错|大面积延误|航班延误",
    # law and order
    "诉讼": "起诉|状告|索赔|诉讼|告上法庭|对簿公堂|侵权",
    "宣判": "宣判|判决|获刑|判处|被判|一审|二审|终审|有期徒刑|驳回|获赔|赢了官司|打赢",
    "被查": "立案|被查|审查调查|被捕|刑拘|逮捕|涉嫌|违纪|双开|落马",
    "处罚": "罚款|被罚|罚单|处罚|责令|通报批评|约谈|罚没|整改",
    "造假": "造假|抄袭|篡改|撤稿|学术不端|论文",
    "食品安全": "异物|老鼠|变质|食品安全|吃出|沙门氏菌|食堂",
    # economy and rules
    "准备金": "降准|准备金",
    "利率": "加息|降息|利率|LPR",
    "公开市场": "逆回购|MLF|SLF",
    "物价": "CPI|PPI|居民消费价格|物价",
    "增长数据": "GDP|国内生产总值|社零|进出口|PMI|就业数据",
    "油价": "油价|92号|汽油|柴油",
    "行情": "沪指|上证|A股|创业板|大盘|收盘|纳指|道指|恒指|涨停|跌停|期货",
    "纪念币": "纪念币|纪念钞|普通币",
    "规定": "印发|通知》|意见》|办法》|条例|征求意见|新规|规定|备案|不得|严禁",
    "名单": "名单|公示.{0,8}(?:家|人|个)|入选|上榜|榜单",
    "会见": "会谈|会见|会晤|访问|出访|到访|通电话",
    "开幕": "开幕|闭幕|峰会|拉开帷幕|参展|展商|博览会",
    "获批": "获批|批准|过审|批文|版号|附条件上市|准生证|通行证",
    # transport and space
    "开通": "开通|通车|投运|投入运营|投用|初期运营|启用|首航|复航|直飞|首趟|首发车",
    "停运": "停运|限速|停航|取消全部航班|延误",
    "发射": "发射成功|点火升空|点火发射|成功发射|升空|出征|发射场|卫星发射",
    "返回": "返回舱|着陆|返回地球|出舱",
    # schools, science, culture, sport
    "考试": "高考|国考|中考|考研|笔试|开考|考生|赴考|申论|竞争比",
    "招生招录": "招生|扩招|录取|招录|招聘|校招",
    "奖项": "诺贝尔|诺奖|获奖|颁奖|折桂|奥赛|奥数|金牌|银牌",
    "赛果": r"\d比\d|\d:\d|战胜|击败|险胜|不敌|战平|逼平|夺冠|横扫|惨败|闷平"
    "|连胜|连败|传射|进球|总冠军|完胜|报捷",
    "转会": "签下|转会|加盟|租借|自由身|续约|身披",
    "考古": "考古|遗址|出土|大墓|文物|祭祀坑|陪葬",
    "影视": "票房|首映|定档|上映|杀青|开机",
}
_ALTERNATIVE = re.compile(r"(?:\([^()]*\)|\[[^]]*\]|[^|([])+")
_LETTER = re.compile(r"\\?.")
_DIGIT = "0"  # stands for all


def kinds(head: str) -> tuple[str, ...]:
    """The kinds of events that a head speaks of, in the order of their first mention.

    The words of all kinds are hundreds: at each place only those are tried that begin with the
    letter that stands there, and only where one has the next letter for its second.
    """
    found, end = [], 0
    for begins in _MAY_BEGIN.finditer(head):
        match = _match(head, begins.start()) if begins.start() >= end else None
        if match and match.lastgroup:
            found.append(_NAMES[int(match.lastgroup[1:])])
            end = match.end()
    return tuple(dict.fromkeys(found))


def _match(head: str, at: int) -> re.Match[str] | None:
    letter = head[at]
    pattern = _BY_FIRST.get(_DIGIT if letter.isdecimal() else letter)
    return pattern.match(head, at) if pattern else None


def _by_first() -> dict[str, re.Pattern[str]]:
    """For each letter that a kind's words begin with a pattern of these, in the kinds' order."""
    starting: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for number, pattern in enumerate(_KINDS.values()):
        for words in _ALTERNATIVE.findall(pattern):
            starting[_first(words)][number].append(words)
    return {
        letter: re.compile("|".join(f"(?P<k{n}>{'|'.join(some)})" for n, some in kinds.items()))
        for letter, kinds in starting.items()
    }


def _begun(words: str) -> str:
    """Something from its first letter on, whatever must not stand before it."""
    return words.partition(")")[2] if words.startswith("(?<!") else words


def _first(words: str) -> str:
    """The letter that something begins with."""
    begins = _begun(words)
    return _DIGIT if begins.startswith("\\d") or begins[0].isdecimal() else begins[0]


def _may_begin() -> re.Pattern[str]:
    """Where one of the words may begin: a letter that may be the second stands behind the first,
    unless there is none."""
    some = [_begun(words) for kind in _KINDS.values() for words in _ALTERNATIVE.findall(kind)]
    letters = [_LETTER.findall(words)[:2] for words in some]
    first = {first for first, *_ in letters}
    second = {one for _, *rest in letters for one in rest}
    alone = {first for first, *rest in letters if not rest}
    return re.compile(f"{_any(first)}(?:(?={_any(second)})|(?<={_any(alone)}))")


def _any(letters: Iterable[str]) -> str:
    return f"[{''.join(sorted(letters))}]"


_NAMES = list(_KINDS)
_BY_FIRST = _by_first()
_MAY_BEGIN = _may_begin()
