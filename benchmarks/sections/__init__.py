"""Sections of the quality report: each module measures one thing, `measure(data)`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One table of the report, with the figures that the JSON keeps."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    figures: dict[str, float]
