"""The bot's own words, in three languages.

To add a sentence: a field in `catalogue.py`, its text in `simplified.py` and `english.py`. Traditional
follows from Simplified by itself, except for what `traditional.py` says otherwise.
"""

from functools import lru_cache

from bot.render.words.catalogue import Catalogue
from bot.render.words.english import ENGLISH
from bot.render.words.simplified import SIMPLIFIED
from bot.render.words.traditional import traditional_of

__all__ = ["ENGLISH", "SIMPLIFIED", "Catalogue", "every", "of"]

_TRADITIONAL = ("hant", "tw", "hk", "mo")


def of(language: str) -> Catalogue:
    """The words for a language, as Telegram or the reader names it: zh-hant, zh-TW, en, "".

    Chinese where nothing is known, for that is what the articles are in; English for the rest.
    """
    parts = language.lower().replace("_", "-").split("-")
    if parts[0] not in ("", "zh", "yue", "cn"):
        return ENGLISH
    return _traditional() if any(part in _TRADITIONAL for part in parts) else SIMPLIFIED


def every() -> tuple[Catalogue, ...]:
    """All languages, in the order in which they are offered."""
    return SIMPLIFIED, _traditional(), ENGLISH


@lru_cache(maxsize=1)
def _traditional() -> Catalogue:
    return traditional_of(SIMPLIFIED)
