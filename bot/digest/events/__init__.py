"""Dated events of one article: for each date, the clause that says what happened then.

`events` is all that most of the house uses. `dated` finds the dates of each sentence, `dating`
decides which of them date anything, `clauses` where a clause begins and ends, `subject` whom a
leaning clause speaks of, `kinds` whether it is an event at all, `hours` when in the day it was,
`early` whether a report came before what it reports.
"""

from bot.digest.events.dated import NEVER, Dated, dated
from bot.digest.events.early import early
from bot.digest.events.find import events

__all__ = ["NEVER", "Dated", "dated", "early", "events"]
