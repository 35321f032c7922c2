"""How good the digest is: dates, summaries, stories, timelines and their cost, beside baselines.

Every figure comes from the data folder and from cases in `benchmarks/`; nothing is asserted here.
"""

import argparse
import importlib
import json
import pkgutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import sections
from benchmarks.sections import Section

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "bench"


def names() -> list[str]:
    """The sections there are."""
    return sorted(module.name for module in pkgutil.iter_modules(sections.__path__))


def measured(name: str, data: Path) -> list[Section]:
    """The tables of one section; absent data becomes a note."""
    module = importlib.import_module(f"{sections.__name__}.{name}")
    try:
        found: list[Section] = module.measure(data)
    except FileNotFoundError as error:
        return [Section(name, notes=(f"not measured: {error.filename} is absent",))]
    return found


def shown(section: Section) -> Iterator[Table | str]:
    """A section as rich prints it."""
    if section.rows:
        table = Table(title=section.title, title_justify="left")
        for number, column in enumerate(section.columns):
            table.add_column(column, justify="right" if number else "left")
        for row in section.rows:
            table.add_row(*row)
        yield table
    else:
        yield section.title
    for note in section.notes:
        yield f"  {note}"


def main() -> None:
    """Print the tables, write JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of public data")
    parser.add_argument("--only", choices=names(), help="one section")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    console = Console()
    document: dict[str, list[dict[str, object]]] = {}
    for name in [arguments.only] if arguments.only else names():
        found = measured(name, arguments.data)
        document[name] = [asdict(section) for section in found]
        for section in found:
            for part in shown(section):
                console.print(part, markup=False, highlight=False)
            console.print()
    if arguments.json:
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        arguments.json.write_text(
            json.dumps(document, indent=2, ensure_ascii=False), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
