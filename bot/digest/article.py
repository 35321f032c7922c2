"""The digest of one article."""

from zoneinfo import ZoneInfo

from bot.digest.events import early, events
from bot.digest.headline import line
from bot.digest.keywords import keywords
from bot.digest.names import names
from bot.digest.reading import Reading, read
from bot.digest.summary import BRIEF, FULL, in_order, ranked
from bot.model import Article, Digest


def digest(article: Article, zone: ZoneInfo) -> Digest:
    """What we make of an article: one line, summaries, keywords, names, dated events.

    Args:
        article: any article, also one without text.
        zone: the zone whose days count; 昨日 is the day before the publication's day there.
    """
    return digested(read(article, zone), zone)


def digested(reading: Reading, zone: ZoneInfo) -> Digest:
    """As `digest`, of an article that was read already."""
    article, day = reading.article, reading.day
    first = line(reading, day)
    best = ranked(reading, FULL, first)
    told = events(reading.dated, day, article.title)
    return Digest(
        line=first,
        summary=in_order(best[:BRIEF]),
        keywords=keywords(reading),
        events=told,
        early=early(told, article.published_at, zone),
        full=in_order(best),
        names=names(reading),
    )
