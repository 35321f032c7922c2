"""What an expression leans on, and what a family of expressions is.

A year that is not written is, in this order: the one that the same expression or sentence named;
the next after the words before a 至; the next after the article's day where the words around look
ahead; else the article's own, unless that lies well ahead of it.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from bot.digest.dates import calendar as days
from bot.model import When

GRACE_DAYS = 3  # a report may be dated a little before what it announces
COMING_DAYS = 60  # 12月25日 said on 2 December is this month's, 12月25日 said in June last year's


class Tense(Enum):
    """Where the words around a date look."""

    NONE = auto()
    AHEAD = auto()
    LIKELY_AHEAD = auto()  # 3月将: but 将 may also mark an object (3月将其列入)
    BACK = auto()


class Context(NamedTuple):
    """What a date may lean on; a tuple, for one is made for nearly every date.

    Attributes:
        anchor: the article's day.
        last: the date that was named last before.
        near: whether `last` stands in the same sentence.
        given: the year that the expression itself names (去年 in 去年3月).
        year: the year that the same sentence named before.
        floor: the first day of the range that this expression ends.
        tense: where the words around look.
    """

    anchor: date
    last: When | None = None
    near: bool = False
    given: int | None = None
    year: int | None = None
    floor: date | None = None
    tense: Tense = Tense.NONE

    @property
    def ahead(self) -> bool:
        """Whether the words around look ahead."""
        return self.tense in (Tense.AHEAD, Tense.LIKELY_AHEAD)

    @property
    def limit(self) -> date:
        """The last day that something without a year or a month is likely to mean."""
        return days.later(self.anchor, 0 if self.tense is Tense.BACK else GRACE_DAYS)

    def year_of(self, month: int, day: int | None = None) -> int:
        """The year of a month, or of a day in it."""
        if self.given is not None:
            return self.given
        if self.floor is not None:
            first = (self.floor.month, self.floor.day if day else 0)
            return self.floor.year + ((month, day or 0) < first)
        to_come = self.year is not None and self.year > self.anchor.year
        if self.year is not None and not (to_come and self.tense is Tense.BACK):
            return self.year + self._turns(month)
        return self._likeliest(month, day)

    def _turns(self, month: int) -> bool:
        """2020年12月立项，1月开工: the second is of the next year."""
        last = self.last.start if self.last and self.near else None
        return last is not None and last.year == self.year and last.month - month > 8

    def _likeliest(self, month: int, day: int | None) -> int:
        this_year = date(self.anchor.year, month, min(day or 1, 28))
        if self.tense is Tense.LIKELY_AHEAD:
            away = {y: this_year.replace(year=this_year.year + y) - self.anchor for y in (0, 1, -1)}
            return this_year.year + min(away, key=lambda y: abs(away[y]))
        if self.ahead:
            over = this_year if day else days.months_later(this_year, 1)
            return self.anchor.year + (over < self.anchor)
        far = self.limit if self.tense is Tense.BACK else days.later(self.anchor, COMING_DAYS)
        if day and this_year.replace(year=this_year.year + 1) <= far:
            return self.anchor.year + 1  # 1月5日 said in December
        return self.anchor.year - (this_year > far)

    def nearest(self, of_year: Callable[[int], When]) -> When:
        """Something that comes every year, of the year that is meant: the nearest if none is."""
        if self.given is not None:
            return of_year(self.given)
        if self.floor is not None:
            span = of_year(self.floor.year)
            return of_year(self.floor.year + 1) if span.end <= self.floor else span
        if self.year is not None:
            return of_year(self.year)
        spans = [of_year(self.anchor.year + step) for step in (-1, 0, 1)]
        if self.ahead:
            return next(s for s in spans if s.end > self.anchor)
        if self.tense is Tense.BACK:
            return next(s for s in reversed(spans) if s.start <= self.anchor)
        return min(spans, key=self.distance)

    def distance(self, span: When) -> float:
        """How far away a stretch begins, in days; the past is told of more than the future."""
        away = (span.start - self.anchor).days
        return 1.5 * away if away > 0 else -away


Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Family:
    """Expressions of one kind: how they look, and what they mean.

    `meaning` gives None, or raises ValueError, where a match turns out to be no date.

    Attributes:
        first: the characters, or the words, that they may begin with; of a word only the first two
            characters are looked at.
        behind: the characters of which one must stand behind a numeral that they begin with, but
            for spaces; empty where many may.
        after_year: whether a year may stand before them (2021年 + 国庆节).
        is_year: whether they name the year that something behind them falls in.
        only_in_year: whether they mean nothing without a year before them (2021年 + 冬季).
        only_second: whether they mean something only as the end of a range (2016到2018).
    """

    look: re.Pattern[str]
    meaning: Callable[[Match, Context], When | None]
    first: Iterable[str]
    behind: str = ""
    after_year: bool = False
    is_year: bool = False
    only_in_year: bool = False
    only_second: bool = False

    def fits(self, *, in_year: bool, second: bool) -> bool:
        """Whether they may stand behind a year, or as the end of a range, or else alone."""
        behind = self.after_year if in_year else not self.only_in_year
        return behind and (second or not self.only_second)
