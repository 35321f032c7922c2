"""Addresses that stand in a text: Telegram makes links of them by itself, whatever a chat wants.

What may be opened stays as it is written, if it is as clean as we would write it; what may not is
set as code, in which Telegram finds no links; what is hidden leaves an ellipsis. Links, and what is
code already, are left alone.
"""

import re
from html import escape, unescape

from bot.addresses import ascii_host
from bot.model.links import LinkPolicy, LinkRule
from bot.render.links.judging import judge

# Names of countries and the like in Han characters; any Latin ending may be one.
_HAN_ENDINGS = (
    "中国|中國|公司|网络|網絡|网址|网站|网店|在线|中文网|商城|商店|商标|集团|香港|台湾|台灣|新加坡|澳門|澳门"
    "|政务|公益|手机|移动|信息|广东|佛山|世界|企业|健康|招聘|时尚|机构|食品|餐厅|娱乐|游戏|购物|我爱你"
)
_BARE = re.compile(
    r"[A-Za-z][A-Za-z0-9+]{0,15}://[^\s<>“”‘’《》「」，。；！？）、]+"
    rf"|(?:[\w-]{{1,63}}\.){{1,20}}(?:[A-Za-z]{{2,24}}|xn--[a-z0-9-]{{1,59}}|{_HAN_ENDINGS})"
    r"(?![A-Za-z0-9_.-]*@)(?::\d{1,5})?(?:[/?#][!-~]*)?"
    r"|(?<![\w/@])@[A-Za-z]\w{3,31}"
)
_TAG = re.compile(r"<(/?)([a-z-]+)[^<>]*>")
_CLOSED = ("a", "code", "pre")  # Telegram finds no links inside
_EMPTY = re.compile(r"<([bi])></\1>")
_ASCII_TAIL = re.compile(r"[!-~]+$")
_TRAILING = ".,:;!?'\")]"


def guarded(html: str, policy: LinkPolicy) -> str:
    """HTML of ours in which no address can be pressed that the policy forbids; never longer for
    its reader."""
    if not _BARE.search(html):
        return html
    made: list[str] = []
    around: list[str] = []  # tags that are open
    at = 0
    for tag in [*_TAG.finditer(html), None]:
        text = html[at : tag.start() if tag else len(html)]
        closed = any(name in _CLOSED for name in around)
        made.append(text if closed else _guarded(unescape(text), policy, around))
        if tag is None:
            break
        made.append(tag[0])
        if tag[1]:
            around.pop()
        else:
            around.append(tag[2])
        at = tag.end()
    return _EMPTY.sub("", "".join(made))


def _guarded(text: str, policy: LinkPolicy, around: list[str]) -> str:
    made: list[str] = []
    at = 0
    for found in _BARE.finditer(text):
        made.append(_escaped(text[at : found.start()]))
        made.append(_address(found[0], policy, around))
        at = found.end()
    return "".join([*made, _escaped(text[at:])])


def _address(written: str, policy: LinkPolicy, around: list[str]) -> str:
    before, address, behind = _parts(written)
    rule = max((_rule(a, policy) for a in {address, before + address}), key=list(LinkRule).index)
    if rule is LinkRule.DIRECT:
        return _escaped(written)
    if rule is LinkRule.HIDE:
        return _escaped(before) + "…" + _escaped(behind)
    # Code can be inside of nothing else.
    close = "".join(f"</{name}>" for name in reversed(around))
    opened = "".join(f"<{name}>" for name in around)
    code = f"{close}<code>{_escaped(address)}</code>{opened}"
    return _escaped(before) + code + _escaped(behind)


def _parts(written: str) -> tuple[str, str, str]:
    """Han characters before an address, which are no part of it; the address; marks behind it."""
    kept = written.rstrip(_TRAILING)
    behind = written[len(kept) :]
    first, dot, _ = kept.partition(".")
    if "://" in first or not dot:
        return "", kept, behind
    tail = _ASCII_TAIL.search(first)
    before = first[: tail.start()] if tail else ""
    return before, kept[len(before) :], behind


def _rule(address: str, policy: LinkPolicy) -> LinkRule:
    """What is done with an address as it is written."""
    if address.startswith("@"):
        asked = judge("https://t.me/" + address[1:], policy)
        return LinkRule.DIRECT if asked.rule is LinkRule.DIRECT else LinkRule.TEXT
    whole = address if "://" in address else "http://" + address
    shown = judge(whole, policy)
    if shown.rule is LinkRule.HIDE:  # what is no address can be read
        return LinkRule.HIDE if shown.domain or _names_a_host(whole) else LinkRule.TEXT
    same = shown.url.rstrip("/").lower() == whole.rstrip("/").lower()
    return LinkRule.DIRECT if same else LinkRule.TEXT


def _names_a_host(address: str) -> bool:
    rest = address.partition("://")[2]
    return bool(ascii_host(re.split(r"[/?#:]", rest, maxsplit=1)[0]))


def _escaped(text: str) -> str:
    return escape(text, quote=False)
