"""Colours: light for day, dark for night; a test holds every text to a contrast of 4.5."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a picture."""

    ground: str
    text: str
    faint: str  # what stands beside the text
    rail: str
    accent: str  # dates, and what rose
    on_accent: str
    warning: str  # contradictions
    warning_ground: str
    marks: tuple[str, ...]  # of outlets, each the ground of one white letter


_MARKS = ("#3b6fb6", "#a8483f", "#2f7d5b", "#8a5a9e", "#9a6a1f", "#4a6b7c", "#b0487a", "#5b6b2f")
LIGHT = Theme(
    "#ffffff", "#1c1f24", "#5f6874", "#d5dae1", "#1f5fa8", "#ffffff", "#8a4b00", "#fff3dc", _MARKS
)
DARK = Theme(
    "#17212b", "#eef1f4", "#9aa7b4", "#33424f", "#7fb8f0", "#10202e", "#f2c078", "#3a2f1c", _MARKS
)
