"""Chinese dates in news: found, and resolved against the day of the article.

`find_dates` is all that the rest of the house uses. Expressions of one kind are a `Family`: how
they look beside what they mean (`written`, `numeric`, `years`, `weeks`, `periods`, `relative`,
`feasts`). `find` tries the families where one may begin and puts years, ranges and hours together;
`context` and `tense` decide what is not written; `calendar` and `holidays` count days.
"""

from bot.digest.dates.find import find_dates

__all__ = ["find_dates"]
