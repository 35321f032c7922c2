"""The sections of the quality report, one module a subject, each with `measure(data)`."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Section:
    """A table of the report: ours and the baselines, with notes and the bare figures."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    figures: dict[str, float] = field(default_factory=dict)
