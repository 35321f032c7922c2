"""Learn the weights of `bot/digest/stories/weights.py` from the labelled pairs of the half `dev`.

Logistic regression by gradient descent with momentum, an L2 penalty, and the sign of each weight
given: what differs never speaks for one story. Nothing is random: the same pairs, the same weights.
"""

import math
from collections.abc import Sequence
from pathlib import Path

from benchmarks.pairs import Pair, pairs
from bot.digest.stories.compare import decided
from bot.digest.stories.likeness import Likeness, likeness
from bot.digest.stories.sides import side

TABLE = Path(__file__).resolve().parent.parent / "bot" / "digest" / "stories" / "weights.py"
PENALTY = 0.02
STEPS = 800
RATE, MOMENTUM = 0.05, 0.9
EASY_EVERY, EASY_WEIGHT = 10, 0.25  # easy pairs are many, and tell little
CAUTION = -0.1  # taken off the margin; more means fewer wrong merges and more missed ones
NEGATIVE = {"gap"}  # besides all that ends in _differ


def sign(name: str) -> int:
    """Whether a feature may speak for one story (1) or against it (-1)."""
    return -1 if name in NEGATIVE or name.endswith("_differ") else 1


def examples(some: Sequence[Pair]) -> list[tuple[dict[str, float], float, float]]:
    """Features, label and weight of the pairs that the weights decide on."""
    easy = [p for p in some if not p.hard][::EASY_EVERY]
    weighed = [(p, 1.0) for p in some if p.hard] + [(p, EASY_WEIGHT) for p in easy]
    found = [(_likeness(p), p, weight) for p, weight in weighed]
    return [(f.features, float(p.same), weight) for f, p, weight in found if not _decided(p)]


def _likeness(pair: Pair) -> Likeness:
    return likeness(side(pair.one.sketch), side(pair.other.sketch))


def _decided(pair: Pair) -> bool:
    return decided(side(pair.one.sketch), side(pair.other.sketch))


def learn(some: Sequence[Pair]) -> tuple[dict[str, float], float]:
    """The weights and the bias."""
    found = examples(some)
    names = list(found[0][0])
    signs = [sign(name) for name in names]
    means = [sum(f[n] for f, _, _ in found) / len(found) for n in names]
    spreads = [
        math.sqrt(sum((f[n] - m) ** 2 for f, _, _ in found) / len(found)) or 1.0
        for n, m in zip(names, means, strict=True)
    ]
    rows = [
        ([(f[n] - m) / s for n, m, s in zip(names, means, spreads, strict=True)], label, weight)
        for f, label, weight in found
    ]
    weights, bias = _descend(rows, signs)
    real = [w / s for w, s in zip(weights, spreads, strict=True)]
    bias -= sum(w * m for w, m in zip(real, means, strict=True)) + CAUTION
    return dict(zip(names, real, strict=True)), bias


def _descend(
    rows: Sequence[tuple[list[float], float, float]], signs: Sequence[int]
) -> tuple[list[float], float]:
    total = sum(weight for _, _, weight in rows)
    weights, speeds = [0.0] * len(signs), [0.0] * len(signs)
    bias = bias_speed = 0.0
    for _ in range(STEPS):
        slopes, bias_slope = [PENALTY * w for w in weights], 0.0
        for row, label, weight in rows:
            margin = bias + sum(w * x for w, x in zip(weights, row, strict=True))
            miss = (1 / (1 + math.exp(-margin)) - label) * weight / total
            bias_slope += miss
            for n, x in enumerate(row):
                slopes[n] += miss * x
        speeds = [MOMENTUM * v - RATE * s for v, s in zip(speeds, slopes, strict=True)]
        weights = [w + v for w, v in zip(weights, speeds, strict=True)]
        speeds = [v if w * s > 0 else 0.0 for v, w, s in zip(speeds, weights, signs, strict=True)]
        weights = [w if w * s > 0 else 0.0 for w, s in zip(weights, signs, strict=True)]
        bias_speed = MOMENTUM * bias_speed - RATE * bias_slope
        bias += bias_speed
    return weights, bias


def table(weights: dict[str, float], bias: float) -> str:
    """The text of the module that holds the weights."""
    lines = [f'    "{name}": {value:.3f},' for name, value in weights.items()]
    return "\n".join(
        [
            '"""What each feature of `likeness` weighs: see `benchmarks/train_stories.py`."""',
            "",
            f"BIAS = {bias:.3f}",
            "WEIGHTS = {",
            *lines,
            "}",
            "",
        ]
    )


if __name__ == "__main__":
    TABLE.write_text(table(*learn(pairs("dev"))), encoding="utf-8")
    print(TABLE.read_text(encoding="utf-8"))
