"""Chinese and full-width numerals."""

import re

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "元": 1,
    "正": 1,
}
_FROM = "０１２３４５６７８９（）－～／．：Ｑ　○週禮後個兩號間農歷曆內這過還從節聖誕"
_TO = "0123456789()-~/.:Q 〇周礼后个两号间农历历内这过还从节圣诞"
_FOLD = str.maketrans(_FROM, _TO)
_MUST_FOLD = re.compile(f"[{_FROM}]")
_UNITS = re.compile(
    r"(?:(?P<千>.?)千)?零?(?:(?P<百>.?)百)?零?(?:(?P<十>.?)(?P<ten>十)|(?P<廿>廿)|(?P<卅>卅))?零?(?P<一>.?)"
)


def fold(text: str) -> str:
    """Full-width digits and signs as ASCII, Traditional characters of dates as Simplified.

    The length stays the same, so offsets do too.
    """
    return text.translate(_FOLD) if _MUST_FOLD.search(text) else text


def number(text: str) -> int:
    """The value of 12, 十二, 二〇二一, 三十, 两, 一百一十, 两千零四, 廿三; 元 and 正 are one.

    Raises:
        ValueError: the text is no numeral.
    """
    text = text.strip().replace("〇", "零")
    if text.isascii():
        return int(text)
    if not any(unit in text for unit in "十百千廿卅"):
        return int("".join(str(_digit(c)) for c in text))
    match = _UNITS.fullmatch(text)
    if match is None:
        raise ValueError(f"no numeral: {text}")
    tens = _digit(match["十"]) if match["十"] else bool(match["ten"])
    tens += 2 * bool(match["廿"]) + 3 * bool(match["卅"])
    thousands, hundreds, ones = (_digit(match[u]) if match[u] else 0 for u in "千百一")
    return thousands * 1000 + hundreds * 100 + tens * 10 + ones


def _digit(character: str) -> int:
    if character.isascii() and character.isdigit():
        return int(character)
    if character not in _DIGITS:
        raise ValueError(f"no numeral: {character}")
    return _DIGITS[character]
