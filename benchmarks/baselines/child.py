"""Runs one baseline: a question as JSON on standard input, its answers as JSON on standard output.

Runs with the interpreter of `.venv-baselines`, so it imports nothing of this project.
"""

import contextlib
import json
import re
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

Question = dict[str, Any]
Span = tuple[int, int, str, str]  # offsets in the text; from and, exclusive, to


def recognizers(question: Question) -> list[list[Span]]:
    """Microsoft's Recognizers-Text. All the resolutions that it offers count."""
    from recognizers_date_time import Culture, recognize_datetime

    def spans(text: str, day: str) -> list[Span]:
        found = []
        for model in recognize_datetime(
            text, Culture.Chinese, reference=datetime.fromisoformat(day)
        ):
            for value in (model.resolution or {}).get("values", []):
                with contextlib.suppress(KeyError, ValueError):  # a time, a duration
                    first = _later((value.get("value") or value["start"])[:10], 0)
                    last = _later(value["end"][:10], 0) if "end" in value else _later(first, 1)
                    found.append((model.start, model.end + 1, first, last))
        return found

    return [_tolerant(spans, *case) for case in question["cases"]]


def jionlp(question: Question) -> list[list[Span]]:
    """JioNLP; its ends are the last second of the last day.

    It finds less than it can read, so a text in which it finds nothing is read as one expression.
    """
    import jionlp

    def spans(text: str, day: str) -> list[Span]:
        year, month, number = map(int, day.split("-"))
        base = {"year": year, "month": month, "day": number}
        found = []
        items = jionlp.ner.extract_time(text, time_base=base, with_parsing=True)
        details = [(item["offset"], item.get("detail") or {}) for item in items]
        if not details:
            with contextlib.suppress(ValueError):
                details = [((0, len(text)), jionlp.parse_time(text, time_base=base))]
        for offset, detail in details:
            if detail.get("type") not in ("time_point", "time_span"):
                continue
            first, last = detail["time"]
            with contextlib.suppress(ValueError, TypeError):  # an open end is 'inf'
                found.append((*offset, _later(first[:10], 0), _later(last[:10], 1)))
        return found

    return [_tolerant(spans, *case) for case in question["cases"]]


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def _tolerant(spans: Callable[[str, str], list[Span]], text: str, day: str) -> list[Span]:
    """No answer where a baseline fails at a case; the others still count."""
    try:
        return spans(text, day)
    except Exception as error:  # whatever a baseline raises
        print(f"{text!r}: {error!r}", file=sys.stderr)
        return []


def _sumy(method: str) -> Callable[[Question], list[list[str]]]:
    def summaries(question: Question) -> list[list[str]]:
        from importlib import import_module

        from sumy.nlp.tokenizers import Tokenizer
        from sumy.parsers.plaintext import PlaintextParser

        class Jieba(Tokenizer):  # words by jieba, sentences by ours; nothing is downloaded
            def __init__(self) -> None:
                self._language = "chinese"

            def to_sentences(self, paragraph: str) -> tuple[str, ...]:
                return tuple(_sentences(paragraph))

            def to_words(self, sentence: str) -> tuple[str, ...]:
                return tuple(_words(sentence))

        module, name = {
            "LexRank": ("lex_rank", "LexRankSummarizer"),
            "TextRank": ("text_rank", "TextRankSummarizer"),
        }[method]
        summarizer = getattr(import_module(f"sumy.summarizers.{module}"), name)()
        made = []
        for text in question["texts"]:
            document = PlaintextParser.from_string(text, Jieba()).document
            made.append([str(s) for s in summarizer(document, question["sentences"])])
        return made

    return summaries


def snownlp(question: Question) -> list[list[str]]:
    """SnowNLP cuts at commas too, so its 'sentences' are clauses."""
    from snownlp import SnowNLP

    made = []
    for text in question["texts"]:
        chosen = SnowNLP(text).summary(question["sentences"])
        made.append(sorted(chosen, key=text.find))
    return made


def _sentences(text: str) -> list[str]:
    return [s.strip() for s in re.findall(r"[^。！？!?\n]+[。！？!?]*[”’」』]*", text) if s.strip()]


def _words(text: str) -> list[str]:
    import jieba

    jieba.setLogLevel(60)
    return [w for w in jieba.lcut(text) if re.search(r"\w", w)]


BASELINES: dict[str, Callable[[Question], list[Any]]] = {
    "recognizers-text": recognizers,
    "JioNLP": jionlp,
    "LexRank": _sumy("LexRank"),
    "TextRank": _sumy("TextRank"),
    "SnowNLP": snownlp,
}

if __name__ == "__main__":
    asked = json.load(sys.stdin)
    with contextlib.redirect_stdout(sys.stderr):  # some greet on being imported
        answers = BASELINES[asked["name"]](asked)
    json.dump(answers, sys.stdout)
