"""The digest of one article."""

from datetime import date
from zoneinfo import ZoneInfo

from bot.digest.events import early, events
from bot.digest.headline import line
from bot.digest.keywords import keywords
from bot.digest.names import names
from bot.digest.reading import read
from bot.digest.summary import BRIEF, FULL, in_order, ranked
from bot.model import Article, Digest


def digest(article: Article, zone: ZoneInfo) -> Digest:
    """What we make of an article: one line, summaries, keywords, names, dated events.

    Args:
        article: any article, also one without text.
        zone: the zone whose days count; 昨日 is the day before the publication's day there.
    """
    reading, day = read(article), published_on(article, zone)
    first = line(reading, day)
    best = ranked(reading, FULL, first)
    told = events(reading.sentences, day, article.title)
    return Digest(
        line=first,
        summary=in_order(best[:BRIEF]),
        keywords=keywords(reading),
        events=told,
        early=early(told, article.published_at, zone),
        full=in_order(best),
        names=names(reading),
    )


def published_on(article: Article, zone: ZoneInfo) -> date | None:
    """The day of publication; None when unknown."""
    at = article.published_at
    return at.astimezone(zone).date() if at else None
