"""What others make of the same cases, asked of a child process in a `.venv-baselines` of its own.

Baselines bring hundreds of megabytes and old versions of libraries; the product knows nothing of
them. One that is missing or fails is left out of the answers, with the reason beside them.
"""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = ROOT / ".venv-baselines" / "bin" / "python"
CHILD = Path(__file__).with_name("child.py")
SECONDS = 600

DATES = ("recognizers-text", "JioNLP")
SUMMARIES = ("LexRank", "TextRank", "SnowNLP")


class Answers(dict[str, list[Any]]):
    """Answers by the baseline's name; `reasons` tells why one is missing."""

    def __init__(self) -> None:
        super().__init__()
        self.reasons: dict[str, str] = {}


def dates(cases: Sequence[tuple[str, str]]) -> Answers:
    """Dates found in texts.

    Args:
        cases: text and day of reference (2021-12-02).

    Returns:
        For each baseline and case a list of [start, end, from, to]: offsets in the text, and days,
        `to` exclusive. An expression that may mean several days stands there several times.
    """
    return _ask(DATES, {"cases": list(cases)})


def summaries(texts: Sequence[str], sentences: int) -> Answers:
    """Extractive summaries.

    Args:
        texts: articles, paragraphs joined with newlines.
        sentences: how many to choose.

    Returns:
        For each baseline and text the sentences chosen, in reading order.
    """
    return _ask(SUMMARIES, {"texts": list(texts), "sentences": sentences})


def _ask(names: Sequence[str], question: dict[str, Any]) -> Answers:
    answers = Answers()
    for name in names:
        try:
            answers[name] = _child({"name": name} | question)
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            answers.reasons[name] = str(error)
    return answers


def _child(question: dict[str, Any]) -> list[Any]:
    if not PYTHON.exists():
        raise ValueError("not installed; `make bench-quality` does")
    done = subprocess.run(
        [str(PYTHON), "-W", "ignore", str(CHILD)],
        input=json.dumps(question),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise ValueError(lines[-1] if lines else f"exit code {done.returncode}")
    answer: list[Any] = json.loads(done.stdout)
    return answer
