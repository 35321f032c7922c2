"""Chinese and full-width numerals."""

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_FOLD = str.maketrans(
    "０１２３４５６７８９（）－～／．：週禮後個兩號間農歷內這過還從",
    "0123456789()-~/.:周礼后个两号间农历内这过还从",
)


def fold(text: str) -> str:
    """Full-width digits and signs as ASCII, Traditional characters of dates as Simplified.

    The length stays the same, so offsets do too.
    """
    return text.translate(_FOLD)


def number(text: str) -> int:
    """The value of 12, 十二, 二〇二一, 三十, 两, 一百一十.

    Raises:
        ValueError: the text is no numeral.
    """
    text = text.strip()
    if text.isascii():
        return int(text)
    if not any(unit in text for unit in "十百"):
        return int("".join(str(_digit(c)) for c in text))
    hundreds, _, rest = text.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    value = _digits(hundreds) * 100
    if ten:
        value += (_digits(tens) if tens.strip("零") else 1) * 10
    return value + (_digits(ones) if ones.strip("零") else 0)


def _digits(text: str) -> int:
    kept = text.strip("零")
    return int("".join(str(_digit(c)) for c in kept)) if kept else 0


def _digit(character: str) -> int:
    if character.isascii() and character.isdigit():
        return int(character)
    if character not in _DIGITS:
        raise ValueError(f"no numeral: {character}")
    return _DIGITS[character]
