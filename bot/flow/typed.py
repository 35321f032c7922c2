"""What readers type: a line of words, and a number among them."""

from bot.render.rich import clean

_MOST_DIGITS = 12  # no row has more, and Python refuses to read thousands of them


def line(said: str) -> str:
    """What was typed, in one line, without what nobody can see."""
    return " ".join(clean(said).split())


def number(word: str) -> int | None:
    """The number that a word is ('12', '#12'), or None."""
    digits = word.removeprefix("#")
    return int(digits) if digits.isdecimal() and len(digits) <= _MOST_DIGITS else None
