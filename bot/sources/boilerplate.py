"""What stands in a body and is not news: picture credits, adverts, boxes, calls to follow.

A rule must fit a whole paragraph, and must not fit news *about* sharing, links or followers:
分享到微信群后，… and 点击链接即可… are news in this trade.
"""

import re

LONGEST = 120  # characters of a paragraph; only disclaimers run longer
_LONGEST_DISCLAIMER = 600

_WHOLE = re.compile(
    r"[【\[（(*]*(?:"
    r"(?:本文|文中|以上)?(?:所有|部分)?(?:图片|配图|图)(?:均)?(?:来自|来源于?|源自|源于)(?:网络|互联网).*"
    r"|更多精彩.*|更多.{0,20}(?:敬请关注|请关注|请点击|尽在).*|精彩内容.{0,6}(?:尽在|请关注).*"
    r"|(?:欢迎|敬请|请)?(?:长按|扫描|扫一扫|扫|识别).{0,14}二维码.{0,6}(?:关注|加入|添加|下载|入群).*"
    r"|(?:欢迎|敬请|请).{0,6}(?:扫码|关注).{0,24}(?:公众号|微信号?|微博|头条号|我们|交流群).*"
    r"|关注[^，。]{0,24}(?:公众号|官方微博|头条号|视频号|我们)[^，。]{0,24}"
    r"|(?:点击|戳)(?:下方|上方|文末|左下角|这里|此处|蓝字|“?阅读原文).{0,40}"
    r"|(?:相关|推荐|延伸|拓展)阅读[:：][^。]*|(?:相关|推荐|延伸|拓展)阅读|阅读原文"
    r"|(?:热门|相关|猜你|为你)(?:推荐|喜欢|文章)(?:[:：][^。]*)?"
    r"|未经.{0,16}(?:许可|授权|允许|同意).{0,16}(?:转载|摘编|复制|镜像).*|(?:如需)?转载(?:请|须).*"
    r"|本文(?:仅代表|不代表|不构成|系|由|经).{0,40}(?:观点|原创|授权|转载|立场|建议|首发|发布).*"
    r"|(?:觉得|如果).{0,14}(?:不错|有用|好看|有帮助|喜欢).{0,20}(?:点赞|在看|分享|转发).*"
    r"|分享(?:到|至)[:：]?(?:微信|微博|朋友圈|好友|QQ|空间|[\s、/|])*"
    r"|(?:点赞|收藏|分享|在看|举报|广告|打开APP|展开全文|返回搜狐.{0,12}|责任编辑)"
    r"|(?:-+\s*)?(?:END|完|全文完)(?:\s*-+)?"
    r")[】\]）)*。！!]*",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"[【\[（(*]*(?:(?:免责|特别|版权|转载|郑重)(?:声明|提示)|风险提示|投资有风险)"
    r"(?:[】\]）)]|[:：，,]|$).*",
    re.DOTALL,
)
_BOX = re.compile(
    r"(?:^|[-_\s])(?:recommend|related|share|copyright|advert(?:isement)?|ads?|toolbar|qr_?code"
    r"|subscribe|comment)s?(?:$|[-_\s])",
    re.IGNORECASE,
)


def is_boilerplate(text: str) -> bool:
    """Whether a whole paragraph is boilerplate."""
    if len(text) <= LONGEST and _WHOLE.fullmatch(text):
        return True
    return len(text) <= _LONGEST_DISCLAIMER and _DISCLAIMER.fullmatch(text) is not None


def is_box(names: str) -> bool:
    """Whether an element's id and classes say that it is a recommend box, an advert or the like."""
    return _BOX.search(names) is not None
