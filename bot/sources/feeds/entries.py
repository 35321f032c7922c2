"""Entries as articles: who they are across readings, what they are called, what they hold."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache, partial
from zoneinfo import ZoneInfo

from bot.addresses import absolute, host, web
from bot.model import Article, BlockKind, Rejection
from bot.model.feeds import Feed
from bot.sources import nodes, text
from bot.sources.article import Told, compose, key
from bot.sources.feeds.dates import instant
from bot.sources.feeds.document import Document, Entry
from bot.sources.urls import picture

LONGEST_TITLE = 300
_LONGEST_NAME = 60
_MOST_CATEGORIES = 30
_FIRST_WORDS = 60  # characters of the body that name an entry without a title
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,2000}>|&#?\w{1,31};")
_SENTENCE = re.compile(r"[^。！？!?\n]{1,60}[。！？!?]?")


def articles(
    document: Document, feed: Feed, url: str
) -> tuple[tuple[Article, ...], tuple[Rejection, ...]]:
    """The articles of a document, in its order, each once, and the entries that are none.

    Args:
        document: as it was read.
        feed: whose document it is.
        url: where it came from.
    """
    outlet = feed.outlet or plain(document.title)
    made: dict[str, Article] = {}
    rejected = []
    for known_by, entry in identified(document.entries, (document.site, url)):
        article = _article(entry, key(feed.key, *known_by), feed, outlet, url)
        if article is None:
            rejected.append(Rejection(feed.url, f"an entry without title and text: {entry.guid}"))
        else:
            made.setdefault(article.key, article)
    return tuple(made.values()), tuple(rejected)


def identified(
    entries: Sequence[Entry], wholes: Iterable[str] = ()
) -> Iterable[tuple[tuple[str, ...], Entry]]:
    """Each entry with what it is known by across readings.

    That is its GUID; where it has none, or shares it with another entry, its title and date, so
    that a link may change; and only where these are shared too, the link with them.

    Args:
        entries: of one document.
        wholes: the addresses of the feed and its site; as a GUID they would name any entry.
    """
    guid = partial(_guid, no_guids={"", *(whole.rstrip("/") for whole in wholes)})
    ways = (guid, _title_and_date)
    shared = cache(partial(_shared, entries))  # mostly of the first way only
    for entry in entries:
        names = ((way, way(entry)) for way in ways)
        usable = (known for way, known in names if known and known not in shared(way))
        yield next(usable, ()) or _all(entry), entry


def _guid(entry: Entry, no_guids: set[str]) -> tuple[str, ...]:
    guid = entry.guid.strip()
    return () if guid.rstrip("/") in no_guids else ("guid", guid)


def _title_and_date(entry: Entry) -> tuple[str, ...]:
    return ("title", plain(entry.title), entry.date) if entry.title.strip() else ()


def _all(entry: Entry) -> tuple[str, ...]:
    return ("all", plain(entry.title), entry.date, entry.link or entry.html)


def _shared(
    entries: Sequence[Entry], way: Callable[[Entry], tuple[str, ...]]
) -> set[tuple[str, ...]]:
    """What entries are known by that are not the same entry twice."""
    different: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for entry in entries:
        different[way(entry)].add(_all(entry))
    return {known for known, kinds in different.items() if len(kinds) > 1}


def _article(entry: Entry, name: str, feed: Feed, outlet: str, url: str) -> Article | None:
    """The article of an entry, or None when there is nothing to read in it."""
    link = web(absolute(entry.link, url))
    told = Told(
        key=name,
        path=feed.url,
        title=text.title(plain(entry.title))[:LONGEST_TITLE],
        outlet=_outlet(entry, feed, outlet, link or url),
        date=entry.date[:200],
        at=instant(entry.date, entry.parsed, ZoneInfo(feed.zone)),
        categories=[plain(c)[:_LONGEST_NAME] for c in entry.categories[:_MOST_CATEGORIES]],
        picture=picture(absolute(entry.picture, url)),
        url=link,
        author=_author(entry.author),
    )
    base = entry.base or link or url
    article = compose(told, entry.html, base)
    if told.title:
        return article
    first = next((b.text for b in article.blocks if b.kind is BlockKind.TEXT), "")
    return compose(replace(told, title=_first_words(first)), entry.html, base) if first else None


def _outlet(entry: Entry, feed: Feed, outlet: str, at: str) -> str:
    """As the operator, the entry or its feed says; else the site that it is of."""
    said = outlet if feed.outlet else plain(entry.outlet) or outlet
    return said or host(at)


def plain(html: str) -> str:
    """A short text without markup, also where it was escaped twice."""
    shown = html[: 20 * LONGEST_TITLE]
    for _ in range(2):
        if not _MARKUP.search(shown):
            break
        shown = nodes.shown(shown)
    return " ".join(text.visible(shown).split())


def _first_words(paragraph: str) -> str:
    match = _SENTENCE.match(paragraph)
    words = match[0] if match else paragraph[:_FIRST_WORDS]
    return words if len(words) < _FIRST_WORDS or words == paragraph else words + "…"


def _author(written: str) -> str:
    """A person's name; not an address, nor a sentence."""
    name = text.prose(plain(written))
    return "" if "@" in name or len(name) > _LONGEST_NAME else name
