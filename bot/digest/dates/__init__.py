"""Chinese dates in news: found, and resolved against the day of the article.

`find_dates` is all that the rest of the house uses. `grammar` says what a date looks like,
`resolve` which days it means, `calendar` does arithmetic with days, `holidays` knows festivals.
"""

from bot.digest.dates.find import find_dates

__all__ = ["find_dates"]
