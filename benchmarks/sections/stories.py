"""Stories: are articles of one event, and only those, taken for one story?"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.pairs import Pair, pairs
from benchmarks.sections import Section
from benchmarks.train_stories import learn
from bot.digest.stories import compare
from bot.digest.stories.compare import decided, weighed
from bot.digest.stories.likeness import likeness
from bot.digest.stories.sides import side

FOLDS = 6
COLUMNS = ("pairs", "true", "hard", "easy", "precision", "recall", "wrong: hard", "wrong: easy")


def measure(data: Path) -> list[Section]:
    """Precision and recall on our labelled pairs; the public data has none."""
    judged = {f"{half}": [(p, _same(p)) for p in pairs(half)] for half in ("dev", "held")}
    judged["dev, left out"] = list(_left_out())
    threshold = _best_threshold()
    judged["held, baseline"] = [(p, _in_common(p) >= threshold) for p in pairs("held")]
    rows = {name: _row(some) for name, some in judged.items()}
    return [
        Section(
            "Stories: labelled pairs",
            COLUMNS,
            tuple((name, *map(_shown, row.values())) for name, row in rows.items()),
            (
                "true: one event; hard: a like event of the same family; easy: any others",
                "the weights were learned on dev; held was only measured",
                "baseline: the share of words in common alone, its threshold the best for dev (F1)",
                f"left out: dev in {FOLDS} parts, each judged by weights learned on the others",
            ),
            {
                f"{name} {figure}": row[figure]
                for name, row in rows.items()
                for figure in ("precision", "recall")
            },
        )
    ]


def _same(pair: Pair) -> bool:
    return compare(pair.one.sketch, pair.other.sketch).same


def _in_common(pair: Pair) -> float:
    """The weight of the words that two articles share, as a share of the lighter one's."""
    return likeness(side(pair.one.sketch), side(pair.other.sketch)).features["bodies"]


def _best_threshold() -> float:
    """The share of words in common that tells true pairs of dev from hard ones best."""
    shares = [(_in_common(p), p.same) for p in pairs("dev") if p.hard]
    true = sum(same for _, same in shares)

    def f1(threshold: float) -> float:
        joined = [same for share, same in shares if share >= threshold]
        return 2 * sum(joined) / (len(joined) + true)

    return max((share for share, _ in shares), key=f1)


def _left_out() -> Iterator[tuple[Pair, bool]]:
    """The pairs within families of dev, each family judged without having been learned from."""
    families = sorted({p.one.family for p in pairs("dev")})
    for part in range(FOLDS):
        out = set(families[part::FOLDS])
        kept = [p for p in pairs("dev") if not {p.one.family, p.other.family} & out]
        weights, bias = learn(kept)
        for pair in pairs("dev"):
            if pair.hard and pair.one.family in out:
                one, other = side(pair.one.sketch), side(pair.other.sketch)
                same = weighed(likeness(one, other), weights, bias) >= 0
                yield pair, same and not decided(one, other)


def _row(told: Sequence[tuple[Pair, bool]]) -> dict[str, float]:
    some = [p for p, _ in told]
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
