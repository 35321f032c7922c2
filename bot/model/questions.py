"""What a reader asks of a story in one word, and what its reports say."""

from dataclasses import dataclass
from enum import StrEnum

from bot.model.stories import Cited


class Question(StrEnum):
    """The questions that a story's data can answer."""

    WHO = "who"
    WHEN = "when"
    SOURCE = "source"
    FIGURES = "figures"
    WHERE = "where"
    OUTCOME = "outcome"
    WHY = "why"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the number of the story that it is about where several are shown."""

    question: Question
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence that answers, and what of it does: names, figures; empty where all of it."""

    cited: Cited
    named: tuple[str, ...] = ()
