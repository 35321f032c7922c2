"""What a button of the subscription screens does, packed into callback data and back.

Nothing of a half-made subscription is kept anywhere but in the buttons themselves. The form is
`s.step.scope.ref.pace.minute.days.size.silent.page.target`; anything else unpacks to None. That
it has the form says nothing about who pressed: rights are asked for at each change.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.model.delivery import EVERY_DAY, Pace, Rhythm, ScopeKind, Size, days_mask, days_of


class Step(StrEnum):
    """The screens, and the changes, of subscribing."""

    LIST = "list"
    SCOPE = "scope"
    WORD = "word"
    OUTLETS = "outlets"
    RHYTHM = "rhythm"
    DAYS = "days"
    CLOCK = "clock"
    SIZE = "size"
    SAVE = "save"
    FOLLOW = "follow"
    ITEM = "item"
    DROP = "drop"
    CHANGE = "change"
    PREVIEW = "preview"
    NOW = "now"
    FORGET = "forget"
    FORGOTTEN = "gone"


@dataclass(frozen=True, slots=True)
class Setup:
    """A step, and what was chosen before it.

    `ref` is a phrase's, a story's or a subscription's number, as the step and the scope say;
    `target` the chat that is meant, 0 for the one where the button is.
    """

    step: Step
    scope: ScopeKind = ScopeKind.ALL
    ref: int = 0
    pace: Pace = Pace.SLOT
    minute: int = 8 * 60
    days: tuple[int, ...] = EVERY_DAY
    size: Size = Size.BRIEF
    silent: bool = False
    page: int = 0
    target: int = 0

    def to(self, step: Step) -> "Setup":
        """The next step, with all that was chosen."""
        return replace(self, step=step, page=0)

    @property
    def rhythm(self) -> Rhythm:
        """When to tell, as chosen so far."""
        return Rhythm(self.pace, self.minute, self.days)


_SCOPES = dict(zip("awocs", ScopeKind, strict=True))
_PACES = dict(zip("ihs", Pace, strict=True))
_SIZES = dict(zip("hbf", Size, strict=True))
_FORM = re.compile(
    r"s\.([a-z]{3,8})\.([awocs])\.(\d{1,12})\.([ihs])\.(\d{1,4})\.(\d{1,3})\.([hbf])\.([01])"
    r"\.(\d{1,3})\.(-?\d{1,16})",
    re.ASCII,
)


def pack(setup: Setup) -> str:
    """The step as callback data; always within 64 bytes."""
    fields = (
        setup.step,
        _sign(_SCOPES, setup.scope),
        setup.ref,
        _sign(_PACES, setup.pace),
        setup.minute,
        days_mask(setup.days),
        _sign(_SIZES, setup.size),
        int(setup.silent),
        setup.page,
        setup.target,
    )
    return "s." + ".".join(str(field) for field in fields)


def unpack(data: str) -> Setup | None:
    """The step that `pack` wrote, or None for anything else."""
    match = _FORM.fullmatch(data)
    if match is None or match[1] not in set(Step):
        return None
    step, scope, ref, pace, minute, days, size, silent, page, target = match.groups()
    if int(minute) >= 24 * 60 or not 0 < int(days) < 1 << 7:
        return None
    return Setup(
        Step(step),
        _SCOPES[scope],
        int(ref),
        _PACES[pace],
        int(minute),
        days_of(int(days)),
        _SIZES[size],
        silent == "1",
        int(page),
        int(target),
    )


def _sign(signs: Mapping[str, StrEnum], meant: StrEnum) -> str:
    return next(sign for sign, value in signs.items() if value == meant)
