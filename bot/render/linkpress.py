"""What the buttons of the links panel and of reports do, packed into callback data and back.

`l.step.what.rule.target` and `r.step.about.story.article.link`; whatever is not of these forms
unpacks to None. Nothing here says that somebody may do it: that is asked for at each press.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.model.links import LinkKind, LinkRule
from bot.model.reports import About

LINKS, REPORTS = "l", "r"  # how the data of each family begins


class LinkStep(StrEnum):
    """What a button of the panel does."""

    PANEL = "panel"
    ONE = "one"  # the choice for a kind or a domain
    SET = "set"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class LinkPress:
    """A step; `kind` or else `phrase`, the number of a domain; `rule` None is the default;
    `target` the chat that is meant, 0 for the one where the button is."""

    step: LinkStep
    kind: LinkKind | None = None
    phrase: int = 0
    rule: LinkRule | None = None
    target: int = 0


class ReportStep(StrEnum):
    """What a button of a report does."""

    ASK = "ask"  # what is wrong?
    WHICH = "which"  # which article?
    LINK = "link"  # which link of it?
    SEND = "send"


@dataclass(frozen=True, slots=True)
class ReportPress:
    """A step of a complaint; `link` counts the links of the article, the original first."""

    step: ReportStep
    story: int
    about: About = About.SUMMARY
    article: int = 0
    link: int = 0


_RULES = {"-": None, "d": LinkRule.DIRECT, "t": LinkRule.TEXT, "h": LinkRule.HIDE}
_LINKS = re.compile(r"l\.([a-z]{3,5})\.([a-z]{4,9}|\d{1,12})\.([-dth])\.(-?\d{1,16})", re.ASCII)
_REPORTS = re.compile(r"r\.([a-z]{3,5})\.([a-z]{4,7})\.(\d{1,12})\.(\d{1,12})\.(\d{1,4})", re.ASCII)


def pack_link(press: LinkPress) -> str:
    """A step of the panel as callback data; always within 64 bytes."""
    rule = next(sign for sign, rule in _RULES.items() if rule is press.rule)
    return f"{LINKS}.{press.step}.{press.kind or press.phrase}.{rule}.{press.target}"


def unpack_link(data: str) -> LinkPress | None:
    """The step that `pack_link` wrote, or None for anything else."""
    match = _LINKS.fullmatch(data)
    if match is None or match[1] not in set(LinkStep):
        return None
    if not match[2].isdecimal() and match[2] not in set(LinkKind):
        return None
    kind = None if match[2].isdecimal() else LinkKind(match[2])
    phrase = 0 if kind else int(match[2])
    return LinkPress(LinkStep(match[1]), kind, phrase, _RULES[match[3]], int(match[4]))


def pack_report(press: ReportPress) -> str:
    """A step of a complaint as callback data; always within 64 bytes."""
    p = press
    return f"{REPORTS}.{p.step}.{p.about}.{p.story}.{p.article}.{p.link}"


def unpack_report(data: str) -> ReportPress | None:
    """The step that `pack_report` wrote, or None for anything else."""
    match = _REPORTS.fullmatch(data)
    if match is None or match[1] not in set(ReportStep) or match[2] not in set(About):
        return None
    step, about, story, article, link = match.groups()
    return ReportPress(ReportStep(step), int(story), About(about), int(article), int(link))
