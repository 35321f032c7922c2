"""What `make bench-quality` measures: one module a subject, each with `measure(data)`.

`measure(data: Path) -> list[Section]` gets the folder of public data and returns its tables. Where
its data is absent it returns a section without rows and a note that says what was looked for.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Section:
    """One table of figures: ours and the baselines' in the same rows or columns.

    `notes` are printed below the table; `figures` are what goes into the JSON beside it, for
    comparing one run with another.
    """

    title: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    figures: dict[str, float] = field(default_factory=dict)
