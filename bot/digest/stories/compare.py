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

from bot.digest.stories.differences import contradict
from bot.digest.stories.likeness import Likeness, likeness
from bot.digest.stories.reprints import contained
from bot.digest.stories.sides import Side, side
from bot.digest.stories.weights import BIAS, WEIGHTS
from bot.model import Sketch

STORY_DAYS = 14  # publications farther apart are of different stories, unless one is a reprint
REPRINT = 0.75  # of the shorter body stands in the longer
_WORDS_SHOWN = 6
_SAID = {"季": "季度", "线": "号线", "份": "月份", "风": "号台风", "比": ""}


class Comparison(NamedTuple):
    """Whether two articles are one story, and how sure that is (0 to 1; the same from 0.5)."""

    same: bool
    score: float
    reprint: bool
    one: Side
    other: Side
    weighed: Likeness | None = None  # where it was not decided without

    @property
    def found(self) -> Likeness:
        """What they share and where they differ."""
        return self.weighed or likeness(self.one, self.other)

    @property
    def reason(self) -> str:
        """Why, in words for readers."""
        return _reason(self.found)

    @property
    def shared(self) -> tuple[str, ...]:
        """The words that both say, most telling first."""
        return self.found.words


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
    return Comparison(score >= 0.5, round(score, 4), repeats, one, other, found)


def _same_figures(one: Sketch, other: Sketch) -> bool:
    """Whether one says no figure that the other does not: a new toll in the old words is news."""
    a, b = set(one.figures), set(other.figures)
    return a <= b or b <= a


def weighed(found: Likeness, weights: Mapping[str, float], bias: float) -> float:
    """How much speaks for one story; less than 0 when more speaks against it."""
    return bias + sum(weights[name] * value for name, value in found.features.items())


def decided(one: Side, other: Side) -> bool:
    """Whether two articles are of different stories, however alike their words."""
    return days_apart(one.sketch, other.sketch) > STORY_DAYS or contradict(one, other)


def days_apart(one: Sketch, other: Sketch) -> int:
    """Days between the publications; 0 where one is not known."""
    if one.published is None or other.published is None:
        return 0
    return abs((one.published - other.published).days)


def _reason(found: Likeness) -> str:
    one, other = found.one.sketch, found.other.sketch
    days = days_apart(one, other)
    shared = [*found.words[:_WORDS_SHOWN], *found.figures[:2]]
    parts = [f"共同：{'、'.join(shared)}" if shared else "没有共同的词语"]
    differ = [f"{what} {a}／{b}" for what, a, b in _differences(one, other, found)]
    if days > STORY_DAYS:
        differ.append(f"发布相隔 {days} 天")
    return "；".join([*parts, f"不同：{'，'.join(differ)}"] if differ else parts)


def _differences(one: Sketch, other: Sketch, found: Likeness) -> list[tuple[str, str, str]]:
    """What differs, with the words of either side."""
    sides = {
        "places_differ": ("地点", *found.places),
        "days_differ": ("日期", one.days, other.days),
        "periods_differ": ("期次", _periods(one), _periods(other)),
        "kinds_differ": ("事由", one.kinds, other.kinds),
        "figures_differ": ("数字", _figures(one), _figures(other)),
    }
    return [
        (what, "、".join(a[:2]), "、".join(b[:2]))
        for name, (what, a, b) in sides.items()
        if found.features[name]
    ]


def _periods(sketch: Sketch) -> tuple[str, ...]:
    """As they are said: 2号线, 3季度, 《远山》."""
    return tuple(p if p[0] == "《" else p[1:] + _SAID.get(p[0], p[0]) for p in sketch.periods)


def _figures(sketch: Sketch) -> tuple[str, ...]:
    return tuple(
        f"{value:g}{unit}" for unit, value in sketch.figures[: sketch.head_figures] if unit
    )
