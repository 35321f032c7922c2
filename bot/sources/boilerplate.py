"""What stands in a body and is not news: picture credits, adverts, boxes, calls to follow."""

import re

LONGEST = 120

_WHOLE = re.compile(
    r"[【\[（(]?(?:"
    r"(?:本文|文中|以上)?(?:图片|配图|图)(?:均)?(?:来自|来源于?|源自|源于)(?:网络|互联网).*"
    r"|(?:免责|特别|版权|转载)?(?:声明|说明|提示)[:：].*"
    r"|(?:更多|精彩).{0,20}(?:请?关注|尽在|点击).*"
    r"|(?:欢迎|敬请|请)?(?:长按|扫描?|识别).{0,12}(?:二维码|码).*"
    r"|(?:欢迎|敬请|请)?关注.{0,24}(?:公众号|微信|微博|头条号|我们|交流群).*"
    r"|(?:点击|戳).{0,10}(?:阅读原文|下方|上方|蓝字|链接).*"
    r"|(?:相关|推荐|延伸|拓展)阅读[:：]?.*|阅读原文|(?:热门|相关|猜你)(?:推荐|喜欢|文章).*"
    r"|未经.{0,16}(?:许可|授权|允许).{0,20}(?:转载|使用).*|(?:如需)?转载(?:请|须).*"
    r"|本文(?:仅代表|为|系|由|经|不代表|内容).{0,30}(?:观点|原创|发布|授权|转载|立场).*"
    r"|(?:觉得|喜欢).{0,20}(?:点赞|在看|分享|转发).*|(?:点赞|收藏|分享|在看|举报|广告|责任编辑)"
    r"|加入.{0,20}(?:交流群|微信群|社群).*|分享到.*|(?:-+\s*)?(?:END|完|全文完)(?:\s*-+)?"
    r")[】\]）)]?",
    re.IGNORECASE,
)
_BOX = re.compile(
    r"(?:^|[-_\s])(?:recommend|related|share|copyright|advert(?:isement)?|ads?|toolbar|qr_?code"
    r"|subscribe|comment)s?(?:$|[-_\s])",
    re.IGNORECASE,
)


def is_boilerplate(text: str) -> bool:
    """Whether a whole paragraph is boilerplate."""
    return len(text) <= LONGEST and _WHOLE.fullmatch(text) is not None


def is_box(names: str) -> bool:
    """Whether an element's id and classes say that it is a recommend box, an advert or the like."""
    return _BOX.search(names) is not None
