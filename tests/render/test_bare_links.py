"""Addresses in texts: nothing can be pressed that a chat forbids, and nothing else changes."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.links import GROUP, PRIVATE, LinkKind, LinkPolicy, LinkRule
from bot.model.reports import About
from bot.render import links
from bot.render.keys import message
from bot.render.linkpress import (
    LinkPress,
    LinkStep,
    ReportPress,
    ReportStep,
    pack_link,
    pack_report,
    unpack_link,
    unpack_report,
)
from bot.render.links.bare import guarded
from bot.render.rich import bold, plain, text, units
from bot.sandbox.entities import parse_html
from tests.render.test_links import ADDRESSES
from tests.writing import READER, ROOT

HIDING = LinkPolicy(PRIVATE.kinds, {"weibo.com": LinkRule.HIDE, "中文.com": LinkRule.TEXT})
BLOCKING = LinkPolicy(PRIVATE.kinds, {"a.weibo.com": LinkRule.DIRECT}, frozenset(["weibo.com"]))


@pytest.mark.parametrize(
    ("policy", "html", "expected"),
    [
        (PRIVATE, "见 https://a.com/x。", "见 https://a.com/x。"),
        (GROUP, "见 https://a.com/x。", "见 <code>https://a.com/x</code>。"),
        (GROUP, "见 a.com。", "见 <code>a.com</code>。"),
        (GROUP, "请看www.a.com谢谢", "请看<code>www.a.com</code>谢谢"),
        (GROUP, "中文.com 和 例子.中国", "<code>中文.com</code> 和 <code>例子.中国</code>"),
        (GROUP, "微信8.0，增长3.5倍。他来了.然后走了", "微信8.0，增长3.5倍。他来了.然后走了"),
        (GROUP, "在 taobao.com 买", "在 taobao.com 买"),  # shopping opens in groups
        (GROUP, "@spambot 关注", "<code>@spambot</code> 关注"),
        (GROUP, "/latest@mailuo_bot", "/latest@mailuo_bot"),
        (GROUP, "<b>cnBeta.COM 报道</b>", "<code>cnBeta.COM</code><b> 报道</b>"),
        (GROUP, '<a href="https://a.com/">a.com</a>', '<a href="https://a.com/">a.com</a>'),
        (GROUP, "<code>a.com</code>", "<code>a.com</code>"),
        (GROUP, "https://a.com/?x=1&amp;y=&lt;", "<code>https://a.com/?x=1&amp;y=</code>&lt;"),
        (PRIVATE, "https://a.com/?utm_source=x", "<code>https://a.com/?utm_source=x</code>"),
        (PRIVATE, "https://u@evil.com/", "<code>https://u@evil.com/</code>"),
        (PRIVATE, "tg://resolve?domain=x", "<code>tg://resolve?domain=x</code>"),
        (HIDING, "见 https://weibo.com/1。", "见 …。"),
        (HIDING, "请看m.weibo.com谢谢", "请看…谢谢"),
        (HIDING, "见 中文.com", "见 <code>中文.com</code>"),
        (BLOCKING, "https://a.weibo.com/1 nice", "… nice"),
    ],
)
def test_texts(policy: LinkPolicy, html: str, expected: str) -> None:
    assert guarded(html, policy) == expected


@pytest.mark.parametrize("rule", LinkRule)
@pytest.mark.parametrize("kind", LinkKind)
def test_every_kind_under_every_rule(kind: LinkKind, rule: LinkRule) -> None:
    address = {
        LinkKind.ORIGINAL: "https://a.com/",
        LinkKind.SHOPPING: "https://jd.com/",
        LinkKind.VIDEO: "https://douyin.com/",
        LinkKind.SOCIAL: "https://zhihu.com/",
        LinkKind.OTHER: "https://a.com/",
    }[kind]
    policy = LinkPolicy({**GROUP.kinds, kind: rule})
    shown = links.judge(address, policy, original=kind is LinkKind.ORIGINAL)
    assert (shown.kind, shown.rule) == (kind, rule)
    assert bool(shown.url) == (rule is LinkRule.DIRECT)
    assert bool(shown.domain) == (rule is not LinkRule.HIDE)


RULES = st.sampled_from(LinkRule)
POLICIES = st.builds(
    LinkPolicy,
    st.dictionaries(st.sampled_from(LinkKind), RULES),
    st.dictionaries(st.sampled_from(["a.com", "中文.com", "com", "link.zhihu.com"]), RULES),
    st.frozensets(st.sampled_from(["a.com", "evil.com"])),
)


@given(st.lists(st.text(max_size=20) | ADDRESSES, max_size=6), POLICIES)
def test_whatever_stands_in_a_text_stays_a_good_message(
    pieces: list[str], policy: LinkPolicy
) -> None:
    said = " ".join(pieces)
    html = bold(said).html + text(said).html
    made = guarded(html, policy)
    parse_html(made)
    assert units(plain(made)) <= units(plain(html))
    assert guarded(made, policy) == made
    if "…" not in made:
        assert plain(made) == plain(html)


def test_a_long_hostile_text_takes_no_time() -> None:
    for piece in ("a.", "字", "a-", "@", "://", "a://", "a." * 30 + "字"):
        guarded(text(piece * 4096).html, GROUP)


def test_a_message_forbids_by_itself() -> None:
    assert "<code>evil.com</code>" in message(replace(READER, links=GROUP), [text("evil.com")]).text


def test_links_are_made_only_where_they_are_judged() -> None:
    allowed = ("rich.py", "links", "inline.py")  # inline: to the bot itself
    for path in (ROOT / "bot" / "render").rglob("*.py"):
        if not any(part in allowed for part in path.parts):
            source = path.read_text(encoding="utf-8")
            assert not re.search(r"rich import [^\n]*\blink\b", source), path
            assert ", url=" not in source, path


@given(
    st.builds(
        LinkPress,
        st.sampled_from(LinkStep),
        st.none() | st.sampled_from(LinkKind),
        st.just(0),
        st.none() | RULES,
        st.integers(-(10**15), 10**15),
    )
)
def test_presses_of_the_panel_come_back(press: LinkPress) -> None:
    assert unpack_link(pack_link(press)) == press
    assert len(pack_link(press)) <= 64


@given(
    st.builds(
        ReportPress,
        st.sampled_from(ReportStep),
        st.integers(0, 10**12 - 1),
        st.sampled_from(About),
        st.integers(0, 10**12 - 1),
        st.integers(0, 9999),
    )
)
def test_presses_of_reports_come_back(press: ReportPress) -> None:
    assert unpack_report(pack_report(press)) == press
    assert len(pack_report(press)) <= 64


@given(st.text(max_size=40))
def test_anything_else_is_no_press(data: str) -> None:
    assert unpack_link(data) is None or data.startswith("l.")
    assert unpack_report(data) is None or data.startswith("r.")
