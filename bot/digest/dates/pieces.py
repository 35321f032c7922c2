"""Pieces that expressions of several families are made of, as regular expressions.

Every repetition has a bound, so that reading a text takes time in proportion to its length.
"""

SPACE = r"[ \t]{0,2}"
NUMERALS = "〇零一二三四五六七八九"
DIGITS = "0123456789"
COUNTS = DIGITS + "一二两三四五六七八九十"  # what a count may begin with

MONTH_NUMBER = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元])"
DAY_NUMBER = (
    r"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?"
    r"|[一二三四五六七八九])"
)
# 12, 两, 十二, 一百; the vaguer ones beside them
COUNT = (
    r"(?:[1-9][0-9]{0,2}|[一二两三四五六七八九]?十[一二三四五六七八九]?"
    r"|[一二两三四五六七八九](?:百|千)?)"
)
VAGUE_COUNT = r"(?:半|数十|[一二两三四五六七八九]?十[几多余来]|[0-9]{1,3}[多余]|几十|几|数|多|若干)"

TO = rf"{SPACE}(?:(?:起|开始|开|一直|持续|延续)?[至到]|-{{1,2}}|—{{1,2}}|–|~|～){SPACE}"
TO_BEGINS = "起开直持延至到-—–~～"  # 直: a numeral before 一直 seems to go on with its 一
PART_OF_DAY = (
    rf"{SPACE}(?:当地时间|北京时间)?{SPACE}(?:凌晨|清晨|早晨|早上|早间|一早|上午|中午|正午|午间|午后"
    r"|下午|傍晚|晚间|晚上|夜间|深夜|夜里|半夜|午夜|当[晚天日]|晚(?![报会宴装餐年期些])|夜(?![间场市])|盘前|盘后|早盘|午盘|尾盘)"
)


def pairs(firsts: str, seconds: str) -> tuple[str, ...]:
    """Every one of some characters before every one of others: what expressions begin with."""
    return tuple(first + second for first in firsts for second in seconds)
