"""The timeline: the dated events of several articles, the same event told once.

`line` puts it together, `likeness` says how alike two tellings are, `merge` which are one event,
`conflicts` where sources give one event different dates.
"""

from bot.digest.timeline.line import timeline, top

__all__ = ["timeline", "top"]
