"""Summaries: the one line against headlines, brief summaries against an editor's, facts held."""

import importlib.util
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from benchmarks.sections import Section
from bot.digest.article import digest
from bot.digest.sentences import sentences
from bot.digest.summary import brief
from bot.model import Article, Block, BlockKind
from bot.sources.posts import find_posts, read_post

try:
    from benchmarks import baselines
except ImportError:  # published summarisers, kept apart from ours
    baselines = None

ROOT = Path(__file__).resolve().parent.parent.parent
SHANGHAI = ZoneInfo("Asia/Shanghai")
LABELLED = ROOT / "benchmarks" / "labelled" / "articles"
SEEDS = ROOT / "seeds"
PUBLISHED = ("LexRank", "TextRank", "SnowNLP")
LENGTHS = (1, 2, 3)

Rouge = Callable[[str, str], tuple[float, float, float]]


def measure(data: Path) -> list[Section]:
    """Three tables: headlines, editors' summaries, facts.

    Args:
        data: the folder of public data; what is not there is left out.
    """
    path = data / "summaries" / "rouge.py"
    if not path.exists():
        return [Section("Summaries", notes=(f"no {path}: nothing to score with",)), _facts()]
    rouge = _rouge(path)
    return [_headlines(data, rouge), _editors(data / "summaries", rouge), _facts()]


def _rouge(path: Path) -> Rouge:
    spec = importlib.util.spec_from_file_location("rouge", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Rouge = module.rouge
    return found


def _headlines(data: Path, rouge: Rouge) -> Section:
    """The one line, made without seeing the title, against the title: ROUGE-L."""
    sets = {
        "real reports": [data.parent / "seeds", data / "posts"],
        "seeds": [SEEDS],
        "labelled": [LABELLED],
    }
    read = {name: _articles(folders) for name, folders in sets.items()}
    everything = [a for articles in read.values() for a in articles]
    columns = ("LEAD-1", *PUBLISHED, "best whole sentence", "ours")
    rows, figures = [], {}
    for name, articles in {**read, "all": everything}.items():
        means = _against_titles(articles, rouge)
        rows.append((name, str(len(articles)), *(_percent(means.get(c)) for c in columns)))
        if name == "all":
            figures = {f"line_{c.lower().replace(' ', '_')}": v for c, v in means.items()}
    note = "F1 of ROUGE-L times 100; 'best whole sentence' is chosen by looking at the title"
    return Section(
        "One line against headlines",
        ("articles", "number", *columns),
        tuple(rows),
        (note,),
        figures,
    )


def _against_titles(articles: Sequence[Article], rouge: Rouge) -> dict[str, float]:
    """The mean score of each way to choose a line."""
    told = [[s.text for s in sentences(a)] for a in articles]
    lines = {
        "LEAD-1": [[s[0]] for s in told],
        **_published(["\n".join(s) for s in told], 1),
        "ours": [[_line(a)] for a in articles],
    }

    def score(chosen: Sequence[str], article: Article) -> float:
        return rouge("".join(chosen), article.title)[2]

    means = {
        name: _mean([score(c, a) for c, a in zip(chosen, articles, strict=True)])
        for name, chosen in lines.items()
    }
    best = [max(score([s], a) for s in t) for t, a in zip(told, articles, strict=True)]
    return {**means, "best whole sentence": _mean(best)}


def _editors(folder: Path, rouge: Rouge) -> Section:
    """Brief summaries of the CLTS samples against the editor's."""
    lines = (folder / "clts_samples.jsonl").read_text(encoding="utf-8").splitlines()
    samples: list[dict[str, str]] = [json.loads(line) for line in lines]
    articles = [_plain(s["article"]) for s in samples]
    rows, figures = [], {}
    for length in LENGTHS:
        for name, chosen in _summaries(articles, length).items():
            scores = [rouge("".join(c), s["summary"]) for c, s in zip(chosen, samples, strict=True)]
            means = [_mean([score[n] for score in scores]) for n in range(3)]
            rows.append((str(length), name, *map(_percent, means)))
            figures[f"clts_{length}_{name.lower()}"] = means[2]
    return Section(
        "Brief summaries against editors' (CLTS, 7 samples)",
        ("sentences", "by", "ROUGE-1", "ROUGE-2", "ROUGE-L"),
        tuple(rows),
        ("seven are too few to tune to",),
        figures,
    )


def _facts() -> Section:
    """How many of the facts that a summary must hold it holds, over articles of our own."""
    paths = find_posts([LABELLED])
    articles = [read_post(path) for path in paths]
    wanted = [_facts_of(path) for path in paths]
    rows, figures = [], {}
    for length in (*LENGTHS, 5, 8):
        made = _summaries(articles, length)
        if length == 1:
            made["one line, trimmed"] = [[_line(a)] for a in articles]
        for name, chosen in made.items():
            mean = _mean([_held("".join(c), w) for c, w in zip(chosen, wanted, strict=True)])
            letters = _mean([float(len("".join(c))) for c in chosen])
            rows.append((str(length), name, _percent(mean), f"{letters:.0f}"))
            figures[f"facts_{length}_{name.lower()}"] = mean
    return Section(
        f"Facts held ({len(paths)} articles of our own)",
        ("sentences", "by", "% of facts", "characters"),
        tuple(rows),
        (),
        figures,
    )


def _summaries(articles: Sequence[Article], length: int) -> dict[str, list[list[str]]]:
    told = [[s.text for s in sentences(a)] for a in articles]
    return {
        "LEAD": [s[:length] for s in told],
        **_published(["\n".join(s) for s in told], length),
        "ours": [[s.text for s in brief(a, length)] for a in articles],
    }


def _published(texts: Sequence[str], length: int) -> dict[str, list[list[str]]]:
    """What published summarisers choose; empty where they are not installed."""
    return dict(baselines.summaries(texts, length)) if baselines else {}


def _articles(folders: Sequence[Path]) -> list[Article]:
    paths = find_posts([folder for folder in folders if folder.exists()])
    return [read_post(path) for path in paths if path.name != "README.md"]


def _plain(text: str) -> Article:
    return Article("", "", "", "", "", None, "", blocks=(Block(BlockKind.TEXT, text),))


def _line(article: Article) -> str:
    made = digest(article, SHANGHAI).line
    return made.text if made else ""


def _facts_of(path: Path) -> list[list[str]]:
    """Each fact as the ways in which it may be put."""
    front: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    return [list(map(str, alternatives)) for alternatives in front["facts"]]


def _held(text: str, wanted: Sequence[Sequence[str]]) -> float:
    squeezed = _squeeze(text)
    return _mean([float(any(_squeeze(w) in squeezed for w in ways)) for ways in wanted])


def _squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f}"
