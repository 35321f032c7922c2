"""Dates, on the published specifications of Recognizers-Text for Chinese."""

from pathlib import Path

from benchmarks.sections import Section


def measure(data: Path) -> list[Section]:
    """Cases resolved, by specification."""
    folder = data / "dates"
    if not folder.is_dir():
        return [Section("Dates", notes=(f"not measured: no folder {folder}",))]
    return []
