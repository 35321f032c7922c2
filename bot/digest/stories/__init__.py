"""Stories: which articles tell of the same thing, and how to tell it from all of them.

`sketch` makes of an article what is compared, `compare` judges two, `choose` finds the story of a
new one, `items` splits a round-up, `tell` tells a story from its articles, `listed` in a list
(of the newest `MOST_READ` both look at more than who wrote them),
`longer` at length, and `backed` names who else says it.
"""

from bot.digest.stories.backing import backed, longer
from bot.digest.stories.choose import ROUNDUP, choose
from bot.digest.stories.compare import Comparison, compare
from bot.digest.stories.roundups import items
from bot.digest.stories.sketch import sketch
from bot.digest.stories.tell import MOST_READ, listed, tell

__all__ = [
    "MOST_READ",
    "ROUNDUP",
    "Comparison",
    "backed",
    "choose",
    "compare",
    "items",
    "listed",
    "longer",
    "sketch",
    "tell",
]
