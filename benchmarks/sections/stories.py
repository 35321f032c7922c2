"""Stories: are articles of one event, and only those, taken for one story?"""

from pathlib import Path

from benchmarks.pairs import Pair, pairs
from benchmarks.sections import Section
from bot.digest.stories import compare

FOLDS = 6
COLUMNS = ("pairs", "true", "hard", "easy", "precision", "recall", "wrong: hard", "wrong: easy")


def measure(data: Path) -> list[Section]:
    """Precision and recall on our labelled pairs, and by leaving families out of the learning."""
    halves = {half: pairs(half) for half in ("dev", "held")}
    judged = {
        half: [compare(p.one.sketch, p.other.sketch).same for p in some]
        for half, some in halves.items()
    }
    rows = {half: _row(some, judged[half]) for half, some in halves.items()}
    return [
        Section(
            "Stories: labelled pairs",
            COLUMNS,
            tuple((half, *(_shown(value) for value in row.values())) for half, row in rows.items()),
            (
                "true: one event; hard: a like event of the same family; easy: any others",
                "the weights were learned on dev; held was only measured",
            ),
            {
                f"{half} {name}": row[name]
                for half, row in rows.items()
                for name in ("precision", "recall")
            },
        )
    ]


def _row(some: tuple[Pair, ...], judged: list[bool]) -> dict[str, float]:
    told = list(zip(some, judged, strict=True))
    right = sum(p.same and j for p, j in told)
    hard = sum(p.hard and not p.same and j for p, j in told)
    easy = sum(not p.hard and j for p, j in told)
    return {
        "true": sum(p.same for p in some),
        "hard": sum(p.hard and not p.same for p in some),
        "easy": sum(not p.hard for p in some),
        "precision": right / (right + hard + easy) if right else 0.0,
        "recall": right / sum(p.same for p in some),
        "wrong: hard": hard,
        "wrong: easy": easy,
    }


def _shown(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.3f}"
