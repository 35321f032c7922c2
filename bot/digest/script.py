"""Traditional Chinese in Simplified characters (OpenCC, `t2s`): one script to look things up in.

Readers type in either script, articles are written in either; the index, queries and names are
compared in Simplified. Nothing converted here is ever shown.
"""

import re
from functools import lru_cache

from opencc import OpenCC

_UNREADABLE = re.compile("[\0\ud800-\udfff]")  # OpenCC stops at NUL, and refuses lone surrogates


def simplified(text: str) -> str:
    """A text in Simplified characters; of the same length, as long as it is Chinese or Latin."""
    if text.isascii():
        return text
    converted: str = _words().convert(_UNREADABLE.sub(" ", text))
    return converted


def same_name(one: str, other: str) -> bool:
    """Whether two names are one, whatever the script and the case of letters."""
    return simplified(one).casefold() == simplified(other).casefold()


@lru_cache(maxsize=1)
def _words() -> OpenCC:
    return OpenCC("t2s")
