"""Where the words around a date look: 将于3月, 3月将; 早在3月, 3月曾."""

import re

from bot.digest.dates.context import Tense

_WINDOW = 8
_AHEAD_BEFORE = re.compile(
    r"(?:将[^军士近领。；，]|预计|计划|拟|定于|即将|有望|原定|最迟|不晚于|(?:推迟|延期|延长|改期)[至到]|力争|争取"
    r"|下次)[^。；，]{0,4}$"
)
_LIKELY_BEHIND = re.compile(
    r"(?:之|以)?前(?![后夕])|[^。；，\d]{0,6}(?:将(?![军士近领其他她它该此这之])|拟|有望|即将)"
)
_AHEAD_BEHIND = re.compile(
    r"(?:之|以)?前(?:要|须|需|应|完成|交付|实现|建成|提交|上线|投产|落地|缴纳|报名|开通|通车)"
)
_BACK_BEFORE = re.compile(r"(?:曾|早在|已[于在]|截[至止到]|此前|日前)[^。；，]{0,2}$")
_BACK_BEHIND = re.compile(r"[^。；，\d]{0,4}(?:已|曾)|宣布|表示|称|说|指出|透露|通报")
_SIGN_BEHIND = re.compile("[前将拟有即已曾宣表称说指透通]")  # what is looked for behind holds one


def tense(text: str, start: int, end: int) -> Tense:
    """The tense that the words near `text[start:end]` give it."""
    before, behind = text[max(0, start - _WINDOW) : start], text[end : end + _WINDOW]
    if before[-1:] in "。；，":  # another clause
        before = ""
    if not _SIGN_BEHIND.search(behind):
        behind = ""
    if not before and not behind:
        return Tense.NONE
    if _AHEAD_BEFORE.search(before) or _AHEAD_BEHIND.match(behind):
        return Tense.AHEAD
    if _LIKELY_BEHIND.match(behind):
        return Tense.LIKELY_AHEAD
    if _BACK_BEFORE.search(before) or _BACK_BEHIND.match(behind):
        return Tense.BACK
    return Tense.NONE
