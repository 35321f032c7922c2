"""Links: cleaned, their domain to be seen, opened only where the chat wants it, never a trap."""

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.links import LinkKind, LinkPolicy, LinkRule
from bot.render.links import GROUP, PRIVATE, default, judge, rendered
from bot.render.links.clean import cleaned
from bot.render.links.names import registrable
from bot.sandbox.entities import parse_html
from tests.writing import READER

CLEANED = [
    ("https://a.com/x", "https://a.com/x"),
    ("HTTP://A.COM/X", "http://a.com/X"),
    ("//a.com/x", "https://a.com/x"),
    ("https://a.com/?utm_source=x&id=1&UTM_medium=y", "https://a.com/?id=1"),
    ("https://a.com/?utm_source=x", "https://a.com/"),
    ("https://a.com/x#utm_source=x", "https://a.com/x"),
    ("https://a.com/x#part", "https://a.com/x#part"),
    ("https://a.com/?q=a%26b&spm=1.2", "https://a.com/?q=a%26b"),
    ("https://a.com/?from=home", "https://a.com/?from=home"),  # may mean something there
    ("https://a.com/?u%74m_source=x&b=2", "https://a.com/?b=2"),
    ("https://a.com:8443/x?gclid=1", "https://a.com:8443/x"),
    ("https://a.com./x", "https://a.com/x"),
    ("https://detail.tmall.com/item.htm?spm=a.b&id=9&ali_refid=z", "https://detail.tmall.com/item.htm?id=9"),
    ("https://item.taobao.com/item.htm?id=9&scm=1&price=3&un=x", "https://item.taobao.com/item.htm?id=9"),
    ("https://item.jd.com/1.html?cu=true&utm_term=x", "https://item.jd.com/1.html"),
    ("https://mp.weixin.qq.com/s?__biz=M&mid=2&idx=1&sn=a&chksm=b&scene=21#wechat_redirect", "https://mp.weixin.qq.com/s?__biz=M&mid=2&idx=1&sn=a#wechat_redirect"),
    ("https://www.bilibili.com/video/BV1?p=2&vd_source=x&spm_id_from=y&from=z", "https://www.bilibili.com/video/BV1?p=2"),
    ("https://weibo.com/1/A?from=page&type=comment&wm=3", "https://weibo.com/1/A"),
    ("https://www.toutiao.com/a1/?app=news&timestamp=1&share_token=x", "https://www.toutiao.com/a1/"),
    ("https://www.xiaohongshu.com/explore/1?xsec_token=k&xsec_source=s", "https://www.xiaohongshu.com/explore/1?xsec_token=k"),
    ("https://36kr.com/p/1?f=rss", "https://36kr.com/p/1"),
    ("https://www.youtube.com/watch?v=1&si=t&t=9", "https://www.youtube.com/watch?v=1&t=9"),
    ("https://link.zhihu.com/?target=https%3A//a.com/x%3Futm_source%3Dz", "https://a.com/x"),
    ("https://link.juejin.cn/?target=https%3A%2F%2Fa.com", "https://a.com"),
    ("https://link.csdn.net/?target=http%3A%2F%2Fa.com", "http://a.com"),
    ("https://www.jianshu.com/go-wild?ac=2&url=https%3A%2F%2Fa.com", "https://a.com"),
    ("https://www.google.com/url?sa=t&url=https://a.com/&usg=1", "https://a.com/"),
    ("https://www.google.com/search?q=https://a.com", "https://www.google.com/search?q=https://a.com"),
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.com%2F&h=1", "https://a.com/"),
    ("https://weibo.cn/sinaurl?u=https%3A%2F%2Fa.com", "https://a.com"),
    ("https://c.pc.qq.com/middlem.html?pfurl=https%3A%2F%2Fa.com", "https://a.com"),
    ("https://www.youtube.com/redirect?event=x&q=https%3A%2F%2Fa.com", "https://a.com"),
    ("https://l.instagram.com/?u=https%3A//link.zhihu.com/%3Ftarget%3Dhttps%253A//a.com", "https://a.com"),
    ("https://www.baidu.com/link?url=AbC", "https://www.baidu.com/link?url=AbC"),  # not to be read
    ("https://cors.example.dev/?http://real.com/a.jpg?utm_id=1", "http://real.com/a.jpg"),
    ("https://中文.com/路?q=字", "https://xn--fiq228c.com/路?q=字"),
    ("https://a。com/", "https://a.com/"),
    ("https://ａ.com/", "https://a.com/"),
]  # fmt: skip

HOSTILE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    " \x01javascript:alert(1)",
    "java\u200bscript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:x",
    "file:///etc/passwd",
    "tg://resolve?domain=x",
    "weixin://dl/business",
    "intent://x#Intent;end",
    "mailto:a@b.cn",
    "ftp://a.com/x",
    "https://bank.com@evil.com/",
    "https://bank.com:x@evil.com/",
    "https://bank.com%40evil.com/",
    "https://evil.com\\@bank.com/",
    "https:\\\\evil.com",
    "https://",
    "https:///x",
    "https://[::1",
    "https://[::1]/",
    "http://localhost/",
    "http://3627734734/",
    "http://0x7f.0.0.1/",
    "http://127.1/",
    "https://a..com/",
    "https://-a.com/",
    "https://a.com:99999/",
    "https://a.com:port/",
    "https://ba nk%2ecom/",
    "https://" + "a" * 300 + ".com/",
    "https://a.com/" + "x" * 5000,
    "https://link.zhihu.com/?target=https://bank.com@evil.com",
    "https://p.dev/?url=https%3A%2F%2Fu%40evil.com",
    "https://xn--.com\u202e/",
    "https://\ud800.com/",
    "https://a.com<b>/",
    'https://"onclick=x.com/',
    "",
    ":",
    "//",
    "微信",
]


@pytest.mark.parametrize(("address", "expected"), CLEANED)
def test_addresses_are_cleaned(address: str, expected: str) -> None:
    assert cleaned(address) == expected
    assert cleaned(expected) == expected


@pytest.mark.parametrize("address", HOSTILE)
def test_what_might_be_a_trap_is_never_opened(address: str) -> None:
    shown = judge(address, PRIVATE, original=True)
    assert shown.rule is LinkRule.HIDE
    assert (shown.url, shown.domain) == ("", "")
    assert rendered(shown, "看", READER).html == "看"


def test_redirectors_in_a_circle_are_refused() -> None:
    address = "https://a.com"
    for _ in range(9):
        address = "https://l.instagram.com/?u=" + re.sub("%", "%25", address).replace("&", "%26")
    assert cleaned(address) == ""


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://item.taobao.com/1", LinkKind.SHOPPING),
        ("https://detail.tmall.com/1", LinkKind.SHOPPING),
        ("https://m.tb.cn/h.x", LinkKind.SHOPPING),
        ("https://u.jd.com/x", LinkKind.SHOPPING),
        ("https://mobile.yangkeduo.com/1", LinkKind.SHOPPING),
        ("https://v.douyin.com/x/", LinkKind.VIDEO),
        ("https://v.kuaishou.com/x", LinkKind.VIDEO),
        ("https://b23.tv/x", LinkKind.VIDEO),
        ("https://v.qq.com/x", LinkKind.VIDEO),
        ("https://weibo.com/1", LinkKind.SOCIAL),
        ("https://zhuanlan.zhihu.com/p/1", LinkKind.SOCIAL),
        ("https://xhslink.com/x", LinkKind.SOCIAL),
        ("https://t.me/x", LinkKind.SOCIAL),
        ("https://news.qq.com/1", LinkKind.OTHER),
        ("https://taobao.com.evil.cn/", LinkKind.OTHER),
        ("https://nottaobao.com/", LinkKind.OTHER),
        ("https://link.zhihu.com/?target=https://item.jd.com/1", LinkKind.SHOPPING),
    ],
)
def test_kinds(address: str, kind: LinkKind) -> None:
    assert judge(address, PRIVATE).kind is kind


@pytest.mark.parametrize(
    ("address", "domain", "shortened"),
    [
        ("https://www.a.com/x", "a.com", False),
        ("https://taobao.com.evil.cn/", "evil.cn", False),
        ("https://www.gov.cn/x", "www.gov.cn", False),
        ("https://finance.sina.com.cn/x", "sina.com.cn", False),
        ("https://a.b.co.uk/", "b.co.uk", False),
        ("https://me.github.io/", "me.github.io", False),
        ("https://中文.com/", "中文.com", False),
        ("https://xn--fiq228c.com/", "中文.com", False),
        ("https://аррӏе.com/", "xn--80ak6aa92e.com", False),  # Cyrillic
        ("https://pаypal.com/", "xn--pypal-4ve.com", False),  # one Cyrillic letter
        ("https://微信a.com/", "xn--a-hg7a889b.com", False),  # two scripts
        ("https://bank.com\u2044x.evil.com/", "evil.com", False),  # no slash
        ("https://t.cn/A6", "t.cn", True),
        ("https://v.douyin.com/x", "v.douyin.com", True),
        ("https://www.douyin.com/x", "douyin.com", False),
        ("https://bit.ly/x", "bit.ly", True),
        ("http://93.184.216.34/x", "93.184.216.34", False),
    ],
)
def test_the_domain_is_the_one_that_answers(address: str, domain: str, shortened: bool) -> None:
    shown = judge(address, PRIVATE)
    assert (shown.domain, shown.shortened) == (domain, shortened)


def test_an_address_in_figures_is_never_opened() -> None:
    assert judge("http://93.184.216.34/x", PRIVATE, original=True).rule is LinkRule.TEXT


@pytest.mark.parametrize(
    ("address", "original", "private", "group"),
    [
        ("https://a.com/", True, LinkRule.DIRECT, LinkRule.DIRECT),
        ("https://item.taobao.com/", False, LinkRule.DIRECT, LinkRule.DIRECT),
        ("https://v.douyin.com/", False, LinkRule.DIRECT, LinkRule.TEXT),
        ("https://weibo.com/", False, LinkRule.DIRECT, LinkRule.TEXT),
        ("https://a.com/", False, LinkRule.DIRECT, LinkRule.TEXT),
    ],
)
def test_defaults_of_private_chats_and_groups(
    address: str, original: bool, private: LinkRule, group: LinkRule
) -> None:
    assert judge(address, default("private"), original=original).rule is private
    assert judge(address, default("supergroup"), original=original).rule is group
    assert judge(address, GROUP, original=original).rule is group


def test_a_named_domain_goes_before_its_kind_and_the_nearest_before_others() -> None:
    policy = LinkPolicy(
        PRIVATE.kinds, {"taobao.com": LinkRule.HIDE, "item.taobao.com": LinkRule.TEXT}
    )
    assert judge("https://www.taobao.com/", policy).rule is LinkRule.HIDE
    assert judge("https://item.taobao.com/", policy, original=True).rule is LinkRule.TEXT
    assert judge("https://nottaobao.com/", policy).rule is LinkRule.DIRECT


def test_a_domain_behind_a_redirector_is_hidden_too() -> None:
    policy = LinkPolicy(PRIVATE.kinds, {"evil.com": LinkRule.HIDE})
    hidden = judge("https://link.zhihu.com/?target=https%3A%2F%2Fwww.evil.com", policy)
    assert hidden.rule is LinkRule.HIDE


def test_a_direct_link_shows_its_domain_whatever_its_label_says() -> None:
    html = rendered(judge("https://evil.com/", PRIVATE), "https://bank.com", READER).html
    assert html == '<a href="https://evil.com/">https://bank.com</a> <code>evil.com</code>'


def test_what_may_only_be_read_is_nothing_to_press() -> None:
    shown = judge("https://t.cn/A6", GROUP)
    assert rendered(shown, "看<b>", READER).html == "看&lt;b&gt; <code>t.cn（短链接）</code>"
    assert rendered(shown, "微信8.0", READER).html.startswith("微信8.0 ")
    assert rendered(shown, "bank.com", READER).html.startswith("<code>bank.com</code> ")
    assert rendered(judge("javascript:x", GROUP), "bank.com", READER).html == ""


@pytest.mark.parametrize(
    ("host", "expected"),
    [("a.com", "a.com"), ("x.a.com.cn", "a.com.cn"), ("com.cn", "com.cn"), ("a.b.c", "b.c")],
)
def test_registrable(host: str, expected: str) -> None:
    assert registrable(host) == expected


PIECES = st.sampled_from(
    "http https : / // ? # & = @ . .. % %2e %40 %3A%2F%2F target url u q link.zhihu.com xn-- a.com "
    "中文 。 ⁄ \\ [ ] ::1 127.0.0.1 utm_a javascript: data: \u202e \u200b \ud800 \0 😀 а".split(" ")
)
ADDRESSES = st.text(max_size=60) | st.lists(PIECES, max_size=14).map(
    lambda pieces: "https://" + "".join(pieces)
)


@given(ADDRESSES, st.text(max_size=20) | PIECES, st.sampled_from([PRIVATE, GROUP]), st.booleans())
def test_whatever_comes_only_web_addresses_go_out(
    address: str, label: str, policy: LinkPolicy, original: bool
) -> None:
    shown = judge(address, policy, original=original)
    if shown.url:
        assert shown.rule is LinkRule.DIRECT
        assert re.match(r"https?://[a-z0-9._-]+\.[a-z0-9-]+(:\d+)?(/|\?|#|$)", shown.url)
        assert "@" not in urlsplit(shown.url).netloc
        assert shown.domain
        assert cleaned(shown.url) == shown.url
    parse_html(rendered(shown, label, READER).html)
