"""Would two articles be one story? Precision before recall: a wrong merge hurts more.

Publications weeks apart and two contradictions (another place and another day, another quarter and
other figures) decide by themselves: of 142 labelled pairs of one story none has two. Otherwise
what two sketches share and where they differ is weighed by logistic regression with the signs of
the weights given: what is shared speaks for one story, what differs against it. The weights stand
in `weights`, learned by `benchmarks/train_stories.py`.
"""

import math
from collections.abc import Mapping
from typing import NamedTuple

from bot.digest.stories.differences import STORY_DAYS, contradict, days_apart
from bot.digest.stories.likeness import Likeness, likeness
from bot.digest.stories.reasons import reason, shared_words
from bot.digest.stories.reprints import contained
from bot.digest.stories.sides import Side, side
from bot.digest.stories.weights import BIAS, WEIGHTS
from bot.model import Sketch

REPRINT = 0.75  # of the shorter body stands in the longer


class Comparison(NamedTuple):
    """Whether two articles are one story, and how sure that is (0 to 1; the same from 0.5)."""

    same: bool
    score: float
    reprint: bool
    one: Side
    other: Side

    @property
    def reason(self) -> str:
        """Why, in words for readers."""
        return reason(self.one, self.other)

    @property
    def shared(self) -> tuple[str, ...]:
        """The words that both say, most telling first."""
        return shared_words(self.one, self.other)


def compare(one: Sketch, other: Sketch) -> Comparison:
    """Compare two articles; the order does not matter but for the order of words in the reason."""
    return compared(side(one), side(other))


def compared(one: Side, other: Side) -> Comparison:
    """As `compare`, of sketches made ready."""
    apart = decided(one, other)
    if apart and contained(one.body, other.body, least=REPRINT) < REPRINT:
        return Comparison(False, 0.0, False, one, other)
    found = likeness(one, other)
    margin = weighed(found, WEIGHTS, BIAS)
    score = 1 / (1 + math.exp(-max(-30.0, min(30.0, margin))))
    reprint = found.reprint >= REPRINT and not found.features["series_differ"]
    if reprint:
        score = max(score, found.reprint)
    elif apart:
        score = 0.0
    repeats = reprint and _same_figures(one.sketch, other.sketch)
    return Comparison(score >= 0.5, round(score, 4), repeats, one, other)


def _same_figures(one: Sketch, other: Sketch) -> bool:
    """Whether one says no figure that the other does not: a new toll in the old words is news."""
    a, b = set(one.figures), set(other.figures)
    return a <= b or b <= a


def weighed(found: Likeness, weights: Mapping[str, float], bias: float) -> float:
    """How much speaks for one story; less than 0 when more speaks against it."""
    return bias + sum(weights[name] * value for name, value in found.features.items())


def decided(one: Side, other: Side) -> bool:
    """Whether two articles are of different stories, however alike their words."""
    return days_apart(one, other) > STORY_DAYS or contradict(one, other)
