"""Boilerplate: adverts and calls are told from news about adverts and calls."""

import pytest

from bot.sources.boilerplate import is_boilerplate, is_box


@pytest.mark.parametrize(
    "line",
    [
        "（文中图片均来自网络）",
        "关注“晨报”公众号加入读者交流群",
        "欢迎关注我们的微信公众号，第一时间获取资讯。",
        "请长按识别下方二维码关注",
        "点击下方“阅读原文”查看全文",
        "更多精彩内容，尽在晨报客户端",
        "本文仅代表作者个人观点，不代表本站立场。",
        "未经晨报书面授权，禁止转载",
        "免责声明：" + "本站对内容的准确性不作保证。" * 12,
        "风险提示：股市有风险，入市需谨慎",
        "分享到：微信 微博 QQ",
        "猜你喜欢",
        "-END-",
    ],
)
def test_boilerplate_lines(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "分享到微信群后，好友点开就能看到商品页面。",
        "点击淘宝链接后，页面直接跳转到商品详情。",
        "扫码支付已经覆盖全国九成以上的县城。",
        "扫描二维码即可打开另一家的页面，这在一年前不可想象。",
        "更多用户开始关注隐私，平台不得不回应。",
        "关注微信此次调整的，除了商家还有监管部门。",
        "未经用户许可，平台不得使用其数据。",
        "相关文章显示，这一比例去年为三成。",
        "喜欢在朋友圈分享购物心得的人会先感到变化。",
        "声明称，群聊里的外部链接将分阶段放开。",
    ],
)
def test_news_about_sharing_is_news(line: str) -> None:
    assert not is_boilerplate(line)


@pytest.mark.parametrize(
    ("names", "expected"),
    [("recommend_bottom", True), ("article-share", True), ("ad", True), ("shadow header", False)],
)
def test_boxes_are_known_by_their_names(names: str, expected: bool) -> None:
    assert is_box(names) is expected
