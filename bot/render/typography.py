"""What native readers expect of set Chinese: blanks beside Latin, full-width marks between Han.

Two functions, for two kinds of text. `spaced` touches nothing but blanks, so it may be used on
sentences that are quoted; `tidy` also widens marks and is for the bot's own words and for labels.
`whole` sees to it that a text which is cut ends where one may end.
"""

import re

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CLOSING = "，。、；：？！）》」』】〉〕”’…"
_OPENING = "（《「『【〈〔“‘"
# What a blank would break in two: addresses, hashtags and @names.
_WHOLE = re.compile(r"(https?://[^\s]+|[#@]\w+)")
_UNIT = "[年月日时時号號点點]"  # 9月17日08时: dates are written closed, as in print
_HOUR = "[时時点點]"  # 分 is closed behind an hour only: 8时20分, but 71 分钟
_HAN_LATIN = re.compile(
    rf"(?<=[{_HAN}])(?=[A-Za-z0-9$€£¥+])(?!\d{{1,4}}{_UNIT})(?!(?<={_HOUR})\d{{1,2}}分)"
)
_LATIN_HAN = re.compile(
    rf"(?<=[A-Za-z0-9%℃°+])(?=[{_HAN}])"
    rf"(?!(?<=\d){_UNIT})(?!(?<={_HOUR}\d)分)(?!(?<={_HOUR}\d\d)分)"
)
_DATED = re.compile(rf"(?<=\d) (?={_UNIT})|(?<=[年月日时時分]) (?=\d)")
_BEFORE_CLOSING = re.compile(rf"(?<=\S)[ \t\u3000]+(?=[{_CLOSING}])")
_AFTER_OPENING = re.compile(rf"(?<=[{_OPENING}])[ \t\u3000]+")
_BESIDE = f"[{_HAN}{_CLOSING}{_OPENING}]"
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_NARROW = re.compile(rf"(?<=[{_HAN}”》）])([,;:?!]) ?(?=[{_HAN}“《（]|$)")
_STOP = re.compile(rf"(?<=[{_HAN}”》）])\.(?=\s*$|\s*[{_HAN}“《])")
_DOTS = re.compile(rf"(?<={_BESIDE})\.{{3,12}}|。{{3,12}}")
_BRACKETS = re.compile(
    rf"(?<=[{_HAN}]) ?\(([^()]{{0,200}}[{_HAN}][^()]{{0,200}}|[^()]{{1,60}})\) ?"
)
_QUOTES = re.compile(rf'"(?=[{_HAN}A-Za-z0-9《])([^"]{{1,200}})(?<=\S)"')
_LEADING = re.compile(rf"^[\s{_CLOSING[:10]}”’]+")


_LONGEST_WORD = 24  # a longer one is cut all the same
_IN_WORD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,'’-%$/_")
_LEFT_OVER = " \t\n\u3000\u200d，、；：,;:([" + _OPENING


def whole(kept: str, after: str) -> str:
    """The beginning of a text that is cut, without what the cut would break or leave hanging.

    No Latin word and no number is cut in two, no number from its unit, and no opening mark or comma
    is left at the end.

    Args:
        kept: what there is room for.
        after: what follows it, at least a character.
    """
    end = len(kept)
    if kept[-1:] in _IN_WORD and (after[:1] in _IN_WORD or kept[-1:].isdigit()):
        while end and kept[end - 1] in _IN_WORD and len(kept) - end < _LONGEST_WORD:
            end -= 1
        if end == 0 or kept[end - 1] in _IN_WORD:
            end = len(kept)
    return kept[:end].rstrip(_LEFT_OVER)


def spaced(text: str) -> str:
    """The text with a blank between Han and Latin or figures, and none inside of marks.

    Nothing but blanks comes or goes, so what is quoted stays what was said.
    """
    pieces = _WHOLE.split(text)
    pieces[::2] = [_spaced(piece) for piece in pieces[::2]]
    return "".join(pieces)


def tidy(text: str) -> str:
    """As `spaced`, and marks between Han made full-width, none left over at the beginning.

    Not for quotations: it changes characters.
    """
    pieces = _WHOLE.split(text)
    pieces[::2] = [_widened(piece) for piece in pieces[::2]]
    return spaced(_LEADING.sub("", "".join(pieces)))


def _spaced(text: str) -> str:
    text = _LATIN_HAN.sub(" ", _HAN_LATIN.sub(" ", _DATED.sub("", text)))
    return _AFTER_OPENING.sub("", _BEFORE_CLOSING.sub("", text))


def _widened(text: str) -> str:
    text = _DOTS.sub("……", text)
    text = _BRACKETS.sub(lambda m: f"（{m[1]}）", text)
    text = _QUOTES.sub(lambda m: f"“{m[1]}”", text)
    text = _NARROW.sub(lambda m: _WIDE[m[1]], text)
    return _STOP.sub("。", text)
