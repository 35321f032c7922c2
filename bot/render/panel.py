"""What a button of the settings panel does, packed into callback data and back.

The form is `set.pane.choice.target`, for example `set.zone.Asia/Tokyo.0`; anything else unpacks to
None. The choice stands there itself rather than as a number, so that an old button never means
another after an upgrade. That it has the form says nothing about who pressed: rights are asked for
at each change.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

PREFIX = "set"


class Pane(StrEnum):
    """The screens of the panel; with a choice, a change."""

    HOME = "home"
    LANGUAGE = "lang"
    ZONE = "zone"
    QUIET = "quiet"
    SIZE = "size"
    SPREAD = "spread"  # the size is to be that of the present subscriptions too


@dataclass(frozen=True, slots=True)
class Press:
    """A pane, or a change: `choice` is '' for the pane itself; `target` the chat that is meant, 0
    for the one where the button is."""

    pane: Pane = Pane.HOME
    choice: str = ""
    target: int = 0

    def to(self, pane: Pane, choice: str = "") -> "Press":
        """Another step of the same chat's panel."""
        return replace(self, pane=pane, choice=choice)


_CHOICES = {
    Pane.HOME: "",
    Pane.LANGUAGE: "|zh-hans|zh-hant|en",
    Pane.ZONE: "|[A-Z][A-Za-z_]{1,15}/[A-Z][A-Za-z_]{1,19}",
    Pane.QUIET: r"|off|\d{1,4}-\d{1,4}",
    Pane.SIZE: "|headlines|brief|full",
    Pane.SPREAD: "",
}
_FORM = re.compile(
    rf"{PREFIX}\.(?:{'|'.join(f'{pane}[.](?:{choice})' for pane, choice in _CHOICES.items())})"
    r"\.-?\d{1,16}",
    re.ASCII,
)


def pack(press: Press) -> str:
    """The press as callback data; always within 64 bytes."""
    return f"{PREFIX}.{press.pane}.{press.choice}.{press.target}"


def unpack(data: str) -> Press | None:
    """The press that `pack` wrote, or None for anything else."""
    if not _FORM.fullmatch(data):
        return None
    _, pane, choice, target = data.split(".")
    return Press(Pane(pane), choice, int(target))
