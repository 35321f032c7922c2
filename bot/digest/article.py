"""The digest of one article."""

from datetime import date
from zoneinfo import ZoneInfo

from bot.digest import summary, words
from bot.digest.events import early, events
from bot.digest.keywords import keywords
from bot.digest.sentences import sentences
from bot.model import Article, Digest


def digest(article: Article, zone: ZoneInfo) -> Digest:
    """What we make of an article: one line, brief summary, keywords, dated events.

    Args:
        article: any article, also one without text.
        zone: the zone whose days count; 昨日 is the day before the publication's day there.
    """
    found = sentences(article)
    cut = [words.telling(s.text) for s in found]
    told = events(found, published_on(article, zone), article.title)
    return Digest(
        summary.line(found, cut),
        summary.choose(found, cut),
        keywords(article, found, cut),
        told,
        early(told, article.published_at, zone),
    )


def published_on(article: Article, zone: ZoneInfo) -> date | None:
    """The day of publication; None when unknown."""
    at = article.published_at
    return at.astimezone(zone).date() if at else None
