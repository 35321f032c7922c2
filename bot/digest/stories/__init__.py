"""Stories: which articles tell of the same thing, and how to tell it from all of them."""

from bot.digest.stories.compare import Comparison, compare
from bot.digest.stories.sketch import sketch

__all__ = ["Comparison", "compare", "sketch"]
